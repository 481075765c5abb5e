from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest.document import FileKind
from ingest.errors import UnreadableFile
from ingest.kinds import kind_of
from tests.ingest.formats.zips import zipped

ARTICLE = "<article><front><article-meta/></front><body><p>x</p></body></article>"
KINDS: dict[str, tuple[bytes, str, FileKind]] = {
    "PDF": (b"%PDF-1.7\n", "a.pdf", "pdf"),
    "PDF behind mail headers": (b"X-Junk: 1\r\n" * 60 + b"%PDF-1.4\n", "a.pdf", "pdf"),
    "PDF named as text": (b"%PDF-1.7\n", "a.txt", "pdf"),
    "Word": (zipped({"word/document.xml": "<w/>"}), "a.docx", "docx"),
    "Word named as PDF": (zipped({"word/document.xml": "<w/>"}), "a.pdf", "docx"),
    "Word of Office 365": (zipped({"word/document2.xml": "<w/>"}), "a.docx", "docx"),
    "HTML": (b"<!DOCTYPE html>\n<p>x", "a.html", "html"),
    "HTML without doctype": (b"\n <HTML lang=en>x", "a.txt", "html"),
    "HTML below a comment": (b"<!-- saved from url --><!doctype HTML><p>x", "a", "html"),
    "HTML with a byte order mark": (b"\xef\xbb\xbf<!doctype html>", "a.html", "html"),
    "HTML in UTF-16": ("\ufeff<!doctype html><p>x".encode("utf-16-le"), "a.html", "html"),
    "XHTML": (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html></html>', "a.xml", "html"),
    "a piece of HTML": (b'<div class="a"><p>x</p></div>', "a.html", "html"),
    "an article of HTML": (b"<article><h1>x</h1><p>y</p></article>", "a.html", "html"),
    "JATS": (ARTICLE.encode(), "a.xml", "jats"),
    "JATS named as text": (ARTICLE.encode(), "a.txt", "jats"),
    "JATS with all before it": (
        f'<?xml version="1.0"?><!-- x --><!DOCTYPE article PUBLIC "-//NLM//DTD" "a.dtd" '
        f'[<!ENTITY a "b">]><?x y?>{ARTICLE}'.encode(),
        "a.nxml",
        "jats",
    ),
    "JATS with a prefix": (
        ARTICLE.replace("<", "<j:").replace("<j:/", "</j:").encode(),
        "a.xml",
        "jats",
    ),
    "JATS in UTF-16": (ARTICLE.encode("utf-16"), "a.xml", "jats"),
    "Markdown": (b"# x\n", "a.md", "markdown"),
    "Markdown that begins with HTML": (b'<p align="center">x</p>\n\n# y', "a.md", "markdown"),
    "text": (b"x < y\n", "a.txt", "text"),
    "text about HTML": (b"The tag <html> begins a page.", "a.txt", "text"),
    "text without a suffix": (b"x", "a", "text"),
}


@pytest.mark.parametrize("case", KINDS)
def test_the_kind_is_told_by_content(case: str) -> None:
    data, name, kind = KINDS[case]
    assert kind_of(data, Path(name)) == kind


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
OTHERS = {
    "Excel": (zipped({"xl/workbook.xml": ""}), "an Excel workbook.*as text or PDF"),
    "PowerPoint": (zipped({"ppt/presentation.xml": ""}), "a PowerPoint file.*Save it as PDF"),
    "OpenDocument": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
        r"an OpenDocument file.*\.docx or PDF",
    ),
    "EPUB": (zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}), "EPUB"),
    "zip": (zipped({"a.pdf": "%PDF-1.7"}), "a zip archive.*Unpack it"),
    "empty zip": (zipped({}), "a zip archive.*Unpack it"),
    "a damaged zip": (zipped({"word/document.xml": "x"})[:-30], "a damaged zip archive"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), r"\(\.doc\).*Save it as \.docx"),
    "Word with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "with a password"),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "an old Office file"),
    "RTF": (rb"{\rtf1\ansi x}", r"Rich Text.*Save it as \.docx"),
    "PNG": (b"\x89PNG\r\n\x1a\n", r"a picture \(PNG\).*Make a PDF"),
    "JPEG": (b"\xff\xd8\xff\xe0", r"a picture \(JPEG\)"),
    "TIFF": (b"II*\x00", r"a picture \(TIFF\)"),
    "PostScript": (b"%!PS-Adobe-3.0", "ps2pdf"),
    "other XML": (b"<?xml version='1.0'?><rss><channel/></rss>", "root is <rss>.*JATS"),
    "TEI": (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "root is <TEI>"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_other_kinds_say_what_they_are_and_what_to_do(case: str) -> None:
    data, message = OTHERS[case]
    with pytest.raises(UnreadableFile, match=rf"^folder/paper\.xml: .*{message}"):
        kind_of(data, Path("folder/paper.xml"))


def test_a_zip_within_a_zip_is_not_opened() -> None:
    inner = zipped({"word/document.xml": "<w/>"})
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as outer:
        outer.writestr("paper.docx", inner)
    with pytest.raises(UnreadableFile, match="Unpack it"):
        kind_of(held.getvalue(), Path("papers.zip"))
