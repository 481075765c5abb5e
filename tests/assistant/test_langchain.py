"""A library as part of a chain of LangChain."""

from __future__ import annotations

import asyncio

import pytest
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from assistant import Answer, Assistant, BadQuery

ASKED = "What is polycentric governance?"


def test_documents_are_the_passages_in_their_order(samples: Assistant) -> None:
    documents = samples.as_retriever(k=4).invoke(ASKED)
    hits = samples.search(ASKED, k=4)
    assert [document.page_content for document in documents] == [hit.passage.text for hit in hits]
    assert [document.id for document in documents] == [hit.passage.id for hit in hits]
    first, paper = documents[0].metadata, samples.paper(hits[0].paper_id)
    assert first["title"] == paper.title
    assert first["authors"] == list(paper.authors)
    assert first["score"] == hits[0].score
    (start, end), *_ = first["spans"]
    assert samples.source(paper.id)[start:end].split()[0] in documents[0].page_content


def test_a_retriever_keeps_to_its_papers(samples: Assistant) -> None:
    paper = samples.papers()[2].id
    documents = samples.as_retriever(k=3, papers=[paper[:8]]).invoke(ASKED)
    assert {document.metadata["paper_id"] for document in documents} == {paper}


def test_a_retriever_in_a_chain(samples: Assistant) -> None:
    prompt = ChatPromptTemplate.from_template("{context}\n\n{question}")
    retriever = samples.as_retriever(k=2)
    context = retriever | (lambda documents: "\n".join(d.page_content for d in documents))
    echo = RunnableLambda(lambda value: value.to_messages()[0].content)
    chain = (
        {"context": context, "question": RunnablePassthrough()} | prompt | echo | StrOutputParser()
    )
    said = chain.invoke(ASKED)
    for hit in samples.search(ASKED, k=2):
        assert hit.passage.text in said
    assert said.endswith(ASKED)
    assert asyncio.run(chain.ainvoke(ASKED)) == said


def test_an_assistant_in_a_chain(samples_quoting: Assistant) -> None:
    chain = samples_quoting.as_runnable() | (lambda answer: answer.text)
    assert chain.invoke(ASKED) == samples_quoting.ask(ASKED).text
    history = [{"role": "user", "content": ASKED}, {"role": "assistant", "content": "It is …"}]
    answers = samples_quoting.as_runnable().batch(
        [ASKED, {"question": "What does it need?", "history": history}]
    )
    assert all(isinstance(answer, Answer) for answer in answers)
    assert "polycentric" in answers[1].standalone


@pytest.mark.parametrize("wrong", [3, {"query": ASKED}, {"question": 3}])
def test_other_input_is_refused(samples_quoting: Assistant, wrong: object) -> None:
    with pytest.raises(BadQuery, match="'question'"):
        samples_quoting.as_runnable().invoke(wrong)
