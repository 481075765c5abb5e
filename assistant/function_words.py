"""Words that tell nothing of what a text is about."""

FUNCTION_WORDS = frozenset(
    "about above according after again against all also am an and another any are as at be because "
    "been before being below between both but by can could describe did do does down during each "
    "else ever example examples explain few first for from further get give go going got had has "
    "have he her here hers him his how if in into is it its just kind know last least less let "
    "like list many may me mean means might mine more most much must my name next no nor not now "
    "of off ok okay on once one ones only onto or other our ours out over own per please said same "
    "say says second shall she should since so some such talking tell than thank thanks that the "
    "their theirs them then there these they thing things think third this those through to too "
    "under until up upon us very was way ways we well were what when where which while who whom "
    "whose why will with would yes yet you your yours don ll re ve".split()
)
"""English ones, those with which questions are asked among them; in lower case."""
