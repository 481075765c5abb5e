"""The Library view: finding, adding, correcting, reading and deleting papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from reportlab.pdfgen.canvas import Canvas
from streamlit.testing.v1 import AppTest

from assistant import Assistant, PaperHealth
from assistant.uploads import MOST_FILES, Received, receive
from assistant.views.library_cards import card_html, known_html, notes_html
from ingest.document import LeftOut
from ingest.types import HealthReport, Paper
from tests.app.conftest import HOSTILE_SENTENCE, HOSTILE_TITLE
from tests.ingest.pdfs import drawn, prose, typeset
from vectorstore.embedders import load_embedder
from vectorstore.library import Library

PAGE = """
import streamlit as st
from assistant.views import going, library, paper

named = "paper" in st.query_params
pages = {
    "library": st.Page(library.page, url_path="library", default=not named),
    "paper": st.Page(paper.page, url_path="paper", default=named),
    "chat": st.Page(lambda: st.title("The chat"), url_path="chat", title="Chat"),
}
going.remember(pages)
st.navigation(list(pages.values())).run()
"""
PAGE_OF = """
import streamlit as st
from assistant.views import reading
from assistant.views.opening import opened
assistant = opened()
passage = next(p for p in assistant.passages() if p.id == st.query_params["passage"])
reading.page_of(assistant, passage, passage.spans)
"""
Open = Callable[..., AppTest]
TWIN = "The ferry guild sets the fares each spring, and the town says what it thinks of them."


@pytest.fixture
def library_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the view on a library; afterwards the libraries are closed."""

    def opened(library: Path, script: str = PAGE, **parameters: str) -> AppTest:
        monkeypatch.setenv("GOVASSIST_LIBRARY", str(library))
        app = AppTest.from_string(script, default_timeout=300)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    yield opened
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of 23 papers, of which two are much the same."""
    folder = tmp_path_factory.mktemp("many")
    texts = [prose(seed) for seed in range(21)]
    for number, text in enumerate([*texts, TWIN, f"{TWIN} So it is."]):
        year = f"year: {2000 + number}\n" if number < 21 else ""
        title = f"Ferries {chr(97 + number)}" if number < 21 else "How a ferry guild is run"
        front = f"---\ntitle: {title}\nauthors: [Ann Zeta]\n{year}---\n\n"
        (folder / f"{number}.md").write_text(f"{front}# {title}\n\n{text}\n", "utf-8")
    with Assistant.open(folder / "library") as assistant:
        assistant.add(folder)
    return folder / "library"


def button(app: AppTest, label: str, number: int = 0):  # type: ignore[no-untyped-def]
    return [button for button in app.button if button.label == label][number]


def titles(app: AppTest) -> list[str]:
    found = (re.search(r"<h2>(.*?)</h2>", element.value) for element in app.html)
    return [unescape(title[1]) for title in found if title]


def text(app: AppTest) -> str:
    """All that is shown as HTML, without tags."""
    shown = " ".join(element.value for element in app.html if "<style>" not in element.value)
    return unescape(re.sub(r"<[^>]+>", " ", shown))


def test_every_paper_is_listed_searched_and_chosen(
    library_at: Open, samples_library: Path, samples: Assistant
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


def test_many_papers_have_pages_years_and_twins(library_at: Open, many: Path) -> None:
    app = library_at(many)
    assert len(titles(app)) == 20
    assert "1 pair of papers is much the same" in [e.label for e in app.expander]
    assert any("same title" in element.value for element in app.markdown)
    app.pagination[0].select(2).run()
    assert titles(app) == ["Ferries u", "How a ferry guild is run", "How a ferry guild is run"]
    app.selectbox(key="library_order").set_value("year").run()
    app.slider[0].set_range(2001, 2003).run()
    assert titles(app) == ["Ferries d", "Ferries c", "Ferries b"]


def test_a_paper_is_uploaded_corrected_and_deleted(library_at: Open, tmp_path: Path) -> None:
    Assistant.open(tmp_path / "library").close()
    app = library_at(tmp_path / "library")
    assert "library is empty" in app.info[0].value
    pdf = typeset([("title", "How ferries are run"), ("text", prose(3, 6))])
    app.file_uploader[0].set_value(
        [("ferries.pdf", pdf, "application/pdf"), ("broken.pdf", b"%PDF-1.4", "application/pdf")]
    ).run()
    button(app, "Add 2 files").click().run()
    assert not app.exception
    assert "✓ Added: ferries.pdf" in text(app)
    assert "✗ Not added: broken.pdf A damaged PDF file" in re.sub(r"\s+", " ", text(app))
    assert titles(app) == ["How ferries are run"]
    assert [file.name for file in (tmp_path / "library" / "uploads").iterdir()] == ["ferries.pdf"]

    button(app, "Edit").click().run()
    fields = {widget.label: widget for widget in (*app.text_input, *app.text_area)}
    fields["Authors, one in a line"].set_value("Ann Zeta\nBo Alpha")
    fields["Year"].set_value("long ago")
    button(app, "Save").click().run()
    assert "is no year" in app.error[0].value
    fields = {widget.label: widget for widget in (*app.text_input, *app.text_area)}
    assert fields["Authors, one in a line"].value == "Ann Zeta\nBo Alpha"
    fields["Year"].set_value("2019")
    button(app, "Save").click().run()
    assert "Ann Zeta, Bo Alpha · 2019" in text(app)
    assert "Save" not in [button.label for button in app.button]

    button(app, "Edit").click().run()
    app.multiselect[-1].set_value(["year"])
    button(app, "Save").click().run()
    assert "Ann Zeta, Bo Alpha" in text(app)
    assert "2019" not in text(app)
    with Assistant.open(tmp_path / "library") as elsewhere:
        elsewhere.update(elsewhere.papers()[0].id, venue="Journal of Rivers")
    assert "Journal of Rivers" in text(app.run())

    button(app, "Delete").click().run()
    assert "deleted with it" in " ".join(element.value for element in app.markdown)
    app.button(key="library_delete_now").click().run()
    assert "library is empty" in app.info[0].value
    assert "ferries.pdf" not in text(app)
    assert list((tmp_path / "library" / "uploads").iterdir()) == []


def test_a_locked_file_is_asked_for_its_password(library_at: Open, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, TWIN)

    Assistant.open(tmp_path / "library").close()
    app = library_at(tmp_path / "library")
    locked = ("locked.pdf", drawn(draw, password="river"), "application/pdf")
    app.file_uploader[0].set_value([locked]).run()
    assert not app.text_input
    button(app, "Add 1 file").click().run()
    assert "Encrypted with a password" in text(app)
    app.text_input(key="library_password").set_value("river")
    button(app, "Add 1 file").click().run()
    assert "✓ Added: locked.pdf" in text(app)
    assert len(titles(app)) == 1


def test_too_many_files_are_told_before_they_are_added(library_at: Open, tmp_path: Path) -> None:
    Assistant.open(tmp_path / "library").close()
    app = library_at(tmp_path / "library")
    files = [(f"{n}.md", b"# Ferries\n", "text/markdown") for n in range(MOST_FILES + 1)]
    app.file_uploader[0].set_value(files).run()
    assert "21 files are chosen, and at most 20" in app.warning[0].value
    assert button(app, "Add 21 files").disabled
    app.file_uploader[0].set_value(files[1:]).run()
    assert not app.warning
    assert not button(app, "Add 20 files").disabled


def test_a_click_while_files_are_added_loses_no_result(
    library_at: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clicked_after_the_first(*given: Any) -> Iterator[Received]:
        yield next(iter(receive(*given)))
        st.stop()  # as a click does

    monkeypatch.setattr("assistant.views.library_upload.receive", clicked_after_the_first)
    Assistant.open(tmp_path / "library").close()
    app = library_at(tmp_path / "library")
    files = [(f"{n}.md", f"# Mills {n}\n\n{TWIN}\n".encode(), "text/markdown") for n in (1, 2)]
    app.file_uploader[0].set_value(files).run()
    button(app, "Add 2 files").click().run()
    app.run()
    assert "✓ Added: 1.md" in text(app)
    assert "2.md" not in text(app)


def test_a_busy_library_says_so_and_keeps_the_files(
    library_at: Open, samples_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library.__init__, "__kwdefaults__", {"lock_timeout": 0.2})
    app = library_at(samples_copy)
    app.file_uploader[0].set_value([("a.md", b"# Ferries\n\nThe guild rows.\n", "text/markdown")])
    app.run()
    other = Library(samples_copy, load_embedder())
    with other._writing():
        button(app, "Add 1 file").click().run()
    other.close()
    assert "another process is writing" in app.error[0].value.replace("\\", "")
    app.run()
    button(app, "Add 1 file").click().run()
    assert "✓ Added: a.md" in text(app)


def test_a_paper_is_read_by_its_sections(
    library_at: Open, samples_library: Path, samples: Assistant
) -> None:
    paper = samples.papers()[0]
    passages = samples.passages(paper.id)
    app = library_at(samples_library)
    button(app, "Read").click().run()
    assert app.query_params["paper"] == paper.id
    assert app.title[0].value.replace("\\", "") == paper.title
    assert passages[0].text in text(app)
    assert passages[-1].text not in text(app)
    sections = app.selectbox[0]
    assert sections.options[-1].strip() == passages[-1].section[-1]
    sections.select_index(len(sections.options) - 1).run()
    assert passages[-1].text in text(app)
    assert passages[0].text not in text(app)
    app.text_input[0].set_value("Belt public").run()
    assert "<mark>Belt</mark>" in "".join(element.value for element in app.html)
    button(app, "Read it in its place").click().run()
    assert "reading-here" in "".join(element.value for element in app.html)
    button(app, "Back to the library").click().run()
    assert len(titles(app)) == 5
    button(app, "Read").click().run()
    button(app, "Ask only this paper").click().run()
    assert app.session_state["scope"] == [paper.id]
    assert [title.value for title in app.title] == ["The chat"]


def test_an_address_opens_a_passage_or_says_what_is_wrong(
    library_at: Open, samples_library: Path, samples: Assistant
) -> None:
    paper = samples.papers()[1]
    passage = samples.passages(paper.id)[-1]
    app = library_at(samples_library, paper=paper.id, passage=passage.id)
    [shown] = [element.value for element in app.html if "reading-here" in element.value]
    assert f"{escape(passage.text)}</mark>" in shown
    app = library_at(samples_library, paper=paper.id, passage="gone")
    assert "not in this paper any more" in app.warning[0].value
    app = library_at(samples_library, paper="0123456789")
    assert "no paper with the id" in app.error[0].value.replace("\\", "")
    button(app, "Back to the library").click().run()
    assert len(titles(app)) == 5


def test_the_page_of_a_passage_is_shown_with_a_description(
    library_at: Open, tmp_path: Path
) -> None:
    file, plain = tmp_path / "ferries.pdf", tmp_path / "plain.md"
    story = [("title", "How ferries are run"), ("text", prose(3, 6))]
    file.write_bytes(typeset(story))
    plain.write_text(f"# Mills\n\n{TWIN}\n", "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        paper, other = (report.paper_id or "" for report in assistant.add([file, plain]).added)
        here, nowhere = assistant.passages(paper)[0], assistant.passages(other)[0]
    app = library_at(tmp_path / "library", PAGE_OF, passage=here.id)
    [image] = app.image
    alt = image.proto.imgs[0].alt
    assert "Page 1 of “How ferries are run”" in alt
    app = library_at(tmp_path / "library", PAGE_OF, passage=nowhere.id)
    assert len(app.image) == 0
    app = library_at(tmp_path / "library", paper=paper)
    app.segmented_control[0].select("pages").run()
    assert len(app.image) == 1
    assert [one.disabled for one in app.button if "page" in one.label] == [True, True]
    file.unlink()
    st.cache_data.clear()
    app.run()
    assert len(app.image) == 0
    assert "not there any more" in text(app)


def test_nothing_of_a_paper_is_run(library_at: Open, hostile_library: Path) -> None:
    app = library_at(hostile_library)
    html = "".join(element.value for element in app.html)
    assert escape(HOSTILE_TITLE) in html
    assert "<img" not in html
    assert "<b>Bold" not in html
    button(app, "Read").click().run()
    html = "".join(element.value for element in app.html)
    assert escape(HOSTILE_SENTENCE) in html
    assert escape("Costs :red[now]") in html
    assert "<img" not in html
    title = app.title[0].value
    assert re.sub(r"\\(\W)", r"\1", title) == HOSTILE_TITLE
    assert not re.search(r"(?<!\\)[<>*$]", title)


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
