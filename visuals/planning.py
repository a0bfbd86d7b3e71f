"""The only writer of postings and slogans."""

from visuals.commands import PostingPlan

__all__ = ["PostingPlan"]
