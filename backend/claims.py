"""What a sentence claims without figures: that something is open, that a student is eligible, what is promised.

Each claim is held only where the deadline state, the verdict or the record's own words say exactly that; a promise, and a
word of the model about itself, never is. The phrases are those of kind "say" and "modal" in data/cues.csv.
"""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby

from backend.assertions import NOW, VERDICT, asserts
from backend.cues import Cue
from backend.deadlines import DeadlineState
from backend.eligibility import ELIGIBLE, NEEDS_INFO, NOT_ELIGIBLE, Match
from backend.facts import Facts, Figure, When

_HABIT = frozenset("hoti hota hote rehti rehta rehte होती होता होते रहती रहता रहते".split())
_FUTURE = frozenset("will would shall hogi hoga honge khulegi khulega khulenge होगी होगा होंगे खुलेगी खुलेगा खुलेंगे rahegi rahega".split())  # fmt: skip
_DOING = re.compile(r"kar(?:o|e|ke|ein|en|na|ne|iye|iyega|wa\w*)?|ki?jiye|ho|करें|कर|करो|करके|कीजिए|करना|करने|करिए")
_OPEN_TO_ALL = frozenset("category merit competition board university access source".split())
_IMPERATIVE_AFTER = frozenset("the your its their this that a an official link page form site website".split())
_GET = frozenset("get receive win be given paid selected awarded approved chosen succeed qualify".split())
_WILL = frozenset("will you'll they'll shall".split())
_SELECTION = frozenset("selection chayan select milna चयन मिलना".split())
_SURE = frozenset("pakka pakki tay confirm confirmed sure certain guaranteed done पक्का पक्की तय सुनिश्चित".split())
_DONE = frozenset(
    "have has been already are were was you've you're gaya gayi gaye chuka chuki chuke liya गया गई गए चुका चुकी चुके लिया हुए हुआ हुई".split()
)
_ANOTHER = frozenset(
    "other others another second two three several any aur doosri dusri doosre dusre और दूसरी दूसरे अन्य दो तीन कई".split()
)
_NOT = frozenset("no not nahi nahin नहीं".split())
_INFORMATION = frozenset(
    "jankari jaankari details detail information form link list soochna suchna jawab help madad guidance जानकारी विवरण "
    "फॉर्म लिंक सूची सूचना मदद".split()
)
_HOW = frozenset(
    "online portal page website site link through via at only par pe पर पोर्टल वेबसाइट पेज लिंक ऑनलाइन nodal office".split()
)
_OF_DATES = frozenset("date dates deadline tareekh tarikh tithi तारीख तारीखें तारीखों तिथि".split())
_OF_PAPERS = frozenset(
    "name names spelling papers documents document details id aadhaar deadline deadlines people teacher officer naam kagaz नाम "
    "दस्तावेज कागज".split()
)
_FIRST_PERSON_VERB = re.compile(r"\w*(?:unga|ungi|oonga|oongi)|\S*(?:ूंगा|ूंगी|ऊंगा|ऊंगी)")
_CARE = frozenset("avoid beware bach bachein bachen bachiye savdhan saavdhaan careful बच बचें बचिए सावधान सतर्क".split())
_EVERY = frozenset("every all any har sabhi saari saare sab हर सभी सारी सारे सब".split())
_LEARNERS = frozenset(
    "student students girl girls boy boys child children candidate candidates applicant applicants indian indians chhatra "
    "vidyarthi ladki bachche bachcha places seats awards seatein छात्र छात्रा छात्रों विद्यार्थी विद्यार्थियों लडकी बच्चे बच्चा सीटें "
    "सीटों".split()
)
_STARTING = frozenset("start begin shuru शुरू by before tak until till तक".split())
"""Not of an opening or a closing by themselves: start today, a week before."""
_NO_CONDITION = frozenset("until see look know once".split())
_JUDGED = frozenset({"open", "closed", "soon", "rolling", "confirmed", "this year", "eligible", "ineligible", "fits"})
"""Claims that say all that their part of the sentence says of now or of the verdict."""
_THAT = frozenset({"ki", "कि"})
_NOT_REACH, _THAT_REACH = 3, 3


@dataclass(frozen=True)
class Ground:
    """What claims about one record are held against; `says` are the claims that its own texts make, `limits` the words for
    what it limits (income, age, marks), `holding` whether it may be held with another award (None: not stated)."""

    deadline: DeadlineState
    match: Match | None
    renewable: bool | None
    says: frozenset[str]
    limits: frozenset[str]
    holding: bool | None


def false_claim(facts: Facts, place: Callable[[int], Sequence[Ground]], figures: Sequence[Figure | When]) -> str | None:
    """The first claim that is not held by every record it is about, None where all are; `place` gives for a token the
    records that it speaks about, `figures` are those figures and dates of the sentence that are held."""
    if _speaks_of_itself(facts):
        return next(token.text for token in facts.tokens)
    told = {facts.tokens[figure.start].part for figure in figures}
    for cue in (*facts.cues.get("say", ()), *_everyone(facts), *_going_on(facts)):
        judge = _JUDGES.get(cue.value)
        if judge is None:
            continue
        held = judge(_Claim(facts, cue, figures), list(place(cue.start)))
        if held is False:
            return facts.text(cue.start, cue.end)
        if held:
            told.add(facts.tokens[cue.start].part)
    return _future_promise(facts) or _plain_assertion(facts, place, told)


def _plain_assertion(facts: Facts, place: Callable[[int], Sequence[Ground]], told: AbstractSet[int]) -> str | None:
    """A part of the sentence that asserts in plain words what does not hold of the records that it is about; in the parts
    `told` something held is said, and a condition asserts nothing."""
    silent = told | {
        facts.tokens[cue.start].part
        for value in ("if", "check", "usual")
        for cue in facts.said("modal", value)
        if facts.tokens[cue.start].word not in _NO_CONDITION
    }
    start = 0
    for part, group in groupby(facts.tokens, lambda token: token.part):
        tokens = list(group)
        claimed = asserts(tokens) if part not in silent else set()
        if claimed:
            grounds = list(place(start))
            is_open = _all(grounds, lambda g: g.deadline.is_open or g.deadline.state == "rolling")
            is_fit = _all(grounds, lambda g: _status(g) == ELIGIBLE)
            if (NOW in claimed and not is_open) or (VERDICT in claimed and not is_fit):
                return facts.text(start, start + len(tokens))
        start += len(tokens)
    return None


@dataclass(frozen=True)
class _Claim:
    """A claim at a place of a sentence, and what the words around say of it."""

    facts: Facts
    cue: Cue
    held: Sequence[Figure | When]

    def word(self, offset: int) -> str:
        """The word so many places after the claim (from 0), or before it (from -1), in its sentence."""
        i = self.cue.end + offset if offset >= 0 else self.cue.start + offset
        tokens = self.facts.tokens
        inside = 0 <= i < len(tokens) and tokens[i].part == tokens[self.cue.start].part
        return tokens[i].word if inside else ""

    def modal(self, value: str, before: bool = False, anywhere: bool = False) -> bool:
        """Whether a modal of data/cues.csv stands in the clause (anywhere in the sentence), or there before the claim."""
        tokens = self.facts.tokens
        clause = tokens[self.cue.start].clause
        return any(
            (anywhere or tokens[cue.start].clause == clause) and not (before and cue.start >= self.cue.start)
            for cue in self.facts.said("modal", value)
        )

    def words(self) -> set[str]:
        """The words of its sentence part."""
        part = self.facts.tokens[self.cue.start].part
        return {token.word for token in self.facts.tokens if token.part == part}

    @property
    def is_asked(self) -> bool:
        """Whether ..., ... or not, dekh lijiye ki ..., a question: nothing is claimed. A condition counts in its own part of
        the sentence, before the claim."""
        tokens = self.facts.tokens
        own = tokens[self.cue.start].part
        for cue in self.facts.said("modal", "if"):
            open_end = cue.end - cue.start > 1 or tokens[cue.start].word == "?"
            if open_end or (tokens[cue.start].part == own and cue.start < self.cue.start):
                return True
        return any(
            tokens[i].word in _THAT and i < self.cue.start and tokens[i].part == own
            for cue in self.facts.said("modal", "check")
            for i in range(cue.end, min(cue.end + _THAT_REACH, len(tokens)))
        )

    @property
    def is_denied(self) -> bool:
        """Whether a word for "not" stands close by in the clause."""
        tokens = self.facts.tokens
        return any(
            cue.value == "not"
            and tokens[cue.start].clause == tokens[self.cue.start].clause
            and (0 <= self.cue.start - cue.end <= _NOT_REACH or 0 <= cue.start - self.cue.end <= _NOT_REACH)
            for cue in self.facts.cues.get("modal", ())
        )


Judge = Callable[[_Claim, Sequence[Ground]], bool | None]


def _all(grounds: Sequence[Ground], test: Callable[[Ground], bool]) -> bool:
    return bool(grounds) and all(map(test, grounds))


def _open(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    if claim.cue.end - claim.cue.start == 1 and _is_no_state(claim):
        return None
    if claim.word(0) in _FUTURE or claim.word(-1) in _FUTURE or claim.word(-2) in _FUTURE:
        return False
    if claim.is_asked:
        return None
    if claim.is_denied:
        return _all(grounds, lambda g: g.deadline.state == "closed")
    if claim.modal("hedge"):
        return _all(grounds, lambda g: g.deadline.is_open or g.deadline.state in ("expected_open", "rolling"))
    if claim.facts.said("say", "rolling"):
        return _all(grounds, lambda g: g.deadline.state == "rolling")
    return _all(grounds, lambda g: g.deadline.is_open)


def _is_no_state(claim: _Claim) -> bool:
    """Open in another sense: open to citizens, open the page, usually open."""
    before, after = claim.word(-1), claim.word(0)
    if after in _OPEN_TO_ALL:
        return True
    months = {cue.start for cue in claim.facts.cues.get("month", ())}
    if after == "to" and claim.cue.end + 1 not in months and not claim.modal("now", anywhere=True):
        return True
    if before in ("", "and", "then", "to", "please") and after in _IMPERATIVE_AFTER:
        return True
    usual = claim.modal("usual") and not claim.modal("now", anywhere=True)
    return bool(after in _HABIT or _DOING.fullmatch(after) or usual)


def _closed(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    if claim.word(0) in _HABIT or (claim.modal("usual") and not claim.modal("now", anywhere=True)) or claim.is_asked:
        return None
    if claim.is_denied:
        return _all(grounds, lambda g: g.deadline.is_open)
    clause = claim.facts.tokens[claim.cue.start].part
    dates = [w for w in claim.held if isinstance(w, When) and claim.facts.tokens[w.start].part == clause]
    full = [w for w in dates if w.day and w.month and w.year]
    if full and grounds:
        return all(w.year is not None and (w.year, w.month, w.day) < _today(g) for w in full for g in grounds)
    return _all(grounds, lambda g: g.deadline.state == "closed")


def _today(ground: Ground) -> tuple[int, int | None, int | None]:
    day = ground.deadline.as_of
    return day.year, day.month, day.day


def _confirmed(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    if not claim.words() & _OF_DATES or _DOING.fullmatch(claim.word(0)) or claim.is_asked:
        return None
    if claim.is_denied or claim.modal("not"):
        return _all(grounds, lambda g: not g.deadline.is_open)
    return _all(grounds, lambda g: g.deadline.is_open)


def _eligible(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    addressed = claim.modal("you", anywhere=True) or claim.cue.end - claim.cue.start > 1
    if not addressed or claim.is_asked or (claim.word(-2), claim.word(-1)) == ("to", "be"):
        return None
    if claim.is_denied:
        return _all(grounds, lambda g: _status(g) == NOT_ELIGIBLE)
    allowed = {ELIGIBLE, NEEDS_INFO} if claim.modal("hedge") else {ELIGIBLE}
    return _all(grounds, lambda g: _status(g) in allowed)


def _fits(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    """Your marks are enough, it is made for you: the verdict in other words; not of a name that matches on all papers."""
    if not claim.modal("you", anywhere=True) or claim.is_asked or claim.words() & _OF_PAPERS:
        return None
    if claim.is_denied:
        return _all(grounds, lambda g: _status(g) == NOT_ELIGIBLE)
    return _all(grounds, lambda g: _status(g) == ELIGIBLE)


def _status(ground: Ground) -> str | None:
    return ground.match.status if ground.match else None


def _ineligible(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    if claim.is_asked:
        return None
    if claim.modal("you", anywhere=True):
        return _all(grounds, lambda g: _status(g) == NOT_ELIGIBLE)
    return _all(grounds, lambda g: "ineligible" in g.says)


def _can_apply(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    if not claim.modal("you", anywhere=True) or claim.is_asked:
        return None
    if claim.words() & _HOW:
        return _all(grounds, lambda g: g.deadline.state != "closed" and _status(g) != NOT_ELIGIBLE)
    return _all(grounds, lambda g: g.deadline.state != "closed" and _status(g) == ELIGIBLE)


def _promise(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    given = claim.facts.tokens[claim.cue.start].word.startswith(("mil", "मिल"))
    if claim.is_denied or (given and claim.words() & _INFORMATION):
        return None
    return False


def _chosen(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    """You have been selected, aapka paisa approve ho gaya: never; how the selection goes may be told."""
    done = claim.words() & _DONE or claim.word(-1) in ("jayega", "जाएगा") or claim.cue.end - claim.cue.start > 1
    return False if done and claim.modal("you", anywhere=True) and not claim.is_asked and not claim.is_denied else None


def _stated(value: str) -> Judge:
    """Held only where the record's own texts say so."""

    def judge(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
        return _all(grounds, lambda g: value in g.says)

    return judge


def _no_limit(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    return _all(grounds, lambda g: "no limit" in g.says and not g.limits & claim.words())


def _free(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    return None if claim.word(-1) == "feel" else _all(grounds, lambda g: "free" in g.says)


def _none_needed(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    calm = claim.word(1) in ("worry", "panic", "hurry", "rush", "fear") or claim.words() & {
        "ghabrane",
        "chinta",
        "घबराने",
        "चिंता",
    }
    return None if calm else False


def _renewable(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    if claim.is_asked:
        return None
    if claim.is_denied:
        return _all(grounds, lambda g: g.renewable is False)
    return _all(grounds, lambda g: g.renewable is True or "renewable" in g.says)


def _rolling(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    return None if claim.is_asked else _all(grounds, lambda g: g.deadline.state == "rolling")


def _soon(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    return None if claim.is_asked else _all(grounds, lambda g: g.deadline.state == "closing_soon")


def _timed(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    """Today, tomorrow, a weekday: never of an opening or closing, which is told by its date."""
    tokens = claim.facts.tokens
    clause = tokens[claim.cue.start].clause
    near = [
        c for c in claim.facts.cues.get("role", ()) if c.value in ("open", "close") and tokens[c.start].clause == clause
    ]
    return None if claim.is_asked or all(tokens[c.start].word in _STARTING for c in near) else False


def _this_year(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    about_dates = claim.facts.whens or claim.words() & _OF_DATES or claim.facts.said("role", "close")
    if not about_dates or claim.is_asked or claim.modal("not", anywhere=True):
        return None
    return _all(grounds, lambda g: g.deadline.is_open)


def _hold(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    """Whether it may be held with another award: only as the record says it."""
    if not claim.facts.cues.get("scheme") or not claim.words() & _ANOTHER or claim.is_asked:
        return None
    denied = claim.modal("not", anywhere=True)
    return _all(grounds, lambda g: g.holding is not None and g.holding != denied)


def _superlative(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    of_awards = claim.facts.said("role", "award") or claim.facts.cues.get("scheme")
    return _all(grounds, lambda g: "superlative" in g.says) if of_awards else None


def _secret(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    return None if claim.modal("not", anywhere=True) or claim.words() & _CARE else False


def _never(claim: _Claim, grounds: Sequence[Ground]) -> bool | None:
    return False


_JUDGES: dict[str, Judge] = {
    "open": _open, "closed": _closed, "soon": _soon, "rolling": _rolling, "confirmed": _confirmed, "eligible": _eligible, "fits": _fits,
    "ineligible": _ineligible, "can apply": _can_apply, "free": _free, "promise": _promise, "chosen": _chosen, "renewable": _renewable,
    "no limit": _no_limit, "everyone": _stated("everyone"), "none needed": _none_needed, "relative": _timed,
    "this year": _this_year, "superlative": _superlative, "hold": _hold, "me": _never, "secret": _secret,
}  # fmt: skip


def _going_on(facts: Facts) -> list[Cue]:
    """Forms are out, aavedan shuru ho gaye hain: that it is open, in other words."""
    rounds = {facts.tokens[cue.start].clause for cue in facts.cues.get("round", ())}
    return [
        Cue("say", "open", cue.start, cue.end)
        for cue in facts.cues.get("going", ())
        if facts.tokens[cue.start].clause in rounds
    ]


def _everyone(facts: Facts) -> list[Cue]:
    """Every engineering student, all the girls: as a rule no record says so."""
    for i, token in enumerate(facts.tokens):
        near = facts.tokens[i + 1 : i + 4]
        learner = next((k for k, t in enumerate(near) if t.word in _LEARNERS and t.part == token.part), None)
        if token.word in _EVERY and learner is not None and not any(t.kind == "figure" for t in near[:learner]):
            return [Cue("say", "everyone", i, i + 2)]
    return []


def _speaks_of_itself(facts: Facts) -> bool:
    return any(_FIRST_PERSON_VERB.fullmatch(token.word) for token in facts.tokens)


def _future_promise(facts: Facts) -> str | None:
    """You will (surely) get, your selection is (as good as) certain: a promise, whatever stands between."""
    words = [token.word for token in facts.tokens]
    for i, word in enumerate(words):
        near = words[i + 1 : i + 5]
        promised = (word in _WILL and _GET.intersection(near)) or (word in _SELECTION and _SURE.intersection(near))
        if promised and not _NOT.intersection(near):
            return facts.text(i, i + 3)
    return None
