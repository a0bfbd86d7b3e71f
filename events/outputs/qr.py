"""QR codes as images that pages and papers carry inside themselves."""

from __future__ import annotations

import segno


def render_qr(text: str) -> str:
    """Return a QR code of `text` as a `data:image/svg+xml` address: error level M, quiet zone of four modules.

    Equal text gives an equal address. segno's DataOverflowError above some 2,300 bytes.
    """
    code = segno.make(text, error="m", micro=False, boost_error=False)
    return str(code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True))
