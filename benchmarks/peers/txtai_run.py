"""txtai as its examples build a hybrid index.

Paragraphs by its ``Segmentation`` (what ``Textractor(paragraphs=True)`` of the
examples splits with), dense vectors and BM25 together with ``hybrid=True``.
"""

from __future__ import annotations

from job import Chunk, Job, Retriever, run
from txtai import Embeddings
from txtai.pipeline import Segmentation


def build(job: Job) -> Retriever:
    """Index the documents of a job."""
    segment = Segmentation(paragraphs=True)
    chunks = [
        (identity, text) for identity, source in job.documents.items() for text in segment(source)
    ]
    embeddings = Embeddings(path=job.weights, content=True, hybrid=True)
    embeddings.index((at, text, None) for at, (_, text) in enumerate(chunks))

    def retrieve(question: str) -> list[Chunk]:
        found = embeddings.search(question, job.k)
        return [Chunk(*chunks[int(one["id"])]) for one in found]

    return retrieve


if __name__ == "__main__":
    run(build)
