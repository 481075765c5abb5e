"""What a local model writes, and how its sentences are judged: to be read by a person.

::

    python benchmarks/local_model.py --model gguf:/path/model.gguf [--questions 20]

Asks answerable golden questions on the samples, in their order, and prints each sentence with
its verdict and the words it rests on. What is shown as supported and is not would be a fault.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from setting import write_json

from assistant import Answer, Assistant
from assistant.evaluation.golden import read_golden

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "tests" / "retrieval" / "golden" / "samples.jsonl"


def main() -> None:
    """Ask and print."""
    made = argparse.ArgumentParser(description="Read what a model writes, with its verdicts.")
    made.add_argument("--model", required=True, help="such as gguf:/path/model.gguf")
    made.add_argument("--questions", type=int, default=20, metavar="N")
    made.add_argument("--json", type=Path, metavar="FILE", help="write all answers to a file")
    options = made.parse_args()
    golden = [question for question in read_golden(QUESTIONS) if question.answerable]
    answers = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(folder, model=options.model) as assistant,
    ):
        assistant.add(ROOT / "samples")
        for question in golden[: options.questions]:
            answers.append(assistant.ask(question.question, question.history))
            _print(answers[-1])
    written = [answer for answer in answers if answer.by != "quoting"]
    verdicts = Counter(s.verdict for answer in written for s in answer.sentences)
    print(f"\n{len(written)} of {len(answers)} answers by the model; sentences: {dict(verdicts)}")
    write_json(options.json, [asdict(answer) for answer in answers])


def _print(answer: Answer) -> None:
    print(f"\n## {answer.question}\nby {answer.by}")
    for notice in answer.notices:
        print(f"  note: {notice}")
    if answer.by == "quoting":
        return
    for sentence in answer.sentences:
        print(f"  {sentence.verdict.upper()}: {sentence.text}")
        for reason in sentence.reasons:
            print(f"      because {reason}")
        if sentence.verdict == "supported":
            for number in sentence.citations:
                print(f"      [{number}] {answer.citations[number - 1].quote}")


if __name__ == "__main__":
    main()
