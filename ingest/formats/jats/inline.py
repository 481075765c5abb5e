"""What stands within a paragraph of JATS, as plain text with the marks of notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest import markdown
from ingest.formats.equations import in_line
from ingest.formats.xml import Node, attribute, children, descendants, name

_BEGIN, _END = "\x04", "\x05"
"""What a number of a citation stands between until its paragraph is whole."""

_NUMBERS = re.compile(r"\s*\d[\d\s,;\u2013-]*[a-z]?\s*")
_CITED = rf"{_BEGIN}[^{_BEGIN}{_END}]*{_END}"
_BRACKETED = re.compile(rf"[\[(]\s*((?:{_CITED}|[\s,;\u2013-])*{_CITED}\s*)[\])]")
_RUN = re.compile(rf"{_CITED}(?:\s*[,;\u2013-]?\s*{_CITED})*")
_NOTES = frozenset({"fn", "table-fn", "author-notes", "corresp", "aff"})
_NO_TEXT = frozenset(
    "graphic inline-graphic media object-id institution-id inline-supplementary-material "
    "processing-meta".split()
)
_APART = frozenset({"p", "title", "label", "list", "list-item", "td", "tr", "disp-quote"})
_LATEX = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_SIGN = re.compile(r"[a-z*†‡§¶#]{1,2}(?:,\s?[a-z*†‡§¶#]{1,2})*")


def parts(node: Node, blocks: frozenset[str] = frozenset()) -> Iterator[str | Node]:
    """The text of an element, cut where elements stand that are blocks of their own.

    Args:
        node: A paragraph, a title, a cell, …
        blocks: The names of those elements.

    Yields:
        Plain text with marks, and in between the elements.
    """
    run = [node.text or ""]
    for inner in node:
        if name(inner) in blocks:
            yield _cited("".join(run))
            yield inner
            run = [inner.tail or ""]
        else:
            run += [_piece(inner, _last(run)), inner.tail or ""]
    yield _cited("".join(run))


def inline(node: Node) -> str:
    """The text of an element, numbers of citations and marks of notes as such."""
    return _cited(_gathered(node))


def _cited(text: str) -> str:
    text = _BRACKETED.sub(lambda match: f"[{_bare(match[1])}]", text)
    return _RUN.sub(lambda match: markdown.mark(_bare(match[0])), text)


def unmarked(node: Node, without: frozenset[str] = frozenset()) -> str:
    """The text of an element without any marks and without some elements in it, in one line."""
    text = "".join(part for part in parts(node, without) if isinstance(part, str))
    return " ".join(re.sub("\x02[^\x03]*\x03", "", text).split())


def _gathered(node: Node) -> str:
    run = [node.text or ""]
    for inner in node:
        run += [_piece(inner, _last(run)), inner.tail or ""]
    return "".join(run)


def _last(run: list[str]) -> str:
    return next((part[-1] for part in reversed(run) if part), "")


def _piece(node: Node, before: str) -> str:
    """One element of a paragraph."""
    kind = name(node)
    if not kind or kind in _NO_TEXT:
        return ""
    if kind == "sup":
        return _raised(node, before)
    if kind in _SPECIAL:
        return _SPECIAL[kind](node)
    return f" {_gathered(node)} " if kind in _APART else _gathered(node)


def formula(node: Node) -> str:
    """A formula: its MathML, else its LaTeX, else what text it has."""
    for math in descendants(node, "math"):
        return in_line(math)
    for tex in descendants(node, "tex-math"):
        source = "".join(tex.itertext())
        body = _LATEX.search(source)
        return (body[1] if body else source).strip(" \n$")
    return _gathered(node)


def note_label(node: Node) -> str:
    """The label of a note: its own, else its id."""
    label = next(children(node, "label"), None)
    given = "" if label is None else "".join(label.itertext()).strip(" .()[]")
    return given or attribute(node, "symbol") or attribute(node, "id", "note")


def _reference(node: Node) -> str:
    text = _gathered(node)
    kind = attribute(node, "ref-type")
    if kind == "bibr" and _NUMBERS.fullmatch(text):
        return f"{_BEGIN}{text}{_END}"
    return markdown.mark(text.strip("\x02\x03")) if kind in _NOTES else text


def _raised(node: Node, before: str) -> str:
    """Raised text: marks stay marks, signs in tables become some, an exponent gets its sign."""
    text = _gathered(node)
    if "\x02" in text or _BEGIN in text:
        return text
    if _SIGN.fullmatch(text.strip()) and any(name(a) == "table-wrap" for a in node.iterancestors()):
        return markdown.mark(text)
    return f"^{text}" if before.isdigit() else text


def named(node: Node) -> str:
    """A name, whose parts may stand without space between them."""
    if not len(node) or any((part.tail or "").strip() for part in node):
        return _gathered(node)
    return " ".join(filter(None, (_gathered(part).strip() for part in children(node))))


def _bare(text: str) -> str:
    return text.replace(_BEGIN, "").replace(_END, "").strip()


_SPECIAL: dict[str, Callable[[Node], str]] = {
    "xref": _reference,
    "fn": lambda node: markdown.mark(note_label(node)),
    "break": lambda _: "\n",
    "verse-line": lambda node: f"{_gathered(node)}\n",
    "name": named,
    "string-name": named,
    **dict.fromkeys(
        ("inline-formula", "disp-formula", "math", "tex-math", "alternatives"), formula
    ),
}
