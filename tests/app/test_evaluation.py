"""The evaluators' view, and the dialog that makes a test of an answer."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from assistant import Assistant
from assistant.cli import cli
from assistant.evaluation.background import evaluations_of
from assistant.evaluation.complaints import complaints
from assistant.evaluation.judged import golden_of
from assistant.evaluation.types import GoldenQuestion, GoldenSpan
from assistant.views.opening import open_once
from assistant.when import to_the_minute
from tests.conftest import ROOT

QUESTION = "What is polycentric governance?"
UNANSWERABLE = "Who won the football championship of 1974?"
HOSTILE = "Is <script>alert(1)</script> *bold* $x$?"
VIEW = "from assistant.views import evaluation; evaluation.page()"
DIALOG = f"""
import streamlit as st
from assistant.views.opening import opened
from assistant.views.testing import offer_test
assistant = opened()
history = [{{"role": "user", "content": "Who is Ostrom?"}}]
if "answer" not in st.session_state:
    st.session_state["answer"] = assistant.ask({QUESTION!r})
offer_test(assistant, {QUESTION!r}, history, st.session_state["answer"])
"""

Opened = Callable[[str], AppTest]


@pytest.fixture
def opened(samples_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Runs a script of the app on a library of its own."""
    monkeypatch.setenv("GOVASSIST_LIBRARY", str(samples_copy))
    monkeypatch.setenv("GOVASSIST_MODEL", "none")
    yield lambda script: AppTest.from_string(script, default_timeout=300).run()
    st.cache_resource.clear()


@pytest.fixture
def assistant(samples_copy: Path, opened: Opened) -> Assistant:
    """The assistant that the app uses, with two golden questions collected."""
    assistant = open_once(str(samples_copy), None)
    passages = [hit.passage for hit in assistant.search(QUESTION, 1)]
    assistant.collection.add(golden_of(assistant, QUESTION, (), passages, refuse=False))
    assistant.collection.add(golden_of(assistant, UNANSWERABLE, (), (), refuse=True))
    return assistant


def html(app: AppTest) -> str:
    return "".join(element.value for element in app.html)


def button(app: AppTest, label: str) -> Any:
    return next(button for button in app.button if button.label == label)


def labelled(elements: Any, label: str) -> Any:
    return next(element for element in elements if element.label == label)


def go(app: AppTest, tab: str) -> AppTest:
    app.session_state["evaluation_tab"] = tab
    return app.run()


def evaluated(app: AppTest, assistant: Assistant, name: str) -> AppTest:
    """The app after a run has finished."""
    labelled(app.text_input, "Name of the run").set_value(name)
    button(app, "Run the evaluation").click().run()
    evaluation = evaluations_of(assistant).last
    assert evaluation
    evaluation.thread.join(60)
    return app.run()


def test_an_evaluator_runs_twice_and_compares(opened: Opened, assistant: Assistant) -> None:
    app = evaluated(opened(VIEW), assistant, "usual")
    shown = html(app)
    assert "The last run: usual" in shown
    assert "<dt>nDCG@10</dt><dd><b>1.000</b> [1.000, 1.000]" in shown
    assert '<tr><th scope="row">definition</th><td>1</td>' in shown

    labelled(app.toggle, "Look for passages by meaning (vectors)").set_value(False)
    labelled(app.toggle, "Look for passages by words (BM25)").set_value(False)
    button(app, "Run the evaluation").click().run()
    assert "dense and lexical are both off" in app.error[0].value
    labelled(app.toggle, "Look for passages by words (BM25)").set_value(True)
    evaluated(app, assistant, "words *only*")
    runs = evaluations_of(assistant).runs
    assert [run.name for run in runs.list()] == ["words-only", "usual"]
    assert not runs.read(runs.list()[0].id).settings["dense"]

    go(app, "Compare")
    assert "over 1 questions that both have" in html(app)
    assert "● No difference beyond chance in hit@5" in html(app)

    go(app, "Results")
    assert app.selectbox[0].value == runs.list()[0].id
    labelled(app.toggle, "Show the report here").set_value(True).run()
    [frame] = app.get("iframe")
    page = b64decode(frame.proto.src.partition("base64,")[2]).decode()
    assert "<h1>Retrieval report</h1>" in page
    assert QUESTION in page
    assert [element.proto.label for element in app.get("download_button")] == [
        "Download the report",
        "Download the run",
        "Download TREC files",
    ]
    button(app, "Delete it").click().run()
    assert [run.name for run in runs.list()] == ["usual"]
    assert not app.exception


def test_a_file_that_is_none_is_told_and_another_is_run(
    opened: Opened, assistant: Assistant
) -> None:
    app = opened(VIEW)
    labelled(app.radio, "Golden questions").set_value("uploaded").run()
    button(app, "Run the evaluation").click().run()
    assert "No file of golden questions was given" in app.error[0].value
    golden = assistant.collection.path.read_bytes()
    for data, told in (
        (b"\xff", "mine.jsonl: golden questions cannot be read"),
        (b"<b>no</b> *question*\n", "line 1: not JSON"),
        (golden, ""),
    ):
        app.file_uploader[0].set_value(("mine.jsonl", data, "application/jsonl"))
        button(app, "Run the evaluation").click().run()
        assert told in "".join(error.value for error in app.error).replace("\\", "")
    last = evaluations_of(assistant).last
    assert last
    last.thread.join(60)
    assert (last.progress.name, last.progress.state) == ("mine", "done")


def test_collected_questions_are_searched_mended_and_deleted(
    opened: Opened, assistant: Assistant
) -> None:
    answered, refused = assistant.collection.questions()
    odd = GoldenQuestion("odd", HOSTILE, "odd", relevant=(GoldenSpan("a" * 64, 0, 9, 3),))
    assistant.collection.add(odd)
    app = go(opened(VIEW), "Questions")
    assert "1 question does not fit the library any more" in app.warning[0].value
    labels = [expander.label.replace("\\", "") for expander in app.expander]
    assert labels == [HOSTILE, UNANSWERABLE, QUESTION]

    labelled(app.selectbox, "Type").set_value("definition").run()
    assert [expander.label.replace("\\", "") for expander in app.expander] == [QUESTION]
    labelled(app.selectbox, "Type").set_value("every type")
    app.session_state[f"evaluation_shown_{answered.id}"] = True
    app.session_state["evaluation_shown_odd"] = True
    app.run()
    [span] = answered.relevant
    source = assistant.source(span.paper)
    assert f"<mark>{source[span.start : span.start + 20]}" in html(app)
    assert "does not hold the paper aaaaaaaa" in app.warning[1].value.replace("\\", "")

    app.button(f"evaluation_edit_{answered.id}").click().run()
    labelled(app.text_area, "Question").set_value("什么是多中心治理")
    labelled(app.text_input, "Type").set_value("")
    button(app, "Save").click().run()
    assert "'type' is empty" in app.error[0].value.replace("\\", "")
    assert labelled(app.text_area, "Question").value == "什么是多中心治理"
    labelled(app.text_input, "Type").set_value("factoid")
    button(app, "Save").click().run()
    mended = replace(answered, question="什么是多中心治理", type="factoid", language="zh")
    assert assistant.collection.questions() == (mended, refused, odd)

    app.button("evaluation_drop_odd").click().run()
    assert assistant.collection.questions() == (mended, refused)
    assert not app.warning
    assert "<script>" not in html(app)
    assert not app.exception


def test_what_was_ticked_in_a_dialog_is_forgotten_when_it_is_saved(
    opened: Opened, assistant: Assistant
) -> None:
    passages = [hit.passage for hit in assistant.search("What is governance?", 4)]
    *mine, added = [passage for passage in passages if len(passage.spans) == 1]
    whole = golden_of(assistant, "What is governance?", (), mine, refuse=False)
    assistant.collection.add(whole)
    first, _second, *rest = whole.relevant
    app = go(opened(VIEW), "Questions")
    app.session_state[f"evaluation_shown_{whole.id}"] = True

    def edited(*turned: int) -> tuple[GoldenSpan, ...]:
        """The spans that are kept after some boxes were turned, counted from 1."""
        app.button(f"evaluation_edit_{whole.id}").click().run()
        labelled(app.text_input, "Look for other passages").set_value(added.text[:200]).run()
        for number in turned:
            box = app.checkbox[number]
            box.set_value(not box.value)
        button(app, "Save").click().run()
        return assistant.collection.questions()[-1].relevant

    app.run()
    assert edited(2) == (first, *rest)
    assert edited() == (first, *rest)
    found = len(rest) + 2
    *kept, _added = edited(found)
    assert tuple(kept) == (first, *rest)
    assert edited(found) == (first, *rest)
    assert edited() == (first, *rest)
    assert not app.exception


def test_a_test_is_made_in_the_chat_and_stands_in_the_suite(
    opened: Opened, samples_copy: Path
) -> None:
    app = opened(DIALOG)
    assistant = open_once(str(samples_copy), None)
    cited = assistant.ask(QUESTION).citations[0].passage
    assert labelled(app.text_area, "Question").value == QUESTION
    key = str(app.checkbox[1].key)
    assert key.endswith(cited.id)
    assert "cited in the answer" in html(app)
    labelled(app.text_area, "Question").set_value("What does polycentric governance mean?")
    button(app, "Save").click().run()
    assert "Choose at least one passage" in app.error[0].value
    app.checkbox(key).check()
    labelled(app.text_input, "Look for other passages").set_value("cost of the Belt and Road")
    app.run()
    assert len(app.checkbox) > 7
    button(app, "Save").click().run()
    collection = assistant.collection
    assert "Saved. 1 question is collected in " in app.success[0].value.replace("\\", "")
    assert str(collection.path) in app.success[0].value.replace("\\", "")
    [kept] = collection.questions()
    assert kept.question == "What does polycentric governance mean?"
    assert kept.history == ({"role": "user", "content": "Who is Ostrom?"},)
    assert {span.paper for span in kept.relevant} == {cited.paper_id}

    app.run()  # the dialog is opened again
    labelled(app.text_area, "Question").set_value(HOSTILE)
    app.checkbox[0].check()
    button(app, "Save").click().run()
    assert collection.questions()[1].answerable is False
    assert not app.exception
    st.cache_resource.clear()

    given = [str(collection.path), "--library", str(samples_copy)]
    printed = CliRunner().invoke(cli, ["evaluate", *given], env={"COLUMNS": "200"})
    assert printed.exit_code == 0, printed.output
    assert "2 questions, 5 papers" in printed.output
    suite = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/retrieval"]
    tested = subprocess.run(
        [*suite, "-k", "suite", "--golden", *given],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert tested.returncode == 0, tested.stdout
    assert "2 passed" in tested.stdout


def test_what_readers_marked_down_can_be_made_a_test(opened: Opened, assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assistant.rate(answer.record, False, "Not <b>what</b> I asked")
    assistant.rate(assistant.ask(UNANSWERABLE).record, True)
    app = go(opened(VIEW), "Readers' ratings")
    [rating] = complaints(assistant)
    assert to_the_minute(rating.created, "en", None) in html(app)
    assert "Not &lt;b&gt;what&lt;/b&gt; I asked" in html(app)
    assert UNANSWERABLE not in html(app)
    button(app, "Make this a test").click().run()
    assert labelled(app.text_area, "Question").value == QUESTION
    assert str(app.checkbox[1].key).endswith(answer.citations[0].passage.id)


def test_where_there_is_nothing_it_is_said_what_to_do(opened: Opened, samples_copy: Path) -> None:
    app = opened(VIEW)
    told = {"Run": "No questions are collected yet", "Results": "No runs are kept yet"}
    told |= {"Compare": "Two runs can be compared", "Questions": "Ask in the chat"}
    told |= {"Readers' ratings": "No answer was marked down"}
    for tab, said in told.items():
        assert said in go(app, tab).info[0].value
    go(app, "Run")
    button(app, "Run the evaluation").click().run()
    assert "no golden question to evaluate with" in app.error[0].value
    assert not app.exception
    for paper in open_once(str(samples_copy), None).papers():
        open_once(str(samples_copy), None).remove(paper.id)
    assert "library is empty" in app.run().info[0].value
