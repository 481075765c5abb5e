"""Public test sets in BEIR form, and libraries of their documents.

A set is a folder with ``corpus.jsonl.gz`` (``id``, ``title``, ``text``),
``queries.jsonl`` and ``qrels.tsv``. Each document becomes a paper: a Markdown
file with its title as heading. A library of thousands takes minutes to make, so
it is kept from run to run.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.types import Hit

_PACKAGES = ("ingest", "vectorstore")
_PASSAGES_A_DOCUMENT = 10
"""So many times more passages than documents are searched for."""

Grades = dict[str, int]
"""Grades by the id of a document."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a set."""

    id: str
    title: str
    text: str

    @property
    def markdown(self) -> str:
        """The document as a paper's file."""
        return f"# {self.title}\n\n{self.text}\n"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a set in a library; ``documents`` are their ids by a paper's id."""

    assistant: Assistant
    documents: Mapping[str, Sequence[str]]

    def search(self, question: str, k: int, history: Sequence[Any] = ()) -> list[str]:
        """Rank documents, each by its best passage.

        Args:
            question: What to ask.
            k: How many documents at most.
            history: Earlier turns; see `Assistant.search`.

        Returns:
            Ids, best first.
        """
        hits = self.assistant.search(question, k * _PASSAGES_A_DOCUMENT, history)
        return best_documents(hits, self.documents)[:k]


def read_documents(folder: Path) -> list[Document]:
    """Read the documents of a set; a text that begins with its title loses it."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Document(r["id"], r["title"], _without_title(r["text"], r["title"])) for r in rows]


def read_queries(folder: Path) -> list[dict[str, Any]]:
    """Read the queries of a set, with whatever each of them has."""
    lines = (folder / "queries.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read_qrels(folder: Path) -> dict[str, Grades]:
    """Read the judgements of a set, by the id of a query."""
    qrels: dict[str, Grades] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        qrels.setdefault(query, {})[document] = int(grade)
    return qrels


def open_corpus(documents: Sequence[Document], work: Path, *, reuse: bool = False) -> Corpus:
    """Open a library of documents, made where there is none of this code.

    Args:
        documents: The documents of a set.
        work: A folder for files and library, kept from run to run.
        reuse: Whether a library that other code made will do.

    Returns:
        The documents in an open library.
    """
    made_by = work / "made_by"
    if not (reuse and made_by.exists()) and _read(made_by) != _code():
        shutil.rmtree(work, ignore_errors=True)
    files = work / "files"
    files.mkdir(parents=True, exist_ok=True)
    assistant = Assistant.open(work / "library")
    if not made_by.exists():
        for document in documents:
            (files / f"{document.id}.md").write_bytes(document.markdown.encode())
        assistant.add(files)
        made_by.write_text(_code(), "utf-8")
    owners: dict[str, list[str]] = {}
    for document in documents:
        owners.setdefault(_paper_id(document), []).append(document.id)
    return Corpus(assistant, owners)


def best_documents(hits: Iterable[Hit], documents: Mapping[str, Sequence[str]]) -> list[str]:
    """Documents in the order of their best passages.

    Args:
        hits: Passages, best first.
        documents: Ids of documents by a paper's id.

    Returns:
        Ids, best first.
    """
    papers = dict.fromkeys(hit.paper_id for hit in hits)
    return [document for paper in papers for document in documents[paper]]


def ndcg(qrels: Mapping[str, Grades], ranked: Mapping[str, Sequence[str]], k: int) -> list[float]:
    """nDCG@k of every judged query, by ir_measures.

    Args:
        qrels: Judgements by query.
        ranked: Documents by query, best first.
        k: How many of them count.

    Returns:
        Values in [0, 1], in the order of ``qrels``; 0 where nothing was found.
    """
    import ir_measures

    run = {
        query: {document: -float(rank) for rank, document in enumerate(found)}
        for query, found in ranked.items()
    }
    measure = ir_measures.nDCG @ k
    values = {v.query_id: v.value for v in ir_measures.iter_calc([measure], qrels, run)}
    return [float(values.get(query, 0.0)) for query in qrels]


def _without_title(text: str, title: str) -> str:
    return text.removeprefix(f"{title}\n").strip()


def _paper_id(document: Document) -> str:
    return hashlib.sha256(document.markdown.encode()).hexdigest()


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _code() -> str:
    """What identifies the code that makes libraries."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for file in sorted(file for package in _PACKAGES for file in (root / package).glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
