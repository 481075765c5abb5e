"""What a model thinks aloud before it answers, left out of the answer."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


class Thoughts:
    """Takes ``<think>…</think>`` away from the start of a text that comes in pieces."""

    def __init__(self) -> None:
        self._held = ""
        self._open = False
        self._over = False

    def without(self, piece: str) -> str:
        """What is no thought, of a piece and of what was held back before it."""
        if self._over:
            return piece
        self._held += piece
        if not self._open:
            start = self._held.lstrip()
            if _OPEN.startswith(start[: len(_OPEN)]) and len(start) < len(_OPEN):
                return ""
            if not start.startswith(_OPEN):
                self._over = True
                return self._held
            self._open, self._held = True, start[len(_OPEN) :]
        thought, closed, answer = self._held.partition(_CLOSE)
        if not closed:
            self._held = thought[-len(_CLOSE) :]
            return ""
        self._held = closed + answer
        self._over = bool(answer.strip())
        return answer.lstrip()

    def rest(self) -> str:
        """What was held back to the end although it is no thought: the start of a tag."""
        return "" if self._over or self._open else self._held
