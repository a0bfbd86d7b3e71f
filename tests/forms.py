"""What a page's form would send as it stands, for tests that change one field of it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    """Collects the values of the fields of the form marked data-activity-form."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.is_inside = False
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = "data-activity-form" in given
        if not self.is_inside:
            return
        if tag == "input":
            self._take_input(given)
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and "selected" in given:
            self.values[self.select] = given["value"]
        elif tag == "textarea":
            self.textarea = given["name"]
            self.values[self.textarea] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""
        if tag == "form":
            self.is_inside = False

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.values[self.textarea] += data.removeprefix("\n")

    def _take_input(self, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if not name or name == "csrfmiddlewaretoken":
            return
        if kind == "checkbox":
            if "checked" in given and given.get("value", "on") == "on":
                self.values[name] = "on"
            elif "checked" in given:
                self.values.setdefault(name, []).append(given["value"])
        elif kind != "radio" or "checked" in given:
            self.values[name] = given.get("value", "")


def values_of(page: str) -> dict[str, Any]:
    """The fields of the page's form as a browser would send them untouched."""
    form = _Form()
    form.feed(page)
    return form.values
