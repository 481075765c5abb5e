"""What the tests of the verifier share: two sources, and how a sentence is checked."""

from __future__ import annotations

from assistant.verification.verify import Check, Claim, verify
from vectorstore.protocols import Embedder

HARBOUR = (
    "The harbour council was founded in 1987 by Norway and Denmark. It does not collect tolls "
    "from small boats, because its three wardens live on the fees of large ships. In May 1994 "
    "Norway sued Denmark over a pier, and 62 percent of the fishers increased their catch."
)
ORCHARD = (
    "Orchards in the valley are watered at night. The growers share two pumps and decide in a "
    "yearly meeting who may use them first."
)


def check(text: str, *sources: str, embedder: Embedder) -> Check:
    [found] = verify([Claim(text, sources)], embedder)
    assert 0 <= found.score <= 1
    return found
