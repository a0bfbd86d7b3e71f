"""The head and foot of an office's papers as a value: checked, compared, read from its row and written to it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.roman import parse_roman, to_roman

if TYPE_CHECKING:
    from collections.abc import Mapping

    from events.models import DocumentForm

MOST_AUTHORITY_LINES: Final = 4
MOST_RECIPIENTS: Final = 20
MOST_SIGNATURES: Final = 3
MOST_TITLE_LINES: Final = 3  # "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
LONGEST_LINE: Final = 160
LONGEST_SYMBOL: Final = 40
LONGEST_PLACE: Final = 60
LONGEST_WORDS: Final = 80
LONGEST_ATTACHMENT: Final = 240
UNPRINTED: Final = frozenset({"Cc", "Cf", "Co", "Cs"})  # controls, marks of direction and width, private letters


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePlan:
    """One block to sign: `who` may take three lines ("KT. GIÁM ĐỐC" above "PHÓ GIÁM ĐỐC"), `name` stands below."""

    who: str
    how: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPlan:
    """What an office wants around its papers. `number_symbol` is what follows the slash of the blank number.

    `attached_to` is "Kèm theo Kế hoạch số …"; with it or `appendix_number` (Roman) the paper is an appendix.
    """

    authority: tuple[str, ...] = ()
    has_national_title: bool = False
    has_draft_mark: bool = True
    number_symbol: str = ""
    has_date_line: bool = True
    date_place: str = ""
    recipients: tuple[str, ...] = ()
    signatures: tuple[SignaturePlan, ...] = ()
    appendix_number: str = ""
    attached_to: str = ""

    @property
    def is_appendix(self) -> bool:
        """Whether the paper belongs to another one."""
        return bool(self.appendix_number or self.attached_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDifference:
    """One part in which two plans differ, as people read it."""

    name: str
    label: str
    before: str
    after: str


def plan_of_form(row: DocumentForm) -> FormPlan:
    """Return what a row holds."""
    return plan_of_values(values_of_form(row))


def values_of_form(row: DocumentForm) -> dict[str, Any]:
    """Return the parts of a row as JSON, by the names of `FormPlan`."""
    return {part.name: getattr(row, part.name) for part in fields(FormPlan)}


def plan_of_values(values: Mapping[str, Any]) -> FormPlan:
    """Return the plan that `values_of_form` was taken of."""
    return FormPlan(
        **{
            **{part.name: values[part.name] for part in fields(FormPlan)},
            "authority": tuple(values["authority"].splitlines()),
            "recipients": tuple(values["recipients"].splitlines()),
            "signatures": tuple(SignaturePlan(**block) for block in values["signatures"]),
        }
    )


def write_form(row: DocumentForm, plan: FormPlan) -> None:
    """Set the row's parts to a checked plan; the caller saves it."""
    for part in fields(FormPlan):
        setattr(row, part.name, getattr(plan, part.name))
    row.authority, row.recipients = "\n".join(plan.authority), "\n".join(plan.recipients)
    row.signatures = [{"who": block.who, "how": block.how, "name": block.name} for block in plan.signatures]


def differences(before: FormPlan, after: FormPlan) -> tuple[FormDifference, ...]:
    """Return the parts that differ, in the order of the form."""
    return tuple(
        FormDifference(name=name, label=label, before=was, after=now)
        for name, label in part_labels().items()
        if (was := _text(before, name)) != (now := _text(after, name))
    )


def part_labels() -> dict[str, str]:
    """The parts by their names, as people read them."""
    return {
        "authority": _("Issuing body"),
        "has_national_title": _("National title"),
        "has_draft_mark": _("Marked “Dự thảo”"),
        "number_symbol": _("Symbol after the number"),
        "has_date_line": _("Blank date"),
        "date_place": _("Place before the date"),
        "recipients": _("Recipients"),
        "signatures": _("Signatures"),
        "appendix_number": _("Number of the appendix"),
        "attached_to": _("Appendix to"),
    }


def check_form(plan: FormPlan) -> FormPlan:
    """Return the plan with clean text: NFC, single spaces, nothing that cannot be printed, empty lines left out.

    ValidationError with a sentence for each field at fault; those of the n-th signature are `who_n`, `how_n`, `name_n`.
    """
    faults: dict[str, list[str]] = {}
    clean = replace(
        plan,
        authority=_lines(plan.authority, ("authority", MOST_AUTHORITY_LINES, LONGEST_LINE), faults),
        recipients=_recipients(plan.recipients, faults),
        number_symbol=_symbol(plan.number_symbol, faults),
        date_place=_line(plan.date_place, ("date_place", LONGEST_PLACE), faults),
        signatures=_signatures(plan.signatures, faults),
        appendix_number=_numeral(plan.appendix_number, faults),
        attached_to=_line(plan.attached_to.strip().strip("()"), ("attached_to", LONGEST_ATTACHMENT), faults),
    )
    if clean.is_appendix and clean.has_national_title:
        sentence = _(
            "An appendix has no national title: that stands on the paper it belongs to; take one of the two away."
        )
        faults["has_national_title"] = [sentence]
    if faults:
        raise ValidationError(faults)
    return clean


def _lines(lines: tuple[str, ...], limits: tuple[str, int, int], faults: dict[str, list[str]]) -> tuple[str, ...]:
    name, most, longest = limits
    found = tuple(filter(None, map(_printable, lines)))
    if len(found) > most:
        sentence = _("There are %(count)d lines; at most %(most)d have room.")
        faults[name] = [sentence % {"count": len(found), "most": most}]
    for line in found:
        _check_length(line, (name, longest), faults)
    return found


def _line(text: str, limits: tuple[str, int], faults: dict[str, list[str]]) -> str:
    found = _printable(text)
    _check_length(found, limits, faults)
    return found


def _check_length(text: str, limits: tuple[str, int], faults: dict[str, list[str]]) -> None:
    name, most = limits
    if len(text) > most:
        sentence = _("“%(start)s…” has %(count)d characters; at most %(most)d have room on a line.")
        faults.setdefault(name, []).append(sentence % {"start": text[:30], "count": len(text), "most": most})


def _recipients(lines: tuple[str, ...], faults: dict[str, list[str]]) -> tuple[str, ...]:
    """Each without the dash before it and the sign behind it: the paper sets those itself."""
    bare = tuple(_printable(line).lstrip("-–•* ").rstrip(";. ") for line in lines)
    return _lines(bare, ("recipients", MOST_RECIPIENTS, LONGEST_LINE), faults)


def _symbol(text: str, faults: dict[str, list[str]]) -> str:
    found = _line(text, ("number_symbol", LONGEST_SYMBOL), faults)
    if "/" in found or found.casefold().startswith("số"):
        sentence = _("Write only what follows the slash, such as “KH-SVHTTDL”; the number itself is written by hand.")
        faults.setdefault("number_symbol", []).append(sentence)
    return found


def _numeral(text: str, faults: dict[str, list[str]]) -> str:
    written = _printable(text).upper().removeprefix("PHỤ LỤC").strip()
    try:
        return to_roman(parse_roman(written)) if written else ""
    except ValueError:
        sentence = _("“%(text)s” is no Roman numeral; write I, II, III … up to XCIX, or leave it empty.")
        faults["appendix_number"] = [sentence % {"text": written[:20]}]
        return ""


def _signatures(blocks: tuple[SignaturePlan, ...], faults: dict[str, list[str]]) -> tuple[SignaturePlan, ...]:
    """Those that say who signs, in their order; one that says something else alone is at fault."""
    found = []
    for number, block in enumerate(blocks, start=1):
        who = _lines(tuple(block.who.splitlines()), (f"who_{number}", MOST_TITLE_LINES, LONGEST_WORDS), faults)
        how = _line(block.how.strip().strip("()"), (f"how_{number}", LONGEST_WORDS), faults)
        name = _line(block.name, (f"name_{number}", LONGEST_WORDS), faults)
        if name and not who:
            faults[f"who_{number}"] = [_("Say in what office this person signs, or leave the name empty too.")]
        if who:
            found.append(SignaturePlan(who="\n".join(who), how=how, name=name))
    if len(found) > MOST_SIGNATURES:
        faults["who_1"] = [_("At most %(most)d signatures have room.") % {"most": MOST_SIGNATURES}]
    return tuple(found)


def _printable(text: str) -> str:
    spaced = "".join(" " if char in "\t\r\n\u2028\u2029" else char for char in unicodedata.normalize("NFC", text))
    return " ".join("".join(char for char in spaced if unicodedata.category(char) not in UNPRINTED).split())


def _text(plan: FormPlan, name: str) -> str:
    value = getattr(plan, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "signatures":
        return "; ".join(_signature_text(block) for block in plan.signatures)
    return value if isinstance(value, str) else "; ".join(value)


def _signature_text(block: SignaturePlan) -> str:
    words = (" / ".join(block.who.splitlines()), f"({block.how})" if block.how else "", block.name)
    return " ".join(filter(None, words))
