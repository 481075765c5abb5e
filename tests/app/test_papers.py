"""The list of papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import Assistant, PaperHealth
from assistant.views.markup import paper_html
from assistant.views.papers import notes_html
from ingest.document import LeftOut
from ingest.types import HealthReport, Paper

# AppTest switches only between pages that are files of their own.
PAGE = "from assistant.views import papers; papers.page()"


@pytest.fixture
def page(samples_library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("GOVASSIST_LIBRARY", str(samples_library))
    yield AppTest.from_string(PAGE, default_timeout=300).run()
    st.cache_resource.clear()


def test_every_paper_is_listed_with_what_is_known_of_it(page: AppTest, samples: Assistant) -> None:
    shown = [element.value for element in page.html if "<h2>" in element.value]
    papers = [health.paper for health in samples.health()]
    assert len(shown) == len(papers) == 5
    for html, paper in zip(shown, papers, strict=True):
        expected = (paper.title, *paper.authors, *paper.affiliations, *paper.keywords)
        assert all(escape(value) in html for value in expected)
        assert f"<dd>{samples.count_passages(paper.id)}</dd>" in html
        assert f"<dd>{paper.id[:8]}</dd>" in html
        assert f"<dd>{Path(paper.source_path).name}</dd>" in html


def test_what_is_not_known_is_said() -> None:
    html = paper_html(Paper(id="0123456789", title="Untold", source_path="a/b.md"), 0)
    assert "<dt>Year</dt><dd>not found in the file</dd>" in html
    assert "<dt>Abstract</dt><dd>not found in the file</dd>" in html


def test_an_abstract_opens_on_a_click_and_is_escaped() -> None:
    paper = Paper(id="0123456789", title="T", source_path="b.md", year=2020, abstract="a < b")
    html = paper_html(paper, 3)
    assert "<details><summary>Abstract</summary><div><p>a &lt; b</p></div></details>" in html
    assert "<dd>2020</dd>" in html


def test_the_worst_comes_first_with_its_score_and_what_is_wrong(
    page: AppTest, samples: Assistant
) -> None:
    health = samples.health()
    assert [metric.value for metric in page.metric] == [str(one.score) for one in health]
    assert health[0].score < health[-1].score
    notes = [element.value for element in page.html if "how sure it is" in element.value]
    assert len(notes) == len(health)
    for html, one in zip(notes, health, strict=True):
        seen = unescape(re.sub(r"<[^>]+>", "", html))
        assert all(problem.replace("`", "") in seen for problem in one.problems)
        assert f"<dt>Title</dt><dd>{one.paper.found['title']}, certain</dd>" in html


def test_notes_are_escaped_and_tell_what_was_left_out() -> None:
    paper = Paper(id="0123456789", title="T", source_path="b.md", found={"title": "file name"})
    left_out = (LeftOut("<b>pictures</b>", 3, "not text"),)
    report = HealthReport("pdf", 1, 2, 3, left_out=left_out)
    html = notes_html(PaperHealth(paper, 70, ("Words such as <b> look garbled.",), report))
    assert "<li>Words such as &lt;b&gt; look garbled.</li>" in html
    assert "<li>3 &lt;b&gt;pictures&lt;/b&gt;: not text</li>" in html
    assert "<dt>Title</dt><dd>file name, doubtful</dd>" in html
