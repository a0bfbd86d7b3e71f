"""What lists need so that activities can be chosen, and messages so that what was saved can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message

from events.programme.entries import ProgrammeEntry

register = template.Library()


@register.filter
def chosen_value(entry: ProgrammeEntry, versions: Mapping[str, int] | str) -> str:
    """The value of an entry's tick, "uid:version"; empty where it cannot be chosen."""
    if not isinstance(versions, Mapping) or entry.key.uid not in versions:
        return ""
    return f"{entry.key.uid}:{versions[entry.key.uid]}"


@register.filter
def undo_offers(message: Message) -> list[dict[str, Any]]:
    """The steps that a message offers to undo: campaign, number and label each."""
    written = message.extra_tags or ""
    found: list[dict[str, Any]] = json.loads(written) if written.startswith("[") else []
    return found
