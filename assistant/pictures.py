"""Pictures of the pages of papers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.uploads import uploaded_file
from ingest.errors import UnreadableFile
from ingest.files import file_id, read_bytes
from ingest.formats.pdf.opening import ENCRYPTED
from ingest.messages import Sight
from ingest.types import Paper, Span
from ingest.workers import shared_readers

if TYPE_CHECKING:
    from ingest.layout import Layout


def page_picture(
    paper: Paper, layout: Layout | None, page: int, spans: Iterable[Span], uploads: Path
) -> bytes:
    """Draw a page of a paper's file; a process that reads files does it.

    Args:
        paper: The paper.
        layout: Where its words stand; None where its file has no pages.
        page: Which page, counted from 1.
        spans: What to mark.
        uploads: The library's folder of files that were uploaded.

    Returns:
        A PNG.

    Raises:
        UnreadableFile: The file is none of pages, is gone, has changed or is encrypted, or
            there is no such page.
    """
    path = uploaded_file(paper, uploads) or Path(paper.source_path)
    if layout is None:
        raise UnreadableFile(f"{path}: not a PDF file, so it has no pages to show.")
    if not 1 <= page <= len(layout.pages):
        raise UnreadableFile(f"{path}: no page {page}. It has {len(layout.pages)}.")
    if not path.exists():
        raise UnreadableFile(
            f"{path}: the file is not there any more, so its pages cannot be shown. Put it back, "
            "or add it again from where it is now."
        )
    data = read_bytes(path)
    if file_id(data) != paper.id:
        raise UnreadableFile(
            f"{path}: the file has changed since it was added, so its pages may not be those of "
            "the paper. Add it again."
        )
    boxes = tuple(box for box in layout.boxes(spans) if box.page == page)
    try:
        return shared_readers().picture(data, path, Sight(page, boxes)).result()
    except UnreadableFile as error:
        if str(error).endswith(ENCRYPTED):
            raise UnreadableFile(
                f"{path}: the file is encrypted, and the library does not keep its password, so "
                "its pages cannot be shown. Open it in a PDF viewer."
            ) from error
        raise
