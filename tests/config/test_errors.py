"""Failing requests answer with a Vietnamese sentence, as a page or as JSON, and never with a trace."""

import re

import pytest
from django.core.exceptions import BadRequest, DisallowedHost, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import Resolver404

from config.errors import bad_request, csrf_failure, page_not_found, permission_denied, server_error, spoken_sentence

SENTENCE = "Ngày «31/02/2023» không có thật; hãy viết dd/mm/yyyy."


def body(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_views_sentence_reaches_the_reader() -> None:
    response = bad_request(RequestFactory().get("/calendar/"), BadRequest(SENTENCE))
    assert (response.status_code, f"<p>{SENTENCE}</p>" in body(response)) == (400, True)


def test_json_addresses_answer_in_json() -> None:
    response = bad_request(RequestFactory().get("/calendar/entries.json"), BadRequest(SENTENCE))
    assert (response.headers["Content-Type"], body(response)) == ("application/json", f'{{"error": "{SENTENCE}"}}')


def test_a_caller_that_accepts_json_alone_gets_json() -> None:
    request = RequestFactory().get("/activities/7/", headers={"Accept": "application/json"})
    assert body(permission_denied(request, PermissionDenied("Bạn không phụ trách huyện Cao Lộc."))) == (
        '{"error": "Bạn không phụ trách huyện Cao Lộc."}'
    )


@pytest.mark.parametrize(
    ("exception", "sentence"),
    [
        (BadRequest(SENTENCE), SENTENCE),
        (SuspiciousOperation(SENTENCE), SENTENCE),
        (Http404("Không có địa bàn «xyz»."), "Không có địa bàn «xyz»."),
        (Http404("No Area matches the given query."), ""),
        (Resolver404({"path": "x"}), ""),
        (DisallowedHost("Invalid HTTP_HOST header"), ""),
        (None, ""),
    ],
)
def test_only_sentences_written_for_people_are_shown(exception: Exception | None, sentence: str) -> None:
    assert spoken_sentence(exception) == sentence


def test_markup_in_a_sentence_is_text() -> None:
    response = page_not_found(RequestFactory().get("/x"), Http404("<script>alert(1)</script>"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body(response)


def test_a_fault_needs_nothing_but_its_template() -> None:
    response = server_error(RequestFactory().get("/"))
    assert (response.status_code, "Hệ thống gặp lỗi" in body(response)) == (500, True)


def test_a_fault_in_the_static_files_themselves_still_has_its_page() -> None:
    storages = {"staticfiles": {"BACKEND": "config.storage.HashedStaticStorage"}}
    with override_settings(STORAGES=storages, STATIC_ROOT="/nowhere"):
        page = body(server_error(RequestFactory().get("/")))
    assert ("Hệ thống gặp lỗi" in page, "stylesheet" in page) == (True, False)


def test_an_error_page_shows_the_ways_on(client: Client) -> None:
    page = client.get("/khong-co-trang-nay/").content.decode()
    ways = ["/", "/campaigns/", "/calendar/", "/map/", "/tours/", "/postings/", "/feeds/", "/print/"]
    assert re.findall(r'<a href="(/[a-z/]*)">[^<]', page) == [*ways, "/"]


def test_an_expired_form_is_explained() -> None:
    response = csrf_failure(RequestFactory().post("/login/"))
    assert (response.status_code, "Biểu mẫu đã hết hạn" in body(response)) == (403, True)


def test_an_unknown_address_is_a_page_under_the_policy(client: Client) -> None:
    response = client.get("/khong-co-trang-nay/")
    nonce = response.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert (response.status_code, f'<style nonce="{nonce}">' in response.content.decode()) == (404, True)
