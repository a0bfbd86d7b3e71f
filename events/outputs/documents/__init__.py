"""Documents for paper: one frozen model (`model`), pure builders from a Programme, and what writes them as PDF."""
