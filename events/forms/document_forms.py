"""The form of a unit's head and foot for its papers."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from events.planning.form_plans import MOST_SIGNATURES, FormPlan, SignaturePlan

LONGEST_TEXT: Final = 4000  # of a whole field; planning checks each line
NUMBERS: Final = range(1, MOST_SIGNATURES + 1)


def _text(label: Any, help_text: Any = "", *, rows: int = 0) -> forms.CharField:  # noqa: ANN401 -- lazy text
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST_TEXT, widget=widget)


class HeadAndFootForm(forms.Form):
    """What stands around the papers of a unit; `unprinted` are parts that this kind of document has no place for."""

    authority = _text(_("Issuing body"), _("A line each, the upper body first; at most 4 lines."), rows=3)
    number_symbol = _text(
        _("Symbol after the number"),
        _("For example “KH-SVHTTDL”: the paper shows “Số: ……/KH-SVHTTDL”. Empty: no line for a number."),
    )
    has_national_title = forms.BooleanField(label=_("National title (“Cộng hòa xã hội …”)"), required=False)
    has_draft_mark = forms.BooleanField(label=_("Mark the paper “DỰ THẢO”"), required=False)
    has_date_line = forms.BooleanField(label=_("Line for place and date; the date stays blank"), required=False)
    date_place = _text(_("Place before the date"), _("For example “Lạng Sơn”; empty: dots to write on."))
    appendix_number = _text(
        _("Number of the appendix"), _("Roman: I, II, III … (2 becomes II). Empty where there is only one appendix.")
    )
    attached_to = _text(
        _("Appendix to"), _("For example “Kèm theo Kế hoạch số …/KH-SVHTTDL ngày … tháng … năm … của …”.")
    )
    recipients = _text(
        _("Recipients (“Nơi nhận”)"), _("A line each, without dash and semicolon; at most 20 lines."), rows=6
    )

    def __init__(self, *args: Any, unprinted: frozenset[str] = frozenset(), **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        for number in NUMBERS:
            self.fields[f"who_{number}"] = _text(
                format_lazy(_("Signature {number}: office"), number=number), _("Up to 3 lines"), rows=2
            )
            self.fields[f"how_{number}"] = _text(format_lazy(_("Signature {number}: in brackets"), number=number))
            self.fields[f"name_{number}"] = _text(format_lazy(_("Signature {number}: printed name"), number=number))
        for name in unprinted:
            del self.fields[name]

    def plan(self) -> FormPlan:
        """What was entered, not yet checked; parts that the kind does not print are as nothing."""
        values: dict[str, Any] = self.cleaned_data
        return FormPlan(
            authority=tuple(values["authority"].splitlines()),
            has_national_title=values.get("has_national_title", False),
            has_draft_mark=values["has_draft_mark"],
            number_symbol=values.get("number_symbol", ""),
            has_date_line=values.get("has_date_line", False),
            date_place=values.get("date_place", ""),
            recipients=tuple(values["recipients"].splitlines()),
            signatures=tuple(
                SignaturePlan(who=values[f"who_{each}"], how=values[f"how_{each}"], name=values[f"name_{each}"])
                for each in NUMBERS
            ),
            appendix_number=values["appendix_number"],
            attached_to=values["attached_to"],
        )

    @property
    def signature_fields(self) -> list[tuple[int, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The fields of each signature, for the template."""
        return [(each, self[f"who_{each}"], self[f"how_{each}"], self[f"name_{each}"]) for each in NUMBERS]


def initial_of_plan(plan: FormPlan) -> dict[str, Any]:
    """A plan as the form shows it."""
    signatures = {
        f"{part}_{number}": getattr(block, part)
        for number, block in enumerate(plan.signatures, start=1)
        for part in ("who", "how", "name")
    }
    return {
        "authority": "\n".join(plan.authority),
        "has_national_title": plan.has_national_title,
        "has_draft_mark": plan.has_draft_mark,
        "number_symbol": plan.number_symbol,
        "has_date_line": plan.has_date_line,
        "date_place": plan.date_place,
        "recipients": "\n".join(plan.recipients),
        "appendix_number": plan.appendix_number,
        "attached_to": plan.attached_to,
        **signatures,
    }
