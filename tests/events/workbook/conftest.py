from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.events.workbook.makers import World, make_world

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in the language of their message ids."""
    with translation.override("en"):
        yield


@pytest.fixture
def world() -> World:
    return make_world()
