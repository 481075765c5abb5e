"""What the retrieval suite measures: golden questions, the library they are asked, and bars.

::

    pytest tests/retrieval --golden QUESTIONS --library LIBRARY
        [--config FILE.toml] [--against BASELINE.json] [--bar METRIC=LEAST]…

Without --golden it measures samples/, and the five papers where GOVASSIST_PAPERS
names them, against the committed baselines.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import Assistant, SearchSettings
from assistant.evaluation.golden import read_golden
from assistant.evaluation.types import EvaluationRun

HERE = Path(__file__).parent
BASELINES = HERE / "baselines"


@dataclass(frozen=True)
class Suite:
    """What is measured: a library, by questions, in a configuration, against a baseline."""

    questions: Path
    library: Path
    settings: SearchSettings | None
    baseline: Path | None

    def run(self) -> EvaluationRun:
        with Assistant.open(self.library, settings=self.settings) as assistant:
            return assistant.evaluate(read_golden(self.questions))


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("retrieval", "retrieval suite")
    group.addoption("--golden", type=Path, help="golden questions, JSON Lines")
    group.addoption("--library", type=Path, help="the library that is asked")
    group.addoption("--config", type=Path, help="TOML file with search settings")
    group.addoption("--against", type=Path, help="a run that this one must not be worse than")
    group.addoption(
        "--bar", action="append", metavar="METRIC=LEAST", help="least mean of a metric; repeatable"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "suite" in metafunc.fixturenames:
        given = [option(metafunc.config, name) for name in ("golden", "library")]
        if any(given) and not all(given):
            raise pytest.UsageError("--golden and --library go together: name both.")
        names = ["given"] if all(given) else ["samples", "papers"]
        metafunc.parametrize("suite", names, indirect=True, scope="session")


def option(config: pytest.Config, name: str) -> Path | None:
    """An option, None where pytest was started further up and does not know it."""
    value: Path | None = config.getoption(name, default=None)
    return value


@pytest.fixture(scope="session")
def suite(request: pytest.FixtureRequest) -> Suite:
    config = option(request.config, "config")
    settings = SearchSettings.from_file(config) if config else None
    against = option(request.config, "against")
    if request.param == "given":
        questions, library = (option(request.config, name) for name in ("golden", "library"))
        assert questions
        assert library
        if not (library / "catalog.db").exists():
            raise pytest.UsageError(f"{library}: no library here; make one with `govassist add`.")
        return Suite(questions, library, settings, against)
    return Suite(
        questions=HERE / "golden" / f"{request.param}.jsonl",
        library=request.getfixturevalue(f"{request.param}_library"),
        settings=settings,
        baseline=against or BASELINES / f"{request.param}.json",
    )


@pytest.fixture(scope="session")
def run(suite: Suite) -> EvaluationRun:
    return suite.run()


@pytest.fixture(scope="session")
def bars(request: pytest.FixtureRequest) -> dict[str, float]:
    """The least means that were asked for, by metric."""
    given: list[str] = request.config.getoption("bar", default=None) or []
    try:
        return {name: float(least) for name, least in (bar.split("=") for bar in given)}
    except ValueError:
        raise pytest.UsageError(f"--bar wants METRIC=LEAST, like hit@5=0.85; got {given}") from None
