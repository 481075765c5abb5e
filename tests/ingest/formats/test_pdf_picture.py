"""Pictures of pages: what is marked, and where; what cannot be shown says why."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.formats import pdf
from ingest.formats.pdf.picture import SCALE, render
from ingest.layout import Box
from ingest.messages import Sight
from ingest.types import Span
from ingest.workers import Readers
from tests.conftest import PATIENCE
from tests.ingest.pdfs import drawn

PATH = Path("paper.pdf")
LINES = (
    "The ferry guild sets the fares each spring, and nobody else may",
    "cross the river while the water is high at the old mill.",
)


def page(rotation: int = 0) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        for number, line in enumerate(LINES):
            canvas.drawString(100, 500 - 20 * number, line)

    return draw


def pixels(png: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"), np.int16)


def boxes(data: bytes, words: str) -> list[Box]:
    document = pdf.read(data, PATH)
    assert document.layout is not None
    start = document.text.index(words)
    return document.layout.boxes([Span(start, start + len(words))])


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_are_marked_where_they_stand(rotation: int) -> None:
    data = drawn(page(rotation))
    found = [*boxes(data, "nobody else"), *boxes(data, "the water is high")]
    assert found
    plain, marked = pixels(render(data, PATH, 1)), pixels(render(data, PATH, 1, found))
    changed = (plain != marked).any(axis=2)
    within = np.zeros_like(changed)
    for box in found:
        left, top, right, bottom = (int(SCALE * x) for x in box[1:])
        inside = np.s_[top : bottom + 1, left : right + 1]
        assert (plain[inside] < 128).all(axis=2).any()  # the words are there
        paper = (plain[inside] == 255).all(axis=2)
        red, _, blue = np.moveaxis(marked[inside][paper], 1, 0)
        assert (red - blue > 50).mean() > 0.9  # what was white is yellow
        within[max(0, top - 4) : bottom + 5, max(0, left - 4) : right + 5] = True
    assert not (changed & ~within).any()


def test_a_mark_has_an_outline_that_is_seen_without_colour() -> None:
    data = drawn(page())
    (box,) = boxes(data, "guild")
    marked = pixels(render(data, PATH, 1, [box]))
    column = marked[int(SCALE * box.top) : int(SCALE * box.bottom), :, :].mean(axis=(0, 2))
    left = int(SCALE * (box.left - 1.5))
    assert column[left - 1 : left + 3].min() < 110


def test_boxes_of_other_pages_are_not_marked() -> None:
    data = drawn(page(), page())
    found = boxes(data, "guild")
    assert render(data, PATH, 2, found) == render(data, PATH, 2)


def test_a_page_of_any_size_makes_a_picture_of_a_sane_one() -> None:
    written = BytesIO()
    canvas = Canvas(written, pagesize=(14_000, 14_000))
    canvas.drawString(100, 100, "large")
    canvas.save()
    height, width, _ = pixels(render(written.getvalue(), PATH, 1)).shape
    assert height * width < 7_000_000
    assert pixels(render(drawn(page()), PATH, 1)).shape[1] == pytest.approx(SCALE * A4[0], abs=2)


@pytest.mark.parametrize(
    ("data", "number", "told"),
    [
        (drawn(page()), 2, "no page 2. It has 1."),
        (drawn(page()), 0, "no page 0"),
        (drawn(page(), password="secret"), 1, "encrypted"),
        (b"%PDF-1.4 and no more", 1, "damaged"),
        (drawn(page())[:400], 1, "damaged"),
    ],
)
def test_what_cannot_be_shown_says_why(data: bytes, number: int, told: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^paper\.pdf: ") as error:
        render(data, PATH, number)
    assert told in str(error.value)


def test_a_reader_draws_it_before_it_reads_what_waits() -> None:
    """With one process, which is still starting when all this is asked of it."""
    readers, order = Readers(1), list[str]()
    data = drawn(page())
    found = tuple(boxes(data, "guild"))
    for name in "ab":
        text = b"# Ferries\n\nThe guild sets the fares.\n"
        read = readers.read(text, Path(f"{name}.md"))
        read.add_done_callback(lambda _, name=name: order.append(name))  # type: ignore[misc]
    picture = readers.picture(data, PATH, Sight(1, found))
    picture.add_done_callback(lambda _: order.append("picture"))
    assert picture.result(PATIENCE) == render(data, PATH, 1, found)
    read.result(PATIENCE)
    readers.close()
    assert order == ["picture", "a", "b"]
