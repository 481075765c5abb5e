"""Signs of fonts that put their own signs in the places of letters, as the signs of Unicode."""

from __future__ import annotations

import re

SHIFTED = re.compile("[\uf020-\uf0ff]")
"""Such signs where they stand among letters."""

_LOWER = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"  # noqa: RUF001
    "\x00αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"  # noqa: RUF001
)
_UPPER = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\x00\x00↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"  # noqa: RUF001
    "◊⟨®©™∑\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00⟩∫⌠\x00⌡"
)
_SYMBOL = {
    place: found
    for first, signs in ((0x20, _LOWER), (0xA0, _UPPER))
    for place, found in enumerate(signs, first)
    if found != "\x00"
}
"""Adobe's encoding; the parts of which large brackets are built are no signs of their own."""

_WINGDINGS = {
    0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x9F: "•", 0xA7: "▪", 0xA8: "□",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "⇐", 0xE8: "⇒", 0xF3: "⇔",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""What Word makes of typed arrows and faces, and the marks of lists that are ticked off."""

_FONTS: dict[str, dict[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": {},
    "wingdings 3": {},
    "webdings": {},
}
_SHIFT = 0xF000
"""Word puts the signs of such fonts into the private use area, from here on."""


def sign(font: str, code: int) -> str:
    """A sign of a font.

    Args:
        font: The name of the font.
        code: The place of the sign in it.

    Returns:
        The sign in Unicode; empty where it is not known.
    """
    place = code - _SHIFT if _SHIFT <= code < _SHIFT + 0x100 else code
    signs = _FONTS.get(font.lower())
    if signs is not None and place < 0x100:
        return signs.get(place, "")
    return chr(code) if chr(code).isprintable() else ""
