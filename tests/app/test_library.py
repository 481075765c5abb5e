"""The Library view: finding and choosing papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, PaperHealth
from assistant.views.library_cards import card_html, known_html, notes_html
from ingest.document import LeftOut
from ingest.types import HealthReport, Paper
from tests.app.shelf import TWIN, OpenLibrary, button, text, titles
from tests.ingest.pdfs import prose


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of 23 papers, of which two are much the same."""
    folder = tmp_path_factory.mktemp("many")
    texts = [prose(seed) for seed in range(21)]
    for number, body in enumerate([*texts, TWIN, f"{TWIN} So it is."]):
        year = f"year: {2000 + number}\n" if number < 21 else ""
        title = f"Ferries {chr(97 + number)}" if number < 21 else "How a ferry guild is run"
        front = f"---\ntitle: {title}\nauthors: [Ann Zeta]\n{year}---\n\n"
        (folder / f"{number}.md").write_text(f"{front}# {title}\n\n{body}\n", "utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add(folder)
    return folder / "library"


def test_every_paper_is_listed_searched_and_chosen(
    library_at: OpenLibrary, samples_library: Path, samples: Assistant
) -> None:
    app = library_at(samples_library)
    assert not app.exception
    assert titles(app) == sorted((paper.title for paper in samples.papers()), key=str.casefold)
    for health in samples.health():
        assert health.paper.authors[0] in text(app)
        assert f"{health.score} of 100 · {samples.count_passages(health.paper.id)} passages" in (
            text(app)
        )
    app.text_input(key="library_words").set_value("yan social").run()
    assert [element.value for element in app.markdown if "of 5" in element.value] == [
        "**1 of 5 papers**"
    ]
    assert len(titles(app)) == 1
    app.text_input(key="library_words").set_value("nothing of this kind").run()
    assert "No paper matches" in app.info[0].value
    app.text_input(key="library_words").set_value("").run()
    app.toggle(key="library_attention").set_value(True).run()
    in_need = {health.paper.title for health in samples.health() if health.problems}
    assert set(titles(app)) == in_need
    assert 0 < len(in_need) < 5
    app.toggle(key="library_attention").set_value(False).run()
    app.selectbox(key="library_order").set_value("health").run()
    assert titles(app)[0] == samples.health()[0].paper.title
    for place in (0, 1):
        app.checkbox[place].check().run()
    button(app, "Ask only the 2 selected").click().run()
    first, second = (health.paper.id for health in samples.health()[:2])
    assert [title.value for title in app.title] == ["The chat"]
    assert set(app.session_state["scope"]) == {first, second}


def test_many_papers_have_pages_years_and_twins(library_at: OpenLibrary, many: Path) -> None:
    app = library_at(many)
    assert len(titles(app)) == 20
    assert "1 pair of papers is much the same" in [e.label for e in app.expander]
    assert any("same title" in element.value for element in app.markdown)
    app.pagination[0].select(2).run()
    assert titles(app) == ["Ferries u", "How a ferry guild is run", "How a ferry guild is run"]
    app.selectbox(key="library_order").set_value("year").run()
    app.slider[0].set_range(2001, 2003).run()
    assert titles(app) == ["Ferries d", "Ferries c", "Ferries b"]


def test_what_is_not_known_is_said_and_what_is_known_is_escaped() -> None:
    unknown = Paper(id="0123456789", title="Untold", source_path="a/b.md")
    assert "<dt>Year</dt><dd>" in known_html(unknown, 0)
    assert known_html(unknown, 0).count("not found in the file") == 8
    assert "Authors not known" in card_html(PaperHealth(unknown, 0, ()), 0)
    assert "? Not examined" in card_html(PaperHealth(unknown, 0, ()), 0)
    known = Paper(id="0123456789", title="T", source_path="b.md", abstract="a < b", language="zh")
    assert "<dd>a &lt; b</dd>" in known_html(known, 1234)
    assert "<dd>Chinese</dd>" in known_html(known, 1234)


def test_notes_are_escaped_and_tell_what_was_left_out() -> None:
    paper = Paper(id="0123456789", title="T", source_path="b.md", found={"title": "file name"})
    left_out = (LeftOut("<b>pictures</b>", 3, "not text"),)
    report = HealthReport("pdf", 1, 2, 3, left_out=left_out)
    correct = "Not found: year. Correct it with `govassist papers --edit 01234567`."
    problems = ("Words such as <b> look garbled: `govassist health`.", correct)
    html = notes_html(PaperHealth(paper, 70, problems, report))
    assert "<li>Words such as &lt;b&gt; look garbled: <code>govassist health</code>.</li>" in html
    assert "<li>Not found: year. Correct it with “Edit”.</li>" in html
    assert "<li>3 &lt;b&gt;pictures&lt;/b&gt;: not text</li>" in html
    assert "<dt>Title</dt><dd>file name, doubtful</dd>" in html
