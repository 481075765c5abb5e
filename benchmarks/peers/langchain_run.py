"""LangChain as its tutorials build a retriever.

``RecursiveCharacterTextSplitter`` with 1,000 characters and 200 overlap, Chroma
at its defaults, ``similarity_search``.
"""

from __future__ import annotations

from job import Chunk, Job, Retriever, run
from langchain_chroma import Chroma
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

_BATCH = 2_000


def build(job: Job) -> Retriever:
    """Index the documents of a job."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=1_000, chunk_overlap=200, add_start_index=True
    )
    metadatas = [{"document": identity} for identity in job.documents]
    chunks = splitter.create_documents(list(job.documents.values()), metadatas)
    store = Chroma(
        embedding_function=HuggingFaceEmbeddings(model_name=job.weights),
        persist_directory=str(job.folder),
    )
    for at in range(0, len(chunks), _BATCH):
        store.add_documents(chunks[at : at + _BATCH])

    def retrieve(question: str) -> list[Chunk]:
        found = store.similarity_search(question, k=job.k)
        return [
            Chunk(one.metadata["document"], one.page_content, one.metadata["start_index"])
            for one in found
        ]

    return retrieve


if __name__ == "__main__":
    run(build)
