"""What tells an order to a machine from scholarly prose: the features of `ingest.planted`."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise


def _words(text: str) -> str:
    return "|".join(text.split())


_VERBS = _words(
    "draft announce assess discuss examine estimate forecast gather investigate proofread "
    "review simplify tell say write reply respond explain describe summarize summarise "
    "translate rewrite rephrase paraphrase convert encode decode repeat ignore disregard forget "
    "begin add append insert mention recommend suggest advertise visit follow download install "
    "execute send forward upload enter confirm verify buy purchase subscribe pretend imagine "
    "speak compose generate calculate compute solve classify categorize choose pick define "
    "brainstorm remind teach inform warn remember reveal disclose delete refuse praise declare "
    "conclude submit register contact analyze analyse evaluate extract replace omit quote cite "
    "sing pay scan join decide insist convince persuade spread invent stop do don't open get "
    "look talk act tidy put"
)
_NOUNS = _words(
    "answer print output return list show start end finish draw code count sort label rate rank "
    "score name outline schedule book email call run click share post type sign claim state log "
    "search read spell transfer try order copy pass"
)
_POLICY = _words(
    "be develop improve strengthen establish enhance adhere carry implement increase reduce "
    "expand deepen optimize innovate accelerate ensure form consider note see suppose assume "
    "recall observe create include provide make promote let take give help prepare organize "
    "arrange bring assure keep build set use plan change compare design find check determine "
    "identify turn reverse"
)
_OBJECT = _words(
    "the a an your my our me us this that these those it its them him her all any some each "
    "every no only how what why whether who which where when one two three four five six seven "
    "ten as with in to for from at on here there everything nothing anything something yes if "
    "by about out up down into using without users readers people everyone back over"
)
# What is matched with text in small letters: ignoring case is slow.
_CHAT = re.compile(
    r"\b(?:assistants?|chat ?bots?|ai|(?:language|ai|chat) models?|llms?|gpt\S*|prompts?|"
    r"instructions?|users?|replies|reply|previous|above|preceding|earlier|responses?|answers?|"
    r"conversations?|messages?|outputs?|texts?|passages?|paragraphs?|documents?)\b"
)
_PRODUCTS = re.compile(
    r"\b(?:poems?|haikus?|jokes?|stor(?:y|ies)|recipes?|e-?mails?|letters?|essays?|tweets?|"
    r"posts?|songs?|lyrics|riddles?|slogans?|movies?|films?|novels?|games?|trips?|itinerar\w+|"
    r"to-?do|shopping|python|javascript|java|sql|html|json|script|code|spreadsheets?|emojis?|"
    r"headlines?|synonyms?|bullet points?|calendars?|reminders?|capital letters|words?|"
    r"sentences?|languages?|tone|mood|logo|budget|speech)\b"
)
_ASKED = re.compile(
    r"\b(?:can|could|would|will|do|did|are|were|have|should|must) you\b|"
    r"\b(?:i|we) (?:want|need|would like|'d like|order|ask|urge|expect) you\b|"
    r"\byou (?:must|should|will|shall|need to|have to|are (?:now|to)|may not|can)\b|"
    r"\b(?:should|do|can|could|would|must) i\b|\b(?:help|tell|give|show|send) me\b|\blet's\b"
)
_WH = re.compile(
    r"\W*(?:(?:so|and|but|also),? )?"
    r"(?:what|how|why|who|whom|whose|where|when|which)(?:'s|'re)?\b"
)
_SECOND = re.compile(r"\b(?:you|your|yours|yourself|you're|you've|you'll)\b")
_SINGULAR = re.compile(r"\b(?:I|me|my|mine|I'm|I've|I'd)\b(?!\.)")
_SHORT_FORM = re.compile(
    r"\b\w+(?:n['\u2019]t|['\u2019](?:m|re|ve|ll|d))\b|\b(?:what|that|it|let|here)['\u2019]s\b"
)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
FUNCTION_WORDS = frozenset(
    "the of and in to a is that for was with as by are were on this from be at an we or not which "
    "have it has these their our been than but between can after both also may had its who "
    "during all no more into other using how whether such they most when there however while one "
    "two".split()
)
_FOREIGN = frozenset(
    "el la los las de del que y en un una por con para como su sus es est et les des le du une "
    "dans qui pour sur au aux ce il der die das und ist zu den von mit ein eine nicht auf di che "
    "e per della non sono o os da do em um uma não se lo si al ne pas dem sie ich het een "
    "van".split()
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|did|we|they|it|\w{3,}ed)\b")
_VERB = re.compile(
    rf"(?:(?:please|kindly|now|also|then|next|first|finally|instead|just|simply|always|never|"
    rf"only|so|and|but),? )*(?:(?P<verb>{_VERBS})|(?P<noun>{_NOUNS})|{_POLICY})(?![\w'\u2019-])"
    rf"(?! (?:of|was|were|is|are|and|or|had|has)\b)(?: (?P<object>{_OBJECT})\b)?"
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_CLAUSE_END = re.compile(r"[,;:\u2013\u2014-] |\.\.+ ")
_LETTERS = re.compile("[a-z]+")
_AT_ONCE = 2
"""Texts that are looked at in turns: a passage, for each of its sentences, and a sentence."""
ALPHABET = " abcdefghijklmnopqrstuvwxyz"
_BITS = (
    "935445565498546449443674989496458769598352969332779979448782999369368389458499939"
    "439673994497499399463599959159973999389787599669489969249536769699453868335768699"
    "149993499399699399496599979249992764499584689468599969339891999399799389576698959"
    "646455559999552369543949997549961998699969399999299999258862949397584679849999999"
    "239863799399399489945589949335892989399859349868499979249434647598998599943779989"
    "486559358798442759345465799439873994599479359264689979479999999999998799667099999"
    "338662869397756389655669959169593896397869559943499979349793992299779499457597959"
    "855455959598343949333999999539991999299999599969999999439992993299895499976999999"
    "249594896398999529893699959199674989799556649745999999529971996499979499999699949"
)
"""Bits of each letter behind each, in the order of the alphabet, at most 9."""
_PAIR_BITS = {
    (a, b): int(_BITS[27 * i + j]) for i, a in enumerate(ALPHABET) for j, b in enumerate(ALPHABET)
}
_USUAL = 3.9
"""Bits a letter that English prose of science has at most, by and large."""
_SPREAD = 2.3
"""Bits by which letters differ: how far the mean of a few may be off by chance."""


def features(text: str, sentence: tuple[int, int]) -> dict[str, float]:
    """What speaks for and against a sentence's being planted.

    Args:
        text: The passage.
        sentence: The sentence's range in it.

    Returns:
        Values by the names of `WEIGHTS`, 0 to about 3.
    """
    whole = text[slice(*sentence)]
    said = _QUOTED.sub(" ", whole)
    low = said.lower()
    words = _WORD.findall(low)
    orders = _orders(low if said.isupper() else said)
    opens = orders[0]
    later = [order for order in orders[1:] if order]
    alone = not (text[: sentence[0]].strip() or text[sentence[1] :].strip())
    english = alone or _is_english_beside(text, whole)
    asks = float(said.rstrip(" \"'”").endswith("?"))
    products = len(_PRODUCTS.findall(low))
    return {
        "order": float(bool(opens and opens["verb"])),
        "noun or order": float(bool(opens and opens["noun"])),
        "order with object": float(bool(opens and opens["object"] and not _is_policy(opens))),
        "policy": float(bool(opens and opens["object"] and _is_policy(opens))),
        "later order": float(any(o["object"] and not _is_policy(o) for o in later)),
        "asked": float(bool(_ASKED.search(low))),
        "asks": asks,
        "asks what": asks and float(bool(_WH.match(low))),
        "unrelated": _news(words, text, whole) ** 2,
        "exclaims": float(said.rstrip(" \"'”").endswith("!")),
        "states": float(bool(_FINITE.search(low))),
        "second": min(len(_SECOND.findall(low)), 2) if "you" in low else 0,
        "singular": min(len(_SINGULAR.findall(said)), 2),
        "short form": float(("'" in low or "\u2019" in low) and bool(_SHORT_FORM.search(low))),
        "chat": min(len(_CHAT.findall(low)), 2),
        "policy of words": float(bool(opens and _is_policy(opens) and products)),
        "product": min(products, 2),
        "foreign": float(not alone and english and _is_foreign(words)),
        "strange": _strangeness(whole) if english and len(words) > 2 else 0.0,
    }


def _orders(said: str) -> list[re.Match[str] | None]:
    """What each of the first clauses orders, if anything; there is at least one clause."""
    clauses = _CLAUSE_END.split(said.strip(" \"'“”*#>-•"), maxsplit=3)[:3]
    return [_VERB.match(clause[:1].lower() + clause[1:]) for clause in clauses]


def _is_policy(order: re.Match[str]) -> bool:
    """Whether an order is one that states give: papers on governance are full of them."""
    return not (order["verb"] or order["noun"])


def _news(words: Sequence[str], text: str, sentence: str) -> float:
    """The share of a sentence's long words whose stems the rest of its passage has not."""
    stems = {word[:5] for word in words if len(word) > 4}
    everywhere, here = _stems(text), _stems(sentence)
    if not stems or everywhere.total() == here.total():
        return 0.0
    return sum(everywhere[stem] <= here[stem] for stem in stems) / len(stems)


def _is_english_beside(text: str, sentence: str) -> bool:
    """Whether the rest of a sentence's passage is in English."""
    words, function = _function_words(text)
    own, own_function = _function_words(sentence)
    return function - own_function > 0.15 * max(words - own, 5)


@lru_cache(maxsize=_AT_ONCE)
def _stems(text: str) -> Counter[str]:
    return Counter(word[:5] for word in _LONG_WORD.findall(text.lower()))


@lru_cache(maxsize=_AT_ONCE)
def _function_words(text: str) -> tuple[int, int]:
    """How many words a text has, and how many of them are English function words."""
    words = text.lower().split()
    return len(words), sum(map(FUNCTION_WORDS.__contains__, words))


def share(words: list[str], of: frozenset[str]) -> float:
    """The share of some words, in all where there are five; fewer say nothing."""
    return sum(map(of.__contains__, words)) / max(len(words), 5)


def _is_foreign(words: list[str]) -> bool:
    """Whether words are of another script or have more of other languages than of English."""
    if sum(word[0] > "\u036f" for word in words) * 2 > len(words):
        return True
    return share(words, _FOREIGN) > max(share(words, FUNCTION_WORDS), 0.15)


def _strangeness(text: str) -> float:
    """How many bits a letter is rarer behind its predecessor than in English prose."""
    words = _LETTERS.findall(text.lower())
    pairs = sum(map(len, words)) + len(words)
    if pairs <= 12:
        return 0.0
    bits = sum(map(_bits, words))
    return max(0.0, bits / pairs - _USUAL - _SPREAD / math.sqrt(pairs))


@lru_cache(maxsize=10_000)
def _bits(word: str) -> int:
    """Bits of a word's letters and of the space behind it."""
    return sum(map(_PAIR_BITS.__getitem__, pairwise(f" {word} ")))
