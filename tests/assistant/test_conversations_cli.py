"""Conversations and records on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant
from tests.assistant.test_cli import govassist

ASKED = "What is polycentric governance?"


@pytest.fixture
def conversation(samples_copy: Path) -> str:
    with Assistant.open(samples_copy, model="none") as assistant:
        conversation = assistant.conversations.create()
        conversation.ask(ASKED)
        return conversation.id


def test_a_conversation_is_listed_gone_on_with_shown_renamed_and_deleted(
    samples_copy: Path, conversation: str
) -> None:
    where = {"GOVASSIST_LIBRARY": str(samples_copy), "GOVASSIST_MODEL": "none"}
    listed = govassist("conversations", "list", **where)
    assert listed.returncode == 0, listed.stderr
    assert conversation in listed.stdout
    assert ASKED in listed.stdout

    asked = govassist("ask", "And what does it need?", "-c", conversation[:8], **where)
    assert "Understood as: And what does it need?" in asked.stdout
    assert "polycentric" in asked.stdout

    shown = govassist("conversations", "show", conversation, **where)
    assert shown.stdout.index(ASKED) < shown.stdout.index("And what does it need?")
    assert "[1]" in shown.stdout

    renamed = govassist("conversations", "rename", conversation, "Many centres", **where)
    assert "Many centres" in renamed.stdout
    found = json.loads(
        govassist("conversations", "list", "-s", "centres", "--json", **where).stdout
    )
    assert [(one["title"], one["turns"]) for one in found] == [("Many centres", 2)]

    assert govassist("conversations", "delete", conversation, **where).returncode == 0
    assert json.loads(govassist("conversations", "list", "--json", **where).stdout) == []
    gone = govassist("conversations", "show", conversation, **where)
    assert gone.returncode == 2
    assert "No conversation" in gone.stderr


def test_a_conversation_is_exported(samples_copy: Path, conversation: str, tmp_path: Path) -> None:
    where = {"GOVASSIST_LIBRARY": str(samples_copy)}
    file = tmp_path / "conversation.md"
    written = govassist("conversations", "export", conversation, "--to", file, **where)
    assert written.returncode == 0, written.stderr
    assert file.read_text("utf-8").startswith(f"# {ASKED}")
    again = govassist("conversations", "export", conversation, "--to", file, **where)
    assert again.returncode == 2
    assert "already" in again.stderr
    ris = govassist("conversations", "export", conversation, "--as", "ris", **where)
    assert "TY  - " in ris.stdout
    wrong = govassist("conversations", "export", conversation, "--as", "pdf", **where)
    assert wrong.returncode == 2
    assert "markdown, json" in wrong.stderr


def test_an_answer_is_replayed(samples_copy: Path) -> None:
    where = {"GOVASSIST_LIBRARY": str(samples_copy), "GOVASSIST_MODEL": "none"}
    record = json.loads(govassist("ask", ASKED, "--json", **where).stdout)["record"]
    same = govassist("replay", record, **where)
    assert same.returncode == 0, same.stderr
    assert "Nothing changed." in same.stdout
    papers = json.loads(govassist("papers", "--json", **where).stdout)
    for paper in papers[:4]:
        govassist("remove", paper["id"], **where)
    changed = govassist("replay", record, **where)
    assert "library has changed" in changed.stdout
    assert govassist("replay", "nobody", **where).returncode == 2


def test_a_conversation_has_its_own_papers(samples_copy: Path, conversation: str) -> None:
    asked = govassist("ask", ASKED, "-c", conversation, "-p", "abcdef", "-l", samples_copy)
    assert asked.returncode == 2
    assert "--paper" in asked.stderr


def test_a_model_that_has_no_name(samples_copy: Path) -> None:
    asked = govassist("ask", ASKED, "--model", "umbrella", "-l", samples_copy)
    assert asked.returncode == 2
    assert "ollama:" in asked.stderr
