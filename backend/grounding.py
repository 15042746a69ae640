"""Is a sentence that the language model wrote free of facts? Only such sentences reach the student.

Facts (names, amounts, dates, limits, links, verdicts) are written by code from records; the model adds kind words.
Covered: digits and number words, currency and percent signs, months and days, links, e-mail addresses, capitalised
names, verdicts and claims about being open, eligible, free, guaranteed or chosen, promises, control strings, markup.
Not covered: false general advice in plain words without any of these.
"""

import re

from backend.deadlines import MONTHS

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred thousand lakh lakhs crore "
    "million billion half double first second third dozen percent percentage"
).split()
_CLAIMS = (
    "eligible ineligible qualify qualifies qualified open opens closed closes deadline date dates today tomorrow yesterday "
    "monday tuesday wednesday thursday friday saturday sunday week month year years day days free guarantee guaranteed "
    "guarantees selected approved amount award awarded rupees rupee dollars dollar euro euros pounds income marks limit "
    "stipend tuition fee fees renew renewable website link portal http https www"
).split()
_PROMISES = "i i'm i'll i'd i've me my mine we we'll our us let's".split()
"""The model must not speak of itself or promise anything."""
_FORBIDDEN = frozenset(_NUMBERS) | frozenset(_CLAIMS) | frozenset(_PROMISES) | {m.lower() for m in MONTHS if m != "May"}
_SIGNS = re.compile(r"[\d%₹$€£<>|\[\]{}#*@_`\\/]|[^\x20-\x7E\u2018\u2019\u201C\u201D\u2013\u2014]")
SHORTEST, LONGEST = 3, 240
"""Words at least, characters at most."""


def states_no_fact(sentence: str) -> bool:
    """Whether an English sentence of the model may be shown beside the facts that code wrote."""
    text = sentence.strip()
    if not text or len(text) > LONGEST or _SIGNS.search(text):
        return False
    words = re.findall(r"[A-Za-z'’]+", text)
    if any(word.lower().replace("’", "'") in _FORBIDDEN for word in words):
        return False
    return not any(word[0].isupper() for word in words[1:]) and len(words) >= SHORTEST
