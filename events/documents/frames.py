"""The frame of a document: the issuing body of what it is about, and what an office keeps for its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from events.outputs.documents.model import DocumentFrame, Signature
from units.models import Unit, UnitKind
from venues.models import AreaLevel

if TYPE_CHECKING:
    from events.documents.spec import DocumentSpec

OFFICES: Final = (UnitKind.DEPARTMENT, UnitKind.DISTRICT_OFFICE, UnitKind.COMMUNE_OFFICE)
DATE_LINE: Final = "…………………, ngày …… tháng …… năm ………"
SIGNATURES: Final = (
    Signature(who="NGƯỜI LẬP BIỂU", how="Ký, ghi rõ họ tên"),
    Signature(who="THỦ TRƯỞNG ĐƠN VỊ", how="Ký tên, đóng dấu"),
)


def frame_for(spec: DocumentSpec) -> DocumentFrame:
    """Return the frame of the unit that issues the document; at most five queries."""
    authority = authority_of_unit(issuer_of(spec))
    return DocumentFrame(authority=authority, date_line=DATE_LINE, signatures=SIGNATURES)


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
