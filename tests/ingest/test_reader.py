from __future__ import annotations

import errno
import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import InputError, NothingToRead, UnreadableFile
from ingest.files import MAX_BYTES, file_id, find_papers, is_there, read_bytes
from ingest.reader import read_paper
from tests.conftest import ROOT
from tests.ordinary import ordinary

TEXT = "# Councils\n\nThe council meets in the hall.\n"
BROKEN = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t\r\n", "the file is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf\n", "the file is empty"),
    "NUL bytes": (b"text\x00text", "a binary file"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", r"a picture \(PNG\)"),
    "gzip": (gzip.compress(TEXT.encode() * 50), "a binary file"),
    "control bytes": (bytes(range(1, 27)) * 9, "a binary file"),
    "UTF-16 LE": (TEXT.encode("utf-16-le").join([b"\xff\xfe", b""]), "UTF-16 text"),
    "UTF-16 BE": (b"\xfe\xff" + TEXT.encode("utf-16-be"), "iconv -f UTF-16"),
    "UTF-16 without mark": (TEXT.encode("utf-16-le"), "a binary file"),
    "Latin-1": (
        "# R\xe4te\n\nDie R\xe4te tagen.".encode("latin-1"),
        r"byte 0xe4 at offset 3, line 1",
    ),
    "cut UTF-8": ("Die Räte".encode()[:6], "not UTF-8"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_read_says_why(kind: str, tmp_path: Path) -> None:
    data, reason = BROKEN[kind]
    file = tmp_path / "paper.md"
    file.write_bytes(data)
    with pytest.raises(UnreadableFile, match=reason) as error:
        read_paper(file)
    assert str(file) in str(error.value)


def test_the_id_is_the_hash_of_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "paper.md"
    file.write_bytes(TEXT.encode())
    parsed = read_paper(file)
    assert parsed.paper.id == file_id(TEXT.encode())
    assert parsed.text == TEXT
    assert parsed.paper.source_path == str(file)


def test_newlines_and_byte_order_mark_stay_untouched(tmp_path: Path) -> None:
    data = ("\ufeff" + TEXT.replace("\n", "\r\n")).encode()
    file = tmp_path / "paper.txt"
    file.write_bytes(data)
    parsed = read_paper(file)
    assert parsed.text.encode() == data
    assert parsed.paper.title == "Councils"


@pytest.mark.parametrize("name", ["paper.pdf", "paper.docx", "paper", "paper.tex"])
def test_a_file_is_read_by_what_is_in_it(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(TEXT.encode())
    assert find_papers(file) == [file]
    assert read_paper(file).text == TEXT


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    with file.open("wb") as opened:
        opened.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match="200 MB, and only files of up to 200 MB are read"):
        read_bytes(file)


def test_missing_paths(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="no such file or folder"):
        find_papers(tmp_path / "none")
    with pytest.raises(UnreadableFile, match="no such file"):
        read_paper(tmp_path / "none.md")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_paper(tmp_path)
    with pytest.raises(NothingToRead, match="cannot be opened"):
        find_papers(tmp_path / ("x" * 5000))


def test_folders_without_papers(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match=r"no papers in this folder.*PDF, Word"):
        find_papers(tmp_path)
    for name in ("README.md", ".hidden.md", ".git/note.md", "library.bib", "a.ris", "a.json", "x"):
        write(tmp_path / name)
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(NothingToRead, match=r"no papers in this folder.*Markdown"):
        find_papers(tmp_path)


def test_papers_at_all_depths_in_order(tmp_path: Path) -> None:
    names = ["a/b/c.md", "a/d.TXT", "b.markdown", "é.text"]
    names += ["p.PDF", "w.docx", "h.html", "h.htm", "x.xhtml", "j.xml", "j.nxml"]
    for name in names:
        write(tmp_path / name)
    assert [str(f.relative_to(tmp_path)) for f in find_papers(tmp_path)] == sorted(names)


def test_a_pdf_is_a_paper_whatever_its_name(tmp_path: Path) -> None:
    for name in ("download", "paper.pdf.1", "viewcontent.cgi"):
        write(tmp_path / name, "%PDF-1.7\n")
    write(tmp_path / "download.part", "not yet")
    assert [f.name for f in find_papers(tmp_path)] == ["download", "paper.pdf.1", "viewcontent.cgi"]


def test_what_a_browser_saves_beside_a_page_is_no_paper(tmp_path: Path) -> None:
    names = ["page.html", "page_files/frame.html", "page_files/more/ad.htm", "my_files/paper.html"]
    for name in names:
        write(tmp_path / name)
    found = [str(f.relative_to(tmp_path)) for f in find_papers(tmp_path)]
    assert found == ["my_files/paper.html", "page.html"]
    assert find_papers(tmp_path / "page_files" / "frame.html")


def write(file: Path, text: str = TEXT) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_links_in_a_ring(tmp_path: Path) -> None:
    (tmp_path / "ring.md").symlink_to("ring.md")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "up").symlink_to(tmp_path)
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    with pytest.raises(NothingToRead, match="no papers"):
        find_papers(tmp_path)
    (tmp_path / "folder" / "paper.md").write_text(TEXT)
    assert find_papers(tmp_path) == [tmp_path / "folder" / "paper.md"]
    for name in ("ring.md", "gone.md"):
        with pytest.raises(NothingToRead, match="a link that leads nowhere"):
            find_papers(tmp_path / name)
        with pytest.raises(UnreadableFile):
            read_paper(tmp_path / name)


def test_a_linked_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text(TEXT)
    (tmp_path / "link.md").symlink_to("paper.md")
    assert read_paper(tmp_path / "link.md").paper.title == "Councils"


PROBE = """
from pathlib import Path
from ingest.errors import InputError
from ingest.files import find_papers
from ingest.reader import read_paper
acts = [(read_paper, "locked.md"), (find_papers, "shut"), (find_papers, "outer")]
for act, path in [*acts, (find_papers, "named"), (find_papers, "deep/named")]:
    try:
        print(act(Path(path)))
    except InputError as error:
        print(type(error).__name__, error)
print(find_papers(Path("."), lambda path, error: print("left out", path)))
"""


def test_what_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path / "locked.md")
    write(tmp_path / "outer" / "good.md")
    write(tmp_path / "named" / "seen.md")
    write(tmp_path / "deep" / "named" / "paper.md")
    (tmp_path / "locked.md").chmod(0)
    (tmp_path / "outer" / "link.md").symlink_to(tmp_path / "named" / "seen.md")
    (tmp_path / "outer" / "link").symlink_to(tmp_path / "named" / "seen.md")
    (tmp_path / ".hidden").mkdir(mode=0)
    (tmp_path / "shut").mkdir(mode=0)
    (tmp_path / "named").chmod(0o400)  # its names may be read, and nothing more
    (tmp_path / "deep").chmod(0)
    run = subprocess.run(
        [*ordinary(), sys.executable, "-c", PROBE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    for folder in ("shut", "named", "deep", ".hidden"):
        (tmp_path / folder).chmod(0o700)
    assert run.returncode == 0, run.stderr
    locked, shut, outer, named, deep, *left_out, found = run.stdout.splitlines()
    assert locked.startswith("UnreadableFile locked.md: no permission to read it.")
    told = "this folder cannot be listed (Permission denied). Allow it, for example by `chmod u+rx"
    assert shut.startswith(f"UnreadableFile shut: {told} shut`")
    assert "outer/good.md" in outer
    assert "outer/link.md" in outer  # whoever reads it is told why that cannot be
    assert named.startswith(f"UnreadableFile named: {told} named`")
    assert deep.startswith("NothingToRead deep/named: ")
    assert sorted(left_out) == ["left out deep", "left out named", "left out shut"]
    assert found == repr([Path("locked.md"), Path("outer/good.md"), Path("outer/link.md")])


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_a_file_that_cannot_be_looked_at_is_not_gone(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise OSError(number, os.strerror(number), str(path))

    file = tmp_path / "paper.md"
    assert not is_there(file)
    write(file)
    assert is_there(file)
    assert not is_there(file / "below")
    monkeypatch.setattr(Path, "stat", refuse)
    assert is_there(file)


def test_errors_are_of_one_family() -> None:
    assert issubclass(UnreadableFile, InputError)
    assert issubclass(NothingToRead, InputError)
