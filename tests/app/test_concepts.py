"""The concepts as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from tests.app.seen import html_of

LISTED = (
    'They uphold "wide consultation, joint contribution and shared benefits" there.',
    "The principle of co-consultation, joint contribution and shared benefits counts.",
)
PAGE = "from assistant.views import concepts; concepts.page()"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def opened(library: Path, monkeypatch: pytest.MonkeyPatch, concept: str = "") -> AppTest:
    monkeypatch.setenv("GOVASSIST_LIBRARY", str(library))
    app = AppTest.from_string(PAGE, default_timeout=300)
    if concept:
        app.query_params["concept"] = concept
    return app.run()


@pytest.mark.usefixtures("on")
def test_a_concept_is_chosen_looked_at_and_compared(
    samples_library: Path, samples: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(samples_library, monkeypatch)
    chips = app.button_group[0]
    assert chips.options[0] == "governance · 5"
    assert len(chips.options) == 40
    chips.set_value("public services").run()
    assert app.text_input[0].value == "public services"

    concept = samples.concept("public services")
    shown = unescape(html_of(app))
    for citation in concept.citations:
        assert citation.quote in shown
        assert f'data-act="open:{citation.number}"' in shown
    assert all(name in shown for name in ("Yuqiao Yan (year unknown)", "Zhang Yi (year unknown)"))
    assert shown.index("Liu Yuzhu") < shown.index("Yuqiao Yan") < shown.index("Zhang Yi")
    said = "5 papers read · 3 use it · 0 define it"
    assert any(said in element.value for element in app.markdown)
    assert "2 papers do not use it" in [expander.label for expander in app.expander]

    app.toggle[0].set_value(True).run()
    first, second = app.selectbox
    assert len(first.options) == 3
    assert len(second.options) == 2
    compared = unescape(html_of(app))
    assert "Neither defines it." in compared
    assert compared.count('<article class="card">') == 2
    assert not app.exception


@pytest.mark.usefixtures("on")
def test_a_link_opens_a_concept_and_its_other_names_show_why(
    samples_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(samples_library, monkeypatch, "polycentric governance")
    assert app.text_input[0].value == "polycentric governance"
    assert any("multi\\-center governance" in element.value for element in app.markdown)
    shown = html_of(app)
    assert "a paper says that both are the same." in shown
    assert "which Liu also writes multi-center governance" in shown
    assert "Definitions" in shown

    app.text_input[0].set_value("worldwide government").run()
    assert "worldwide government" in app.info[0].value
    near = next(button for button in app.button if button.label == "global governance")
    near.click().run()
    assert app.text_input[0].value == "global governance"
    assert 'class="cards"' in html_of(app)

    app.text_input[0].set_value("?!").run()
    assert "public goods" in app.error[0].value
    assert app.text_input[0].value == "?!"
    assert not app.exception


@pytest.mark.usefixtures("on")
def test_a_name_from_a_list_is_counted_however_the_concept_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, sentence in enumerate(LISTED):
        (tmp_path / f"{number}.md").write_text(f"# Norms {number}\n\n{sentence}\n", "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path)
    app = opened(tmp_path / "library", monkeypatch)
    app.text_input[0].set_value(" wide   consultation ").run()
    assert any("1 uses it" in element.value for element in app.markdown)
    app.checkbox[0].check().run()
    assert any("2 use it" in element.value for element in app.markdown)
    assert app.checkbox[0].value
    app.checkbox[0].uncheck().run()
    assert any("1 uses it" in element.value for element in app.markdown)
    assert not app.exception


@pytest.mark.usefixtures("on")
def test_what_papers_say_is_shown_as_it_is(
    hostile_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(hostile_library, monkeypatch, "polycentric governance")
    shown = html_of(app)
    assert escape("or $6 < 7 & 2 * 3 * 4, and nothing -> more.") in shown
    assert "<img" not in shown
    assert not app.exception


@pytest.mark.usefixtures("on")
def test_an_empty_library_says_how_to_fill_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(tmp_path / "library", monkeypatch)
    assert "empty" in app.info[0].value
    assert not app.text_input
