"""Irregular forms of common English verbs."""

from __future__ import annotations

_VERBS = """
arise arose arisen
awake awoke awoken
bear bore borne
beat beaten
become became
begin began begun
bend bent
bite bit bitten biting
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
buy bought
catch caught
choose chose chosen
cling clung
come came coming
creep crept
deal dealt
dig dug
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fly flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
give gave given giving
go went gone
grow grew grown
hear heard
hide hid hidden hiding
hold held
keep kept
know knew known
lay laid
lead led
learn learnt
lend lent
lose lost losing
mean meant
meet met
mislead misled
mistake mistook mistaken
outgrow outgrew outgrown
overcome overcame overcoming
oversee oversaw overseen
overtake overtook overtaken
overthrow overthrew overthrown
pay paid
prove proven
rebuild rebuilt
ride rode ridden riding
ring rang rung
rise rose risen rising
run ran
seek sought
sell sold
send sent
shake shook shaken
shine shone
shoot shot
show shown
shrink shrank shrunk shrunken
sing sang sung
sink sank sunk sunken
sit sat
sleep slept
speak spoke spoken
speed sped
spend spent
spin spun
spring sprang sprung
stand stood
steal stole stolen
stick stuck
strike struck stricken
strive strove striven
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken taking
teach taught
tear tore torn
tell told
think thought
throw threw thrown
undergo underwent undergone
understand understood
undertake undertook undertaken
uphold upheld
wear wore worn
weave wove woven
weep wept
win won
withdraw withdrew withdrawn
withhold withheld
withstand withstood
write wrote written
"""

INFINITIVES = {
    form: infinitive
    for infinitive, *forms in map(str.split, _VERBS.strip().splitlines())
    for form in forms
}
"""The infinitive of each irregular form; those that are mostly another word ("left", "wound")
are left out. Participles in "-ing" are there where the stemmer alone would not find the verb."""
