"""Documents of known structure, set in many ways: the same headings and paragraphs come out."""

from __future__ import annotations

from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest.formats import pdf
from tests.ingest.pdfs import Sheet, prose, typeset

Story = list[tuple[str, str]]

MARKS = {"title": "# ", "section": "## ", "subsection": "### ", "text": ""}


def _story(shape: list[list[list[int]]], seed: int) -> Story:
    """Sections of subsections of paragraphs, each paragraph by its number of sentences."""
    story: Story = [("title", f"{prose(seed, 1)[:40].strip()} and fares")]
    for number, section in enumerate(shape, 1):
        story.append(("section", f"{number} {_title(seed + number)}"))
        for part, lengths in enumerate(section):
            if part:
                story.append(("subsection", f"{number}.{part} {_title(seed - part)}"))
            story += [("text", prose(seed + len(story) + i, n)) for i, n in enumerate(lengths)]
    return story


def _title(seed: int) -> str:
    return " ".join(prose(seed, 1).rstrip(".").split()[:4])


shapes = st.lists(
    st.lists(st.lists(st.integers(4, 14), min_size=1, max_size=4), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)
sheets = st.builds(
    Sheet,
    columns=st.sampled_from([1, 2]),
    indented=st.booleans(),
    head=st.sampled_from(["", "Annals of the river"]),
    first_page=st.sampled_from([1, 84]),
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(shape=shapes, seed=st.integers(0, 10**6), sheet=sheets)
def test_the_structure_that_is_set_is_the_structure_that_is_read(
    shape: list[list[list[int]]], seed: int, sheet: Sheet
) -> None:
    sentences = sum(count for section in shape for part in section for count in part)
    assume(sheet.columns == 1 or sentences > 60)  # some lines at least in the second column
    story = _story(shape, seed)
    found = pdf.read(typeset(story, sheet), Path("paper.pdf"))
    blocks = found.text.split("\n\n")
    if found.layout and len(found.layout.pages) == 1 and sheet.head:
        blocks.remove(sheet.head)  # what stands on one page only is not seen to be repeated
    assert blocks == [f"{MARKS[kind]}{text}" for kind, text in story]
