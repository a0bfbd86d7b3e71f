"""Loaded by pytest before Django: a test run is a test installation (`-p tests.environment` in pyproject.toml)."""

import os

os.environ["PANO_ENV"] = "test"
# Playwright drives Chromium from an event loop; Django would take the tests for async code and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
