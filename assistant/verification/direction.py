"""Words of opposite meaning, and whether two sentences point the same way.

General English, from no test set: words for more and for less, pairs of opposites, and
words with and without a denying prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.verification.denial import denials_of
from assistant.verification.words import Word, stem

_UP = (
    "increase rise raise grow growth enhance improve improvement promote strengthen expand "
    "gain elevate high higher more greater larger longer stronger upregulate activate "
    "stimulate accelerate facilitate encourage boost heighten intensify deepen widen exceed "
    "better advance enable aggravate exacerbate favour favor foster positive augment amplify "
    "severe effective induce soar surge climb"
)
_DOWN = (
    "decrease decline fall drop reduce reduction lower low diminish lessen shrink weaken less "
    "fewer smaller shorter weaker downregulate inhibit suppress slow hinder impede discourage "
    "curb curtail limit narrow restrict undermine worsen worse impair impairment prevent block "
    "attenuate alleviate erode dampen deplete negative loss lose lack absence deficiency "
    "deficient disrupt abolish interfere repress eliminate poor ineffective fail resistant sink "
    "dwindle plunge"
)
_PAIRS = (
    "most least, many few, large small, big small, great small, strong weak, stronger weaker, "
    "best worst, highest lowest, help harm, benefit harm, beneficial harmful, support oppose, "
    "support reject, accept reject, agree disagree, allow forbid, allow prohibit, "
    "permit prohibit, cause prevent, include exclude, present absent, presence absence, "
    "succeed fail, success failure, win lose, win defeat, positive negative, always never, "
    "all none, everyone nobody, before after, earlier later, early late, first last, start end, "
    "begin end, open close, upper lower, above below, inside outside, internal external, "
    "top bottom, long short, longer shorter, fast slow, faster slower, easy difficult, "
    "easy hard, simple complex, rich poor, developed developing, old new, ancient modern, "
    "public private, formal informal, central local, domestic foreign, global local, "
    "vertical horizontal, similar different, same different, true false, right wrong, "
    "legal illegal, safe dangerous, protect endanger, protect threaten, peace war, "
    "unite divide, unity division, integrate fragment, centralise decentralise, "
    "majority minority, maximum minimum, advantage disadvantage, strength weakness, "
    "optimistic pessimistic, active passive, acquire lose, gain lose, gain loss, "
    "resistant susceptible, resistance susceptibility, sensitive resistant, over under, "
    "dependent independent, effective ineffective, optional compulsory, voluntary mandatory"
)
_PREFIX = re.compile(r"(?:un|in|im|ir|il|dis|non)-?(?=[a-z]{4})")


_UPS = frozenset(stem(word) for word in _UP.split())
_DOWNS = frozenset(stem(word) for word in _DOWN.split())


def _pairs() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS.split(","):
        one, other = (stem(word) for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    for ones, others in ((_UPS, _DOWNS), (_DOWNS, _UPS)):
        for one in ones:
            found.setdefault(one, set()).update(others)
    return {one: frozenset(others) for one, others in found.items()}


_OPPOSITES = _pairs()


def direction(text: str) -> int:
    """Where a sentence points: 1 for more, -1 for less, 0 for neither or both.

    Words for more count 1 and words for less -1; a denied one counts the other way.
    """
    denials = denials_of(text)
    total = sum(
        ((word.stem in _UPS) - (word.stem in _DOWNS)) * (-1 if denials.is_denied(word) else 1)
        for word in denials.words
    )
    return (total > 0) - (total < 0)


def turns(text: str) -> int:
    """1 where words for less and cues of denial are even in number, else -1."""
    denials = denials_of(text)
    turned = denials.cues + sum(word.stem in _DOWNS for word in denials.words)
    return -1 if turned % 2 else 1


def opposed_words(sentence: str, source: str, *, common: int = 1) -> tuple[str, str] | None:
    """A word of the sentence where the source has its opposite.

    Of general English: words for more against words for less, pairs such as first and
    last, and words with and without a denying prefix. A word counts where the other side
    has its opposite and not itself, both are denied or neither is, and both stand near
    words that both sides have.

    Args:
        sentence: What is checked.
        source: The sentence of a source that is nearest to it.
        common: How many words near the opposites, at least, both sides have.

    Returns:
        The two words, ours first, or None.
    """
    ours, theirs = denials_of(sentence), denials_of(source)
    there = _by_key(source)
    for word in ours.words:
        if word.stem in theirs.stems:
            continue
        for other in _opposites(word, there):
            if (
                other.stem not in ours.stems
                and ours.is_denied(word) == theirs.is_denied(other)
                and len(ours.around(word) & theirs.around(other)) >= common
            ):
                return word.text, other.text
    return None


def _opposites(word: Word, there: Mapping[tuple[str, str], Sequence[Word]]) -> Iterator[Word]:
    """The words of a text, by their keys, that are opposites of a word."""
    lower = word.text.lower()
    for stem_ in sorted(_OPPOSITES.get(word.stem, ())):
        yield from there.get(("stem", stem_), ())
    yield from there.get(("word", _without_prefix(lower)), ())
    yield from there.get(("without prefix", lower), ())


@lru_cache(maxsize=1024)
def _by_key(text: str) -> dict[tuple[str, str], list[Word]]:
    """The words of a text by their stems, as they stand, and without a denying prefix."""
    found: dict[tuple[str, str], list[Word]] = {}
    for word in denials_of(text).words:
        lower = word.text.lower()
        keys = (("stem", word.stem), ("word", lower), ("without prefix", _without_prefix(lower)))
        for key in keys:
            if key[1]:
                found.setdefault(key, []).append(word)
    return found


def _without_prefix(word: str) -> str:
    return _PREFIX.sub("", word, count=1) if _PREFIX.match(word) else ""
