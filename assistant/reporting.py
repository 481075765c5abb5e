"""How reports are worded, in English and Chinese: who says, says that, in whose words.

The patterns of `assistant.second_hand`; general language, none taken from a paper.
"""

from __future__ import annotations

import re

CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w\u2019'.-]*"
WORD = rf"(?:{CAPITAL}|\d{{4}} (?={CAPITAL})|\d+(?:st|nd|rd|th)|al\.)"
NAME_TEXT = (
    rf"{CAPITAL}(?: (?:{WORD}|(?:(?:of|for|on|and|et|&|de|van|von|der|the) ){{1,2}}{WORD}))*"
)
NAME = re.compile(rf"(?<![\w-])(?:[Tt]he )?(?P<name>{NAME_TEXT}),?$")
HEAD = re.compile(
    rf"(?:[^,]{{0,60}}, )?(?:[Tt]he )?(?P<name>{NAME_TEXT}) (?:\(\d{{4}}\) )?"
    r"(?:is|are|was|were|has|have|had|also|once|[a-z]+(?:s|ed))\b.* and$"
)
PEOPLE = re.compile(
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
BODY = re.compile(
    r"(?<![\w-])(?:the |a |its |their )?(?P<name>(?:(?!the |and |of |that |by |in |when |as |to )"
    r"[\w'\u2019-]+ ){0,3}?(?:commission|committee|report|communiqu[eé]|document|resolution|"
    r"declaration|decision|white paper|president|minister|chairman|secretary-general|party|"
    r"congress|newspapers?|professor|constitution|convention|charter|countries|governments?|"
    r"media|officials?|leaders?|ministry|agency|journal|magazine|editorial|delegates?|times|"
    r"daily|representatives?|statement|plan|outline|"
    r"teams?|staff|company))$",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"(?:^|[\s,;\"“(])(?:he|she|they)$", re.IGNORECASE)
BETWEEN = re.compile(
    r"(?:[\s,]+(?:has|have|had|also|once|further|rightly|therefore|clearly|even|famously|both|"
    r"explicitly|repeatedly|always|often|generally|already|still|later|first|then|thus|all|too|"
    r"in turn|for (?:example|instance)|by contrast)|"
    r", (?:an?|the|who|one of) [^,]{3,90},|"
    r"[\s,]*\((?:1[89]|20)\d\d[a-z]?(?:[:,][^()]{0,20})?\)|,? (?:1[89]|20)\d\d,?|"
    r",? (?:in|at|on|during) (?:(?:his|her|its|their|the|a|an) )?[^,.;:]{1,70}|"
    r"[\s,]+and (?:his|her|its|their) \w+|,)$"
)
SAYS = re.compile(
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
CALLS = re.compile(
    r"\b(?:defin(?:es?|ed)|describ(?:es?|ed)|characteri[sz](?:es?|ed)|"
    r"call(?:s|ed)(?! (?:on|upon|for)\b)|term(?:s|ed)|label(?:s|led|ed)|"
    r"summari[sz](?:es?|ed)|conceiv(?:es?|ed))(?= [^.;]{2,120}?(?: as\b| [\"“]))"
)
COINS = re.compile(
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
WHOSE = re.compile(
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
BRACKETS = re.compile(
    rf"[(（](?:see |cf\. |e\.g\.,? )?(?P<who>{CAPITAL}(?:,? (?:and|&|et|{CAPITAL}|al\.))*),? "  # noqa: RUF001
    r"(?:1[89]|20)\d\d[a-z]?\b[^()（）]{0,40}[)）]"  # noqa: RUF001
)
CHINESE = re.compile(
    r"(?:^|[，。；：“”、\s])(?:[^，。；：“”、\s]{0,8}(?:学者|教授|学家))?"  # noqa: RUF001
    r"(?P<who>(?!本文|我们|笔者|作者|因此|一般|这|有人|可以|他|她)[\u3400-\u9fff·]{2,8}?)"
    r"(?:教授|等人|等)?(?:[（(]\d{4}[)）])?(?:曾经|曾|也|还|则|进一步|明确|在[^，。]{1,20}中|就)*"  # noqa: RUF001
    r"(?:认为|指出|提出|主张|强调|写道|说)|"
    r"(?:按照|根据|在)(?P<view>[\u3400-\u9fff·]{2,6}?)(?:的(?:观点|看法|说法|定义)|看来)"
)
NOBODY = re.compile(
    r"(?i)(?:(?:this|these|those|that|our|my|the present|it|we|i|here|there|however|moreover|"
    r"therefore|thus|also|but|and|if|in|on|at|as|for|while|when|since|what|which|who|author|"
    r"authors|evidence|research|results?|findings?|data|studies|literature|experience|practice|"
    r"history|table|figure|section|chapter|paper|article|study|he|she|they|a|an|the|from|by|with|"
    r"of|to|after|before|under|through|each)\b.*|people|one|recent|previous|earlier|existing|current|new|first|second|third|such|"
    r"both|each|all|no|many|most|several|differences?|states?|united|european|western|chinese|"
    r"american|"
    r".*(?:\b(?:theory|concept|idea|model|approach|perspective|view|hypothesis|principle|"
    r"initiative|results?|findings?|evidence|data|paper|article|study|analysis|system|pattern|"
    r"fact|reason|argument|opinion|notion|assumption|framework|reform)|"
    r"ization|isation|ism|ness|ment|ity))"
)
TITLES = re.compile(
    r"^(?:(?:(?i:while|when|although|though|because|as|if|but|and|the|an?|former|professor|"
    r"prof\.|dr\.?|mrs?\.|ms\.|president|chairman|minister|secretary-general|premier|"
    r"scholars?|economists?|sociologists?|theorists?|philosophers?|scientist|political)) )+"
    r"(?=[A-Z])"
)
TITLED = re.compile(
    rf"(?<![\w-])(?P<name>(?:[Pp]resident|[Pp]rofessor|[Cc]hairman|[Mm]inister|[Pp]remier|Dr\.?|"
    rf"[Ss]ecretary-[Gg]eneral|scholar|economist|sociologist|philosopher) {NAME_TEXT}|"
    rf"{NAME_TEXT}(?= (?:\(\d{{4}}\)|et al)))"
    r"(?: \(\d{4}\))?$"
)
TEXT = re.compile(
    r"(?<![\w-])(?:[Tt]he )?(?P<name>(?:[A-Z\d][\w'\u2019-]* )*(?:Agenda|Report|Charter|Decision|"
    r"Declaration|Convention|Constitution|Plan|Outline|Communiqu[eé]|Resolution|White Paper)"
    r"(?: (?:(?:of|for|on|and|the) ){0,2}[A-Z][\w-]*)*|report|declaration|resolution|charter|"
    r"white paper|document|communiqu[eé])$"
)
NOUN = re.compile(
    r"(?<![\w'\u2019-])(?:the |an? |its |their |his |her |(?=some |many |most |other ))"
    r"(?P<name>(?:[\w'\u2019-]+ ){0,2}?[a-z]{3,})$",
    re.IGNORECASE,
)
AGENT_SAYS = re.compile(
    r"\b(?:argu(?:es?|ed)|claim(?:s|ed)|believ(?:es?|ed)|said|says|stated|declar(?:es?|ed)|"
    r"announc(?:es?|ed)|insist(?:s|ed)?|maintain(?:s|ed)|contend(?:s|ed)?|point(?:s|ed)? out|"
    r"alleg(?:es?|ed)|retorted|hypothesi[sz]ed|speculat(?:es?|ed)|replied|warn(?:s|ed)|"
    r"acknowledg(?:es?|ed)|complain(?:s|ed))(?=,? that\b|,? ?[\"“«][^\"”»]{25})"
)
"""What only somebody does, so that any noun before it is somebody."""
ANYBODY = (PEOPLE, NAME, BODY, HEAD)
AUTHORITIES = (PEOPLE, TITLED, TEXT)
"""Who proposes concepts in a text as a source of it; states propose them in the world."""
APPOSITION = re.compile(rf"({CAPITAL}), (?!in |at |on |and |the [A-Z])[^,]{{3,90}},$")
WORK = re.compile(r"\bthe (?:article|book|essay|editorial|study|work)$", re.IGNORECASE)
PUBLISHED = re.compile(r"\b(?:publish\w*|wrote|written|edited|book|article|essay|works?)\b")
IMPERSONAL = re.compile(r"\bit (?:is|was|has been)(?: also| further)?$", re.IGNORECASE)
DOCUMENT = re.compile(
    r"\b(?:in|by) (?:the|its|this) (?P<name>(?:[\w'\u2019-]+ ){0,3}?(?:report|document|"
    r"communiqu[eé]|resolution|declaration|decision|white paper|constitution|convention|charter|"
    r"plan|speech|outline|statement|newspaper))\b",
    re.IGNORECASE,
)
SOMEBODY = re.compile(
    rf"(?<!\b[Ii]n )(?<!\b[Aa]t )(?<!\bto )(?<!\bof )(?<!\b[Oo]n )(?<!from )(?<!\bvisited )\b"
    rf"(?P<name>{CAPITAL}(?: {CAPITAL})*|president|minister|chairman|professor)\b"
)
OWN = re.compile(r"(?i)\b(?:this (?:paper|article|study)|the authors?|we|本文|笔者|我们)$")
