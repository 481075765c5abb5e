"""How the fonts of a PDF file look: bold, italic."""

from __future__ import annotations

import re
from ctypes import cast, create_string_buffer
from typing import NamedTuple

_BOLD = re.compile(r"(?i)bold|black|heavy|medi(?!um)|cmbx|sfbx|-bd\b|,bold|\bdemi")
_ITALIC = re.compile(r"(?i)italic|oblique|slanted|cmti|cmsl|sfti|-it\b|-ital\b")


class Look(NamedTuple):
    """Whether a font is bold, and whether it is italic."""

    bold: bool = False
    italic: bool = False


def look_of(font: int | None) -> Look:
    """How a font looks, by its name, and for bold by its weight too.

    Args:
        font: The font's address; None where it is not known.

    Returns:
        How it looks; plain where it is not known.
    """
    from pypdfium2 import raw

    if font is None:
        return Look()
    handle = cast(font, raw.FPDF_FONT)
    buffer = create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(handle, buffer, 200)
    name = buffer.value.decode("utf-8", "replace")
    bold = _BOLD.search(name) or raw.FPDFFont_GetWeight(handle) >= 600
    return Look(bool(bold), bool(_ITALIC.search(name)))
