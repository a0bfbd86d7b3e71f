"""`manage.py make_plan --activities N --seed S [--campaign CODE]`: a legal made-up plan of any size.

`--recurring 0.25` is the share that recurs; `--year-round` lets series last as long as the campaign.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import date
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.vietnamese import format_number
from events.models import Booking, Campaign, Occurrence
from events.planning import CampaignPlan, plan_activities, save_campaign
from events.synthesis import Repetition, Synthesis
from units.models import Unit

CHUNK = 250
YEAR_ROUND_WEEKLY = 0.6
OWN_CAMPAIGN = "mo-phong-2027"


class Command(BaseCommand):
    help = "Make a synthetic plan through planning's own rules, for benchmarks. The same seed gives the same plan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--activities", type=int, required=True, help="how many activities to add")
        parser.add_argument("--seed", type=int, default=1, help="the seed of the random numbers")
        parser.add_argument("--recurring", type=float, default=0.25, help="the share that recurs, from 0 to 1")
        parser.add_argument("--year-round", action="store_true", help="let series last as long as the campaign")
        parser.add_argument("--campaign", default=OWN_CAMPAIGN, help="code of the campaign; its own one by default")

    def handle(self, *, activities: int, seed: int, campaign: str, **options: Any) -> None:  # noqa: ANN401 -- Django's
        if activities < 1:
            raise CommandError(_("Ask for at least one activity."))
        if not 0 <= options["recurring"] <= 1:
            raise CommandError(_("The share that recurs lies between 0 and 1."))
        begun = time.monotonic()
        stored = _campaign(campaign)
        repetition = (
            Repetition(share=options["recurring"], weekly_share=YEAR_ROUND_WEEKLY, is_year_round=True)
            if options["year_round"]
            else Repetition(share=options["recurring"])
        )
        plans = Synthesis.of(stored, seed=seed, repetition=repetition).plans(activities)
        made: list[int] = []
        while chunk := list(islice(plans, CHUNK)):
            made += [activity.pk for activity in plan_activities(plans=chunk, by=None)]
            self.stdout.write(_("%(made)s of %(all)s activities …") % {"made": len(made), "all": activities})
        counts = {
            "campaign": stored.code,
            "activities": len(made),
            "occurrences": Occurrence.objects.filter(activity__campaign=stored).count(),
            "bookings": Booking.objects.filter(occurrence__activity__campaign=stored).count(),
            "seconds": format_number(time.monotonic() - begun, 1),
        }
        self.stdout.write(
            _(
                "%(campaign)s: %(activities)s activities added in %(seconds)s s; the campaign now has "
                "%(occurrences)s occurrences and %(bookings)s bookings."
            )
            % counts
        )


def _campaign(code: str) -> Campaign:
    """The stored campaign of that code; the command's own one is made when needed."""
    stored = Campaign.objects.filter(code=code).first()
    unit = Unit.objects.order_by("position", "code").first()
    if stored is None and code != OWN_CAMPAIGN:
        raise CommandError(_("There is no campaign %(code)s.") % {"code": code})
    if unit is None:
        raise CommandError(_("There is no unit yet; run load_reference first."))
    if stored is not None:
        return stored
    plan = CampaignPlan(
        code=code,
        name="Kế hoạch mô phỏng năm 2027",
        year=2027,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        lead_unit_id=unit.pk,
    )
    return save_campaign(plan=plan, by=None)
