"""What of a web page is its main content: navigation, banners and what is hidden taken out.

Pages mark their parts by elements (``main``, ``nav``), by roles, and by the names of classes;
all three count. Nothing that holds half of a page's text is ever taken out by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.formats.html.inline import BLOCKS, has_blocks
from ingest.formats.xml import Node, attribute, child, children, descendants, name

_NO_CONTENT = frozenset(
    "script style noscript template nav iframe svg canvas object embed applet audio video dialog "
    "button input select textarea datalist head aside".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar toolbar dialog alertdialog "
    "alert tablist doc-toc doc-backlink".split()
)
_NAMES = frozenset(
    "nav navbar navbox navigation menu sidebar sidebox breadcrumb breadcrumbs footer masthead "
    "cookie cookies consent banner advert advertisement ads share sharing social related "
    "recommended comments respond toc noprint editsection backlink headerlink pagination pager "
    "skip newsletter subscribe popup modal login search toolbar catlinks".split()
)
_SURE = frozenset(
    "sidebar navbar navbox navigation noprint comments respond breadcrumb breadcrumbs toc "
    "editsection mw-editsection sidebox cookie-banner cookie-consent backlink mw-cite-backlink "
    "headerlink skip-link".split()
)
"""Names of classes of which the whole is enough, however many words stand in there."""

_BLOCKS = frozenset("p li dd dt h1 h2 h3 h4 h5 h6 pre blockquote figcaption math".split())
_NOTES = re.compile(
    r"(?:^|[\s_-])(?:foot|end)?notes?(?:$|[\s_-])|doc-(?:foot|end)notes?|"
    r"\b(?:references?|refs?|bibliography|citations?)\b"
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:(?!not-)[a-z]+[-_])?(?:sr-only|visually-?hidden|screen-?reader(?:-only|-text)?|"
    r"off-?screen|a11y-hidden|show-for-sr|element-invisible|assistive-text|ref-overlay)(?!\S)"
)
"""Names of classes that only screen readers read, or that open over the text when it is touched."""

_ASKS = re.compile(
    r"(?:^|\s)(?:onetrust|cookiebot|cybot|cookie-?(?:law-info|notice|bar|popup|message))\S*"
)
"""Names of what asks for consent before a page is read."""

_NOTICE = re.compile(r"(?:^|\s)(?:hatnote|dablink|[acfot]?mbox)(?!\S)")
"""Names of what encyclopedias say about a page: that others are called so, that it needs work."""

_HEADING = re.compile(r"h[1-6]")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FEW_WORDS = 12


def main_content(page: Node) -> Node:
    """Take out what is no content, and find the element that holds the rest.

    Args:
        page: The root of a page; it is changed.

    Returns:
        The element with the main content.
    """
    all_words = words(page)
    for node in list(page.iter()):
        if node.getparent() is not None and _is_taken_out(node, all_words):
            _take_out(node)
    main = _marked(page)
    _trim(main)
    return main


def _take_out(node: Node) -> None:
    """Empty an element, so that it stands for nothing in a line; the text behind it stays."""
    node.clear(keep_tail=True)
    node.tag = "span"


def _is_taken_out(node: Node, all_words: int) -> bool:
    kind = name(node)
    if kind in {"html", "body", "main", "math"} or _within(node, "math"):
        return False
    if kind in _NO_CONTENT or attribute(node, "role") in _ROLES or _is_hidden(node):
        return not (kind == "aside" and _is_note(node))
    frames = kind in {"header", "footer"} and not _within(node, "article", "main")
    if frames and not _is_note(node) and not _holds_title(node):
        return words(node) * 2 < all_words
    return _is_unseen(node, all_words) or _is_named_away(node, all_words)


def _is_unseen(node: Node, all_words: int) -> bool:
    """Whether the names of an element's classes keep it from a page's readers.

    Headings stay, which name what follows them for everybody.
    """
    classes = attribute(node, "class").lower()
    named = f"{classes} {attribute(node, 'id').lower()}"
    asks = _ASKS.search(named) and not _is_text(node) and not _is_section(node)
    about = asks or _UNSEEN.search(classes) or _NOTICE.search(classes)
    if not about or _HEADING.fullmatch(name(node)):
        return False
    return words(node) * 2 < all_words and next(descendants(node, "math"), None) is None


def _is_hidden(node: Node) -> bool:
    """Whether nobody sees an element; formulas are kept, which hide behind their pictures."""
    keys = set(node.keys())
    hidden = "hidden" in keys or attribute(node, "aria-hidden") == "true"
    hidden = hidden or bool(_HIDDEN.search(attribute(node, "style")))
    return hidden and next(descendants(node, "math"), None) is None


def _is_note(node: Node) -> bool:
    return any(
        _NOTES.search(attribute(node, key).lower()) for key in ("class", "id", "role", "type")
    )


def _holds_title(header: Node) -> bool:
    """Whether an element holds the first heading of its page, and that is no link to its site."""
    first = next(descendants(header.getroottree().getroot(), "h1"), None)
    if first is None or header not in first.iterancestors():
        return False
    return not any(_linked(node) * 2 > words(node) for node in (first, header))


def _is_named_away(node: Node, all_words: int) -> bool:
    """Whether the names of an element's classes say that it is no content."""
    classes = attribute(node, "class").lower().split()
    named = [*classes, attribute(node, "id").lower()]
    parts = {
        part for whole in named for part in re.split(r"[-_:]", whole.replace("side-box", "sidebox"))
    }
    if not parts & _NAMES or _is_note(node) or name(node) == "p" or _is_section(node):
        return False
    count = words(node)
    if count * 2 > all_words:
        return False
    if _is_text(node):
        return bool(_SURE.intersection(classes))
    return bool(_SURE.intersection(named)) or count <= _FEW_WORDS or _linked(node) * 2 > count


def _is_section(node: Node) -> bool:
    """Whether an element is a part of a text, called what it is about."""
    classes = attribute(node, "class").lower().split()
    return name(node) in {"article", "section"} or "section" in classes


def _is_text(node: Node) -> bool:
    """Whether an element is a piece of text: its id and classes are made of what it says."""
    return name(node) in {*_BLOCKS, "td", "th"} or not (name(node) in BLOCKS or has_blocks(node))


def _marked(page: Node) -> Node:
    """The element that a page marks as its main content, else its body."""
    body = child(page, "body")
    whole = page if body is None else body
    for candidates in (
        [n for n in whole.iter() if name(n) == "main" or attribute(n, "role") == "main"],
        [n for n in whole.iter() if attribute(n, "itemprop") == "articleBody"],
        list(descendants(whole, "article")),
    ):
        fullest = max(candidates, key=words, default=None)
        if fullest is not None and words(fullest) * 2 > words(whole):
            return fullest
    return whole


def _trim(main: Node) -> None:
    """Take out lists of links and the like beside the text, all the way down to where it is."""
    holder: Node | None = main
    while holder is not None:
        inner = list(children(holder))
        fullest = max(inner, key=words, default=None)
        if fullest is None or words(fullest) * 5 < words(holder) * 3:
            _trim_top(inner)
            return
        for node in inner:
            if node is not fullest and name(node) not in _BLOCKS and _is_idle(node):
                _take_out(node)
        holder = fullest if _is_frame(fullest) else None


def _is_frame(node: Node) -> bool:
    """Whether an element holds parts of a page; tables do where they are for the layout."""
    if name(node) == "table":
        return next(descendants(node, "h1", "h2", "h3", "p"), None) is not None
    return name(node) not in {*_BLOCKS, "ul", "ol", "dl"}


def _trim_top(blocks: list[Node]) -> None:
    """Take out lists of links above all text."""
    for node in blocks:
        if name(node) in {"p", "h1", "h2", "section", "article"} or not _is_idle(node):
            return
        if words(node):
            _take_out(node)


def _is_idle(node: Node) -> bool:
    """Whether an element is mostly links, and neither a title nor notes or references."""
    titled = next(descendants(node, "h1"), None) is not None
    return not titled and not _is_note(node) and _linked(node) * 2 > words(node)


def _within(node: Node, *names: str) -> bool:
    return any(name(ancestor) in names for ancestor in node.iterancestors())


def words(node: Node) -> int:
    """How many words stand in an element."""
    return len("".join(_texts(node)).split())


def _linked(node: Node) -> int:
    """The words of an element that are links or belong to a form."""
    return sum(words(link) for link in descendants(node, "a", "button", "label", "option"))


def _texts(node: Node) -> Iterator[str]:
    for inner in node.iter():
        if name(inner) not in {"script", "style", "noscript", "template"}:
            yield inner.text or ""
        if inner is not node:
            yield f" {inner.tail or ''}"
