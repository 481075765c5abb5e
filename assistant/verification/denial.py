"""What a sentence denies, and whether its source denies it, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.verification.words import Word, same_words, words_of

_CUES = frozenset(
    "not no never none nobody nothing nowhere neither nor without cannot hardly scarcely barely "
    "rarely seldom unable lack lacks lacked lacking absence absent fail fails failed failing "
    "failure refuse refuses refused impossible unlikely difficult".split()
)
_ENDS = frozenset(
    "but although though because which who whose whom whereas while if unless since when where "
    "that however yet so therefore".split()
)
_ONLY = frozenset("only merely just simply solely necessarily always".split())
_BREAKS = re.compile(r"[.,;:!?()—\u2013]")
_REACH = 6
"""Content words behind a cue that it denies."""

_NEAREST = 3
"""Of those, the ones by which both sides are compared."""


def denies_otherwise(sentence: str, source: str) -> bool:
    """Whether one side denies what the other asserts.

    A cue ("not", "no", "without", "fails to" and the like, but not "not only") denies the
    content words behind it up to the end of its clause; two cues cancel. The sides differ
    where, of the first three words behind a cue that both have, half or more are denied on
    one side only, the first word behind the cue or two others among them (negation scope by
    cue and window, as in Chapman et al. 2001, NegEx). Sentences of the same words differ, too,
    where the cues are even in number on one side and odd on the other.

    Args:
        sentence: What is checked.
        source: The sentence of a source that is nearest to it.

    Returns:
        Whether they differ.
    """
    ours, theirs = denials_of(sentence), denials_of(source)
    if same_words(ours.words, theirs.words) and (ours.cues - theirs.cues) % 2:
        return True
    return ours.differ_from(theirs) or theirs.differ_from(ours)


@lru_cache(maxsize=1024)
def denials_of(text: str) -> Denials:
    """What a sentence denies."""
    return Denials(text)


class Denials:
    """The words of a text and which of them it denies.

    Args:
        text: A sentence.
    """

    def __init__(self, text: str) -> None:
        self.words = words_of(text)
        self.stems = {word.stem for word in self.words}
        self._cues = _cues(self.words)
        self._scopes = [_scope(text, self.words, cue) for cue in self._cues]
        self._denied = [word for scope in self._scopes for word in scope]
        self._said = {word.stem for word in self.words if word.has_content}

    @property
    def cues(self) -> int:
        """How many cues of denial there are."""
        return len(self._cues)

    def is_denied(self, word: Word) -> bool:
        """Whether an odd number of cues denies a word."""
        return self._denied.count(word) % 2 == 1

    def denies(self, stem_: str) -> bool:
        """Whether a word is denied wherever it stands."""
        return all(self.is_denied(word) for word in self.words if word.stem == stem_)

    def asserts(self, stem_: str) -> bool:
        """Whether a word is denied nowhere."""
        return not any(self.is_denied(word) for word in self.words if word.stem == stem_)

    def around(self, word: Word) -> set[str]:
        """The content words that stand within three of a word."""
        content = [w for w in self.words if w.has_content or w is word]
        at = content.index(word)
        return {w.stem for w in content[max(0, at - 3) : at + 4] if w is not word}

    def differ_from(self, other: Denials) -> bool:
        """Whether a cue here denies what the other text asserts."""
        for scope in self._scopes:
            shared = [w for w in scope if w.stem in other._said and self.is_denied(w)][:_NEAREST]
            asserted = [w for w in shared if other.asserts(w.stem) and self.denies(w.stem)]
            is_near = asserted and (len(asserted) > 1 or asserted[0] is scope[0])
            if is_near and 2 * len(asserted) >= len(shared):
                return True
        return False


def _cues(words: Sequence[Word]) -> list[int]:
    """Where the cues stand among the words."""
    found = []
    for place, word in enumerate(words):
        lower = word.text.lower().replace("\u2019", "'")
        behind = words[place + 1].text.lower() if place + 1 < len(words) else ""
        is_cue = lower in _CUES or lower.endswith("n't")
        if is_cue and not (lower == "not" and behind in _ONLY):
            found.append(place)
    return found


def _scope(text: str, words: Sequence[Word], cue: int) -> list[Word]:
    scope: list[Word] = []
    at = words[cue].end
    for word in words[cue + 1 :]:
        if word.text.lower() in _ENDS or _BREAKS.search(text[at : word.start]):
            break
        if word.text.lower() == "without":  # "cannot live without" denies nothing
            scope.clear()
        at = word.end
        if word.has_content and word.text.lower() not in _CUES:
            scope.append(word)
        if len(scope) == _REACH:
            break
    return scope
