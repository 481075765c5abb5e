"""Lexical search by Tantivy: BM25 over stemmed words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from vectorstore.protocols import Ranking

_ANALYZER = "english"
_HEAD_BOOST = 0.3
_WRITER_BYTES = 32_000_000
_WORD = re.compile(r"\w+")

QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how do does did done can could should would may "
    "might must shall will is are was were be been am has have had i me my you your we our he his "
    "she her they them their tell explain describe give list name say says said mean means "
    "according about please there any some from than so".split()
)
"""Words that ask rather than name; rare in papers, so BM25 would overrate them."""


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """What is indexed of a passage; ``head`` is its paper's title, authors and sections."""

    passage_id: str
    paper_id: str
    head: str
    text: str


class TantivyIndex:
    """The lexical index of a library.

    Args:
        folder: Where Tantivy keeps its files.
        create: Whether a missing index is made.

    Raises:
        FileNotFoundError: There is no index and ``create`` is false.
        ValueError: The files are not an index of this kind.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        if not create and not (folder / "meta.json").exists():
            raise FileNotFoundError(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(_schema(), path=str(folder))
        self._analyzer = _analyzer()
        self._index.register_tokenizer(_ANALYZER, self._analyzer)

    def put(self, entries: Iterable[LexicalEntry]) -> None:
        """Insert passages, in one commit; they must not be there yet."""
        self._write(entries, None)

    def delete_paper(self, paper_id: str) -> None:
        """Delete a paper's postings, in one commit; nothing happens where there are none."""
        self._write((), paper_id)

    def search(self, query: str, n: int, papers: Sequence[str] | None = None) -> Ranking:
        """Find passages by their words.

        Args:
            query: A question in plain words; no operators.
            n: How many passages at most.
            papers: Only passages of these papers; all where None.

        Returns:
            Passages, best first, by BM25: above 0, without upper bound.
        """
        words = [word.lower() for word in _WORD.findall(query)]
        words = [word for word in words if word not in QUESTION_WORDS] or words
        if not self._analyzer.analyze(" ".join(words)):
            return []
        parsed = self._index.parse_query(
            " ".join(words), ["text", "head"], field_boosts={"head": _HEAD_BOOST}
        )
        if papers is not None:
            scope = tantivy.Query.term_set_query(self._index.schema, "paper_id", list(papers))
            unscored = tantivy.Query.const_score_query(scope, 0.0)
            must = tantivy.Occur.Must
            parsed = tantivy.Query.boolean_query([(must, parsed), (must, unscored)])
        searcher = self._index.searcher()
        hits = searcher.search(parsed, n).hits
        return [(str(searcher.doc(address)["passage_id"][0]), score) for score, address in hits]

    def frequency(self, phrase: str) -> int:
        """How many passages hold a phrase, inflections apart.

        Args:
            phrase: Words. Which function words stand between the others does not matter, how
                many does; a phrase of nothing but function words stands nowhere.

        Returns:
            Passages in whose text or head its words stand side by side.
        """
        words = " ".join(_WORD.findall(phrase.lower()))
        if not self._analyzer.analyze(words):
            return 0
        parsed = self._index.parse_query(f'"{words}"', ["text", "head"])  # which analyses it
        found = self._index.searcher().search(parsed, 1)
        return int(found.count or 0)  # type: ignore[attr-defined]  # missing in its stubs

    def count(self) -> int:
        """Number of passages."""
        return int(self._index.searcher().num_docs)

    def passage_ids(self) -> set[str]:
        """The passages that are indexed."""
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.all_query(), max(1, self.count())).hits
        return {str(searcher.doc(address)["passage_id"][0]) for _, address in hits}

    def _write(self, entries: Iterable[LexicalEntry], deleted: str | None) -> None:
        writer = self._index.writer(_WRITER_BYTES, 1)
        if deleted is not None:
            writer.delete_documents_by_term("paper_id", deleted)
        for entry in entries:
            writer.add_document(
                tantivy.Document(
                    passage_id=entry.passage_id,
                    paper_id=entry.paper_id,
                    head=entry.head,
                    text=entry.text,
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("paper_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("head", tokenizer_name=_ANALYZER)
    builder.add_text_field("text", tokenizer_name=_ANALYZER)
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stopword("english"))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
