"""English keeps the office's dates and times; only the words change."""

from config.formats.vi.formats import *  # noqa: F403 -- Django reads every name of a formats module
