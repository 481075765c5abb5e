"""Papers that are much the same are found, with the reason; different ones never are."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from string import ascii_lowercase

import pytest
from generated import paper as generated
from generated import whole_words
from typer.testing import CliRunner

from assistant import Assistant, Duplicate
from assistant.cli import cli
from assistant.duplicates import CONTAINED, similar, warning
from ingest.reader import read_paper
from ingest.sketch import sketch, words
from ingest.types import ParsedPaper
from tests.conftest import SAMPLES

SAMPLE = SAMPLES / "zhang.md"


@pytest.fixture(scope="module")
def library(samples_library: Path) -> Iterator[Assistant]:
    with Assistant.open(samples_library) as assistant:
        yield assistant


def found(library: Assistant, file: Path) -> list[Duplicate]:
    parsed = read_paper(file)
    return similar(library._library, parsed.paper, parsed.sketch)


def body() -> str:
    """A sample without its front matter and its title."""
    return SAMPLE.read_text("utf-8").split("\n# ", 1)[1].partition("\n")[2]


def write(folder: Path, title: str, text: str, *, author: str = "", doi: str = "") -> Path:
    file = folder / "other.md"
    lines = [
        f'title: "{title}"',
        f"author: {author}" if author else "",
        f"doi: {doi}" if doi else "",
    ]
    file.write_text("---\n" + "\n".join(filter(None, lines)) + f"\n---\n\n{text}", "utf-8")
    return file


def misread(text: str, share: float) -> str:
    draw = random.Random(3)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "".join(
        draw.choice(letters) if c.isalpha() and draw.random() < share else c for c in text
    )


PROSE = "\n\n".join(
    f"The harbour of town {n} opens at dawn, and closes when it is dark." for n in (1, 2)
)


class TestText:
    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text,
            lambda text: misread(text, 0.02),
            lambda text: text[: len(text) // 3],
            lambda text: f"{PROSE}\n\n{text}\n\n{PROSE}",
            lambda text: text.replace("tion ", "ti-\non "),
            lambda text: text.upper(),
        ],
    )
    def test_the_same_text_in_another_form(
        self, library: Assistant, tmp_path: Path, change: object
    ) -> None:
        file = write(tmp_path, "A wholly different title", change(body()))  # type: ignore[operator]
        (one,) = found(library, file)
        assert one.other.source_path.endswith("zhang.md")
        assert [reason.split("%")[1] for reason in one.reasons] == [
            " of the shorter text stands in the other"
        ]

    def test_a_quotation_is_none(self, library: Assistant, tmp_path: Path) -> None:
        text = " ".join(words(body())[200:290])
        file = write(tmp_path, "Something else", f"{PROSE * 30}\n\nZhang says: {text}.\n")
        assert found(library, file) == []


class TestTitle:
    @pytest.mark.parametrize(
        ("title", "author", "reason"),
        [
            (
                "Study on the governance innovation under internationalization.",
                "Zhang Yi",
                "same title",
            ),
            ("STUDY ON THE GOVERNANCE INNOVATION UNDER INTERNATIONALIZATION", "", "same title"),
            (
                "A Study on the Governance Innovation under Internationalization",
                "Yi, Zhang",
                "nearly the same title",
            ),
        ],
    )
    def test_of_the_same_author_or_none(
        self, library: Assistant, tmp_path: Path, title: str, author: str, reason: str
    ) -> None:
        (one,) = found(library, write(tmp_path, title, PROSE, author=author))
        assert one.reasons == (reason,)

    @pytest.mark.parametrize(
        ("title", "author"),
        [
            ("Study on the Governance Innovation under Internationalization", "Mira Vale"),
            ("Study on the Governance Innovation under Internationalization 2", "Zhang Yi"),
            ("Study on the Governance Innovation under Internationalization, Part II", "Zhang Yi"),
            ("Study on the Governance of Harbours", "Zhang Yi"),
            ("Governance", "Zhang Yi"),
        ],
    )
    def test_of_others(self, library: Assistant, tmp_path: Path, title: str, author: str) -> None:
        assert found(library, write(tmp_path, title, PROSE, author=author)) == []

    def test_the_name_of_a_file_is_no_title(self, tmp_path: Path) -> None:
        texts = ("The harbour opens at dawn.", "The ferries cross at noon.")
        with Assistant.open(tmp_path / "library", model="none") as assistant:
            for number, text in enumerate(texts):
                file = tmp_path / str(number) / "paper without a title.txt"
                file.parent.mkdir()
                file.write_text(f"{text} It was always so, and it will be so for long.\n", "utf-8")
            assistant.add([tmp_path / "0", tmp_path / "1"])
            assert len(assistant.papers()) == 2
            assert assistant.duplicates() == []


def test_the_same_doi(tmp_path: Path) -> None:
    first = write(tmp_path, "Harbours at dawn", f"{PROSE}\n", doi="10.1000/A")
    with Assistant.open(tmp_path / "library", model="none") as assistant:
        assistant.add(first)
        second = tmp_path / "second.md"
        shutil.copy(
            write(tmp_path / "..", "Ferries", "The ferries cross.", doi="10.1000/a"), second
        )
        (one,) = found(assistant, second)
    assert one.reasons == ("same DOI",)
    assert warning(one) == (
        f"Much the same as “Harbours at dawn” ({one.other.id[:8]}): same DOI. If it is the same "
        f"paper, remove one of them, such as with `govassist remove {one.other.id[:8]}`."
    )


def test_different_papers_are_never_the_same(library: Assistant) -> None:
    assert library.duplicates() == []
    for file in sorted(SAMPLES.glob("*.md")):
        assert found(library, file) == []  # not its own duplicate


def test_generated_papers_are_never_the_same() -> None:
    """They are made of the same thousand words; embedding them would take minutes."""
    vocabulary = [
        "".join(parts) for parts in product(("ba", "ce", "di", "fo"), "lmnrst", ascii_lowercase)
    ]
    sketches = [set(sketch([generated(n, whole_words(vocabulary))])) for n in range(30)]
    shares = [len(a & b) / min(len(a), len(b)) for a, b in combinations(sketches, 2)]
    assert max(shares) < CONTAINED / 4


def test_the_five_papers_and_their_digests(papers_library: Path, papers_folder: Path) -> None:
    """No paper is another's; of the digests, those are found that keep the title."""
    with Assistant.open(papers_library) as assistant:
        assert assistant.duplicates() == []
        digests = {file.stem: found(assistant, file) for file in SAMPLES.glob("*.md")}
    told = {name: [Path(d.other.source_path).stem for d in one] for name, one in digests.items()}
    assert {name: others for name, others in told.items() if others} == {
        "zhang": ["zhang"],
        "yuan-zhao": ["yuan-zhao"],
    }


def test_each_pair_is_told_once(samples_copy: Path, tmp_path: Path) -> None:
    copy = write(tmp_path, "Study on the Governance Innovation under Internationalization", body())
    with Assistant.open(samples_copy, model="none") as assistant:
        assistant.add(copy)
        (pair,) = assistant.duplicates()
        assert {pair.paper.source_path, pair.other.source_path} == {str(copy), str(SAMPLE)}
        assert pair.reasons == ("about 100% of the shorter text stands in the other", "same title")
        assistant.remove(pair.paper.id)
        assert assistant.duplicates() == []


def test_what_stands_in_many_papers_makes_none_alike(tmp_path: Path) -> None:
    """A licence of 240 words in 27 papers, each with 30 words of its own."""
    licence = " ".join(f"Term {n} permits {n} copies of part {n}." for n in range(30))
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(27):
        own = f"Port {number} opens early. " * 8
        (folder / f"{number}.md").write_text(f"# Port {number}\n\n{own}\n\n{licence}\n", "utf-8")
    with Assistant.open(tmp_path / "library", model="none") as assistant:
        assistant.add(folder)
        assert assistant.duplicates() == []


def test_command_line(samples_copy: Path, tmp_path: Path) -> None:
    copy = write(tmp_path, "Another title", body())
    with Assistant.open(samples_copy, model="none") as assistant:
        assistant.add(copy)
    arguments = ["duplicates", "--library", str(samples_copy)]
    shown = CliRunner().invoke(cli, arguments, env={"COLUMNS": "200"})
    assert "about 100% of the shorter text stands in the other" in shown.output
    assert "1 pair of papers is much the same" in shown.output
    (pair,) = json.loads(CliRunner().invoke(cli, [*arguments, "--json"]).output)
    assert {Path(pair[name]["source_path"]).name for name in ("paper", "other")} == {
        "other.md",
        "zhang.md",
    }


def test_sketches_of_parsed_papers_are_those_of_the_library(library: Assistant) -> None:
    for paper in library.papers():
        parsed: ParsedPaper = read_paper(Path(paper.source_path))
        assert library._library.parsed(paper.id) == parsed
