"""The secret in a private link: made here, never stored as it is."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final

BYTES: Final = 32  # 256 bits
HINT_LENGTH: Final = 4
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def new_token() -> str:
    """Return a secret of 256 bits, in 43 letters, digits, "-" and "_"."""
    return secrets.token_urlsafe(BYTES)


def is_token(text: str) -> bool:
    """Whether the text has the form of a token: what has not is no one's, without asking the database."""
    return _TOKEN.fullmatch(text) is not None


def hash_token(token: str) -> str:
    """Return what is stored of a token: its SHA-256 in hexadecimal. So long a random secret needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def hint_of(token: str) -> str:
    """Return the last characters, by which its owner knows a link again."""
    return token[-HINT_LENGTH:]
