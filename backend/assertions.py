"""Does a part of a sentence assert in plain words that something is going on now, or how things stand for the student?

Such words cannot all be listed (still in time, the link is working, aapka kaam ban jayega), so their form decides: a
statement with a word of time, in the progressive or perfect, or about you, with no fact of the record in its part, is held
only where the record is open, or the student eligible. Advice (do this, you should, you can ask) has another form.
"""

import re
from collections.abc import Collection, Sequence

from backend.cues import NAME, Token

NOW, VERDICT = "now", "verdict"
_TIMING = re.compile(
    r"\b(?:still|now|reopened|reopening|extended|extension|underway|ahead|in time|right time|time to apply|plenty of time|next month|"
    r"this month|this week|this season|too late|fresh round|chance|opportunity|last date|deadline|closing date|final date|new session|new round|until|abhi|mauka|mauqa|tareekh|tarikh|"
    r"date|tithi|is mahine|agle mahine|naye form|aakhri|ab bhi|der)\b|(?:अभी|अब भी|मौका|मौक़ा|तारीख|तिथि|इस महीने|अगले महीने|नए फॉर्म|नए आवेदन)(?![\u0900-\u097f])"
)
_STATES = frozenset("is are has have can gives remains it's there's that's".split())
_HINDI_STATES = frozenset("hai hain h sakte sakti sakta है हैं सकते सकती सकता".split())
_LASTING = frozenset("lagta lagte lagti takes take long लगता लगते लगती".split())
"""It takes time: not a time of anything."""
_SUBJECTS = frozenset(
    "it they this scheme scholarship round link form forms portal process session office applications registrations doors".split()
)
_PROGRESSIVE = re.compile(r"(?:is|are|they're|it's) (?:\w+ )?(?!being|according|during)\w{2,}ing\b")
_PERFECT = re.compile(r"(?:has|have|they've) (?:\w+ ){0,2}(?:\w{3,}ed|begun|come|gone|opened)\b")
_HINDI_GOING = frozenset(
    "raha rahi rahe gaya gayi gaye chuka chuki chuke shuru mangaye रहा रही रहे गया गई गए गयी चुका चुकी चुके शुरू मंगाए".split()
)
_YOU = frozenset("you you're you've".split())
_BEING = frozenset("are have pass belong get would could deserve fit count stand look seem".split())
_DEPENDENT = frozenset(
    "what that which who if when where how whatever whether so as than before after until once while".split()
)
_ADVISED = frozenset("to need needs should must".split())
_LOOKS = frozenset("is are look looks seem seems has have".split())
_HINDI_YOU = frozenset(
    "aap aapka aapki aapke aapko tum tumhara tumhari tumhe आप आपका आपकी आपके आपको तुम तुम्हारा तुम्हारी".split()
)
_HINDI_BEING = re.compile(r"(?:hai|hain|ho|है|हैं|हो|\w*(?:yega|yegi|ayga)|\S*(?:एगा|एगी|येगा|येगी))")
_HINDI_ADVISED = frozenset(
    "chahiye chahie dekh padh pooch puchh poochh likh samajh jaan lagta lagte lagti lagega sharten चाहिए देख पढ पूछ लिख समझ जान लगता "
    "लगते लगती लगेगा".split()
)


def asserts(words: Sequence[Token]) -> set[str]:
    """What a part of a sentence asserts by its form: NOW, VERDICT, both or nothing. Words as they are compared."""
    plain = [token.word for token in words if token.kind not in (NAME, "link")]
    text = " ".join(plain)
    found = set()
    if _is_timed(plain, text) or _is_going_on(plain, text):
        found.add(NOW)
    if _is_about_you(plain) or _is_about_you_in_hindi(plain):
        found.add(VERDICT)
    return found


def _is_timed(words: Collection[str], text: str) -> bool:
    states = not _STATES.isdisjoint(words) or not _HINDI_STATES.isdisjoint(words) or " you have " in f" {text} "
    return states and _LASTING.isdisjoint(words) and _TIMING.search(text) is not None


def _is_going_on(words: Sequence[str], text: str) -> bool:
    if not _SUBJECTS.isdisjoint(words) and (_PROGRESSIVE.search(text) or _PERFECT.search(text)):
        return True
    return not _HINDI_GOING.isdisjoint(words) and not _HINDI_STATES.isdisjoint(words[-1:])


def _is_about_you(words: Sequence[str]) -> bool:
    """You are, you would get, your chances look: not "so that you are", "you have to", "you would need"."""
    for i, word in enumerate(words):
        before, after = words[i - 1] if i else "", words[i + 1 : i + 3]
        if word in _YOU and before not in _DEPENDENT and after:
            advised = after[0] == "have" and not _ADVISED.isdisjoint(after)
            if word != "you" or (after[0] in _BEING and not advised):
                return True
        elif word == "your" and not _LOOKS.isdisjoint(words[i + 2 : i + 5]):
            return True
    return " in your case" in f" {' '.join(words)}"


def _is_about_you_in_hindi(words: Sequence[str]) -> bool:
    if _HINDI_YOU.isdisjoint(words) or not _HINDI_ADVISED.isdisjoint(words):
        return False
    return any(_HINDI_BEING.fullmatch(word) for word in words[-2:])
