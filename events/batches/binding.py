"""Binding papers into one PDF: all pages, a bookmark a paper with its own bookmarks below, and the tags."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, NumberTree, ObjectStreamMode, OutlineItem, Pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pikepdf import Object, Page


Places = dict[tuple[int, int], int]  # number and generation of a page's object → its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A finished PDF and what its bookmark says; without a label its own bookmarks stand for it."""

    label: str
    content: bytes


def bind_papers(papers: Sequence[Paper], *, title: str) -> bytes:
    """Return one PDF of all pages, as they are; equal papers give equal bytes.

    Kept of each paper: page content and fonts, links to web addresses, bookmarks that lead to a page, and its tags,
    each paper a `Document` element of its own, so that the whole claims PDF/UA-1 where every paper is tagged. Not kept:
    named destinations (links within a paper), attachments, the output intent of PDF/A; the paper itself has those.
    """
    with Pdf.new() as whole:
        bookmarks = []
        tags = _Tags(whole)
        for paper in papers:
            with Pdf.open(BytesIO(paper.content)) as pdf:
                first = len(whole.pages)
                whole.pages.extend(pdf.pages)
                bookmarks.extend(_bookmarks(paper.label, pdf, whole.pages[first:]))
                tags.graft(pdf, whole.pages[first:])
        with whole.open_outline() as outline:
            outline.root.extend(bookmarks)
        tags.finish()
        _describe(whole, title, is_tagged=tags.are_whole)
        written = BytesIO()
        whole.save(written, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return written.getvalue()


def _bookmarks(label: str, pdf: Pdf, pages: Sequence[Page]) -> list[OutlineItem]:
    """The paper's bookmark, at its first page, and the paper's own below it; these alone where it has no label."""
    places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        own = _moved(outline.root, places, pages)
    if not label:
        return own
    item = OutlineItem(label, Array([pages[0].obj, Name.Fit]))
    item.children.extend(own)
    return [item]


def _moved(items: Iterable[OutlineItem], places: Places, pages: Sequence[Page]) -> list[OutlineItem]:
    """The same bookmarks at the bound pages; one that leads to no page hands its children up."""
    found = []
    for item in items:
        children = _moved(item.children, places, pages)
        target = list(item.destination.as_list()) if isinstance(item.destination, Array) else []
        place = places.get(target[0].objgen) if target else None
        if place is None:
            found.extend(children)
            continue
        moved = OutlineItem(item.title, Array([pages[place].obj, *target[1:]]))
        moved.children.extend(children)
        found.append(moved)
    return found


class _Tags:
    """The structure tree of the bound file: each paper's elements, and the numbers by which its pages find them."""

    def __init__(self, whole: Pdf) -> None:
        self.root = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.whole, self.elements = whole, Array()
        self.parents: list[object] = []  # number, owners, number, owners, …
        self.are_whole = True
        self.next_number = 0

    def graft(self, pdf: Pdf, pages: Sequence[Page]) -> None:
        """Take the tags of a paper whose pages are in the bound file already."""
        tree = pdf.Root.get(Name.StructTreeRoot)
        if tree is None or Name.ParentTree not in tree:
            self.are_whole = False
            return
        copied = self.whole.copy_foreign(tree)  # its references to pages lead to the pages taken before
        for element in copied.K.as_list() if isinstance(copied.K, Array) else [copied.K]:
            element.P = self.root
            self.elements.append(element)
        offset, highest = self.next_number, -1
        for number, owners in NumberTree(copied.ParentTree).items():
            self.parents.extend([number + offset, owners])
            highest = max(highest, number)
        self.next_number = offset + highest + 1
        for page in pages:
            _shift(page.obj, Name.StructParents, offset)
            for note in page.obj.get(Name.Annots, Array()):
                _shift(note, Name.StructParent, offset)

    def finish(self) -> None:
        """Hang the tree into the file."""
        self.root.K = self.elements
        self.root.ParentTree = self.whole.make_indirect(Dictionary(Nums=Array(self.parents)))
        self.root.ParentTreeNextKey = self.next_number
        if self.are_whole:
            self.whole.Root.StructTreeRoot = self.root
            self.whole.Root.MarkInfo = Dictionary(Marked=True)


def _shift(owner: Object, name: Name, offset: int) -> None:
    if name in owner:
        owner[name] = int(owner[name]) + offset


def _describe(whole: Pdf, title: str, *, is_tagged: bool) -> None:
    whole.Root.Lang = "vi"
    whole.Root.PageMode = Name.UseOutlines
    whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        if is_tagged:
            metadata["pdfuaid:part"] = "1"
