"""The settings: who answers and from how much, the language, and what is running."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from assistant.asking import DEPTH
from assistant.views.choices import Choice
from tests.assistant.models.provider import FakeProvider

APP = """
import streamlit as st
from assistant.views import settings
from assistant.views.opening import ready

settings.page()
st.session_state["depth"] = ready().depth
st.session_state["answers"] = ready().model
"""
NOW = "Answers are written by"


@pytest.fixture
def app(samples_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("GOVASSIST_LIBRARY", str(samples_copy))
    monkeypatch.setenv("GOVASSIST_MODEL", "none")
    yield AppTest.from_string(APP, default_timeout=300).run()
    st.cache_resource.clear()


def pressed(app: AppTest, label: str, model: str = "") -> AppTest:
    """The app after a button was pressed, with a model's name in the field."""
    app.text_input(key="settings_model").set_value(model)
    [button] = [button for button in app.button if button.label == label]
    button.click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.caption)).replace("\\", "")


def test_a_model_is_tried_and_used_for_the_visit(
    app: AppTest, named_provider: FakeProvider
) -> None:
    assert "nothing leaves this machine" in said(app)
    named_provider.say("Yes.")
    pressed(app, "Test", "openai:tiny")
    assert "by openai:tiny on this machine" in app.success[0].value.replace("\\", "")
    assert "What leaves this machine: nothing." in said(app)
    assert NOW not in said(app)
    pressed(app, "Use for this visit", "openai:tiny")
    assert f"{NOW} **openai:tiny**" in said(app)
    assert any("--model openai:tiny" in code.value for code in app.code)
    model = app.session_state["answers"]
    app.slider(key="settings_passages").set_value(20).run()
    assert app.session_state["depth"] == 20
    assert app.session_state["answers"] is model  # not opened anew, nor closed for others
    pressed(app, "Back to the app's own model")
    assert NOW not in said(app)


def test_a_model_that_cannot_be_used_is_told(app: AppTest, named_provider: FakeProvider) -> None:
    pressed(app, "Use for this visit", "umbrella")
    assert "ollama:" in app.error[0].value.replace("\\", "")
    assert app.text_input(key="settings_model").value == "umbrella"
    named_provider.behave("401")
    pressed(app, "Test", "openai:tiny")
    assert "key" in app.error[0].value
    assert not app.success
    pressed(app, "Test")  # nothing is typed, so the one that is used is tried
    assert "by quoting" in app.success[0].value


def test_the_number_of_passages_is_of_the_visit(app: AppTest) -> None:
    assert app.session_state["depth"] == DEPTH
    app.slider(key="settings_passages").set_value(20).run()
    assert app.session_state["depth"] == 20
    app.slider(key="settings_passages").set_value(DEPTH).run()
    assert app.session_state["depth"] == DEPTH


def test_what_a_browser_kept_and_cannot_be_used_is_forgotten(app: AppTest) -> None:
    app.session_state["settings_chosen"] = Choice(model="umbrella", passages=20)
    app.run()
    assert not app.exception
    assert "chosen before cannot be used" in app.warning[0].value
    assert "umbrella" in app.warning[0].value
    assert app.session_state["settings_chosen"] == Choice(passages=20)
    assert app.session_state["depth"] == 20
    app.session_state["settings_chosen"] = Choice(passages=99)
    app.run()
    assert not app.exception
    assert not app.warning
    assert app.session_state["settings_chosen"] == Choice()


def test_readers_choose_no_model_where_it_is_fixed(
    app: AppTest, named_provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVASSIST_FIXED_MODEL", "1")
    app.session_state["settings_chosen"] = Choice(model="openai:tiny", passages=20)
    app.run()
    assert not app.exception
    assert "it cannot be changed here" in said(app)
    assert "Answers are quotes" in said(app)
    assert app.session_state["answers"] is None
    assert app.session_state["depth"] == 20
    assert not app.text_input
    assert not {button.label for button in app.button} & {"Test", "Use for this visit"}


def test_the_language_changes_at_once_and_is_kept(app: AppTest) -> None:
    app.radio(key="settings_language").set_value("zh").run()
    assert not app.exception
    assert app.session_state["language"] == "zh"
    kept = [component.proto.json for component in app.get("bidi_component")]
    assert any('"language": "zh"' in json for json in kept)


def test_what_is_running_is_checked_on_a_button(app: AppTest, samples: Assistant) -> None:
    shown = unescape(" ".join(html.value for html in app.html))
    assert samples.embedder.name in shown
    assert "onnxruntime" not in shown
    pressed(app, "Check now")
    assert app.success[0].value == "All is well."
    shown = unescape(" ".join(html.value for html in app.html))
    assert "5 papers" in shown
    notices = ("Two vectors were made again.", "A journal was rolled back.")
    findings = app.session_state["settings_findings"]
    app.session_state["settings_findings"] = replace(findings, notices=notices)
    app.run()
    shown = unescape(" ".join(html.value for html in app.html))
    assert all(notice in shown for notice in notices)
    assert "<dt>onnxruntime</dt>" in shown
