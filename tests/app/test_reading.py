"""A paper as it is read, by its sections or its pages."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import streamlit as st

from assistant import Assistant
from tests.app.conftest import HOSTILE_SENTENCE, HOSTILE_TITLE
from tests.app.shelf import TWIN, OpenLibrary, button, text, titles
from tests.ingest.pdfs import prose, typeset

PAGE_OF = """
import streamlit as st
from assistant.views import reading
from assistant.views.opening import opened
assistant = opened()
passage = next(p for p in assistant.passages() if p.id == st.query_params["passage"])
reading.page_of(assistant, passage, passage.spans)
"""


def test_a_paper_is_read_by_its_sections(
    library_at: OpenLibrary, samples_library: Path, samples: Assistant
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
    library_at: OpenLibrary, samples_library: Path, samples: Assistant
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
    library_at: OpenLibrary, tmp_path: Path
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


def test_nothing_of_a_paper_is_run(library_at: OpenLibrary, hostile_library: Path) -> None:
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
