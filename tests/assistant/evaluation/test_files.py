"""Runs as JSON and TREC files: written the same, read back, and told where they are wrong."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from ir_measures import RR, P, Success, nDCG

from assistant import BadGolden
from assistant.evaluation.compare import compare
from assistant.evaluation.files import compact, read_run, write_run
from assistant.evaluation.trec import write_trec
from assistant.evaluation.types import EvaluationRun
from tests.assistant.evaluation.helpers import golden, run_of


@pytest.fixture
def run() -> EvaluationRun:
    questions = [
        replace(
            golden(3, 2, 1, identity="one", papers="aab"),
            history=({"role": "user", "content": "Warum, „so“?"},),
            answer="A reference answer.",
            key_facts=("a fact",),
        ),
        golden(3, 3, identity="two"),
        golden(2, identity="three"),
        golden(identity="unanswerable"),
    ]
    rankings: dict[str, list[list[int]]] = {
        "one": [[], [1, 0], [0], [2]],
        "two": [[0], [0], [1]],
        "three": [[], []],
        "unanswerable": [[], []],
    }
    return run_of(rankings, questions, {"one": 0.8, "two": 0.7, "three": 0.2, "unanswerable": 0.4})


class TestJson:
    def test_a_run_is_read_as_it_was_written(self, run: EvaluationRun, tmp_path: Path) -> None:
        file = tmp_path / "new" / "run.json"
        write_run(file, run)
        assert read_run(file) == run
        again = tmp_path / "again.json"
        write_run(again, read_run(file))
        assert again.read_bytes() == file.read_bytes()

    def test_programs_find_the_estimates(self, run: EvaluationRun, tmp_path: Path) -> None:
        write_run(tmp_path / "run.json", run)
        data = json.loads((tmp_path / "run.json").read_text("utf-8"))
        assert data["version"] == 1
        assert data["overall"]["hit@5"]["n"] == 3
        assert set(data["by"]) == {"type", "language", "paper"}
        assert data["refusal"]["auroc"]["mean"] == pytest.approx(2 / 3, abs=1e-6)

    def test_a_compact_run_compares_alike(self, run: EvaluationRun, tmp_path: Path) -> None:
        write_run(tmp_path / "full.json", run)
        write_run(tmp_path / "compact.json", compact(run))
        text = (tmp_path / "compact.json").read_text("utf-8")
        assert "reference answer" not in text
        assert "passage1" not in text
        small = read_run(tmp_path / "compact.json")
        assert small.overall == run.overall
        assert compare(run, small) == compare(run, read_run(tmp_path / "full.json"))

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("{", "no readable run"),
            ("[" * 100_000, "no readable run (maximum recursion depth exceeded"),
            ("[]", "not a run of `govassist evaluate`"),
            ('{"version": 9}', "a run of version 9, and this program reads 1"),
            ('{"version": 1}', "a damaged run (KeyError('questions'))"),
            ('{"version": 1, "questions": [{}]}', "questions[0]: 'id' is missing"),
            (
                '{"version": 1, "questions": [], "results": '
                '[{"id": "q", "confidence": 0, "metrics": {}, "ranking": []}]}',
                "results of other questions",
            ),
        ],
    )
    def test_what_is_no_run_is_told(self, tmp_path: Path, text: str, told: str) -> None:
        (tmp_path / "run.json").write_text(text, "utf-8")
        with pytest.raises(BadGolden) as caught:
            read_run(tmp_path / "run.json")
        assert told in str(caught.value)
        assert "run.json" in str(caught.value)

    def test_a_number_without_end_is_told(self, run: EvaluationRun, tmp_path: Path) -> None:
        file = tmp_path / "run.json"
        write_run(file, run)
        data = json.loads(file.read_text("utf-8"))
        file.write_text(json.dumps(data | {"depth": float("inf")}), "utf-8")
        with pytest.raises(BadGolden, match="a damaged run"):
            read_run(file)

    def test_no_file_and_no_room(self, run: EvaluationRun, tmp_path: Path) -> None:
        with pytest.raises(BadGolden, match="no readable run"):
            read_run(tmp_path / "none.json")
        with pytest.raises(BadGolden, match="cannot be written"):
            write_run(tmp_path, run)
        assert list(tmp_path.iterdir()) == []

    def test_a_run_that_cannot_be_written_leaves_the_one_before(
        self, run: EvaluationRun, tmp_path: Path
    ) -> None:
        file = tmp_path / "run.json"
        write_run(file, run)
        with pytest.raises(UnicodeEncodeError):
            write_run(file, replace(run, embedder="\ud83d"))
        assert read_run(file) == run
        assert list(tmp_path.iterdir()) == [file]

    def test_links_and_devices_stay_what_they_are(self, run: EvaluationRun, tmp_path: Path) -> None:
        link = tmp_path / "link.json"
        link.symlink_to(tmp_path / "run.json")
        write_run(link, run)
        assert link.is_symlink()
        assert read_run(tmp_path / "run.json") == run
        device = tmp_path / "device.json"
        device.symlink_to(os.devnull)
        write_run(device, run)
        assert device.is_char_device()


class TestTrec:
    def test_trec_eval_finds_our_figures(self, run: EvaluationRun, tmp_path: Path) -> None:
        reader: Any = ir_measures  # its readers have no types
        write_trec(tmp_path / "trec", run)
        measures = {
            "": {
                "hit@5": Success(rel=2) @ 5,
                "precision@5": P(rel=2) @ 5,
                "MRR@10": RR(rel=2) @ 10,
            },
            "spans.": {"nDCG@10": nDCG @ 10, "nDCG@1": nDCG @ 1, "hit@1": Success(rel=2) @ 1},
        }
        for prefix, names in measures.items():
            found = ir_measures.calc_aggregate(
                list(names.values()),
                reader.read_trec_qrels(str(tmp_path / "trec" / f"{prefix}qrels.trec")),
                reader.read_trec_run(str(tmp_path / "trec" / f"{prefix}run.trec")),
            )
            for name, measure in names.items():
                assert found[measure] == pytest.approx(run.overall[name].mean, abs=1e-5), name

    def test_the_columns_are_those_of_trec_eval(self, run: EvaluationRun, tmp_path: Path) -> None:
        write_trec(tmp_path, run)
        rows = [line.split() for line in (tmp_path / "run.trec").read_text("utf-8").splitlines()]
        assert rows[0] == ["one", "Q0", "passage1", "1", "4", "govassist"]
        assert [len(row) for row in rows] == [6] * 11
        qrels = (tmp_path / "qrels.trec").read_text("utf-8").splitlines()
        assert qrels[:2] == ["one 0 passage1 0", "one 0 passage2 3"]
        spans = (tmp_path / "spans.qrels.trec").read_text("utf-8").splitlines()
        assert spans[0] == "one 0 aaaaaaaaaaaaaaaa:0-50 3"
        assert not any(line.startswith("unanswerable") for line in [*qrels, *spans])

    def test_a_folder_that_cannot_be_made(self, run: EvaluationRun, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(BadGolden, match="TREC files cannot be written"):
            write_trec(tmp_path / "file", run)
