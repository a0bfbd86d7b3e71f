"""The only writer of areas, venues, display sites, roads and resources.

Other apps' writers of reference tables use the same verbs, so that each change is checked and audited alike. Whoever
calls with a person decides first whether that person may (the admin asks `units.permissions`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.module_loading import import_string

from venues.models import Face, Resource, ResourceKind, Space
from venues.snapshots import readable, values_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

M = TypeVar("M", bound=Model)
Links = Mapping[str, Sequence[Model]]


@transaction.atomic
def save_record(
    *,
    instance: M,
    by: AbstractBaseUser | None,
    m2m: Links | None = None,
    private: Collection[str] = (),
    ignored: Collection[str] = (),
) -> M:
    """Check and store one row, its many-to-many links (`m2m` by field name) and its audit entry.

    Writes nothing where nothing changes. `private` columns count as a change but are masked in the audit trail;
    `ignored` ones neither. ValidationError where the row is faulty; `by` None is the system.
    """
    before = _stored_values(instance, ignored)
    instance.full_clean()
    after = _values_after(instance, m2m, ignored)
    if before == after:
        return instance
    instance.save()
    for name, others in (m2m or {}).items():
        getattr(instance, name).set(others)
    _audit(
        by=by,
        verb="create" if before is None else "change",
        subject=instance,
        before=None if before is None else readable(before, private=private),
        after=readable(after, private=private, before=before),
    )
    return instance


@transaction.atomic
def delete_record(*, instance: Model, by: AbstractBaseUser | None, private: Collection[str] = ()) -> None:
    """Delete one row and say so in the audit trail; ProtectedError where others need it."""
    before = readable(values_of(instance), private=private)
    key = instance.pk
    instance.delete()
    instance.pk = key  # the entry names what is gone
    _audit(by=by, verb="delete", subject=instance, before=before, after=None)
    instance.pk = None


@transaction.atomic
def insert_records(
    *, instances: Sequence[M], links: Sequence[Links] = (), by: AbstractBaseUser | None = None
) -> list[M]:
    """Store many new rows of one table at once, each with its audit entry.

    `links[i]` are the many-to-many rows of `instances[i]`. Columns are checked here, keys by the database.
    """
    if not instances:
        return []
    model = type(instances[0])
    relations = [field.name for field in model._meta.concrete_fields if field.is_relation]
    for instance in instances:
        instance.clean_fields(exclude=relations)
    made = model._default_manager.bulk_create(instances)
    _insert_links(made, links)
    for position, instance in enumerate(made):
        after = values_of_new(instance, links[position] if links else {})
        _audit(by=by, verb="create", subject=instance, before=None, after=readable(after))
    return made


def values_of_new(instance: Model, links: Links) -> dict[str, Any]:
    """Return the values of a row just inserted with these links, without asking the database."""
    many = {field.name for field in instance._meta.many_to_many}
    return values_of(instance, ignored=many) | {name: _keys(others) for name, others in links.items()}


@transaction.atomic
def save_space(*, space: Space, resource: Resource, by: AbstractBaseUser | None) -> Space:
    """Store a space together with the resource that stands for it."""
    space.resource = _save_resource(resource, ResourceKind.SPACE, by)
    return save_record(instance=space, by=by)


@transaction.atomic
def save_face(*, face: Face, resource: Resource, by: AbstractBaseUser | None) -> Face:
    """Store a face together with the resource that stands for it."""
    face.resource = _save_resource(resource, ResourceKind.FACE, by)
    return save_record(instance=face, by=by)


def _save_resource(resource: Resource, kind: ResourceKind, by: AbstractBaseUser | None) -> Resource:
    resource.kind = kind
    return save_record(instance=resource, by=by)


def _stored_values(instance: Model, ignored: Collection[str]) -> dict[str, Any] | None:
    """Return the row as it lies in the database, locked; None for a new one."""
    if instance.pk is None:
        return None
    stored = instance._meta.model._default_manager.select_for_update().filter(pk=instance.pk).first()
    return None if stored is None else values_of(stored, ignored=ignored)


def _values_after(instance: Model, m2m: Links | None, ignored: Collection[str]) -> dict[str, Any]:
    links = {name: _keys(others) for name, others in (m2m or {}).items()}
    return values_of(instance, ignored=ignored) | links


def _keys(others: Sequence[Model]) -> list[Any]:
    return sorted({other.pk for other in others})


def _insert_links(made: Sequence[Model], links: Sequence[Links]) -> None:
    rows: dict[str, list[tuple[Any, Any]]] = {}
    for instance, own in zip(made, links, strict=False):
        for name, others in own.items():
            rows.setdefault(name, []).extend((instance.pk, key) for key in _keys(others))
    for name, pairs in rows.items():
        field: Any = type(made[0])._meta.get_field(name)
        through = field.remote_field.through
        source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through._default_manager.bulk_create(through(**{source: one, target: other}) for one, other in pairs)


def _audit(**entry: Any) -> None:  # noqa: ANN401 -- the registry's writer checks
    """Write to the audit trail; its writer lives in a higher room and is found by address."""
    writer: Callable[..., object] = import_string(settings.PANO_AUDIT_WRITER)
    writer(**entry)
