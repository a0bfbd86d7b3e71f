"""The settings of a real worker that shares a test's database and knows the slow kind of document."""

from config.settings import *  # noqa: F403 -- the product's own, but for what follows
from config.settings import PANO_DOCUMENT_KINDS as OURS

PANO_DOCUMENT_KINDS = OURS | {"slow": "tests.events.batches.slow.SLOW"}
