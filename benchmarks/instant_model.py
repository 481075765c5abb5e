"""A language model that takes no time: it copies sentences from the passages it is given.

What an answer takes beside its model is measured with it; quotes, markers and checks are
those of a real reply.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from html import unescape

from assistant.models.types import Message, ModelInfo
from ingest.sentences import split_sentences

_PASSAGE = re.compile(r'<passage number="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_SENTENCES = 5
_DELTA = 20
"""Characters."""


class InstantModel:
    """A `ChatModel` whose answer is the first sentence of each of the first five passages.

    Each is changed a little: what stands verbatim in a source is not compared in meaning.
    """

    info = ModelInfo(name="instant", where="this machine", window=8_192, hosted=False)

    def count_tokens(self, text: str) -> int:
        """A quarter of the characters."""
        return len(text) // 4

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,  # noqa: ARG002
        stop: threading.Event | None = None,  # noqa: ARG002
    ) -> Iterator[str]:
        """A reply in the form that the prompt asks for, in deltas of 20 characters."""
        passages = _PASSAGE.findall(messages[-1].content)[:_SENTENCES]
        said = [(number, _first_sentence(unescape(text))) for number, text in passages]
        quoted = "\n".join(f'[{number}] "{sentence}"' for number, sentence in said)
        answer = " ".join(f"Here {sentence.rstrip('.')} [{number}]." for number, sentence in said)
        reply = f"QUOTES\n{quoted}\nANSWER\n{answer}"
        yield from (reply[at : at + _DELTA] for at in range(0, len(reply), _DELTA))

    def close(self) -> None:
        """Nothing to let go of."""


def _first_sentence(text: str) -> str:
    start, end = split_sentences(text)[0]
    return text[start:end]
