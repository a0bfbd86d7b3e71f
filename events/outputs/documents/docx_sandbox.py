"""The part of Jinja that an office's template may use: print a tag, repeat, choose; no call, no sum, no state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, nodes
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from events.outputs.documents.docx_faults import BadTemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Filter, nodes.Test,
)  # fmt: skip
FILTERS: Final = frozenset({"upper", "lower", "capitalize", "first", "last", "length", "count", "join", "trim"})
TESTS: Final = frozenset({"defined", "undefined", "odd", "even"})
LOOP: Final = frozenset({"first", "last", "index", "index0", "length"})
MOST_TURNS: Final = 200_000  # of all loops together; a document of 1,200 rows with twelve cells takes 16,000
MOST_LETTERS: Final = 60_000_000  # of one part's XML
TURNS: Final = "turns"


def joined(pieces: Iterable[str]) -> str:
    """Return the pieces as one text; BadTemplateError before it grows beyond `MOST_LETTERS`."""
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_LETTERS:
            raise BadTemplateError(_("The filled-in template would be too large; put less into its loops."))
        kept.append(piece)
    return "".join(kept)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Fills in one template; unknown names, anything but `ALLOWED` and endless loops are a `BadTemplateError`.

    Make one a document: it counts. `source` is the part filled in last, for `explain`.
    """

    concat = staticmethod(joined)

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals = {}
        self.filters = {name: self.filters[name] for name in FILTERS} | {TURNS: self._turns}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.source = ""
        self._left = MOST_TURNS

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        self.source = source
        tree = super()._parse(source, name, filename)
        for node in list(tree.find_all(nodes.Node)):
            _refuse_foreign(node)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, TURNS, [], [], None, None, lineno=loop.lineno)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 -- jinja2's signature
        """Return an entry of a dictionary, or what a loop tells of itself; never an attribute of Python."""
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any | Undefined:  # noqa: ANN401 -- as above
        """Return an entry of a dictionary or a list."""
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=argument)

    def _turns(self, value: Iterable[Any]) -> list[Any]:
        """The items of a loop, counted: loops within loops end here and not tomorrow."""
        items = list(value)
        self._left -= len(items)
        if self._left < 0:
            raise BadTemplateError(
                _("The loops of the template repeat too often; do not put all rows within all rows.")
            )
        return items


def _refuse_foreign(node: nodes.Node) -> None:
    if isinstance(node, ALLOWED) and not (isinstance(node, nodes.For) and node.recursive):
        return
    sentence = _("Templates may only print tags, repeat with “for” and choose with “if”.")
    raise BadTemplateError(sentence, lineno=node.lineno)
