"""What the library says is said in Chinese, too: all of it, with its values."""

# ruff: noqa: RUF001

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.views import spoken
from assistant.views.words import catalog
from tests.app.conftest import OpenApp
from tests.app.seen import ask, messages
from tests.assistant.models.provider import FakeProvider
from tests.conftest import ROOT

LIBRARY = ("assistant", "ingest", "vectorstore")
ELSEWHERE = (
    "views/*", "*cli.py", "terminal.py", "printing.py", "watching.py", "langchain.py", "replay.py",
    "prompts.py", "gate.py", "suggestions.py", "evaluation/report*.py", "evaluation/trec.py",
    "evaluation_tables.py", "concepts/export.py",
)  # fmt: skip
"""What is not shown in the app, or is in the language of the question or of the report."""
CHINESE = re.compile("[\u4e00-\u9fff]")
FIELD = "7"


def modules(*without: str) -> Iterator[Path]:
    """The library's modules, but for some."""
    for package in LIBRARY:
        for path in sorted((ROOT / package).rglob("*.py")):
            inside = path.relative_to(ROOT / package)
            if not any(inside.match(pattern) for pattern in without):
                yield path


def texts(path: Path) -> Iterator[str]:
    """The strings of a module but for docstrings, with `FIELD` where a value goes."""
    tree = ast.parse(path.read_text("utf-8"))
    apart = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in apart:
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else FIELD for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [node.value] if id(node) not in apart else []


def is_a_sentence(text: str) -> bool:
    """Whether it ends as one and has three words; patterns do not count."""
    words = re.findall("[a-z]{2,}", text)
    return re.search(r"[^ ][.?]$", text) is not None and "(?" not in text and len(words) > 2


def translations() -> Iterator[tuple[str, str]]:
    """What is translated, and its translation."""
    for message in catalog("library_zh"):
        if message.id:
            yield str(message.id), str(message.string)


def fields(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name}


def test_every_sentence_of_the_library_is_said_in_chinese() -> None:
    sentences = [
        text for path in modules(*ELSEWHERE) for text in texts(path) if is_a_sentence(text)
    ]
    assert len(sentences) > 150
    assert [text for text in sentences if not CHINESE.search(spoken.chinese(text) or "")] == []


def test_nothing_is_translated_that_the_library_does_not_say() -> None:
    said = "\n".join(text for path in modules("views/*") for text in texts(path)).lower()
    stale = []
    for english, _ in translations():
        written = [part for part, *_ in Formatter().parse(english)]
        pieces = [piece.strip() for part in written for piece in re.split("[.,:;()]", part)]
        if max(pieces, key=len).lower() not in said:
            stale.append(english)
    assert stale == []


def test_translations_are_chinese_and_have_no_other_fields() -> None:
    for english, chinese in translations():
        assert fields(chinese) <= fields(english)
        assert CHINESE.search(chinese)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "/a/b c.pdf: the file is empty. Nothing to add.",
            "/a/b c.pdf：文件是空的。没有可添加的。",
        ),
        ("The file is empty. Nothing to add.", "文件是空的。没有可添加的。"),
        (
            "/a: b/x.zip: a zip archive, which is not read. Unpack it, and add the papers in it.",
            "/a: b/x.zip：不读取 zip 压缩包。请解压后添加其中的论文。",
        ),
        (
            "m (localhost:1) takes no more requests for now (429). Ask again in 7 s. "
            "Quotes are shown instead.",
            "m (localhost:1) 暂时不再接受请求（429）。请在 7 秒后再问。改为显示引文。",
        ),
        (
            "Not found: title, authors; doubtful: year (imprint).",
            "未找到：标题、作者；存疑：年份（出版信息）。",
        ),
        (
            'the name "Authors" is not in the source',
            "名称“Authors”不在来源中",
        ),
        (
            "Pages 1, 4-6 of 9: empty. Look whether the file is whole.",
            "共 9 页，第 1, 4-6 页是空的。请查看文件是否完整。",
        ),
    ],
)
def test_values_stand_in_the_translation(english: str, chinese: str) -> None:
    assert spoken.chinese(english) == chinese


def test_what_nobody_has_translated_stays() -> None:
    assert spoken.chinese("Segmentation fault (core dumped)") is None


@pytest.fixture
def app(open_app: OpenApp, samples_copy: Path) -> AppTest:
    """The app in Chinese."""
    app = open_app(samples_copy)
    app.session_state["language"] = "zh"
    return app.run()


def test_an_error_is_told_in_chinese(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVASSIST_MODEL", "umbrella")
    st.cache_resource.clear()
    ask(app, "What is polycentric governance?")
    assert "没有名为 'umbrella' 的模型" in app.error[0].value.replace("\\", "")


def test_reasons_and_faults_are_told_in_chinese(
    app: AppTest,
    named_provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOVASSIST_MODEL", "openai:tiny")
    st.cache_resource.clear()
    invented = "Napoleon sold umbrellas in 1804 [1]."
    named_provider.say(f"QUOTES\nANSWER\n{invented}")
    said = messages(ask(app.run(), "What is polycentric governance?"))[-1][1]
    assert "数字 1804 不在来源中" in said
    assert "is not in the source" not in said
    named_provider.behave("401")
    said = messages(ask(app, "What is social governance?"))[-1][1]
    assert "拒绝了密钥" in said
    assert "改为显示引文" in said
