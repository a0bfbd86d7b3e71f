from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_design_page_shows_components_without_any_plan(client: Client) -> None:
    page = client.get("/design/").content.decode()
    assert page.count("<h2>") == 9


def test_every_component_says_in_its_first_line_what_it_takes() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "ui"
    silent = [path.name for path in folder.glob("*.html") if not path.read_text(encoding="utf-8").startswith("{# ")]
    assert silent == []
