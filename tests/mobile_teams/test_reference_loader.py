"""Teams and vehicles: from the reference tables and by hand."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed
from mobile_teams.models import Team, Vehicle
from mobile_teams.planning import TeamPlan, VehiclePlan, save_team, save_vehicle
from mobile_teams.reference_loader import FOLDER, load_teams
from tests.factories import make_planner, make_unit, make_user, make_venue
from units.models import AuditEntry, Role

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def make_what_they_name() -> None:
    named = [*rows("teams.csv"), *rows("vehicles.csv")]
    for code in {row["unit_code"] for row in named}:
        make_unit(code)
    for code in {row["depot_venue_code"] for row in rows("teams.csv")}:
        make_venue(code, code=code)


def test_every_row_is_loaded_with_its_audit_row() -> None:
    make_what_they_name()
    load_teams()
    plates = sorted(Vehicle.objects.values_list("plate", flat=True))
    assert plates == sorted(row["plate"] for row in rows("vehicles.csv"))
    named = {(team.resource.code, team.depot.code if team.depot else "") for team in Team.objects.all()}
    assert named == {(row["code"], row["depot_venue_code"]) for row in rows("teams.csv")}
    assert AuditEntry.objects.count() == Team.objects.count() + Vehicle.objects.count()


def test_loading_again_writes_nothing() -> None:
    make_what_they_name()
    load_teams()
    trail = AuditEntry.objects.count()
    assert [set(load_teams(refresh=refresh).values()) for refresh in (False, True)] == [
        {0}, {len(rows("teams.csv")) + len(rows("vehicles.csv"))},
    ]  # fmt: skip
    assert AuditEntry.objects.count() == trail


def test_what_people_changed_stays_until_it_is_refreshed() -> None:
    make_what_they_name()
    load_teams()
    first = rows("teams.csv")[0]
    sizes = []
    Team.objects.filter(resource__code=first["code"]).update(size=99)
    for refresh in (False, True):
        load_teams(refresh=refresh)
        sizes.append(Team.objects.get(resource__code=first["code"]).size)
    assert sizes == [99, int(first["size"])]


def test_gaps_in_a_row_are_gaps_in_the_team(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    make_unit("TT")
    (tmp_path / "teams.csv").write_text("code,name,unit_code,depot_venue_code,size\nDOI,Đội,TT,,\n", encoding="utf-8")
    (tmp_path / "vehicles.csv").write_text("code,name,plate,unit_code,kind\n", encoding="utf-8")
    monkeypatch.setattr("mobile_teams.reference_loader.FOLDER", tmp_path)
    load_teams()
    team = Team.objects.get()
    assert (team.depot, team.size) == (None, None)


def test_a_changed_plan_changes_the_row_and_is_audited() -> None:
    unit = make_unit()
    save_team(plan=TeamPlan(code="D1", name="Đội 1", unit_id=unit.pk), by=None)
    team = save_team(plan=TeamPlan(code="D1", name="Đội 1", unit_id=unit.pk, size=9), by=None)
    save_vehicle(plan=VehiclePlan(code="X1", name="Xe 1", unit_id=unit.pk), by=None)
    car = save_vehicle(plan=VehiclePlan(code="X1", name="Xe loa", unit_id=unit.pk, plate="12A-1"), by=None)
    assert (team.size, str(car), car.plate) == (9, "Xe loa", "12A-1")
    assert (Team.objects.count(), Vehicle.objects.count()) == (1, 1)
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == ["plan", "change"] * 2


def test_only_administrators_may() -> None:
    unit = make_unit()
    plan = TeamPlan(code="D1", name="Đội 1", unit_id=unit.pk)
    with pytest.raises(NotAllowed):
        save_team(plan=plan, by=make_planner("Charlie"))
    with pytest.raises(NotAllowed):
        save_vehicle(plan=VehiclePlan(code="X1", name="Xe", unit_id=unit.pk), by=make_user("Bob", role=Role.VIEWER))
    assert save_team(plan=plan, by=make_user("Alice", role=Role.ADMINISTRATOR)).size is None


def test_a_nameless_vehicle_is_refused() -> None:
    with pytest.raises(ValidationError):
        save_vehicle(plan=VehiclePlan(code="X1", name="", unit_id=make_unit().pk), by=None)
    assert Vehicle.objects.count() == 0
