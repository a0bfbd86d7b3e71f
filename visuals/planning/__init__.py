"""The only writer of postings and slogans."""

from visuals.commands import PostingPlan
from visuals.planning.postings import posting_plans_of, save_postings

__all__ = ["PostingPlan", "posting_plans_of", "save_postings"]
