"""The five papers: metadata, outline, and what stands where, by hash and character offset.

The papers are not part of this project, so nothing of their text is here: a file
is known by the SHA-256 of its bytes, a place by its offset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.cleaning import clean
from ingest.files import SUFFIXES
from ingest.passages import make_passages
from ingest.reader import read_paper
from ingest.sentences import split_sentences
from ingest.types import RETRIEVABLE, ElementKind, ParsedPaper, Span
from tests.ingest.test_properties import check_cleaning, check_elements, check_passage, lost_words
from vectorstore.protocols import Embedder

Place = tuple[int, int]


@dataclass(frozen=True)
class Expected:
    """What is to be found in a paper.

    ``outline`` has the first words of every section path, ``affiliations`` the
    first six words of each.
    """

    title: Place
    authors: tuple[str, ...]
    affiliations: tuple[str, ...]
    keywords: Place
    outline: tuple[str, ...]
    abstract: Place
    front: tuple[Place, ...]
    cuts: tuple[Place, ...]
    references: tuple[Place, ...]
    captions: tuple[Place, ...] = ()
    notes: tuple[Place, ...] = ()
    furniture: tuple[Place, ...] = ()
    acknowledgements: tuple[Place, ...] = ()
    apart: tuple[Place, ...] = ()
    year: int | None = None


LIU = Expected(
    title=(2, 80),
    authors=("Liu Yuzhu",),
    affiliations=("Chongqing Youth Vocational & Technical College,",),
    keywords=(1539, 1613),
    outline=(
        "1. Introduction",
        "2. Social governance from the",
        "3. Promoting social > 3.1 Optimize the",
        "3. Promoting social > 3.2 Give full",
        "3. Promoting social > 3.3 Innovative social",
        "4. Conclusions",
        "References",
    ),
    abstract=(177, 1526),
    front=((82, 91), (93, 165), (1528, 1614)),
    cuts=((4320, 4322), (6620, 6622), (11657, 11659)),
    references=((14645, 16757),),
    captions=((6455, 6522),),
)
LUOSANG = Expected(
    title=(4, 100),
    authors=("Zhima Luosang",),
    affiliations=("Sichuan University - Pittsburgh Institute, Xichang,",),
    keywords=(1140, 1233),
    outline=(
        "1. Introduction",
        "2. Basic concepts and theories",
        "3. The Need for Innovation",
        "3. The Need > 3.1 Promoting a",
        "3. The Need > 3.2 Promote a",
        "3. The Need > 3.3 Promote the",
        "4. Exploring the > 4.1 Promote equal",
        "4. Exploring the > 4.2 Establishing a",
        "4. Exploring the > 4.3 Reconstructing the",
        "5. Conclusion",
        "References",
    ),
    abstract=(234, 1123),
    front=((102, 119), (121, 218), (1125, 1234)),
    cuts=((4394, 4396), (12960, 12962), (15361, 15363), (20603, 20605), (26181, 26183)),
    references=((32386, 35357),),
    captions=((7649, 7747), (15100, 15160)),
)
YAN = Expected(
    title=(4, 85),
    authors=("Yuqiao Yan",),
    affiliations=("School of Journalism and Communication, Tsinghua",),
    keywords=(1700, 1780),
    outline=(
        "1. Smart Governance: Information Technology",
        "2. Participatory Governance: Downward Shift",
        "3. City Governance: Focus on",
        "4. Media Governance: The Community",
        "References",
    ),
    abstract=(216, 1684),
    front=((87, 97), (99, 181), (183, 200), (1686, 1781)),
    cuts=((4132, 4134), (8707, 8709), (13300, 13302), (17937, 17939)),
    references=((18826, 20161),),
)
YUAN_ZHAO = Expected(
    title=(53, 150),
    authors=('Yuan Zhengqing', 'Zhao Yang'),
    affiliations=('Yuan Zhengqing, Professor at the School',),
    keywords=(2469, 2562),
    outline=(
        "",
        "1. China from participant in",
        '2. The concept of "One',
        '3. "One Belt, One Road"',
        '3. "One Belt, > (2) Expanding the',
        '3. "One Belt, > (3) Promote key',
        "Five Conclusions",
    ),
    abstract=(190, 2457),
    front=((2, 48), (154, 178), (2459, 2580), (2582, 2880), (2882, 2949)),
    cuts=(
        (10903, 11313), (13250, 13252), (14642, 15378), (34575, 35149), (38340, 39260),
        (41016, 41018), (42831, 43020), (46304, 47327), (50805, 51799), (54427, 54429),
        (61099, 61101), (62989, 63593), (66771, 66966), (74681, 74683),
    ),
    references=(
        (6954, 7443), (10910, 11311), (14649, 15376), (18891, 19393), (22902, 23211),
        (26495, 26863), (30540, 31148), (34582, 35147), (42838, 43001), (46311, 46730),
        (46852, 47325), (50812, 51794), (55617, 55821), (59251, 59700), (62996, 63591),
        (66773, 66934), (70741, 71214), (74764, 75309),
    ),
    notes=((3062, 3256), (38347, 39258)),
    furniture=((2951, 3060), (43003, 43018), (46732, 46850), (51796, 51797), (66936, 66964)),
    apart=((6947, 7445), (55610, 55827), (59244, 59704), (70734, 71220)),
    year=2023,
)  # fmt: skip
ZHANG = Expected(
    title=(2, 63),
    authors=("Zhang Yi",),
    affiliations=("School of Finance and Public Management,",),
    keywords=(686, 761),
    outline=(
        "I. INTRODUCTION",
        "II. THE DEFINITION AND CONNOTATION",
        "III. OPPORTUNITIES AND CHALLENGES FACING",
        "III. OPPORTUNITIES AND > A. Opportunities for",
        "III. OPPORTUNITIES AND > B. Challenges facing",
        "III. OPPORTUNITIES AND > B. Challenges facing > 1) The plight",
        "III. OPPORTUNITIES AND > B. Challenges facing > 2) The developed",
        "III. OPPORTUNITIES AND > B. Challenges facing > 3) In global",
        "III. OPPORTUNITIES AND > B. Challenges facing > 4) There is",
        "IV. SUGGESTIONS ON THE GOVERNANCE",
        "IV. SUGGESTIONS ON > A. Establishing the",
        "IV. SUGGESTIONS ON > B. Adhere to",
        "IV. SUGGESTIONS ON > C. Opening up",
        "IV. SUGGESTIONS ON > D. Establish a",
        "V. THE CONCLUSION",
        "ACKNOWLEDGMENT",
        "REFERENCES:",
    ),
    abstract=(210, 675),
    front=((65, 73), (75, 199), (677, 761)),
    cuts=((2713, 2715), (5213, 5215), (11561, 11563), (14976, 14978)),
    references=((19303, 20079),),
    acknowledgements=((19208, 19288),),
)
PAPERS = {
    "fb3b44374e41cc5b04950ac50ced96501137fc2410189df9b2f496d87d606750": LIU,
    "626876b52dd300b4d75ed02f683145e83aaee39a2c7fad2700a9f2d05d239c16": LUOSANG,
    "97fdffd0c7bca8f2ca4ceb64763f8d9ee3d1d95ddff15cfdea668985e53c821c": YAN,
    "e4bf2e1f9a77b558e67db215fa77081e338dedfd5aaab5bfb4574adac8144e3f": YUAN_ZHAO,
    "efb7565d93986b84b691c25d75b155f7e5a1d3f679bc567f533571434cca0b7e": ZHANG,
}


@pytest.fixture(scope="module")
def parsed_papers(papers_folder: Path) -> dict[str, ParsedPaper]:
    files = [file for file in papers_folder.iterdir() if file.suffix in SUFFIXES]
    parsed = (read_paper(file) for file in files)
    return {paper.paper.id: paper for paper in parsed}


@pytest.fixture(params=PAPERS, ids=[paper.authors[0] for paper in PAPERS.values()])
def paper(request: pytest.FixtureRequest, parsed_papers: dict[str, ParsedPaper]) -> ParsedPaper:
    if request.param not in parsed_papers:
        pytest.skip("this paper, or this version of it, is not in GOVASSIST_PAPERS")
    return parsed_papers[request.param]


def expected(parsed: ParsedPaper) -> Expected:
    return PAPERS[parsed.paper.id]


def places(parsed: ParsedPaper, kind: ElementKind) -> list[Place]:
    """From where to where the elements of a kind go."""
    return [(e.spans[0].start, e.spans[-1].end) for e in parsed.elements if e.kind == kind]


def shortened(section: tuple[str, ...]) -> str:
    words = 3 if len(section) > 1 else 5
    return " > ".join(" ".join(title.split()[:words]) for title in section)


def test_metadata(paper: ParsedPaper) -> None:
    found, wanted = paper.paper, expected(paper)
    assert found.title == paper.text[slice(*wanted.title)]
    assert found.authors == wanted.authors
    printed = paper.text[slice(*wanted.keywords)]
    assert len(found.keywords) == 4
    assert "; ".join(found.keywords) == printed or ", ".join(found.keywords) == printed
    assert found.year == wanted.year
    assert len(found.affiliations) == len(wanted.affiliations)
    pairs = zip(found.affiliations, wanted.affiliations, strict=True)
    assert all(one.startswith(other) for one, other in pairs)
    assert found.abstract == clean(paper.text, (Span(*wanted.abstract),)).text


def test_outline(paper: ParsedPaper) -> None:
    body = [e for e in paper.elements if e.spans[0].start > expected(paper).front[-1][1]]
    sections = dict.fromkeys(shortened(element.section) for element in body)
    assert tuple(sections) == expected(paper).outline


@pytest.mark.parametrize(
    ("kind", "field"),
    [("note", "notes"), ("caption", "captions"), ("acknowledgement", "acknowledgements"),
     ("front", "front")],
)  # fmt: skip
def test_what_is_kept_apart(paper: ParsedPaper, kind: ElementKind, field: str) -> None:
    assert tuple(places(paper, kind)) == getattr(expected(paper), field)


def test_abstract_stands_in_its_place(paper: ParsedPaper) -> None:
    assert places(paper, "abstract") == [expected(paper).abstract]


@pytest.mark.parametrize(
    ("kind", "field"), [("reference", "references"), ("furniture", "furniture")]
)
def test_blocks_that_are_never_retrieved(paper: ParsedPaper, kind: ElementKind, field: str) -> None:
    found, wanted = places(paper, kind), getattr(expected(paper), field)
    assert all(any(a <= start and end <= b for a, b in wanted) for start, end in found)
    assert all(any(start == a for start, _ in found) for a, _ in wanted)
    assert all(any(end == b for _, end in found) for _, b in wanted)


def test_halves_of_cut_paragraphs_are_in_one_element(paper: ParsedPaper) -> None:
    joints = [(one.end, two.start) for e in paper.elements for one, two in pairwise(e.spans)]
    assert tuple(joints) == expected(paper).cuts


def test_paragraphs_beside_a_lost_page_stay_apart(paper: ParsedPaper) -> None:
    for end, start in expected(paper).apart:
        assert any(e.spans[-1].end == end for e in paper.elements if e.kind == "prose")
        assert any(e.spans[0].start == start for e in paper.elements if e.kind == "prose")


def test_all_the_rest_is_prose(paper: ParsedPaper) -> None:
    """Every letter that is in no listed place is in prose or in a heading."""
    wanted = expected(paper)
    apart = (wanted.abstract, *wanted.front, *wanted.references, *wanted.captions, *wanted.notes,
             *wanted.furniture, *wanted.acknowledgements)  # fmt: skip
    prose = [span for e in paper.elements if e.kind == "prose" for span in e.spans]
    assert not [(s, e) for s, e in prose for a, b in apart if s < b and a < e]
    assert not lost_words(paper)
    known = sum(b - a for a, b in (*apart, *prose))
    assert len(paper.text) - known < 0.06 * len(paper.text)


def test_every_passage_keeps_its_promises(paper: ParsedPaper, embedder: Embedder) -> None:
    passages = make_passages(paper, embedder.count_tokens)
    check_elements(paper)
    for passage in passages:
        check_passage(paper, passage)
        check_cleaning(paper, passage)
        assert embedder.count_tokens(passage.searchable) <= embedder.record.max_tokens
        assert 1 <= len(split_sentences(passage.text)) <= 4
        assert passage.context.startswith(paper.paper.title)
    assert len({p.id for p in passages}) == len(passages)


def test_passages_hold_every_retrievable_letter_once(
    paper: ParsedPaper, embedder: Embedder
) -> None:
    passages = make_passages(paper, embedder.count_tokens)
    retrievable = (e for e in paper.elements if e.kind in RETRIEVABLE)
    elements = "".join(clean(paper.text, e.spans).text for e in retrievable)
    found = "".join(p.text for p in passages)
    assert found.replace(" ", "") == elements.replace(" ", "")


def test_references_and_furniture_are_in_no_passage(paper: ParsedPaper, embedder: Embedder) -> None:
    wanted = expected(paper)
    never = (*wanted.references, *wanted.furniture, *wanted.front)
    spans = [s for p in make_passages(paper, embedder.count_tokens) for s in p.spans]
    assert not [(s, e) for s, e in spans for a, b in never if s < b and a < e]


def paragraphs(parsed: ParsedPaper) -> Iterator[str]:
    return (clean(parsed.text, e.spans).text for e in parsed.elements if e.kind == "prose")


def test_no_marks_are_left_in_the_prose(paper: ParsedPaper) -> None:
    for text in paragraphs(paper):
        assert not set(text) & set("¶†‡*#<>")
        assert "[1]" not in text


def test_paragraphs_begin_as_sentences_do(paper: ParsedPaper) -> None:
    assert all(text.lstrip("\"“'")[0].isupper() for text in paragraphs(paper))
