"""One step of `speed.py`, in a process of its own; prints its figures as JSON.

::

    python benchmarks/speed_steps.py STEP SYSTEM LIBRARY PAPER...

Imports little at its top: what a system imports is part of its time.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

K = 10

_MODULES = {
    "ours": ("assistant",),
    "langchain": ("langchain_text_splitters", "langchain_huggingface", "langchain_chroma"),
}

_FORMS = (
    "What is {}?",
    "How is {} defined in the literature?",
    "Why does {} matter for public administration?",
    "Which actors take part in {}?",
    "What are the main obstacles to {}?",
    "How can citizens influence {}?",
    "What role does the state play in {}?",
    "How has {} changed in recent years?",
    "Which examples of {} are described?",
)
_TOPICS = (
    "global governance",
    "local self-government",
    "multi-level governance",
    "corporate governance",
    "digital government",
    "environmental regulation",
    "participatory budgeting",
    "the reform of international organizations",
    "public accountability",
    "anti-corruption policy",
    "network governance",
    "the rule of law",
)
QUESTIONS = tuple(form.format(topic) for topic in _TOPICS for form in _FORMS)
"""108 questions on governance in general, none of them about a certain paper."""

Search = Callable[[str], object]


def main() -> None:
    """Run the step that the command line names."""
    step, system, library, *papers = sys.argv[1:]
    files = [Path(paper) for paper in papers]
    if step == "export":
        figures = _export()
    elif step == "import":
        figures = _import(system)
    elif step == "help":
        figures = _help()
    elif step == "bare":
        figures = _bare(Path(library))
    elif step == "answer":
        figures = _answer(Path(library))
    elif step == "ingest":
        figures = _ingest(system, Path(library), files)
    else:
        figures = _search(system, Path(library))
    print(json.dumps(figures))


def _export() -> dict[str, float]:
    from vectorstore.embedders import load_embedder

    load_embedder()
    return {"export_s": _since_start(), "export_mb": peak_megabytes()}


def _import(system: str) -> dict[str, float]:
    before = time.perf_counter()
    for module in _MODULES[system]:
        import_module(module)
    return {"import_s": time.perf_counter() - before}


def _ingest(system: str, library: Path, files: Sequence[Path]) -> dict[str, float]:
    if system == "ours":
        from assistant import Assistant

        with Assistant.open(library) as assistant:
            assistant.add(files)
    else:
        import langchain_default

        langchain_default.add_papers(langchain_default.open_store(library), files)
    return {"ingest_s": _since_start(), "ingest_mb": peak_megabytes()}


def _search(system: str, library: Path) -> dict[str, float]:
    search = _our_search(library) if system == "ours" else _langchain_search(library)
    if not search(QUESTIONS[0]):
        sys.exit(f"{library}: the first search found nothing")
    cold = _since_start()
    warm = sorted(_milliseconds(search, question) for question in QUESTIONS)
    return {
        "cold_s": cold,
        "warm_p50_ms": warm[len(warm) // 2],
        "warm_p95_ms": warm[int(0.95 * len(warm))],
        "search_mb": peak_megabytes(),
    }


def _help() -> dict[str, float]:
    """The command line's help, from just before its process starts."""
    command = Path(sys.executable).with_name("govassist")
    before = time.perf_counter()
    subprocess.run([str(command), "--help"], capture_output=True, check=True)
    return {"help_s": time.perf_counter() - before}


def _bare(library: Path) -> dict[str, float]:
    """What a warm search cannot do without: the query embedded, both indexes asked."""
    from assistant import Assistant
    from assistant.settings import SearchSettings

    depth = SearchSettings().depth
    with Assistant.open(library) as assistant:
        assistant.search(QUESTIONS[0], k=K)
        embedder = assistant._library.embedder
        with assistant._library._reading() as indexes:

            def look_up(question: str) -> None:
                indexes.vectors.search(embedder.encode_query(question).vector, depth)
                indexes.lexical.search(question, depth)

            times = sorted(_milliseconds(look_up, question) for question in QUESTIONS)
    return {"bare_p50_ms": times[len(times) // 2]}


def _answer(library: Path) -> dict[str, float]:
    """Everything of an answer but the model, and an answer by quoting; refusals left out."""
    from instant_model import InstantModel

    from assistant import Assistant

    figures: dict[str, float] = {}
    for figure, model in (("answer_p50_ms", InstantModel()), ("quoting_p50_ms", "none")):
        times = []
        with Assistant.open(library, model=model) as assistant:
            for question in QUESTIONS:
                before = time.perf_counter()
                answer = assistant.ask(question)
                took = time.perf_counter() - before
                if answer.answered:
                    record = assistant._conversation_store().record(answer.record)
                    times.append(1000 * (took - record.timings["model"]))
        figures[figure] = sorted(times)[len(times) // 2]
    return figures


def _our_search(library: Path) -> Search:
    from assistant import Assistant

    assistant = Assistant.open(library)
    return lambda question: assistant.search(question, k=K)


def _langchain_search(library: Path) -> Search:
    import langchain_default

    store = langchain_default.open_store(library)
    return lambda question: langchain_default.search(store, question, K)


def _milliseconds(search: Search, question: str) -> float:
    before = time.perf_counter()
    search(question)
    return 1000 * (time.perf_counter() - before)


def _since_start() -> float:
    """Seconds since just before this process was started."""
    return time.monotonic() - float(os.environ["SPEED_STARTED"])


def peak_megabytes() -> float:
    """The most memory that this process has had at any time."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


if __name__ == "__main__":
    main()
