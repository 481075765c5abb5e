"""Claims at second hand: whose words a passage reports, so that a citation can say so.

"Rosenau, cited by Zhang" is what a student may cite; "Zhang" alone is not. A report is told
by its construction: a reporting verb with a clause or a quote behind it, an evidential
phrase, or a citation in brackets (Hyland 1999, Applied Linguistics 20(3)), in English and
Chinese. Who reports is taken as printed. Theories and concepts are nobody, and what is
reported of nobody stays the author's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ingest.sentences import split_sentences

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w\u2019'.-]*"
_WORD = rf"(?:{_CAPITAL}|\d{{4}} (?={_CAPITAL})|\d+(?:st|nd|rd|th)|al\.)"
_NAME_TEXT = (
    rf"{_CAPITAL}(?: (?:{_WORD}|(?:(?:of|for|on|and|et|&|de|van|von|der|the) ){{1,2}}{_WORD}))*"
)
_NAME = re.compile(rf"(?<![\w-])(?:[Tt]he )?(?P<name>{_NAME_TEXT}),?$")
_HEAD = re.compile(
    rf"(?:[^,]{{0,60}}, )?(?:[Tt]he )?(?P<name>{_NAME_TEXT}) (?:\(\d{{4}}\) )?"
    r"(?:is|are|was|were|has|have|had|also|once|[a-z]+(?:s|ed))\b.* and$"
)
_PEOPLE = re.compile(
    r"(?<![\w-])(?P<name>(?:(?:some|many|several|most|other|certain|various|all) )?"
    r"(?:(?!the |and |of |that |which |by |in |as |to )[\w-]+ ){0,2}?"
    r"(?:scholars?|critics?|researchers?|experts?|economists?|commentators?|observers?|"
    r"theorists?|analysts?|academics?|historians?|sociologists?|philosophers?|politicians?|"
    r"scientists?|realists?|liberals?|constructivists?|opponents?|proponents?|writers?)|"
    r"(?:another|one|the same|an? (?:recent |\d{4} )?|recent|previous|other|some|several|\d{4}) "
    r"(?:study|studies|survey|surveys)|"
    r"(?:some|many|most|other|certain) people|(?<![\w,] )others|(?<=^)some)$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?<![\w-])(?:the |a |its |their )?(?P<name>(?:(?!the |and |of |that |by |in |when |as |to )"
    r"[\w'\u2019-]+ ){0,3}?(?:commission|committee|report|communiqu[eé]|document|resolution|"
    r"declaration|decision|white paper|president|minister|chairman|secretary-general|party|"
    r"congress|newspapers?|professor|constitution|convention|charter|countries|governments?|"
    r"media|officials?|leaders?|ministry|agency|journal|magazine|editorial|delegates?|times|"
    r"daily|representatives?|statement|plan|outline|"
    r"teams?|staff|company))$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:^|[\s,;\"“(])(?:he|she|they)$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:[\s,]+(?:has|have|had|also|once|further|rightly|therefore|clearly|even|famously|both|"
    r"explicitly|repeatedly|always|often|generally|already|still|later|first|then|thus|all|too|"
    r"in turn|for (?:example|instance)|by contrast)|"
    r", (?:an?|the|who|one of) [^,]{3,90},|"
    r"[\s,]*\((?:1[89]|20)\d\d[a-z]?(?:[:,][^()]{0,20})?\)|,? (?:1[89]|20)\d\d,?|"
    r",? (?:in|at|on|during) (?:(?:his|her|its|their|the|a|an) )?[^,.;:]{1,70}|"
    r"[\s,]+and (?:his|her|its|their) \w+|,)$"
)
_SAYS = re.compile(
    r"\b(?:argu(?:es?|ed)|claim(?:s|ed)?|holds?|held|believ(?:es?|ed)|point(?:s|ed)? out|"
    r"suggest(?:s|ed)?|stat(?:es?|ed)|says?|said|not(?:es?|ed)|emphasi[sz](?:es?|ed)|"
    r"maintain(?:s|ed)?|thinks?|thought|stress(?:es|ed)?|remark(?:s|ed)?|writes?|wrote|"
    r"observ(?:es?|ed)|assert(?:s|ed)?|contend(?:s|ed)?|insist(?:s|ed)?|conclud(?:es?|ed)|"
    r"finds?|found|explain(?:s|ed)?|report(?:s|ed)?|propos(?:es?|ed)|declar(?:es?|ed)|"
    r"warn(?:s|ed)?|acknowledg(?:es?|ed)|predict(?:s|ed)?|affirm(?:s|ed)?|"
    r"reiterat(?:es?|ed)|advocat(?:es?|ed)|add(?:s|ed)?|puts? it|puts? forward|considers?|"
    r"considered|announc(?:es?|ed)|felt|feels?|continu(?:es?|ed) to (?:say|write|argue)|"
    r"recogni[sz](?:es?|ed)|admit(?:s|ted)?|agrees?|agreed|indicat(?:es?|ed)|"
    r"mention(?:s|ed)?|theori[sz](?:es?|ed)|hypothesi[sz](?:es?|ed)|"
    r"retort(?:s|ed)?|repl(?:y|ies|ied)|speculat(?:es?|ed)|posit(?:s|ed)?|postulat(?:es?|ed)|"
    r"caution(?:s|ed)?|complain(?:s|ed)?|testif(?:y|ies|ied)|den(?:y|ies|ied)|alleg(?:es?|ed)|"
    r"reason(?:s|ed)|recall(?:s|ed)?|estimat(?:es?|ed)|comment(?:s|ed)?|"
    r"(?:made|makes?) (?:it clear|the point)|"
    r"(?:put forward|express(?:es|ed)?|advanc(?:es?|ed)|(?:is|are|was|were) of) the "
    r"(?:view|idea|claim|argument|thesis|opinion|proposition|hope|concern))"
    r"(?=(?:,? (?:in|at|on|during|to|with|when) [^.;:\"“]{1,90}?)?,? (?:that|how|why|whether)\b|"
    r"(?:,|:| as follows:)? ?[\"“«][^\"”»]{25}| ?:|"
    r" (?:in|at|on|during) [^.;:\"“,]{1,60}[,:] ?[\"“«][^\"”»]{25}|"
    r" (?<=[tks] )(?:he|she|they|there|(?<=ght )it) )"
)
_CALLS = re.compile(
    r"\b(?:defin(?:es?|ed)|describ(?:es?|ed)|characteri[sz](?:es?|ed)|"
    r"call(?:s|ed)(?! (?:on|upon|for)\b)|term(?:s|ed)|label(?:s|led|ed)|"
    r"summari[sz](?:es?|ed)|conceiv(?:es?|ed))(?= [^.;]{2,120}?(?: as\b| [\"“]))"
)
_COINS = re.compile(
    r"\b(?:propos(?:es?|ed)|puts? forward|introduc(?:es?|ed)|coin(?:s|ed)|develop(?:s|ed)|"
    r"advanc(?:es?|ed)|formulat(?:es?|ed)|suggest(?:s|ed)|rais(?:es?|ed)) "
    r"(?:the|an?|his|her|its|their|two|three|four|five|six|several|some) (?:[\w\"“-]+ ){0,2}?"
    r"(?:concepts?|terms?|theor(?:y|ies)|notions?|ideas?|definitions?|frameworks?|views?|"
    r"suggestions?|proposals?|propositions?|thes[ie]s|hypothes[ie]s|arguments?|points?)\b|"
    r"\b(?:emphasi[sz](?:es?|ed)|stress(?:es|ed)?|underlin(?:es?|ed)|highlight(?:s|ed)?|"
    r"reaffirm(?:s|ed)?) (?:the|its|his|her|how|\"|“)|"
    r"\b(?:regard(?:s|ed)?|sees?|saw|views?|viewed|treat(?:s|ed)?) [^.;]{2,80}? as\b|"
    r"\b(?:divid(?:es?|ed)|distinguish(?:es|ed)?) [^.;]{2,80}? (?:into|between|from)\b"
)
_WHOSE = re.compile(
    r"\b[Aa]ccording to (?:the )?[\"“«](?P<title>[^\"“”«»]{2,120})[\"”»]|"
    r"\b(?:[Aa]ccording to|[Ii]n the (?:view|words|opinion|eyes|phrase)s? of|(?:defined|described|"
    r"characteri[sz]ed|called|termed|labell?ed|as (?:argued|noted|stated|shown)) by) "
    r"(?P<who>[^,.;:()\"“”]{2,80}?)(?:['\u2019]s?)?(?= as\b| in\b|[,.;:()\"“”]|$)|"
    r"\b(?:[Ii]n|[Tt]o) (?P<own>[^,.;:()]{2,40}?)['\u2019]s? (?:own )?"
    r"(?:view|words|opinion|eyes)\b|"
    r"\b(?:argued|claimed|stated|said|pointed out|suggested|held|noted|believed|emphasi[sz]ed) by "
    r"(?P<holder>[^,.;:()\"“”]{2,60}?),? that\b|"
    r"\b(?:proposed|put forward|formulated|coined) by (?P<by>[^,.;:()\"“”]{2,60}?) "
    r"(?:is|was|reads)(?= that\b| ?[\"“])|"
    r"\b[Ww]hat (?P<what>[^,.;:()\"“”]{2,60}?) (?:calls?|called|terms?|termed|describes?)\b|"
    r"(?<![\w'\u2019-])(?P<noun>[^,.;:()\"“”]{2,60}?)['\u2019]s? (?:own )?(?:statement|claim|"
    r"argument|view|belief|thesis|assertion|contention|conclusion|observation|warning)s? that\b|"
    r"\b[Aa]s (?P<as>[^,.;:()]{2,60}?)(?: \(?\d{4}\)?)? (?:has |have |once )?"
    r"(?:puts? it|argu(?:es?|ed)|not(?:es?|ed)|observ(?:es?|ed)|sa(?:ys?|id)|wr(?:ites?|ote)|"
    r"point(?:s|ed)? out|stat(?:es?|ed)|remark(?:s|ed)?)(?=[,:.]| in\b)",
)
_BRACKETS = re.compile(
    rf"[(（](?:see |cf\. |e\.g\.,? )?(?P<who>{_CAPITAL}(?:,? (?:and|&|et|{_CAPITAL}|al\.))*),? "  # noqa: RUF001
    r"(?:1[89]|20)\d\d[a-z]?\b[^()（）]{0,40}[)）]"  # noqa: RUF001
)
_CHINESE = re.compile(
    r"(?:^|[，。；：“”、\s])(?:[^，。；：“”、\s]{0,8}(?:学者|教授|学家))?"  # noqa: RUF001
    r"(?P<who>(?!本文|我们|笔者|作者|因此|一般|这|有人|可以|他|她)[\u3400-\u9fff·]{2,8}?)"
    r"(?:教授|等人|等)?(?:[（(]\d{4}[)）])?(?:曾经|曾|也|还|则|进一步|明确|在[^，。]{1,20}中|就)*"  # noqa: RUF001
    r"(?:认为|指出|提出|主张|强调|写道|说)|"
    r"(?:按照|根据|在)(?P<view>[\u3400-\u9fff·]{2,6}?)(?:的(?:观点|看法|说法|定义)|看来)"
)
_NOBODY = re.compile(
    r"(?i)(?:(?:this|these|those|that|our|my|the present|it|we|i|here|there|however|moreover|"
    r"therefore|thus|also|but|and|if|in|on|at|as|for|while|when|since|what|which|who|author|"
    r"authors|evidence|research|results?|findings?|data|studies|literature|experience|practice|"
    r"history|table|figure|section|chapter|paper|article|study|he|she|they|a|an|the|from|by|with|of|to|after|before|under|through|"
    r"each)\b.*|people|one|recent|previous|earlier|existing|current|new|first|second|third|such|"
    r"both|each|all|no|many|most|several|differences?|states?|united|european|western|chinese|"
    r"american|"
    r".*(?:\b(?:theory|concept|idea|model|approach|perspective|view|hypothesis|principle|"
    r"initiative|results?|findings?|evidence|data|paper|article|study|analysis|system|pattern|"
    r"fact|reason|argument|opinion|notion|assumption|framework|reform)|"
    r"ization|isation|ism|ness|ment|ity))"
)
_TITLES = re.compile(
    r"^(?:(?:(?i:while|when|although|though|because|as|if|but|and|the|an?|former|professor|"
    r"prof\.|dr\.?|mrs?\.|ms\.|president|chairman|minister|secretary-general|premier|"
    r"scholars?|economists?|sociologists?|theorists?|philosophers?|scientist|political)) )+"
    r"(?=[A-Z])"
)
_TITLED = re.compile(
    rf"(?<![\w-])(?P<name>(?:[Pp]resident|[Pp]rofessor|[Cc]hairman|[Mm]inister|[Pp]remier|Dr\.?|"
    rf"[Ss]ecretary-[Gg]eneral|scholar|economist|sociologist|philosopher) {_NAME_TEXT}|"
    rf"{_NAME_TEXT}(?= (?:\(\d{{4}}\)|et al)))"
    r"(?: \(\d{4}\))?$"
)
_TEXT = re.compile(
    r"(?<![\w-])(?:[Tt]he )?(?P<name>(?:[A-Z\d][\w'\u2019-]* )*(?:Agenda|Report|Charter|Decision|"
    r"Declaration|Convention|Constitution|Plan|Outline|Communiqu[eé]|Resolution|White Paper)"
    r"(?: (?:(?:of|for|on|and|the) ){0,2}[A-Z][\w-]*)*|report|declaration|resolution|charter|"
    r"white paper|document|communiqu[eé])$"
)
_NOUN = re.compile(
    r"(?<![\w'\u2019-])(?:the |an? |its |their |his |her |(?=some |many |most |other ))"
    r"(?P<name>(?:[\w'\u2019-]+ ){0,2}?[a-z]{3,})$",
    re.IGNORECASE,
)
_AGENT_SAYS = re.compile(
    r"\b(?:argu(?:es?|ed)|claim(?:s|ed)|believ(?:es?|ed)|said|says|stated|declar(?:es?|ed)|"
    r"announc(?:es?|ed)|insist(?:s|ed)?|maintain(?:s|ed)|contend(?:s|ed)?|point(?:s|ed)? out|"
    r"alleg(?:es?|ed)|retorted|hypothesi[sz]ed|speculat(?:es?|ed)|replied|warn(?:s|ed)|"
    r"acknowledg(?:es?|ed)|complain(?:s|ed))(?=,? that\b|,? ?[\"“«][^\"”»]{25})"
)
"""What only somebody does, so that any noun before it is somebody."""
_ANYBODY = (_PEOPLE, _NAME, _BODY, _HEAD)
_AUTHORITIES = (_PEOPLE, _TITLED, _TEXT)
"""Who proposes concepts in a text as a source of it; states propose them in the world."""
_APPOSITION = re.compile(rf"({_CAPITAL}), (?!in |at |on |and |the [A-Z])[^,]{{3,90}},$")
_WORK = re.compile(r"\bthe (?:article|book|essay|editorial|study|work)$", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:publish\w*|wrote|written|edited|book|article|essay|works?)\b")
_IMPERSONAL = re.compile(r"\bit (?:is|was|has been)(?: also| further)?$", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:in|by) (?:the|its|this) (?P<name>(?:[\w'\u2019-]+ ){0,3}?(?:report|document|"
    r"communiqu[eé]|resolution|declaration|decision|white paper|constitution|convention|charter|"
    r"plan|speech|outline|statement|newspaper))\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    rf"(?<!\b[Ii]n )(?<!\b[Aa]t )(?<!\bto )(?<!\bof )(?<!\b[Oo]n )(?<!from )(?<!\bvisited )\b"
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})*|president|minister|chairman|professor)\b"
)
_OWN = re.compile(r"(?i)\b(?:this (?:paper|article|study)|the authors?|we|本文|笔者|我们)$")


def second_hand(text: str, start: int, end: int, authors: Sequence[str]) -> str | None:
    """Whose claim some words of a passage report, where it is not their author's own.

    A sentence counts with what it says itself. One that goes on with a quote which an earlier
    sentence opened counts with that sentence, and "he", "she" and "they" with whoever the
    sentence before names.

    Args:
        text: A passage.
        start: Where the words begin.
        end: Where they end.
        authors: The paper's authors, whose claims are their own.

    Returns:
        The name as printed, without titles and article: "Rosenau", "some critics"; or None.
    """
    sentences = split_sentences(text)
    for i, (first, last) in enumerate(sentences):
        if first < end and start < last:
            before = text[slice(*sentences[i - 1])] if i else ""
            opened = _opening(text, sentences[:i], first)
            for sentence, previous in ((text[first:last], before), (opened, "")):
                for name in _sources(sentence, previous):
                    if not _is_own(name, authors):
                        return name
    return None


def _opening(text: str, sentences: Sequence[tuple[int, int]], at: int) -> str:
    """The sentence that opens the quote which is still open at a place, or an empty string."""
    opened: str = ""
    for first, last in sentences:
        for mark in re.finditer(r'["“”«»]', text[first:last]):
            sign = mark.group()
            closes = sign in "”»" or (sign == '"' and bool(opened))
            opened = "" if closes else text[first:last]
    return opened if at else ""


def _sources(sentence: str, previous: str) -> Iterator[str]:
    """Who is named in a sentence as the source of what it says."""
    for match in _WHOSE.finditer(sentence):
        if match["title"]:
            yield match["title"]
            continue
        whose = next(filter(None, match.groups()))
        yield from _named(re.sub(r"^.* of (?=[A-Z])", "", whose), previous)
    for verb in (_SAYS, _CALLS):
        for match in verb.finditer(sentence):
            yield from _named(sentence[: match.start()], previous)
    for match in _AGENT_SAYS.finditer(sentence):
        yield from _named(sentence[: match.start()], previous, (_NOUN,))
    for match in _COINS.finditer(sentence):
        yield from _named(sentence[: match.start()], "", _AUTHORITIES)
    yield from (match["who"] for match in _BRACKETS.finditer(sentence))
    yield from (match["who"] or match["view"] for match in _CHINESE.finditer(sentence))


def _named(
    before: str, previous: str, among: Sequence[re.Pattern[str]] = _ANYBODY
) -> Iterator[str]:
    """Who a text names at its end, adverbs and years aside."""
    left = _APPOSITION.sub(r"\1", before.rstrip())
    while _OWN.search(left) is None:
        if _IMPERSONAL.search(left):
            document = _DOCUMENT.search(left)
            yield from (document["name"],) if document else ()
            return
        if _PRONOUN.search(left) or (_WORK.search(left) and _PUBLISHED.search(previous)):
            yield from itertools.chain(_sources(previous, ""), _antecedent(left, previous))
            return
        for pattern in among:
            found = pattern.search(left)
            name = _TITLES.sub("", found["name"]).strip(" ,") if found else ""
            if found and name and not (_NOBODY.fullmatch(name) or _is_object(left, found)):
                yield _joined(left[: found.start("name")], name)
                return
        shorter = _BETWEEN.sub("", left)
        if shorter == left:
            return
        left = shorter


def _is_object(left: str, name: re.Match[str]) -> bool:
    """Whether a name only goes with the noun before it: "an analysis of Weber suggests"."""
    return bool(re.search(r"\b(?:of|in|with|by|for|from|between|to|on) $", left[: name.start()]))


def _joined(before: str, name: str) -> str:
    """A name with the one that it is joined to: "many countries and Japan"."""
    other = re.search(r"([^,.;:()]{2,60}?) (?:and|&) $", before)
    first = next(_named(other[1], ""), "") if other else ""
    return f"{first} and {name}" if first and before.endswith(f"{first} and ") else name


def _antecedent(*texts: str) -> Iterator[str]:
    """Whom a pronoun stands for: the first somebody in the first text that has one.

    A name behind a preposition is a place's as a rule, and a single word at the head of a
    sentence any word's.
    """
    for text in texts:
        for match in _SOMEBODY.finditer(text):
            name = _TITLES.sub("", match["name"]).strip(" .,")
            opens = match.start() == 0 and " " not in name
            if not (opens or name.endswith(("'s", "\u2019s")) or _NOBODY.fullmatch(name)):
                yield name
                return


def _is_own(name: str, authors: Sequence[str]) -> bool:
    words = {word.lower() for word in re.findall(r"\w+", name)}
    return any(words <= {w.lower() for w in re.findall(r"\w+", author)} for author in authors)
