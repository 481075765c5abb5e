"""The search: what is found for a question, why, and whether it would be answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from assistant.explaining import Explained, explained, words_in_common
from tests.app.conftest import HOSTILE_SENTENCE

APP = """
import streamlit as st
from assistant.views import going, search

pages = {
    "search": st.Page(search.page, url_path="search", default=True),
    "paper": st.Page(lambda: st.title("The paper"), url_path="paper", title="Paper"),
}
going.remember(pages)
st.navigation(list(pages.values())).run()
"""
ASKED = "What is polycentric governance?"


@pytest.fixture
def app(samples_library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("GOVASSIST_LIBRARY", str(samples_library))
    monkeypatch.setenv("GOVASSIST_MODEL", "none")
    yield AppTest.from_string(APP, default_timeout=300).run()
    st.cache_resource.clear()


def searched(app: AppTest, question: str) -> AppTest:
    app.text_input(key="search_question").set_value(question)
    app.button[0].click().run()
    assert not app.exception
    return app


def passages(app: AppTest) -> list[str]:
    return [html.value for html in app.html if 'class="passage"' in html.value]


def test_passages_are_ranked_with_their_scores(app: AppTest, samples: Assistant) -> None:
    app.number_input(key="search_passages").set_value(5)
    searched(app, ASKED)
    hits = samples.search(ASKED, 5)
    titles = {paper.id: paper.title for paper in samples.papers()}
    for rank, (html, hit) in enumerate(zip(passages(app), hits, strict=True), start=1):
        assert f"<h3>{rank}. {titles[hit.paper_id]}</h3>" in unescape(html)
        scores = [hit.score, *hit.scores.values()]
        assert all(f'class="number">{score:.2f}<' in html for score in scores)
        assert hit.section[-1] in unescape(html)
    assert ">Polycentric governance<" in passages(app)[0]
    assert "5 passages in " in app.header[0].value
    assert "would be answered" in app.success[0].value
    meant = next(
        html.value for html in app.html if "BM25" in html.value and "cross_encoder" in html.value
    )
    assert samples.embedder.name in meant
    app.button(key=f"search_open_{hits[1].passage.id}").click().run()
    assert [title.value for title in app.title] == ["The paper"]
    assert app.query_params == {"paper": hits[1].paper_id, "passage": hits[1].passage.id}


def test_a_question_beside_the_papers_would_be_refused(app: AppTest, samples: Assistant) -> None:
    paper = samples.papers()[0]
    app.multiselect(key="search_papers").select(paper.id)
    searched(app, "Who won the football match in Zanzibar?")
    assert "would be refused" in app.warning[0].value
    assert "Zanzibar" in app.warning[0].value
    assert all(f". {paper.title}</h3>" in unescape(html) for html in passages(app))
    searched(app, " ")
    assert "question is empty" in app.error[0].value
    assert not passages(app)


def test_nothing_found_is_said(samples_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVASSIST_LIBRARY", str(samples_copy))
    app = AppTest.from_string(APP, default_timeout=300).run()
    with Assistant.open(samples_copy) as elsewhere:
        first, second = elsewhere.papers()[:2]
        papers = app.multiselect(key="search_papers")
        assert first.title in papers.options
        papers.select(first.id)
        searched(app, ASKED)
        elsewhere.remove(first.id)
        assert not passages(app.run())
        assert "No passage was found" in app.info[0].value
        assert not app.exception
        monkeypatch.setattr("assistant.views.search.explained", _nothing)
        app.multiselect(key="search_papers").select(second.id)
        searched(app, ASKED)
        assert "No passage was found" in app.info[0].value
    st.cache_resource.clear()


def _nothing(assistant: Assistant, question: str, *given: Any) -> Explained:
    return replace(explained(assistant, question, *given), hits=())


def test_nothing_of_a_paper_is_read_as_markup(
    app: AppTest, hostile_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVASSIST_LIBRARY", str(hostile_library))
    [html] = passages(searched(app.run(), "What does polycentric governance cost?"))
    assert "&lt;img src=//example.org" in html
    text = html.partition('class="passage">')[2].replace("<mark>", "").replace("</mark>", "")
    assert HOSTILE_SENTENCE in unescape(text)
    assert "&lt; 7" in text


def test_words_are_marked_in_every_form_and_language() -> None:
    def marked(text: str, question: str) -> list[str]:
        return [text[start:end] for start, end in words_in_common(text, question)]

    assert marked("Cities govern; the city is governed.", "Who governs the cities?") == [
        "Cities govern",
        "city",
        "governed",
    ]
    assert marked("多中心治理需要参与。", "什么是多中心治理？") == ["多中心治理"]  # noqa: RUF001
    assert marked("Of the and", "What is the of?") == []
