"""Tables by the model of OASIS, which JATS articles may have, as tables by that of HTML."""

from __future__ import annotations

import re

from ingest.formats.xml import Node, attribute, children, descendants, name

_NAMES = {"row": "tr", "entry": "td", "entrytbl": "td"}


def as_html(article: Node) -> None:
    """Give the tables of OASIS in an article the elements and spans that those of HTML have.

    Args:
        article: The root of an article; it is changed.
    """
    for group in list(descendants(article, "tgroup")):
        specs = enumerate(children(group, "colspec"))
        columns = {attribute(spec, "colname"): place for place, spec in specs}
        for node in list(descendants(group, *_NAMES)):
            _set_spans(node, columns)
            node.tag = _NAMES[name(node)]
        group.tag = "table"


def _set_spans(entry: Node, columns: dict[str, int]) -> None:
    first, last = (columns.get(attribute(entry, end)) for end in ("namest", "nameend"))
    if first is not None and last is not None:
        entry.set("colspan", str(last - first + 1))
    more = attribute(entry, "morerows")
    if re.fullmatch(r"\d{1,3}", more):
        entry.set("rowspan", str(int(more) + 1))
