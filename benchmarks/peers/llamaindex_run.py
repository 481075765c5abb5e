"""LlamaIndex as its starter tutorial builds a retriever.

``VectorStoreIndex.from_documents``, which splits by ``SentenceSplitter`` (1,024
tokens, 200 overlap), and the index's own retriever.
"""

from __future__ import annotations

from job import Chunk, Job, Retriever, run
from llama_index.core import Document, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding


def build(job: Job) -> Retriever:
    """Index the documents of a job."""
    documents = [Document(text=text, id_=identity) for identity, text in job.documents.items()]
    model = HuggingFaceEmbedding(model_name=job.weights)
    index = VectorStoreIndex.from_documents(documents, embed_model=model)
    retriever = index.as_retriever(similarity_top_k=job.k)

    def retrieve(question: str) -> list[Chunk]:
        nodes = [found.node for found in retriever.retrieve(question)]
        return [Chunk(node.ref_doc_id, node.text, node.start_char_idx) for node in nodes]

    return retrieve


if __name__ == "__main__":
    run(build)
