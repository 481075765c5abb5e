"""The Chinese of the interface: complete, and fitting its English."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po

from assistant.views import words
from tests.app.conftest import OpenApp
from tests.app.seen import html_of
from tests.conftest import ROOT

VIEWS = ROOT / "assistant" / "views"
CHINESE = VIEWS / "locale" / "zh.po"


def written_in_views(keywords: Mapping[str, tuple[int] | None]) -> set[str]:
    """The English of every message, of a plural the singular."""
    found = extract_from_dir(str(VIEWS), [("**.py", "python")], keywords=keywords)
    texts = {str(text) for _, _, text, _, _ in found}
    with (ROOT / "app.py").open("rb") as file:
        return texts | {str(text) for _, text, *_ in extract("python", file, keywords=keywords)}


def test_babel_finds_everything() -> None:
    """It does not look into f-strings."""
    found = written_in_views({"_": None, "plural": (1,)})
    called = {
        str(call.args[0].value)
        for path in (*VIEWS.glob("*.py"), ROOT / "app.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in {"_", "plural"} and isinstance(call.args[0], ast.Constant)
    }
    assert sorted(called - found) == []


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_everything_is_said_in_chinese_and_nothing_is_stale() -> None:
    with CHINESE.open("rb") as file:
        catalog = read_po(file, locale="zh")
    translated = {str(message.id): str(message.string) for message in catalog if message.id}
    counted = written_in_views({"plural": (1,)})
    wanted = written_in_views({"_": None}) | counted
    assert len(wanted) > 100
    assert sorted(wanted - set(translated)) == []
    assert sorted(set(translated) - wanted) == []
    assert sorted(text for text, chinese in translated.items() if not chinese.strip()) == []
    assert not catalog.obsolete
    for text, said in translated.items():
        assert fields(said) <= fields(text) | ({"n"} if text in counted else set())
    assert not [message.id for message in catalog if message.id and message.fuzzy]


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 paper searched"), (2, "2 papers searched"), (1234, "1234 papers searched")],
)
def test_english_counts(n: int, said: str) -> None:
    assert words.plural("{n} paper searched", "{n} papers searched", n) == said


def test_the_first_page_speaks_chinese(open_app: OpenApp, samples_copy: Path) -> None:
    app = open_app(samples_copy)
    app.session_state["language"] = "zh"
    app.run()
    assert app.chat_input[0].placeholder == "提出关于治理的问题……"
    shown = html_of(app.main) + "".join(button.label for button in app.button)
    assert "New conversation" not in shown
    assert "会问及 5 篇论文" in shown
