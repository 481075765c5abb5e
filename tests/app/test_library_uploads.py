"""The Library view: adding, correcting and deleting papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from reportlab.pdfgen.canvas import Canvas

from assistant import Assistant
from assistant.uploads import MOST_FILES, Received, receive
from tests.app.shelf import TWIN, OpenLibrary, button, text, titles
from tests.ingest.pdfs import drawn, prose, typeset
from vectorstore.embedders import load_embedder
from vectorstore.library import Library


def test_a_paper_is_uploaded_corrected_and_deleted(library_at: OpenLibrary, tmp_path: Path) -> None:
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


def test_a_locked_file_is_asked_for_its_password(library_at: OpenLibrary, tmp_path: Path) -> None:
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


def test_too_many_files_are_told_before_they_are_added(
    library_at: OpenLibrary, tmp_path: Path
) -> None:
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
    library_at: OpenLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    library_at: OpenLibrary, samples_copy: Path, monkeypatch: pytest.MonkeyPatch
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
