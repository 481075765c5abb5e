"""The list of conversations: found, opened, renamed, exported, deleted and put back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from assistant.conversations.export import file_name
from assistant.views import going
from assistant.views.conversations import PER_PAGE
from assistant.when import to_the_minute, told

# The chat beside the list is a stub: what it does with a conversation is tested elsewhere.
APP = """
import streamlit as st
from assistant.views import going
from assistant.views.opening import view

def chat():
    st.title("The chat")

pages = {
    "conversations": st.Page(view("conversations"), url_path="conversations", default=True),
    "chat": st.Page(chat, url_path="chat"),
}
going.remember(pages)
st.navigation(list(pages.values())).run()
"""
RENAMING = """
from assistant.views import conversation_dialogs
from assistant.views.opening import opened

conversation_dialogs.rename(opened().conversations.open("{}"))
"""
ASKED = "What is polycentric governance?"
READER = "0123456789abcdef01234567"
HOSTILE = "Rivers & <b>seas</b> *bold* $5"


@pytest.fixture
def library(samples_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GOVASSIST_LIBRARY", str(samples_copy))
    monkeypatch.setenv("GOVASSIST_MODEL", "none")
    yield samples_copy
    st.cache_resource.clear()


@pytest.fixture
def kept(library: Path) -> Iterator[Assistant]:
    """An assistant on the library that the app shows, with two conversations."""
    with Assistant.open(library, model="none") as assistant:
        paper = assistant.papers()[0].id
        assistant.conversations.create(papers=[paper], owner=READER).ask(ASKED)
        assistant.conversations.create(HOSTILE, owner=READER)
        yield assistant


def opened(reader: str = READER) -> AppTest:
    app = AppTest.from_string(APP, default_timeout=300)
    if reader:
        app.session_state["reader"] = reader
    return app.run()


def shown(app: AppTest) -> list[str]:
    """The titles of the list, as they are read."""
    titles = [html.value.partition("<h2>")[2].partition("</h2>")[0] for html in app.html]
    return [unescape(title) for title in titles if title]


def chosen(app: AppTest, title: str, act: str) -> AppTest:
    """The app after an entry of a conversation's menu was chosen."""
    return app.menu_button[shown(app).index(title)].click(act).run()


def test_without_conversations_it_is_said_what_to_do(library: Path) -> None:
    app = opened()
    assert "no conversations yet" in app.info[0].value
    [ask] = [button for button in app.button if button.label == "Ask a question"]
    ask.click().run()
    assert [title.value for title in app.title] == ["The chat"]


def test_conversations_are_found_told_and_opened(kept: Assistant) -> None:
    app = opened()
    assert shown(app) == [HOSTILE, ASKED]
    known = next(html.value for html in app.html if ASKED in html.value)
    assert "1 question" in known
    assert kept.papers()[0].title in unescape(known)
    assert "second" in known
    assert not any("<b>" in html.value for html in app.html)
    app.text_input(key="conversations_search").set_value("polycentric GOV").run()
    assert shown(app) == [ASKED]
    app.text_input(key="conversations_search").set_value("*nothing*").run()
    assert r"“\*nothing\*”" in app.info[0].value
    app.text_input(key="conversations_search").set_value("").run()
    summary = kept.conversations.list()[1]
    app.button(key=f"conversations_open:{summary.id}").click().run()
    assert [title.value for title in app.title] == ["The chat"]
    assert app.session_state[going.CONVERSATION] == summary.id
    assert app.query_params[going.CONVERSATION] == summary.id


def test_a_browser_lists_its_own_conversations_and_keeps_its_id(kept: Assistant) -> None:
    strangers = [opened(reader=""), opened(reader="")]
    readers = {app.session_state["reader"] for app in strangers}
    assert len(readers) == 2
    for app in strangers:
        assert shown(app) == []
        assert "no conversations yet" in app.info[0].value
        told_browser = " ".join(component.proto.json for component in app.get("bidi_component"))
        assert app.session_state["reader"] in told_browser
        assert "max-age=31536000" in told_browser
    assert len(kept.conversations.list()) == 2


def test_a_conversation_is_renamed(kept: Assistant) -> None:
    summary = kept.conversations.list()[0]
    app = chosen(opened(), HOSTILE, "rename")
    assert [f.value for f in app.text_input if f.label == "Title"] == [summary.title]
    # AppTest runs the whole app after each click, which closes a dialog; this one stays open.
    app = AppTest.from_string(RENAMING.format(summary.id), default_timeout=300).run()
    app.text_input[0].set_value("  ")
    app.button[0].click().run()
    assert "title cannot be empty" in app.error[0].value
    app.text_input[0].set_value("Seas and *rivers*")
    app.button[0].click().run()
    assert not app.error
    assert shown(opened()) == ["Seas and *rivers*", ASKED]


def test_a_deleted_conversation_is_put_back(kept: Assistant) -> None:
    before = kept.conversations.list()
    app = opened()
    app.session_state[going.CONVERSATION] = before[1].id
    chosen(app, ASKED, "delete")
    assert shown(app) == [HOSTILE]
    assert [summary.title for summary in kept.conversations.list()] == [HOSTILE]
    assert going.CONVERSATION not in app.session_state
    chosen(app, HOSTILE, "delete")
    assert r"Rivers \& \<b\>seas" in app.markdown[0].value
    for _ in range(2):
        app.button(key="conversations_undo").click().run()
    assert kept.conversations.list() == before
    assert shown(app) == [HOSTILE, ASKED]
    assert not any(button.key == "conversations_undo" for button in app.button)


def test_a_conversation_leaves_as_files_and_has_an_address(kept: Assistant) -> None:
    app = chosen(opened(), ASKED, "export")
    summary = kept.conversations.list()[1]
    assert app.code[0].value.endswith(f"/?conversation={summary.id}")
    assert [(button.label, button.disabled) for button in app.download_button] == [
        (form, False) for form in ("Markdown", "JSON", "APA", "BibTeX", "RIS")
    ]
    app = chosen(opened(), HOSTILE, "export")
    assert [button.label for button in app.download_button if not button.disabled] == [
        "Markdown",
        "JSON",
    ]
    assert file_name(HOSTILE, "bibtex") == "Rivers-b-seas-b-bold-5.bib"
    assert file_name("…/..\\?", "csl") == "conversation.csl.json"
    assert file_name("治理是什么", "markdown") == "治理是什么.md"


def test_many_conversations_come_in_pages(kept: Assistant) -> None:
    for number in range(PER_PAGE - 1):
        kept.conversations.create(f"Number {number}", owner=READER)
    app = opened()
    assert len(shown(app)) == PER_PAGE
    app.pagination[0].set_value(2).run()
    assert shown(app) == [ASKED]
    app.text_input(key="conversations_search").set_value("Number").run()
    assert len(shown(app)) == PER_PAGE - 1


def test_a_file_that_holds_no_conversations_is_told(library: Path) -> None:
    (library / "conversations.db").write_text("no database, and longer than a header " * 9)
    app = opened()
    assert not app.exception
    assert "Move it away" in app.error[0].value
    for file in library.glob("conversations.db*"):
        file.unlink()
    app.button(key="try_again").click().run()
    assert "no conversations yet" in app.info[0].value


def test_times_are_told_in_the_readers_zone_and_language() -> None:
    now = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
    moment = "2026-01-01T23:30:00.000+00:00"
    assert told(moment, "en", "Asia/Shanghai", now) == "2 hours ago"
    assert told(moment, "zh", "Asia/Shanghai", now) == "2小时前"
    later = datetime(2026, 3, 1, tzinfo=UTC)
    assert told(moment, "en", "Asia/Shanghai", later) == "Jan 2, 2026"
    assert told(moment, "zh", "Asia/Shanghai", later) == "2026年1月2日"
    assert told(moment, "en", "Nowhere/At all", later) == told(moment, "en", None, later)
    assert to_the_minute(moment, "zh", "Asia/Shanghai") == "2026年1月2日 07:30:00"


def test_a_library_that_cannot_be_opened_is_told_and_tried_again(library: Path) -> None:
    catalog = library / "catalog.db"
    catalog.rename(library / "elsewhere.txt")
    app = opened()
    assert app.header[0].value == "The library cannot be opened"
    assert "this folder is not a library" in app.error[0].value.replace("\\", "")
    (library / "elsewhere.txt").rename(catalog)
    [again] = app.button
    assert again.label == "Try again"
    again.click().run()
    assert app.title[0].value == "Conversations"
