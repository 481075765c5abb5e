"""Whether a model answers, and what using it sends away."""

from __future__ import annotations

import time
from dataclasses import dataclass

from assistant.models.errors import ModelError, ModelSaidNothing
from assistant.models.opening import open_model
from assistant.models.types import ChatModel, Message

_QUOTING = "by quoting, without a language model; nothing leaves this machine"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial found: how questions are answered, what leaves this machine, what is wrong."""

    answers: str
    leaves: str = "nothing"
    problem: str | None = None


def tried(model: str | ChatModel | None = None) -> Trial:
    """Try the model that would be used, with a request of two words.

    Args:
        model: A model or its name; see `open_model` for None.

    Returns:
        What was found; what is wrong is told, not raised.
    """
    try:
        opened = open_model(model) if model is None or isinstance(model, str) else model
    except ModelError as error:
        return Trial("by quoting, since no language model can be opened", problem=str(error))
    if opened is None:
        return Trial(_QUOTING)
    try:
        return _tried(opened)
    finally:
        if opened is not model:
            opened.close()


def _tried(model: ChatModel) -> Trial:
    began = time.monotonic()
    problem = None
    try:
        for _ in model.stream([Message("user", "Say yes.")], max_tokens=16):
            break
    except ModelSaidNothing:
        pass  # it answered, if only with thoughts
    except ModelError as error:
        problem = str(error)
    took = time.monotonic() - began
    info = model.info  # only now, since a server may tell more once it has the model loaded
    place = "on this machine" if not info.hosted else f"at {info.where}"
    how = "does not answer" if problem else f"answers in {took:.1f} s"
    answers = f"by {info.name} {place}, which {how}; {info.window:,} tokens of context"
    return Trial(answers, _leaving(info.where if info.hosted else None), problem)


def _leaving(host: str | None) -> str:
    from assistant.models.langchain import traced_to

    used = "the question, the conversation and the passages used"
    places = [place for place in (host, traced_to()) if place]
    return f"{used} go to {' and '.join(places)}" if places else "nothing"
