"""In which language a text is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ingest.document import Claim
from ingest.orders import FUNCTION_WORDS, share

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NOT_CHINESE = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
"""Japanese and Korean letters."""
_ENOUGH_WORDS = 20
_PLAIN_ENGLISH = 0.3
"""The share of function words from which a text with "the" in it is English."""
_LETTER = re.compile(r"[^\W\d_]")
_ENOUGH_BYTES = 40
"""In UTF-8, where a Chinese character, which says more than a letter, has three."""
_LONGEST = 4_000
_LEAST = 0.3
_SURE = 0.5
"""Confidence below which nothing is said, and from which a language is likely."""
_NAMES = {
    **dict.fromkeys(("eng", "english", "american", "british", "ukenglish", "usenglish"), "en"),
    **dict.fromkeys(("chi", "zho", "chinese", "中文"), "zh"),
    **dict.fromkeys(("ger", "deu", "german", "ngerman", "austrian", "naustrian", "deutsch"), "de"),
    **dict.fromkeys(("fre", "fra", "french", "français"), "fr"),
    **dict.fromkeys(("spa", "spanish", "español"), "es"),
    **dict.fromkeys(("por", "portuguese", "brazilian", "português"), "pt"),
    **dict.fromkeys(("ita", "italian", "italiano"), "it"),
    **dict.fromkeys(("dut", "nld", "dutch", "nederlands"), "nl"),
    **dict.fromkeys(("rus", "russian", "русский"), "ru"),
    **dict.fromkeys(("jpn", "japanese", "日本語"), "ja"),
    **dict.fromkeys(("kor", "korean"), "ko"),
    **dict.fromkeys(("ara", "arabic"), "ar"),
}
"""As BibTeX's babel, ISO 639-2 and the languages themselves name some of them."""


def language_claims(text: str) -> Iterator[Claim]:
    """The language of a text, where it can be told.

    Args:
        text: Clean text of a paper's body.

    Yields:
        One claim or none: a code of ISO 639-1; it is doubtful where the text is short or
        the model is not sure.
    """
    language, confidence = _classified(text)
    letters = "".join(_LETTER.findall(text[:_LONGEST]))
    if language and confidence >= _LEAST:
        sure = len(letters.encode()) >= _ENOUGH_BYTES and confidence >= _SURE
        where = "language of the text" if sure else "language of a few words"
        yield Claim("language", language, where)


def language_of(text: str) -> str | None:
    """The language that a text is most likely in, None where there is little to tell it by."""
    language, confidence = _classified(text)
    return language if confidence >= _SURE else None


def _classified(text: str) -> tuple[str | None, float]:
    """A code of ISO 639-1, and how sure it is, from 0 to 1."""
    sample = text[:_LONGEST]
    if not _LETTER.search(sample):
        return None, 0.0
    if plain := _plain_language(sample):
        return plain, 1.0
    language, confidence = _identifier().classify(sample)
    return str(language), float(confidence)


def _plain_language(text: str) -> str | None:
    """English and Chinese where they are beyond doubt, for loading the model takes a second."""
    words = _WORD.findall(text.lower())
    if len(words) >= _ENOUGH_WORDS and "the" in words:
        return "en" if share(words, FUNCTION_WORDS) >= _PLAIN_ENGLISH else None
    chinese = len(_CHINESE.findall(text))
    is_chinese = chinese >= _ENOUGH_WORDS and chinese * 2 > len(_LETTER.findall(text))
    return "zh" if is_chinese and not _NOT_CHINESE.search(text) else None


def language_code(text: str) -> str | None:
    """The code of ISO 639-1 for a language as files name it.

    Args:
        text: Such as ``en``, ``en-GB``, ``zh_CN``, ``English`` or ``ngerman``.

    Returns:
        The code, or None where the language is not known.
    """
    name = text.strip().casefold()
    code = re.split("[-_]", name)[0]
    return code if re.fullmatch("[a-z]{2}", code) else _NAMES.get(name)


@cache
def _identifier() -> LanguageIdentifier:
    """Loaded once a process; the model comes with the package, and has no network."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2])
    return identifier
