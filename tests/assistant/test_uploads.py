"""Files that are uploaded: their names, what is refused, and what stays in the library's folder."""

from __future__ import annotations

import os
import shutil
import threading
import time
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.upload_names import safe_name
from assistant.uploads import MOST_FILES, MOST_MEGABYTES, Received, receive
from ingest.errors import GovernanceAssistantError, LibraryBusy, UnreadableFile
from ingest.files import SUFFIXES
from tests.conftest import PATIENCE, SAMPLES
from tests.ingest.pdfs import drawn, prose, typeset
from vectorstore.embedders import load_embedder
from vectorstore.library import Library

TEXT = "The ferry guild sets the fares each spring, and in the autumn it is the town's turn."


class File(BytesIO):
    """What Streamlit gives for a file that was uploaded."""

    def __init__(self, name: str, data: bytes, size: int | None = None) -> None:
        super().__init__(data)
        self.name = name
        self.size = len(data) if size is None else size


def markdown(title: str, text: str = TEXT) -> bytes:
    return f"# {title}\n\n{text}\n".encode()


def pdf() -> bytes:
    story = [("title", "How ferries are run"), ("section", "1. Fares"), ("text", prose(3, 6))]
    return typeset(story)


@pytest.fixture(scope="module")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "library"
    Assistant.open(path).close()
    return path


@pytest.fixture
def assistant(empty_library: Path, tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(shutil.copytree(empty_library, tmp_path / "library")) as assistant:
        yield assistant


def received(assistant: Assistant, *files: File, password: str | None = None) -> list[Received]:
    return list(receive(assistant, files, password))


def kept(assistant: Assistant) -> list[str]:
    """The names of the files in the uploads folder, hidden ones too."""
    folder = assistant.uploads
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


NAMES = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(["..", "/", "\\", ".", "con", "\x00", "治理", ".pdf", " ", "\u202e", "~"])
    ).map("".join),
)


@given(NAMES)
@example("../../etc/passwd")
@example("C:\\Users\\me\\thesis.PDF")
@example("com1.pdf")
@example("COM¹.txt")
@example(".htaccess")
@example("治理.pdf")
def test_any_name_becomes_a_safe_one(name: str) -> None:
    safe = safe_name(name)
    path = Path("/library/uploads") / safe
    assert path.name == safe
    assert path.parent == Path("/library/uploads")
    assert PureWindowsPath(safe).name == safe
    assert PureWindowsPath(safe).stem.upper().split(".")[0] not in {"CON", "COM1", "COM¹", "NUL"}
    assert path.suffix in SUFFIXES
    assert safe[0] not in ". "
    assert path.stem.strip(" .")
    assert len(safe.encode()) <= 150
    assert not any(unicodedata.category(sign)[0] in "CZ" for sign in safe.replace(" ", ""))
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Zhang & Li (2020), 全球治理.PDF", "Zhang & Li (2020), 全球治理.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\papers\\éloge.md", "éloge.md"),
        ("a<b>|c?.txt", "a_b__c.txt"),
        ("con.txt", "_con.txt"),
        ("...", "paper.pdf"),
    ],
)
def test_letters_of_any_language_stay(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_an_uploaded_paper_is_in_until_it_is_removed(assistant: Assistant) -> None:
    (one,) = received(assistant, File("../../Ferries.pdf", pdf()))
    assert (one.report.status, one.report.path) == ("added", "../../Ferries.pdf")
    assert kept(assistant) == ["Ferries.pdf"]
    paper = assistant.paper(one.report.paper_id or "")
    assert Path(paper.source_path) == assistant.uploads / "Ferries.pdf"
    assert assistant.health(paper.id)[0].report is not None
    assert assistant.page_picture(paper.id, 1).startswith(b"\x89PNG")
    assistant.remove(paper.id)
    assert kept(assistant) == []


def test_the_same_file_twice_is_one_paper_and_one_file(assistant: Assistant) -> None:
    received(assistant, File("ferries.md", markdown("Ferries")))
    (again,) = received(assistant, File("copy of ferries.md", markdown("Ferries")))
    assert again.report.status == "unchanged"
    assert kept(assistant) == ["ferries.md"]
    assert len(assistant.papers()) == 1


def test_a_file_that_is_in_from_elsewhere_is_not_kept(assistant: Assistant) -> None:
    sample = SAMPLES / "yan.md"
    assistant.add(sample)
    (again,) = received(assistant, File("yan.md", sample.read_bytes()))
    assert again.report.status == "unchanged"
    assert kept(assistant) == []
    assistant.remove(assistant.papers()[0].id)
    assert sample.exists()


def test_another_file_of_the_same_name_gets_a_number(assistant: Assistant) -> None:
    both = received(
        assistant,
        File("a.md", markdown("Ferries")),
        File("a.md", markdown("Mills", "The mill grinds at night, since the river is calm then.")),
    )
    assert [one.report.status for one in both] == ["added", "added"]
    assert kept(assistant) == ["a 2.md", "a.md"]


def test_bad_files_leave_nothing_and_do_not_stop_the_others(assistant: Assistant) -> None:
    results = received(
        assistant,
        File("large.pdf", b"%PDF-", size=MOST_MEGABYTES * 2**20 + 1),
        File("program.exe", b"MZ\x90"),
        File("picture.txt", b"\x89PNG\r\n\x1a\n"),
        File("broken.pdf", b"%PDF-1.4 and no more"),
        File("empty.md", b""),
        File("good.md", markdown("Ferries")),
        *(File(f"{n}.md", markdown(str(n))) for n in range(6, MOST_FILES)),
        File("too many.md", markdown("Too many")),
    )
    large, program, picture, broken, empty, good, *_, last = (one.report for one in results)
    assert "at most 100 MB" in (large.reason or "")
    assert "Upload PDF, Word (.docx)" in (program.reason or "")
    assert (picture.reason or "").startswith("A picture (PNG), which is not read.")
    assert (broken.reason or "").startswith("A damaged PDF file")
    assert empty.reason == "The file is empty. Nothing to add."
    assert good.status == "added"
    assert "At most 20 files" in (last.reason or "")
    failed = (large, program, picture, broken, empty, last)
    assert {report.status for report in failed} == {"failed"}
    assert str(assistant.uploads) not in "".join(report.reason or "" for report in failed)
    names = [one.report.path for one in results if one.report.status == "added"]
    assert kept(assistant) == sorted(names)


def test_a_locked_file_asks_for_its_password(assistant: Assistant) -> None:
    def draw(canvas: object) -> None:
        canvas.drawString(72, 700, TEXT)  # type: ignore[attr-defined]

    data = drawn(draw, password="river")
    for password, told in ((None, "Encrypted with a password"), ("sea", "does not open it")):
        (refused,) = received(assistant, File("locked.pdf", data), password=password)
        assert refused.is_locked
        assert told in (refused.report.reason or "")
        assert kept(assistant) == []
    (opened,) = received(assistant, File("locked.pdf", data), password="river")
    assert (opened.report.status, opened.is_locked) == ("added", False)
    with pytest.raises(UnreadableFile, match="does not keep its password"):
        assistant.page_picture(opened.report.paper_id or "", 1)


def test_a_busy_library_keeps_nothing(assistant: Assistant) -> None:
    path = assistant.uploads.parent
    other = Library(path, load_embedder())
    with Assistant(Library(path, load_embedder(), lock_timeout=0.1)) as waiting:  # noqa: SIM117
        with other._writing():
            with pytest.raises(LibraryBusy):
                received(waiting, File("ferries.md", markdown("Ferries")))
            assert kept(waiting) == []
    other.close()


def test_what_a_killed_process_left_is_undone(assistant: Assistant) -> None:
    (one,) = received(assistant, File("ferries.md", markdown("Ferries")))
    begun = ["orphan.pdf", ".orphan.pdf.new", ".orphan.pdf.part", ".ferries.md.new"]
    for name in begun:
        (assistant.uploads / name).write_bytes(b"x")
    received(assistant)
    assert kept(assistant) == sorted([*begun, "ferries.md"])  # it may still be at work
    for name in begun:
        long_ago(assistant.uploads / name)
    received(assistant)
    assert kept(assistant) == ["ferries.md"]
    assert assistant.paper(one.report.paper_id or "").title == "Ferries"


def test_the_same_file_in_two_tabs_is_one_paper_and_one_file(assistant: Assistant) -> None:
    data = pdf()
    told: list[str] = []
    both_are_ready = threading.Barrier(2)

    def tab() -> None:
        both_are_ready.wait()
        told.extend(one.report.status for one in received(assistant, File("ferries.pdf", data)))

    tabs = [threading.Thread(target=tab) for _ in range(2)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join(PATIENCE)
    assert sorted(told) == ["added", "unchanged"]
    assert kept(assistant) == ["ferries.pdf"]
    (paper,) = assistant.papers()
    assistant.remove(paper.id)
    assert kept(assistant) == []


def long_ago(file: Path) -> None:
    """Make a file older than a day."""
    os.utime(file, (time.time() - 2 * 24 * 3600,) * 2)


def test_a_library_that_was_moved_still_has_its_files(assistant: Assistant, tmp_path: Path) -> None:
    received(assistant, File("ferries.pdf", pdf()))
    assistant.close()
    (tmp_path / "library").rename(tmp_path / "moved")
    with Assistant.open(tmp_path / "moved") as again:
        paper = again.papers()[0]
        assert again.page_picture(paper.id, 1).startswith(b"\x89PNG")
        again.remove(paper.id)
        assert kept(again) == []


def test_a_page_that_cannot_be_shown_says_what_to_do(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "ferries.pdf"
    file.write_bytes(pdf())
    (tmp_path / "plain.md").write_bytes(markdown("Mills"))
    added = assistant.add([file, tmp_path / "plain.md"]).added
    paper, plain = (report.paper_id or "" for report in added)
    passage = assistant.passages(paper)[0]
    marked = assistant.page_picture(paper, 1, passage.spans)
    assert marked != assistant.page_picture(paper, 1)

    def told(paper_id: str, page: int = 1) -> str:
        with pytest.raises(GovernanceAssistantError) as error:
            assistant.page_picture(paper_id, page)
        return str(error.value)

    assert "no page 2. It has 1." in told(paper, 2)
    assert "not a PDF file" in told(plain)
    file.write_bytes(file.read_bytes() + b"\n")
    assert "has changed since it was added" in told(paper)
    file.unlink()
    assert "not there any more" in told(paper)
