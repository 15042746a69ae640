"""Reads a student's message: what they ask, what they say of themselves, in which language. Nothing is guessed.

Covered: level, field, gender, citizenship, state, group, disability (the 21 of the Rights of Persons with Disabilities
Act, 2016, as people call them), marks, yearly income, age, country of study and year of study in English, Roman Hindi and
Hindi; backend.amounts reads the numbers, backend.message what is denied.
Not covered: gender from verbs or names, groups from surnames or castes, citizenship from the language, a state from where
someone lives or studies (Kota me rehta hu; home is what counts: from Kota), what is said of parents.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from backend.amounts import Figures, figures
from backend.kinds import kinds_of
from backend.lexicon import is_noise, lexicon
from backend.message import FACTS, POSSESSIVE, Found, Message, is_student, understand
from backend.profile import Profile
from backend.studies import fields_of, level_of, marks_of, stages_of, year_of
from backend.text import sound

INTENTS = (
    "injection", "distress", "fraud", "fill_form", "account", "scam", "mistake", "developer", "payment", "applications", "status", "papers", "save", "plan", "work_first", "test_first", "loan", "hold", "best",
    "compare", "similar", "why_not", "renewal", "selection", "documents", "amount", "open_now", "deadline", "eligible", "apply", "site",
    "abroad", "letter", "essay", "closing", "no_income_limit", "no_marks", "conversion", "about", "hardship", "will_get", "off_topic", "more",
)  # fmt: skip
"""Kinds of question that a message can name, the weightiest first."""
_FIELD_OF_KIND = {
    "level": "level", "field": "fields", "gender": "gender", "state": "state", "group": "social_groups",
    "disability": "disability", "country": "study_in", "demonym": "citizenship",
}  # fmt: skip
_UNDERSTOOD = FACTS | {"weak_level", "year", "ordinal", "intent", "reply_in", "filler"}
_CERTAIN = frozenset(
    "injection distress fraud fill_form mistake account scam developer payment applications status save plan conversion about "
    "papers closing letter hardship thanks greeting work_first test_first".split()
)
"""Kinds that count as much by their meaning alone (backend.kinds) as by a phrase of the lexicon; the others where no phrase
says a kind."""
_BESIDE_FACTS = frozenset("compare documents deadline amount why_not hold loan letter essay abroad".split())
"""Kinds that are asked by their meaning even where a message says something of the student."""
_FOR_ANY = frozenset({"documents", "site", "eligible", "apply"})
"""Kinds that ask for a list where any scholarship is wanted (koi scholarship mil sakti hai?) by who says something of
themselves."""
_STRONGER = frozenset({"eligible", "renewal", "deadline", "documents", "hold", "best", "conversion"})
_ASKED_TOO = ("deadline", "amount", "documents", "renewal", "selection")
"""What a message can ask besides (kitne paise milte hai aur kab tak bharna hai)."""
_HOW_MUCH = frozenset("kitna kitne kitni कितना कितने कितनी".split())
"""Alone they ask for the amount; beside another question (kitni umar, kitne documents) they belong to it."""
AROUND_A_NAME = 2
"""Hindi words that are no name (की, क्या), from which on a message is Hindi, however long the English name in it is."""
SMALL_TALK = 7
"""Words of a message, at most, that only greets or thanks."""
_IS = frozenset({"hai", "hain", "h", "rahe", "rhe", "rehte", "हैं", "है", "रहे"})
_NO_ONE = frozenset({"no", "one", "nobody", "none"})
_FIRST = frozenset("pehla pehli pahla pahli first पहला पहली".split())
_ALL = frozenset({"dono", "both", "hi", "bhi", "are", "ab", "ji", "दोनों", "ही", "भी", "अब"})
_LETTERS = re.compile(r"[^\W\d_\u0900-\u0dff]+|[\u0900-\u0dff]+")
"""Words as they are written; tokens hold acronyms in Latin letters, whatever script they were in."""
_DEVANAGARI, _LATIN = re.compile("[\u0900-\u097f]"), re.compile("[a-z\u00c0-\u024f]", re.IGNORECASE)
_AT = frozenset({"a", "an", "in", "at"})
_AWARD_WORDS = frozenset(
    "award awards grant grants scheme schemes schem skeem yojana yojna yojnaa bursary stipend योजना".split()
)
"""Words for an award that are too short to be told by their sound (great, grant)."""
_AWARD_SOUNDS = frozenset(
    map(sound, "scholarship scholarships fellowship fellowships छात्रवृत्ति छात्रवृत्तियाँ स्कॉलरशिप फेलोशिप फ़ेलोशिप".split())
)
_AFTER_SHE = frozenset("is s was has had will wants needs got studies can does did just also".split())
_SOMEONE = frozenset("dost friend main mai hum bhai didi doston दोस्त मैं हम भाई".split())
_AM = frozenset("hu hun hoon hoo hum हूँ हूं हू".split())
_I_SHALL = re.compile(r"[a-z]{1,8}(?:u|oo)ng([ai])|[\u0900-\u097f]+(?:ू|ऊ)[ंँ]ग([ाी])")
"""Verbs of what a student will do: banunga, padhungi."""
_OF_FEMALE = frozenset("ki की".split())
_OF = _OF_FEMALE | frozenset("ka का".split())
_OF_STUDIES = re.compile(
    r"(?:padh|pad|parh|kar|kr) ra?h[ai]|\S* (?:padh|pad|parh|kar|kr|sak|sk|chah)t[ai]"
    r"|(?:पढ|कर) रह[ाी]|\S* (?:पढ|कर|सक|चाह)त[ाी]"
)
"""The verb before "hu" where students speak of their own studies, with the word before it."""
_STUDYING = frozenset(
    "study studying studied course degree graduation graduate graduated graduating passed completed completing college "
    "university school institute doing done pursuing diploma hostel coaching working works work".split()
)
"""Before "from X" they tell where someone studies or works."""
_PERSON, _HERE = (
    frozenset("student girl boy ladka ladki लड़का लड़की छात्र छात्रा".split()),
    frozenset({"here", "hu", "hoon"}),
)
_SE, _IN, _HU = {"se", "से"}, {"me", "mein", "में"}, {"hu", "hun", "hoon", "hai", "hain", "h", "हूँ", "हूं", "हैं", "है"}


@dataclass(frozen=True)
class Reading:
    """What a message says: the student's profile, the kind of question, the language (en, hi, hinglish).

    `also` are further kinds of question about a record; `reply_in` is the language that an answer is asked for in. `words` are the tokens left after noise and what was understood: names and topics to search for; `all_words` are
    the tokens without noise. `evidence` gives, for a profile field read from single words, those words. `meant` are all kinds
    of question that the words may ask (backend.kinds); `speaks_as` is the gender in which the student speaks of their own
    studies (padh rahi hu), which is no statement: it is not in the profile; `kin` is the
    gender of a sister, brother, niece or nephew that the message is about.
    """

    profile: Profile
    intent: str
    language: str
    words: tuple[str, ...]
    all_words: tuple[str, ...]
    evidence: Mapping[str, frozenset[str]]
    also: tuple[str, ...] = ()
    reply_in: str | None = None
    meant: frozenset[str] = frozenset()
    speaks_as: str | None = None
    kin: str | None = None


def read(text: str) -> Reading:
    """Read one message (any length; nothing raises)."""
    m = understand(text)
    numbers = figures(m)
    stages = stages_of(m, numbers)
    year = numbers.year or year_of(m)
    citizenship, study_in = _countries(m)
    home = _home(m, citizenship)
    state = home.value if home else None
    if state and citizenship is None:
        citizenship = lexicon().state_country.get(state)
    income = numbers.income
    profile = Profile(
        level=level_of(m, stages, year),
        year_of_study=year,
        fields=fields_of(m, stages),
        gender=_gender(m),
        citizenship=citizenship,
        state=state,
        study_in=study_in,
        social_groups=_groups(m),
        disability=_disability(m),
        marks_percent=marks_of(stages, numbers.scores),
        family_income=income,
        income_currency=_currency(numbers, citizenship) if income is not None else None,
        age=numbers.age,
    )
    facts = [*(f for kind in _UNDERSTOOD for f in m.of(kind) if not _is_of_institution(m, f)), *m.denied]
    city = home if home and home.kind == "city" else None
    facts += [city] if city else []
    understood = numbers.used.union(i for f in facts for i in range(f.start, f.end))
    intent, also = _intents(m, profile)
    own = [i for i, word in enumerate(m.words) if not (is_noise(word) or _is_pronoun(m, i) or _is_lone_letter(m, i))]
    return Reading(
        profile,
        intent,
        language_of(text),
        tuple(m.words[i] for i in own if i not in understood),
        tuple(m.words[i] for i in own),
        {
            name: frozenset(w for f in m.of(kind) for w in m.words[f.start : f.end])
            for kind, name in _FIELD_OF_KIND.items()
            if any(not _is_of_institution(m, f) for f in m.of(kind))
        }
        | ({"state": frozenset(m.words[city.start : city.end])} if city else {}),
        also,
        next((f.value for f in m.of("reply_in")), None),
        frozenset(kinds_of(m.words)),
        _speaks_as(m),
        _only({f.value for f in m.of("kin") if is_student(m, f)}),
    )


def _is_pronoun(m: Message, i: int) -> bool:
    """Whether "she" is no acronym: she is, she wants."""
    return m.word(i) == "she" and m.word(i + 1) in _AFTER_SHE


def _is_lone_letter(m: Message, i: int) -> bool:
    """Whether a letter is a word typed short (k liye), not an initial beside another (k c mahindra)."""
    alone = len(m.word(i - 1)) != 1 and len(m.word(i + 1)) != 1
    return len(m.word(i)) == 1 and m.word(i).isascii() and m.word(i).isalpha() and alone


def names_an_award(words: Iterable[str]) -> bool:
    """Whether a word says that the message is about a scholarship or a scheme."""
    return any(word in _AWARD_WORDS or sound(word) in _AWARD_SOUNDS for word in words)


def is_other_script(text: str) -> bool:
    """Whether most letters are of a script that no answer is written in (neither Latin nor Devanagari)."""
    letters = [c for c in text if c.isalpha()]
    return sum(not (_DEVANAGARI.match(c) or _LATIN.match(c)) for c in letters) * 2 > len(letters)


def language_of(text: str) -> str:
    """hi where Devanagari prevails, or where what stands around a long English name is Hindi; hinglish where Roman Hindi words
    prevail, else en."""
    words = _LETTERS.findall(text.lower())
    hindi = [word for word in words if _DEVANAGARI.match(word)]
    if len(hindi) * 3 >= max(1, len(words)):
        return "hi" if words else "en"
    if sum(map(is_noise, hindi)) >= AROUND_A_NAME:
        return "hi"
    roman_hindi = sum(w in lexicon().hinglish for w in words)
    return "hinglish" if roman_hindi >= 2 or (roman_hindi and len(words) <= 5) else "en"


# Who the student is


def _gender(m: Message) -> str | None:
    """The gender that is said; that of a sister or brother where the message is about them."""
    said = {f.value for f in m.of("gender")}
    return _only(said or {f.value for f in m.of("kin") if is_student(m, f)})


def _speaks_as(m: Message) -> str | None:
    """The gender of the verb in "padh rahi hu", "btech karta hu"."""
    said = set()
    if m.of("kin") or m.of("gender") or m.places("child"):
        return None
    for i, word in enumerate(m.words):
        if m.word(i + 1) in _AM and _OF_STUDIES.fullmatch(f"{m.word(i - 1)} {word}"):
            said.add("female" if word.endswith(("i", "ी")) else "male")
        if found := _I_SHALL.fullmatch(word):
            said.add("female" if "i" in found.groups() or "ी" in found.groups() else "male")
    for f in m.of("state"):
        if m.word(f.end) in _OF and (m.word(f.end + 1) in _AM or m.word(f.end + 2) in _AM):
            said.add("female" if m.word(f.end) in _OF_FEMALE else "male")
    return _only(said)


def _groups(m: Message) -> tuple[str, ...]:
    """The social groups; "general" only where no other is named."""
    groups = [f.value for f in m.of("group")]
    groups += ["orphan"] * _is_orphan(m) + ["first-generation"] * _is_first_to_study(m)
    return _unique(g for g in groups if g != "general") or _unique(groups)


def _is_first_to_study(m: Message) -> bool:
    """Whether nobody of the family went to college before: no one has gone to college, koi college nahi gaya, ghar me main
    pehli hu jo college jaungi."""

    def near(i: int, word: str) -> bool:
        return m.said_after(i + 1, word, 8)

    for i in m.places("nobody"):
        if near(i, "schooling") and near(i, "schooled") and (m.word(i) in _NO_ONE or near(i, "not")):
            return True
    first = (f.start for f in m.of("ordinal") if m.word(f.start) in _FIRST)
    return any(m.said_before(i, "household", 5) and near(i, "schooling") for i in first)


def _is_orphan(m: Message) -> bool:
    """Whether both parents are dead: "mummy papa nahi rahe", "lost both parents", "no parents"."""
    for i in m.places("parents"):
        if i + 1 in m.places("parents"):
            continue
        end = i + 1
        if any(k in m.places("gone") and m.together(i, k) for k in range(end, end + 5)):
            return True
        while m.word(end) in _ALL:
            end += 1
        if end in m.places("not") and m.word(end + 1) in _IS:
            return True
        if end in m.places("except") and m.word(end + 1) == "alive":
            return True
        if m.said_before(i, "no", 4):
            return True
    return False


def _disability(m: Message) -> bool | None:
    """True where the student names a disability of their own, False where they say they have none."""
    said = {f.value for f in m.of("disability") if f.start not in m.others and not _elder_has(m, f)}
    if "yes" in said or _is_impaired(m):
        return True
    return False if said or any(f.kind == "disability" for f in m.denied) else None


def _is_impaired(m: Message) -> bool:
    """Whether a disability is told in plain words: aankho se dikhta nahi, ek pair nahi hai, lost a leg."""
    if any(m.said_before(i, "lost", 3) for i in m.places("limb") - m.others):
        return True
    return any(
        m.said_after(i + 1, "not", 4) and m.word(i + 1) not in _IN and not m.said_before(i, "elder", 4)
        for i in m.places("organ") - m.others
    )


def _elder_has(m: Message, f: Found) -> bool:
    return m.word(f.start - 1) in POSSESSIVE and f.start - 2 in m.places("elder")


def _home(m: Message, citizenship: str | None) -> Found | None:
    """The home state: of several the one that is said to be home (X se hu, from X, X ka, domicile of X), else the first; where
    no state is named, that of the Indian city which is said to be home."""
    named = m.of("state")
    home = (f for f in named if _is_home(m, f))
    cities = (f for f in m.of("city") if _is_home_city(m, f)) if citizenship in (None, "IN") else iter(())
    return next(home, None) or next(iter(named), None) or next(cities, None)


def _is_home(m: Message, f: Found) -> bool:
    before, after = m.word(f.start - 1), m.word(f.end)
    return before == "from" or after in _SE | POSSESSIVE or _is_called_home(m, f)


def _is_called_home(m: Message, f: Found) -> bool:
    """Whether a word says that a place is home: domicile of X, X ka rehne wala."""
    return m.said_after(f.end, "home", 3) or m.said_before(f.start, "home", 3)


def _is_home_city(m: Message, f: Found) -> bool:
    """Whether a city is home: from X, X se hu, domicile of X. Not so where one studies (IIT Bombay se hu, B.Tech from Pune,
    Pune se B.Tech kar rahi hu) or lives."""
    before, after = m.word(f.start - 1), m.word(f.end)
    if not f.start or not m.together(f.start - 1, f.start):
        before = ""
    abroad = any(x.start == f.end and x.value != "IN" for kind in ("country", "demonym") for x in m.of(kind))
    if abroad or m.denies(f.start, f.end) or (f.end in m.places("institution") and m.together(f.start, f.end)):
        return False
    if before == "from":
        return m.word(f.start - 2) not in _STUDYING and not _is_of_studies(m, f.start - 1)
    if after in _SE or (after in POSSESSIVE and m.word(f.end + 1) in _HU):
        last = m.word(f.end + 1) in _HU or not m.together(f.end, f.end + 1)
        at_work = before and not is_noise(before) and not any(x.end == f.start for k in FACTS for x in m.of(k))
        return last and not at_work and f.start - 1 not in m.places("institution")
    return _is_called_home(m, f)


def _is_of_studies(m: Message, end: int) -> bool:
    """Whether a course stands right before a place: B.Tech from Pune."""
    return any(f.end == end for kind in ("level", "field", "weak_level") for f in m.of(kind))


# Countries


def _countries(m: Message) -> tuple[str | None, tuple[str, ...]]:
    """The citizenship, and the countries of study. India is one of study only where it is said (in India, India me)."""
    own = [f for f in m.of("demonym") if not (_is_of_institution(m, f) or m.said_after(f.end, "language", 4))]
    there = [f for f in m.of("demonym") if _is_of_institution(m, f) and m.word(f.start - 1) in _AT]
    citizenship = own[0].value if own else None
    study = [f.value for f in there]
    for place in m.of("country"):
        before, after = m.word(place.start - 1), m.word(place.end)
        if _is_citizens(m, place):
            citizenship = citizenship or place.value
        elif place.value != "IN" or before in ("in", "study") or after in _IN:
            study.append(place.value)
    return citizenship, _unique(study)


def _is_of_institution(m: Message, f: Found) -> bool:
    """Whether a demonym is a part of an institution's name: Swiss Government, Indian Oil."""
    return f.kind == "demonym" and f.end in m.places("institution")


def _is_citizens(m: Message, place: Found) -> bool:
    """Whether a country is the student's own: from X (not a degree from X), X se hu, X ka nagrik, citizen of X, X student
    here (not: X student scholarship), student of X."""
    before, after = m.word(place.start - 1), m.word(place.end)
    if after in _PERSON and (m.word(place.end + 1) in _HU | _HERE or not m.together(place.end, place.end + 1)):
        return True
    if before == "from":
        return place.value == "IN" or not _is_of_studies(m, place.start - 1)
    if after in _SE:
        return place.value == "IN" or m.word(place.end + 1) in _HU
    if after in POSSESSIVE:
        of_someone = m.word(place.start - 1) in _SOMEONE and m.word(place.end + 1) in _HU
        return of_someone or m.said_after(place.end, "belongs", 2)
    named = frozenset("citizen national nationality passport nagrik nagarik".split())
    return before in named or after in named or (before == "of" and m.word(place.start - 2) in named | _PERSON)


def _currency(numbers: Figures, citizenship: str | None) -> str | None:
    """The income's currency where it is named; rupees for who is, or may be, an Indian citizen."""
    return numbers.currency or ("INR" if citizenship in (None, "IN") else None)


# The question


def _intents(m: Message, profile: Profile) -> tuple[str, tuple[str, ...]]:
    """The kind of question, and what is asked besides."""
    meant = kinds_of(m.words)
    named = {f.value for f in m.of("intent")} | (meant & _CERTAIN)
    if "amount" in named and m.places("cgpa") and m.places("percent"):
        named.add("conversion")
    if m.places("together") and m.places("take"):
        named.add("hold")
    limited = m.places("percent") | m.places("marks") | m.places("age") | m.places("cgpa")
    limited |= m.places("income") - m.places("yearly")
    asks_limit = any(f.value == "amount" and _is_beside(m, f, limited) for f in m.of("intent"))
    if asks_limit:
        named.add("eligible")
    if named & _STRONGER and all(
        f.end - f.start == 1 and m.words[f.start] in _HOW_MUCH for f in m.of("intent") if f.value == "amount"
    ):
        named.discard("amount")
    if "conversion" in named or ("off_topic" in named and not names_an_award(m.words)):
        named.discard("amount")
    if "hardship" in named and not names_an_award(m.words):
        named -= {"apply", "amount", "documents"}
    if profile.level or names_an_award(m.words):
        named.discard("off_topic")
        meant.discard("off_topic")
        named.discard("papers")
    weightiest = _weightiest(named) or _weightiest(meant & _BESIDE_FACTS if profile.known() else meant)
    if weightiest is None and "howmuch" in meant and not profile.known():
        weightiest = "amount"
    if profile.known() and "any_award" in meant and weightiest in _FOR_ANY:
        return "list", ()
    if weightiest in ("eligible", "will_get") and "renewal" in meant:
        weightiest = "renewal"
    if weightiest == "will_get":  # milegi? alone: may I have it
        return "eligible", ()
    if weightiest:
        also = tuple(intent for intent in _ASKED_TOO if intent in (named | meant) - {weightiest})
        also += ("apply",) * (weightiest == "deadline" and "apply" in meant)
        also += ("eligible",) * (asks_limit and weightiest in _ASKED_TOO)
        if weightiest == "eligible":
            also = tuple(intent for intent in also if intent == "amount")
        return weightiest, also if weightiest in (*_ASKED_TOO, "eligible") else ()
    if profile.known() or "list" in named:
        return "list", ()
    short = len(m.words) <= SMALL_TALK
    return next((intent for intent in ("greeting", "thanks") if intent in named and short), "search"), ()


def _is_beside(m: Message, f: Found, places: Set[int]) -> bool:
    """Whether "how much" stands right before or after one of these places: kitne marks, kamai kitne tak."""
    return f.end in places or (f.start - 1 in places and m.together(f.start - 1, f.start))


def _weightiest(kinds: set[str]) -> str | None:
    return next((intent for intent in INTENTS if intent in kinds), None)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _only(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None
