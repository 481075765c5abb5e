"""What a sentence denies, and whether its source denies it, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.verification.chinese import are_chinese, chinese_denies_otherwise
from assistant.verification.words import Word, same_words, stem, words_of

_CUES = frozenset(
    "not no never none nobody nothing nowhere neither nor without cannot hardly scarcely barely "
    "rarely seldom unable lack lacks lacked lacking absence absent fail fails failed failing "
    "failure refuse refuses refused impossible unlikely difficult "
    "wrongly falsely mistakenly erroneously incorrectly".split()
)
DISCLAIMERS = frozenset(
    stem(word)
    for word in "false untrue wrong incorrect mistake error myth misconception fallacy illusion "
    "deny denied reject dispute refute doubt".split()
)
"""Words that deny what a clause behind them says: "a myth that", "wrong to say that"."""
OPENERS = DISCLAIMERS | frozenset(
    stem(word)
    for word in "true case so believe think say claim argue assert maintain mean show prove imply "
    "suggest assume suppose hold find conclude follow fact evidence proof sign indication idea "
    "view notion belief argument assumption thesis assertion likely possible".split()
)
"""Words whose clause ("true that", "believe that") is denied with them."""
_CLAUSE = frozenset({"that", "whether"})
_AWAY = 4
"""Words behind a disclaimer among which its clause begins."""
_ENDS = frozenset(
    "but although though because which who whose whom whereas while if unless since when where "
    "that however yet so therefore".split()
)
_ONLY = frozenset("only merely just simply solely necessarily always".split())
_NUMERO = re.compile(r"\bNo(?=\.\s?\w*\d)")
_BREAKS = re.compile(r"[.,;:!?()—\u2013]")
_REACH = 6
"""Content words behind a cue that it denies."""

_NEAREST = 3
"""Of those, the ones by which both sides are compared."""


def denies_otherwise(sentence: str, source: str) -> bool:
    """Whether one side denies what the other asserts.

    A cue ("not", "no", "without", "fails to" and the like, but not "not only") denies the
    content words behind it up to the end of its clause, the clause included that says what is
    not true, believed or shown. So do disclaimers ("wrongly", "a myth that"). Two cues cancel.
    The sides differ where, of the first three words behind a cue that both have, half or more
    are denied on one side only, the first word behind the cue or two others among them
    (negation scope by cue and window, as in Chapman et al. 2001, NegEx). Sentences of the same
    words differ, too, where the cues are even in number on one side and odd on the other.
    Chinese is compared by its characters (`assistant.verification.chinese`).

    Args:
        sentence: What is checked.
        source: The sentence of a source that is nearest to it.

    Returns:
        Whether they differ.
    """
    if are_chinese(sentence, source):
        return chinese_denies_otherwise(sentence, source)
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
        text = _NUMERO.sub("Nr", text)  # "No. 12" denies nothing
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
        behind = words[place + 1].text.lower() if place + 1 < len(words) else ""
        if not is_cue(word):
            denies = word.stem in DISCLAIMERS and _disclaims(words, place)
        else:
            denies = not (word.text.lower() == "not" and behind in _ONLY)
        if denies:
            found.append(place)
    return found


def is_cue(word: Word) -> bool:
    """Whether a word, by itself, denies what is behind it."""
    lower = word.text.lower().replace("\u2019", "'")
    return lower in _CUES or lower.endswith("n't")


def _disclaims(words: Sequence[Word], place: int) -> bool:
    """Whether a clause follows, as in "denies the claim that" or "wrong to say that"."""
    near = words[place : place + _AWAY + 1]
    return any(
        word.text.lower() in _CLAUSE and (before is near[0] or before.stem in OPENERS)
        for before, word in pairwise(near)
    )


def _scope(text: str, words: Sequence[Word], cue: int) -> list[Word]:
    scope: list[Word] = []
    before = words[cue]
    for word in words[cue + 1 :]:
        goes_on = before is words[cue] or before.stem in OPENERS
        if _ends(word, goes_on=goes_on) or _BREAKS.search(text[before.end : word.start]):
            break
        if word.text.lower() == "without":  # "cannot live without" denies nothing
            scope.clear()
        before = word
        if word.has_content and word.text.lower() not in _CUES:
            scope.append(word)
        if len(scope) == _REACH:
            break
    return scope


def _ends(word: Word, *, goes_on: bool) -> bool:
    """Whether a clause ends before a word; "not true that" and "not so that" go on."""
    lower = word.text.lower()
    return lower in _ENDS and not (goes_on and lower in {"that", "so"})
