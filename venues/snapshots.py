"""What a row looked like, for the audit trail and for telling whether a save changes anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

LONGEST_VALUE = 2000  # characters of JSON; longer ones (boundaries) are kept as their hash
MASK = "•••"
CHANGED_MASK = "••• (đổi)"


def values_of(instance: Model, *, ignored: Collection[str] = ()) -> dict[str, Any]:
    """Return the stored columns by name (foreign keys as keys) and many-to-many fields as sorted keys.

    One query for each many-to-many field of a saved row; none for an unsaved one.
    """
    options = instance._meta
    values = {
        field.attname: field.value_from_object(instance)
        for field in options.concrete_fields
        if not field.primary_key and field.name not in ignored
    }
    for many in options.many_to_many:
        if many.name not in ignored:
            values[many.name] = _linked_keys(instance, many.name)
    return values


def readable(
    values: dict[str, Any], *, private: Collection[str] = (), before: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the values ready for JSON; private ones as a mask that only tells whether there is something.

    With `before`, the mask also tells that a private value is another one than it was.
    """
    return {
        name: _mask(value, None if before is None else before[name]) if name in private else _plain(value)
        for name, value in values.items()
    }


def _mask(value: object, earlier: object) -> str:
    if not value:
        return ""
    return MASK if earlier in (None, value) else CHANGED_MASK


def _linked_keys(instance: Model, name: str) -> list[Any]:
    if instance.pk is None:
        return []
    return sorted(getattr(instance, name).values_list("pk", flat=True).order_by())


def _plain(value: object) -> Any:  # noqa: ANN401 -- any JSON value
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    if len(text) > LONGEST_VALUE:
        return {"sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text)}
    return json.loads(text)
