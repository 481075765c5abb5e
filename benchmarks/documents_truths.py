r"""What a document should give: the words and headings of its truth, as far as they count.

Machine-made truths leave things out, or have junk in them. What counts of each is said
here, by rule, before anything is compared:

- **N18-3011.pdf** (S2ORC's JSON): title, authors, abstract, body and references. Its body
  paragraphs that are formulas don't count, nor do its misplaced footnotes; figures, tables,
  footnotes, formulas and affiliations are counted neither way, by the boxes on the pages in
  which they stand (`_NEITHER`). Page numbers and the proceedings' imprint are in no box: who
  prints them loses precision.
- **multicolumn.pdf** (the author's LaTeX): all of it. The source asks a package for ten
  paragraphs without printing them; their words are read from the columns' boxes, in order.
- **word_*.docx** (Markdown): all of it; a merged cell counts once, however often it is repeated.
- **\*.txt**: all of it. **\*.md**: the file itself without its Markdown.
- **\*.nxml**: title, abstract, body, acknowledgements and references by an independent pass over
  the elements, without marks of citations and of notes to tables; the rest of the front is
  counted neither way.
- **flag_day.html**: paragraphs, headings, lists and tables of the article's ``div``, without
  citation marks, edit links and boxes of links that the page marks as navigation. The numbers
  of lists, which no element holds, are counted neither way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Region = tuple[int, float, float, float, float]
"""A box on a page: its number from 1, then left, top, right, bottom in points from above."""

_LEFT, _RIGHT = (60.0, 301.0), (301.0, 540.0)


@dataclass(frozen=True, slots=True)
class Truth:
    """The text and the headings that should be found, and the text that counts neither way."""

    text: str
    headings: tuple[str, ...] = ()
    neither: str = ""


def truth_of(file: Path) -> Truth | None:
    """The truth of a document; None where there is none."""
    given = next(iter(file.parent.glob(f"{file.name}.truth.*")), None)
    reader = _READERS.get(given.suffix if given else file.suffix)
    if reader is None:
        return None
    return reader(file, given or file)


def _box(page: int, column: tuple[float, float], top: float, bottom: float) -> Region:
    return (page, column[0], top, column[1], bottom)


_NEITHER: tuple[Region, ...] = (
    (1, 60, 126, 540, 208),
    _box(1, _RIGHT, 208, 470),
    _box(2, _RIGHT, 738, 772),
    _box(3, _LEFT, 730, 772),
    _box(3, _RIGHT, 58, 196),
    _box(3, _RIGHT, 264, 316),
    _box(4, _LEFT, 688, 772),
    _box(4, _RIGHT, 58, 196),
    _box(5, _RIGHT, 58, 166),
    _box(5, _RIGHT, 730, 772),
    _box(5, _LEFT, 460, 500),
    _box(6, _RIGHT, 58, 160),
    _box(6, _LEFT, 582, 622),
    _box(7, _LEFT, 735, 772),
    _box(7, _RIGHT, 684, 772),
)
_LIPSUM: tuple[Region, ...] = (
    (1, 60, 293, 306, 690),
    (1, 306, 235, 550, 690),
    (2, 60, 120, 306, 690),
    (2, 306, 120, 550, 690),
)
_BREAKING = frozenset(
    "title p td th label li tr br ref article-title h1 h2 h3 caption dt dd given-names".split()
)
_DATE: tuple[Region, ...] = ((1, 60, 205, 550, 224),)


def _s2orc(file: Path, given: Path) -> Truth:
    data: dict[str, Any] = json.loads(given.read_text("utf-8"))
    parsed = data["pdf_parse"]
    body = [part for part in parsed["body_text"] if part["section"] and _is_prose(part["text"])]
    headings = [part["section"] for part in body]
    parts = [data["title"], *(_name(author) for author in data["authors"]), data["abstract"]]
    for before, part in pairwise([{"section": ""}, *body]):
        if part["section"] != before["section"]:
            parts.append(f"{part['sec_num'] or ''} {part['section']}")
        parts.append(part["text"])
    entries = [entry["raw_text"] for entry in parsed["bib_entries"].values()]
    text = re.sub(r"(?<=\w)- (?=[a-z])", "", "\n".join([*parts, "References", *entries]))
    return Truth(text, tuple(dict.fromkeys(headings)), "Abstract\n" + _printed(file, _NEITHER))


def _is_prose(text: str) -> bool:
    """Whether a paragraph is neither a formula nor a footnote that was taken for one."""
    tokens = text.split()
    short = sum(len(token) < 3 for token in tokens)
    return short * 2 < len(tokens) and not re.match(r"\d+ [A-Z]|.*\bhttps?://\S+ \d+ ", text)


def _name(author: dict[str, Any]) -> str:
    return " ".join([author["first"], *author["middle"], author["last"]])


def _latex(file: Path, given: Path) -> Truth:
    source = re.sub(r"(?<!\\)%.*", "", given.read_text("utf-8"))
    body = source.partition(r"\begin{document}")[2]
    before, _, after = re.sub(r"\\date\{.*?\}\s*\n", "", body).partition(r"\lipsum[1-10]")
    columns = _printed(file, _LIPSUM)
    text = "\n".join([_without_latex(before), columns, _without_latex(after)])
    return Truth(text, ("Abstract",), _printed(file, _DATE))


def _without_latex(source: str) -> str:
    """The text of LaTeX, with the words that its environments print."""
    printed = source.replace(r"\begin{abstract}", "Abstract ").replace(r"\caption{", "Table 1: {")
    environments = re.sub(r"\\(?:begin|end)\{\w+\}(?:\[\w+\]|\{\w+\})?", "", printed)
    joined = re.sub(r"\\textsuperscript\{(\w+)\}", r"\1", environments)
    return re.sub(r"\\[a-z]+|[{}\\]", "", joined).replace("&", " ")


def _markdown(file: Path, given: Path) -> Truth:
    source = given.read_text("utf-8").replace("<!-- image -->", "")
    lines = re.sub(r"^\|[ |-]+\|$\n?", "", source, flags=re.MULTILINE).splitlines()
    headings = [line.strip("# ") for line in lines if line.startswith("#")]
    rows = [_cells(line) for line in lines if line.startswith("|")]
    for above, row in reversed(list(pairwise(rows))):
        merged = [a for a, b in zip(above, row, strict=False) if a == b and "Merged" in a]
        row[:] = ["" if cell in merged else cell for cell in row]
    cells = iter(rows)
    text = "\n".join(_row(next(cells)) if line.startswith("|") else line for line in lines)
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text) if given == file else text
    return Truth(re.sub(r"^#+ |^- ", "", plain, flags=re.MULTILINE), tuple(headings))


def _cells(line: str) -> list[str]:
    return [cell.strip(" -") for cell in line.strip("|").split("|")]


def _row(cells: list[str]) -> str:
    kept = [cell for before, cell in pairwise(["", *cells]) if cell != before]
    return " ".join(kept)


def _text(_: Path, given: Path) -> Truth:
    return Truth(given.read_text("utf-8"))


def _jats(_: Path, given: Path) -> Truth:
    from lxml import etree

    root = etree.parse(given, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    marks = ".//xref[@ref-type='bibr'] | .//table-wrap//sup[translate(., 'abcdefghi,', '') = '']"
    _drop(root, f".//tex-math | .//object-id | {marks}")
    title = root.xpath(".//article-meta//article-title")
    parts = [*title, *root.xpath(".//abstract[not(@abstract-type)]"), *root.xpath("body | back")]
    headings = [" ".join("".join(e.itertext()).split()) for e in root.xpath(".//body//sec/title")]
    return Truth(_itertext(parts), tuple(headings), _itertext(root.xpath("front")))


def _html(_: Path, given: Path) -> Truth:
    from lxml import etree

    root = etree.parse(given, etree.HTMLParser(encoding="utf-8")).getroot()
    (article,) = root.xpath("//div[contains(@class, 'mw-parser-output')]")
    _drop(
        article,
        ".//style | .//script | .//sup[contains(@class, 'reference')] | .//comment() | "
        ".//*[contains(@class, 'mw-editsection') or contains(@class, 'navigation') or "
        "contains(@class, 'noprint') or contains(@class, 'side-box') or "
        "contains(@class, 'mw-cite-backlink')]",
    )
    inner = ".//p | .//h2 | .//h3 | .//li | .//table"
    outer = [e for e in article.xpath(inner) if not e.xpath("ancestor::li | ancestor::table")]
    title = root.xpath("//h1")
    headings = ["".join(e.itertext()).strip() for e in article.xpath(".//h2 | .//h3")]
    numbers = " ".join(str(n + 1) for n in range(len(article.xpath(".//ol/li"))))
    return Truth(_itertext([*title, *outer]), tuple(headings), numbers)


def _drop(root: Any, path: str) -> None:
    """Take elements out of a tree; the text behind them stays."""
    for element in root.xpath(path):
        parent, before = element.getparent(), element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + (element.tail or "")
        else:
            before.tail = (before.tail or "") + (element.tail or "")
        parent.remove(element)


def _itertext(elements: Iterable[Any]) -> str:
    """The text of elements, blocks and cells apart."""
    return "\n".join(map(_text_within, elements))


def _text_within(element: Any) -> str:
    if not isinstance(element.tag, str):
        return ""
    inner = "".join(_text_within(child) + (child.tail or "") for child in element)
    apart = "\n" if element.tag in _BREAKING else ""
    return f"{apart}{element.text or ''}{inner}{apart}"


def _printed(file: Path, regions: Iterable[Region]) -> str:
    """The words that stand in boxes on a PDF's pages, hyphens at the ends of lines undone."""
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        parts = []
        for number, left, top, right, bottom in regions:
            page = document[number - 1]
            height = page.get_height()
            parts.append(
                page.get_textpage().get_text_bounded(left, height - bottom, right, height - top)
            )
    return re.sub(r"[-\x02\ufffe]\r?\n|[\x02\ufffe]", "", "\n".join(parts))


_READERS: dict[str, Callable[[Path, Path], Truth]] = {
    ".json": _s2orc,
    ".tex": _latex,
    ".md": _markdown,
    ".txt": _text,
    ".nxml": _jats,
    ".html": _html,
}
