"""Answers without a language model: the sentences that answer, quoted.

Nothing is reworded, so nothing can be invented: an answer is quotes, each
checked against the source, under short frames that name the paper.
"""

from assistant.gate import RELEVANT
from assistant.quoting.answering import MAX_CHARACTERS, answer_by_quoting
from assistant.quoting.citing import locate

__all__ = ["MAX_CHARACTERS", "RELEVANT", "answer_by_quoting", "locate"]
