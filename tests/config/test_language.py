"""Vietnamese for everybody, English by choice alone."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import formats, translation

from config.language import chosen_language, language_middleware


@pytest.mark.parametrize(("cookie", "language"), [("", "vi"), ("en", "en"), ("vi", "vi"), ("fr", "vi"), ("<x>", "vi")])
def test_the_cookie_decides_and_the_browser_does_not(cookie: str, language: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": "en-US,en;q=0.9"})
    request.COOKIES["django_language"] = cookie
    assert chosen_language(request) == language


def test_the_language_holds_for_one_request() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language() or "")

    request = RequestFactory().get("/")
    request.COOKIES["django_language"] = "en"
    with translation.override("vi"):
        response = language_middleware(view)(request)
        after = translation.get_language()
    assert (response.content, response.headers["Content-Language"], response.headers["Vary"], after) == (
        b"en",
        "en",
        "Cookie",
        "vi",
    )


def test_choosing_english_sets_the_cookie(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/healthz"})
    assert (response.status_code, response.headers["Location"], response.cookies["django_language"].value) == (
        302,
        "/healthz",
        "en",
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_dates_and_numbers_are_written_the_vietnamese_way(language: str) -> None:
    with translation.override(language):
        written = (
            formats.get_format("SHORT_DATE_FORMAT"),
            formats.get_format("TIME_FORMAT"),
            formats.number_format(12.5),
        )
        assert (*written, formats.get_format("FIRST_DAY_OF_WEEK")) == ("d/m/Y", r"H\hi", "12,5", 1)
