from __future__ import annotations

from urllib.parse import unquote

from events.outputs.qr import render_qr


def test_a_code_is_a_picture_inside_its_address() -> None:
    address = render_qr("https://pano.example/feeds/area/huyen-cao-loc.ics")
    assert address.startswith("data:image/svg+xml;charset=utf-8,%3Csvg")
    assert unquote(address).count("<path") == 2


def test_equal_text_gives_an_equal_code() -> None:
    assert render_qr("Cao Lộc") == render_qr("Cao Lộc")
    assert render_qr("Cao Lộc") != render_qr("Lộc Bình")
