"""A fault of an office's template in a sentence: which tag, where, and what would be right."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEMPLATE_FILE: Final = ("<template>", "<unknown>")  # what jinja2 calls a template without a file
TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{[{%#].*", re.DOTALL)
UNKNOWN: Final = re.compile(r"has no (?:attribute|element) '?(\w+)'?|'(\w+)' is undefined")
UNKNOWN_WORD: Final = re.compile(r"unknown tag '(\w+)'")
UNKNOWN_FILTER: Final = re.compile(r"No (?:filter|test) named '(\w+)'")
UNCLOSED: Final = re.compile(r"needs to be closed is '(\w+)'")
COMMAND: Final = re.compile(r"\{%-?\s*(for|if|endfor|endif)\b")
LONGEST: Final = 80
MOST_BYTES: Final = 2 * 1024 * 1024  # of a template


class BadTemplateError(Exception):
    """A template that cannot be filled in; the message is the sentence, `lineno` the line of the part it is about."""

    def __init__(self, message: str, *, lineno: int | None = None) -> None:
        super().__init__(message)
        self.lineno = lineno


def explain(error: Exception, source: str, known: Iterable[str]) -> BadTemplateError:
    """Return the fault as a sentence; `source` is the XML of the part, a paragraph a line, `known` the right names."""
    line = getattr(error, "lineno", None) or _line_of(error)
    words = str(error)
    unknown = UNKNOWN.search(words)
    guilty = "" if unknown is None else unknown[1] or unknown[2]
    if isinstance(error, BadTemplateError):
        sentence = words
    elif guilty:
        sentence = _unknown_name(guilty, known)
    elif found := UNCLOSED.search(words):
        sentence = _("The command “%(word)s” is opened here and never closed; add “end%(word)s”.") % {"word": found[1]}
        line = _line_of_open(source)
    elif found := UNKNOWN_WORD.search(words):
        sentence = _unknown_command(found[1])
    elif found := UNKNOWN_FILTER.search(words):
        sentence = _("There is no filter “%(name)s”.") % {"name": found[1]}
    else:
        sentence = _(
            "The tag is written wrongly; a tag stands in {{ two braces }}, a command in {% brace and percent %}."
        )
    return BadTemplateError(f"{sentence} {_place(source, line, guilty)}".strip())


def _unknown_command(word: str) -> str:
    if word.startswith("end"):
        return _("“%(word)s” closes nothing that is open here; check the order of the commands.") % {"word": word}
    return _("There is no command “%(word)s”; templates know “for” and “if”.") % {"word": word}


def _line_of_open(source: str) -> int | None:
    """The line of the command that another one's end met open, or that nothing ends."""
    opened: list[tuple[str, int]] = []
    for number, line in enumerate(source.split("\n"), start=1):
        for word in COMMAND.findall(line):
            if not word.startswith("end"):
                opened.append((word, number))
            elif opened and opened[-1][0] == word.removeprefix("end"):
                opened.pop()
            else:
                break
    return opened[-1][1] if opened else None


def _unknown_name(name: str, known: Iterable[str]) -> str:
    if name.isdecimal():
        return _("The list has no item [%(number)s]; repeat it with “for”, or ask for its length with “if” first.") % {
            "number": name
        }
    near = get_close_matches(name, sorted(known), n=1)
    if near:
        return _("There is no tag “%(name)s”; perhaps “%(near)s” is meant.") % {"name": name, "near": near[0]}
    return _("There is no tag “%(name)s”; the list of tags is on the page of templates.") % {"name": name}


def _place(source: str, line: int | None, guilty: str) -> str:
    """The sentence that says where: the paragraph's own words, and the part of the document."""
    lines = source.split("\n")
    if line is None or not 0 < line <= len(lines):
        return ""
    text = _words(lines[line - 1])
    tags = sorted(TAG.findall(text), key=lambda tag: guilty not in tag)  # the one with the wrong name first
    part = {"hdr": _("in the page header"), "ftr": _("in the page footer")}.get(_root(source), _("in the text"))
    number = sum(1 for each in lines[1:line] if each.startswith("<w:p"))
    values = {"tag": (tags[0] if tags else text)[:LONGEST], "part": part, "number": number, "text": text[:LONGEST]}
    return _("It stands %(part)s, paragraph %(number)s, at “%(tag)s” (the paragraph reads: “%(text)s”).") % values


def _words(xml: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", xml).split())


def _root(source: str) -> str:
    found = re.search(r"<w:(hdr|ftr|document|body)\b", source[:400])
    return found[1] if found else ""


def _line_of(error: Exception) -> int | None:
    """The line of the template that was being filled in, from the traceback that jinja2 rewrites."""
    return max(enumerate(_template_lines(error)), default=(0, None))[1]


def _template_lines(error: Exception) -> Iterator[int]:
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in TEMPLATE_FILE:
            yield trace.tb_lineno
        trace = trace.tb_next
