"""A kept feed as an answer over HTTP (RFC 9110): validators, encodings, and what may be kept by whom."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags, parse_http_date_safe, quote_etag

if TYPE_CHECKING:
    from django.http import HttpRequest

    from events.feeds.keeping import KeptFeed

MAX_AGE_S: Final = 300
PUBLIC: Final = f"public, max-age={MAX_AGE_S}"
PRIVATE: Final = "private, no-cache"
CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
PACKED_MARK: Final = "-gzip"  # the gzipped bytes are other bytes, so they have a strong ETag of their own


def answer_feed(request: HttpRequest, feed: KeptFeed, *, file_name: str, is_private: bool) -> HttpResponseBase:
    """Return the feed, 304 where the client has it, 412 where it asks for bytes that are no more.

    If-None-Match counts before If-Modified-Since; a client that has the other encoding of the same content has it too.
    The Content-Length of a 304 and of a HEAD is that of the whole answer (RFC 9110 section 8.6); left to itself, Django
    would write 0.
    """
    is_packed = _takes_gzip(request)
    tag = _tag(request, feed.body.digest, is_packed=is_packed)
    dated = None if _is_ahead(request) else int(feed.last_modified.timestamp())
    short = get_conditional_response(request, etag=tag, last_modified=dated)
    answer: HttpResponseBase = short or _whole(request, feed, is_packed=is_packed)
    if answer.status_code == HTTPStatus.PRECONDITION_FAILED:
        answer["Cache-Control"] = "no-store"
        return answer
    answer["Content-Length"] = str(len(feed.packed()) if is_packed else feed.body.size)
    if short is None:
        answer["Content-Type"] = CONTENT_TYPE
        answer["Content-Disposition"] = f'inline; filename="{file_name}"'
    answer["ETag"] = tag
    answer["Last-Modified"] = http_date(feed.last_modified.timestamp())
    answer["Vary"] = "Accept-Encoding"
    answer["Content-Language"] = "vi"
    answer["Cache-Control"] = PRIVATE if is_private else PUBLIC
    if is_private:
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _is_ahead(request: HttpRequest) -> bool:
    """Whether the client's date lies in the future: no answer of ours bore it, so it counts for nothing."""
    asked = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    return asked is not None and asked > time.time()


def _tag(request: HttpRequest, digest: str, *, is_packed: bool) -> str:
    tags = quote_etag(digest), quote_etag(digest + PACKED_MARK)
    # A proxy that packs answers itself weakens their tags; RFC 9110 section 13.1.2 compares weakly here.
    known = {tag.removeprefix("W/") for tag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))}
    own, other = tags[is_packed], tags[not is_packed]
    return other if other in known and own not in known else own


class PiecesResponse(HttpResponse):
    """An answer of several pieces, which are sent one after the other and never copied into one."""

    def __init__(self, pieces: tuple[bytes, ...]) -> None:
        super().__init__()
        self._container = list(pieces)


def _whole(request: HttpRequest, feed: KeptFeed, *, is_packed: bool) -> HttpResponseBase:
    body = feed.body
    answer: HttpResponseBase
    if request.method == "HEAD":
        answer = HttpResponse()
    elif is_packed:
        answer = HttpResponse(feed.packed())
    elif body.plain is not None:
        answer = PiecesResponse(body.plain)
    else:
        answer = StreamingHttpResponse(body.pieces())
    if is_packed:
        answer["Content-Encoding"] = "gzip"
    return answer


def _takes_gzip(request: HttpRequest) -> bool:
    """Whether the client takes gzip and does not refuse it with q=0 (RFC 9110 section 12.5.3)."""
    for each in request.META.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        coding, _separator, weight = each.strip().partition(";")
        if coding.strip() in {"gzip", "x-gzip"}:
            return not _is_nothing(weight)
    return False


def _is_nothing(weight: str) -> bool:
    name, _separator, value = weight.strip().partition("=")
    return name.strip() == "q" and value.strip().rstrip("0") in {"0.", ""}
