"""Equations of MathML (JATS, HTML) and of Word as a line of text that can be read."""

from __future__ import annotations

import re

from ingest.formats.xml import Node, attribute, child, children, name

_FORMS = {
    "mfrac": "{0}/{1}",
    "msup": "{0}^{1}",
    "msub": "{0}_{1}",
    "msubsup": "{0}_{1}^{2}",
    "munder": "{0}_{1}",
    "munderover": "{0}_{1}^{2}",
    "mroot": "{1}√{0}",
    "f": "{0}/{1}",
    "sSup": "{0}^{1}",
    "sSub": "{0}_{1}",
    "sSubSup": "{0}_{1}^{2}",
    "rad": "{0}√{1}",
    "limLow": "{0}_{1}",
}
"""How the parts of an element are put in a line, by its name in MathML or in Word."""

_LEFT_OUT = re.compile(r"annotation(?:-xml)?|\w+Pr|mphantom")
_SIMPLE = re.compile(r"\w*|\S|\([^()]*\)")


def in_line(equation: Node) -> str:
    """An equation as text: fractions with a bar, roots and sums with their signs."""
    return " ".join(_read(equation).split())


def _read(node: Node) -> str:
    kind = name(node)
    if not kind or _LEFT_OUT.fullmatch(kind):
        return ""
    parts = [_read(part) for part in children(node) if not _LEFT_OUT.fullmatch(name(part))]
    if not parts:
        return str(node.text or "")
    form = _FORMS.get(kind)
    if form and len(parts) > form.count("{") - 1:
        return form.format(*map(_held, parts))
    return _gathered(node, kind, parts)


def _gathered(node: Node, kind: str, parts: list[str]) -> str:
    """The parts of an element that is a fence, a root, a sum, the row of a table, or none."""
    if kind == "msqrt":
        return f"√{_held(''.join(parts))}"
    if kind in {"mtr", "mr"}:
        return f"{', '.join(parts)}; "
    if kind == "mfenced":
        return f"{attribute(node, 'open', '(')}{', '.join(parts)}{attribute(node, 'close', ')')}"
    if kind == "d":
        return f"{_sign(node, 'begChr', '(')}{', '.join(parts)}{_sign(node, 'endChr', ')')}"
    if kind == "nary":
        below, above, *rest = map(_held, parts)
        limits = (f"_{below}" if below else "") + (f"^{above}" if above else "")
        return f"{_sign(node, 'chr', '∫')}{limits} {''.join(rest)}"
    return "".join(parts)


def _held(part: str) -> str:
    """A part, in brackets where it is more than one word or sign."""
    text = part.strip()
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _sign(node: Node, wanted: str, default: str) -> str:
    """A sign that the properties of an element of Word's name, or its default."""
    given = child(node, f"{name(node)}Pr", wanted)
    return default if given is None else attribute(given, "val")
