"""Feeds: which questions they answer, how their text is kept, and who may have a private link."""
