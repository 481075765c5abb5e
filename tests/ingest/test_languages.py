"""The language of a text, told from a few words on, and said to be doubtful where it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ingest.languages import language_claims, language_code, language_of
from tests.ingest.helpers import read

TEXTS = {
    "en": "The council of the town meets in the open, and everybody may speak there.",
    "zh": "城镇委员会公开开会，每个人都可以在会上发言，会议记录也向公众开放。",  # noqa: RUF001
    "de": "Der Rat der Stadt tagt öffentlich, und alle dürfen dort das Wort ergreifen.",
    "fr": "Le conseil de la ville siège en public, et chacun peut y prendre la parole.",
    "es": "El consejo de la ciudad se reúne en público y cualquiera puede hablar en él.",
    "pt": "O conselho da cidade reúne-se em público, e qualquer pessoa pode falar nele.",
    "it": "Il consiglio della città si riunisce in pubblico e ciascuno può parlarvi.",
    "nl": "De raad van de stad vergadert in het openbaar en iedereen mag er spreken.",
    "ru": "Городской совет заседает открыто, и каждый может взять там слово.",
    "ar": "يجتمع مجلس المدينة علنا ويمكن لكل شخص أن يتكلم فيه أمام الجميع.",
    "ja": "町の議会は公開で開かれ、だれでもそこで発言することができる。",
    "ko": "시의회는 공개로 열리며 누구나 그곳에서 발언할 수 있습니다.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_one_sentence_is_enough(language: str) -> None:
    (claim,) = language_claims(TEXTS[language])
    assert (claim.value, claim.where) == (language, "language of the text")


@pytest.mark.parametrize("text", ["Towns", "河", "Water markets", "x"])
def test_a_word_or_two_are_doubtful_at_best(text: str) -> None:
    assert {claim.where for claim in language_claims(text)} <= {"language of a few words"}


@pytest.mark.parametrize("text", ["", "1 2 3 …", "2019–2020", "§ 4"])  # noqa: RUF001
def test_without_letters_nothing_is_said(text: str) -> None:
    assert list(language_claims(text)) == []
    assert language_of(text) is None


def test_a_paper_has_the_language_of_its_text_not_of_its_title() -> None:
    body = "Der Rat tagt öffentlich. Jede Beschwerde wird dort gehört und entschieden. "
    paper = read(f"# The council\n\n## 1. Regeln\n\n{body * 3}\n").paper
    assert (paper.language, paper.sureness("language")) == ("de", "likely")


def test_plain_english_needs_no_model() -> None:
    text = "The council of the town meets in the open, and each of the complaints is heard there. "
    code = f"import sys; from ingest.languages import language_of; print(language_of({text * 2!r}))"
    loaded = f"{code}; print('py3langid' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-1] == "False"
    assert "en" in done.stdout


@pytest.mark.parametrize(
    ("text", "code"),
    [("en", "en"), ("en-GB", "en"), ("zh_CN", "zh"), ("English", "en"), ("ngerman", "de")],
)
def test_codes_and_names(text: str, code: str) -> None:
    assert language_code(text) == code


@pytest.mark.parametrize("text", ["", "Klingon", "e", "1"])
def test_what_is_no_language(text: str) -> None:
    assert language_code(text) is None
