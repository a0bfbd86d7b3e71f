"""Which unit issues a document, and what it calls itself on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from units.models import Unit, UnitKind
from venues.models import AreaLevel

if TYPE_CHECKING:
    from events.documents.spec import DocumentSpec

OFFICES: Final = (UnitKind.DEPARTMENT, UnitKind.DISTRICT_OFFICE, UnitKind.COMMUNE_OFFICE)


def issuer_of(spec: DocumentSpec) -> Unit | None:
    """Return the unit asked for, else the area's own office, else the Department; None in an empty installation."""
    units = Unit.objects.select_related("parent").prefetch_related("areas")
    if spec.scope.units:
        return units.filter(code=spec.scope.units[0]).first()
    if spec.scope.areas:
        offices = units.filter(areas__slug=spec.scope.areas[0], kind__in=OFFICES)
        office = offices.exclude(areas__slug=spec.scope.areas[0], areas__level=AreaLevel.ZONE).first()
        if office is not None:
            return office
    return units.filter(kind=UnitKind.DEPARTMENT).first()


def authority_of_unit(unit: Unit | None) -> tuple[str, ...]:
    """Return the lines of the issuing body: an office below its area's committee, others below their parent."""
    if unit is None:
        return ()
    areas = sorted(unit.areas.all(), key=lambda area: (area.valid_from, area.position))
    if unit.kind in OFFICES and areas:
        return (f"UBND {areas[0].name}", unit.name)
    return (unit.name,) if unit.parent is None else (unit.parent.name, unit.name)
