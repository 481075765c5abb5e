"""Reading pictures of text with Tesseract."""

from __future__ import annotations

import os
import shutil
from functools import lru_cache
from importlib.util import find_spec
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.formats.pdf.types import Word

if TYPE_CHECKING:
    import pypdfium2 as pdfium

ADVICE = (
    "Install Tesseract (`apt install tesseract-ocr`, `brew install tesseract`) and its "
    "wrapper (`pip install pytesseract`), and add the file again."
)

_LANGUAGES = ("eng", "chi_sim")
_DOTS = 300
_MAX_PIXELS = 20_000_000
_SECONDS = 60
_SMALL = 0.75
"""The height of type in a line of letters with and without tails, in heights of the line."""


class Recognised(NamedTuple):
    """The words of a picture, and how sure Tesseract is of them, from 0 to 1."""

    words: list[Word]
    confidence: float


def is_available() -> bool:
    """Whether Tesseract and its wrapper are installed."""
    return bool(shutil.which("tesseract") and find_spec("pytesseract"))


def recognised(page: pdfium.PdfPage) -> Recognised | None:
    """The words on a picture of a page.

    Args:
        page: A page.

    Returns:
        Its words in points; None where there are none, or Tesseract took too long.
    """
    import pytesseract

    # Tesseract's threads wait for each other, so two of them take longer than one.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    width, height = page.get_size()
    scale = min(_DOTS / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    image = page.render(scale=scale, grayscale=True).to_pil()
    try:
        found = pytesseract.image_to_data(
            image, lang=_languages(), output_type=pytesseract.Output.DICT, timeout=_SECONDS
        )
    except (RuntimeError, OSError):  # Tesseract's own errors and its timeout are RuntimeErrors
        return None
    sure = [float(c) / 100 for c, t in zip(found["conf"], found["text"], strict=True) if t.strip()]
    words = list(_words(found, scale))
    return Recognised(words, fmean(sure)) if words else None


@lru_cache(maxsize=1)
def _languages() -> str:
    """The languages of this project's papers that Tesseract has, or the first it has."""
    import pytesseract

    installed = pytesseract.get_languages()
    usable = [language for language in _LANGUAGES if language in installed]
    return "+".join(usable or [name for name in installed if name != "osd"][:1])


def _words(found: dict[str, list[Any]], scale: float) -> list[Word]:
    """What Tesseract found, as words in points; each line has one size and one base."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for i, text in enumerate(found["text"]):
        if text.strip():
            key = (found["block_num"][i], found["par_num"][i], found["line_num"][i])
            lines.setdefault(key, []).append(i)
    heights = {k: median(found["height"][i] for i in line) / scale for k, line in lines.items()}
    usual = median(heights.values()) if heights else 0.0
    words: list[Word] = []
    for key, line in lines.items():
        height = usual if abs(heights[key] - usual) < 0.3 * usual else heights[key]
        base = median(found["top"][i] + found["height"][i] for i in line) / scale
        words.extend(_word(found, i, scale, base, round(height / _SMALL, 1)) for i in line)
    return words


def _word(found: dict[str, list[Any]], i: int, scale: float, base: float, size: float) -> Word:
    left, top = found["left"][i] / scale, found["top"][i] / scale
    right, bottom = left + found["width"][i] / scale, top + found["height"][i] / scale
    return Word(found["text"][i].strip(), left, top, right, bottom, base, size)
