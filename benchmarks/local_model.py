"""What a local model writes, and how its sentences are judged: to be read by a person.

::

    python benchmarks/local_model.py --model gguf:/path/model.gguf [--questions 20]

Asks answerable golden questions on the samples, in their order, and prints each sentence that
the model wrote, once, with its verdict against the passages it cites, or, where it cites none,
the best against any one passage that it was given: a weak model cites nothing, and then its
answer is never shown. What counts as supported and is not is a fault.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from setting import write_json

from assistant import Assistant, Done, Retrieved, Token
from assistant.evaluation.golden import read_golden
from assistant.evaluation.types import GoldenQuestion
from assistant.replies import sentences, whole_answer
from assistant.verification.verify import Check, Claim, verify

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
    found: list[tuple[Claim, Check]] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(folder, model=options.model) as assistant,
    ):
        assistant.add(ROOT / "samples")
        for question in golden[: options.questions]:
            found += ask(assistant, question)
    print(f"\n{len(found)} sentences: {dict(Counter(check.verdict for _, check in found))}")
    write_json(
        options.json,
        [{"sentence": c.text, "verdict": k.verdict, "reasons": k.reasons} for c, k in found],
    )


def ask(assistant: Assistant, question: GoldenQuestion) -> list[tuple[Claim, Check]]:
    """Ask one question, and print what the model wrote.

    Args:
        assistant: With a model.
        question: The question.

    Returns:
        The model's sentences with what checking them found.
    """
    passages: list[str] = []
    words = by = ""
    for event in assistant.stream(question.question, question.history):
        if isinstance(event, Retrieved):
            passages = [hit.passage.text for hit in event.hits]
        elif isinstance(event, Token):
            words += event.text
        elif isinstance(event, Done):
            by = event.answer.by
    written = sentences(whole_answer(words), range(1, len(passages) + 1))
    found = [
        _best(assistant, one.text, [passages[n - 1] for n in one.numbers] or passages)
        for one in {one.text: one for one in written}.values()
    ]
    print(f"\n## {question.question}\nshown: by {by}")
    for claim, check in found:
        print(f"  {check.verdict.upper()}: {claim.text}")
        for reason in check.reasons:
            print(f"      because {reason}")
        if check.verdict == "supported" and check.evidence:
            place = check.evidence
            print(f"      rests on: {claim.sources[place.passage][place.start : place.end]}")
    return found


def _best(assistant: Assistant, text: str, passages: Sequence[str]) -> tuple[Claim, Check]:
    """A sentence with the passage that bears it out best."""
    claims = [Claim(text, (passage,)) for passage in passages]
    checks = verify(claims, assistant._library.embedder)
    return max(zip(claims, checks, strict=True), key=lambda pair: pair[1].score)


if __name__ == "__main__":
    main()
