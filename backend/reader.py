"""Reads a student's message: what they ask, what they say of themselves, in which language. Nothing is guessed.

Covered: level, field, gender, citizenship, state, group, disability, marks (percent; CGPA out of 10 times 9.5, CBSE's
formula), yearly income, age, country of study and year of study in English, Roman Hindi and Hindi.
Not covered: gender from verbs or names, groups from surnames, citizenship from the language.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from backend.lexicon import LONG_STATE, is_noise, lexicon
from backend.profile import LEVELS, Profile
from backend.text import is_indic, tokens

CBSE_PERCENT_PER_GRADE_POINT = 9.5
"""CBSE: percentage = 9.5 times the CGPA (Continuous and Comprehensive Evaluation scheme, 2010 to 2017)."""
INTENTS = (
    "injection", "distress", "fraud", "scam", "developer", "applications", "compare", "why_not", "renewal", "documents",
    "amount", "site", "open_now", "deadline", "eligible", "apply", "loan", "essay",
)  # fmt: skip
"""Kinds of question that a message can name, the weightiest first."""
_FIELD_OF_KIND = {
    "level": "level", "field": "fields", "gender": "gender", "state": "state", "group": "social_groups",
    "disability": "disability", "country": "study_in", "demonym": "citizenship",
}  # fmt: skip
_NEAR = 5
_STUDY_WORDS = {"in", "me", "mein", "at", "for", "study", "abroad", "में", "to", "go", "jana", "ke"}
_FROM_WORDS = {"from", "citizen", "national", "nationality", "se"}
_ROMAN_UP = re.compile(r"\bU\.?P\.?(?![a-z])|\bup (?=(?:se|ka|ki|ke|me|mein|board|wal[aei]|scholarship|govt)\b)")


@dataclass(frozen=True)
class Reading:
    """What a message says: the student's profile, the kind of question, the language (en, hi, hinglish).

    `words` are the tokens left after noise and what was understood: names and topics to search for; `all_words` are
    the tokens without noise. `evidence` gives, for a profile field read from single words, those words.
    """

    profile: Profile
    intent: str
    language: str
    words: tuple[str, ...]
    all_words: tuple[str, ...]
    evidence: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class _Found:
    kind: str
    value: str
    start: int
    end: int


def read(text: str) -> Reading:
    """Read one message (any length; nothing raises)."""
    up = "uttar pradesh "
    words = tokens(_ROMAN_UP.sub(up, text))
    found = _negated_removed(words, _phrases(words))
    by_kind: dict[str, list[_Found]] = defaultdict(list)
    for item in found:
        by_kind[item.kind].append(item)
    marks, marks_at = _marks(words, by_kind)
    income, income_at = _income(words, by_kind, marks_at)
    age, age_at = _age(words, by_kind, marks_at | income_at)
    state = by_kind["state"][0].value if by_kind["state"] else None
    citizenship, study_in = _countries(words, by_kind)
    if state and citizenship is None:
        citizenship = lexicon().state_country.get(state)
    groups = _groups(by_kind["group"])
    profile = Profile(
        level=_level(words, by_kind, marks_at),
        year_of_study=int(by_kind["year"][0].value) if by_kind["year"] else None,
        fields=_unique(f.value for f in by_kind["field"] or by_kind["degree_field"]),
        gender=_only({f.value for f in by_kind["gender"]}),
        citizenship=citizenship,
        state=state,
        study_in=study_in,
        social_groups=groups,
        disability=True if by_kind["disability"] else None,
        marks_percent=marks,
        family_income=income,
        income_currency="INR" if income is not None and citizenship in (None, "IN") else None,
        age=age,
    )
    understood = {
        i for f in found if f.kind not in ("intent", "number", "word", "scale") for i in range(f.start, f.end)
    }
    understood |= marks_at | income_at | age_at
    return Reading(
        profile,
        _intent(by_kind, profile),
        language_of(text),
        tuple(w for i, w in enumerate(words) if i not in understood and not is_noise(w)),
        tuple(w for w in words if not is_noise(w)),
        {
            field: frozenset(w for f in by_kind[kind] for w in words[f.start : f.end])
            for kind, field in _FIELD_OF_KIND.items()
            if by_kind[kind]
        },
    )


def language_of(text: str) -> str:
    """hi where Indian scripts prevail, hinglish where Roman Hindi words do, else en."""
    words = [w for w in tokens(text) if not w[0].isdigit()]
    if sum(map(is_indic, words)) * 3 >= max(1, len(words)):
        return "hi" if words else "en"
    roman_hindi = sum(w in lexicon().hinglish for w in words)
    return "hinglish" if roman_hindi >= 2 or (roman_hindi and len(words) <= 5) else "en"


def _phrases(words: list[str]) -> list[_Found]:
    """All phrases of the lexicon, the longest first at each place, without overlaps between the same kinds."""
    known, found, i = lexicon(), [], 0
    while i < len(words):
        for size in range(min(known.longest, len(words) - i), 0, -1):
            meanings = known.phrases.get(tuple(words[i : i + size]))
            if meanings:
                found += [_Found(kind, value, i, i + size) for kind, value in meanings]
                i += size
                break
        else:
            state = _misspelt_state(words[i])
            if state:
                found.append(_Found("state", state, i, i + 1))
            i += 1
    return found


def _misspelt_state(word: str) -> str | None:
    if len(word) < LONG_STATE or word in lexicon().noise:
        return None
    names = lexicon().state_words
    hit = process.extractOne(word, names.keys(), scorer=OSA.distance, score_cutoff=1)
    return names[hit[0]] if hit else None


def _negated_removed(words: list[str], found: list[_Found]) -> list[_Found]:
    """Without what is denied: "not diploma", "disabled nahi"."""
    negations = {f.start for f in found if f.kind == "word" and f.value == "not"}
    facts = ("level", "field", "gender", "group", "state", "disability", "country")

    def denied(f: _Found) -> bool:
        before = f.start - 1 in negations and words[f.start - 1] in ("not", "non", "except")
        after = f.end in negations and words[f.end] not in ("not", "non", "except")
        return f.kind in facts and (before or after)

    return [f for f in found if not denied(f)]


def _numbers(words: list[str], by_kind: dict[str, list[_Found]]) -> dict[int, float]:
    numbers = {i: float(w) for i, w in enumerate(words) if w[0].isdigit() and len(w) < 16}
    return numbers | {f.start: float(f.value) for f in by_kind["number"]}


def _places(by_kind: dict[str, list[_Found]], value: str) -> set[int]:
    return {i for f in by_kind["word"] if f.value == value for i in range(f.start, f.end)}


def _marks(words: list[str], by_kind: dict[str, list[_Found]]) -> tuple[float | None, set[int]]:
    percents, cgpas = _places(by_kind, "percent"), _places(by_kind, "cgpa")
    numbers = {i: float(w) for i, w in enumerate(words) if w[0].isdigit() and len(w) < 8}
    best: tuple[float | None, set[int]] = (None, set())
    for i, value in numbers.items():
        if i + 1 in percents and value <= 100 and not (words[i + 1] == "marks" and value <= 12):
            if best[0] is None:
                best = (value, {i, i + 1})
        elif value <= 10 and (cgpas & {i - 1, i + 1, i - 2}):
            return (round(value * CBSE_PERCENT_PER_GRADE_POINT, 2), {i} | cgpas)
    return best


def _income(words: list[str], by_kind: dict[str, list[_Found]], taken: set[int]) -> tuple[float | None, set[int]]:
    context = _places(by_kind, "income")
    scales = {f.start: float(f.value) for f in by_kind["scale"]}
    for i, value in _numbers(words, by_kind).items():
        if i in taken or not any(abs(i - c) <= _NEAR + 1 for c in context):
            continue
        amount = value * scales.get(i + 1, 1.0)
        if i + 1 not in scales and (value < 5000 or not words[i][0].isdigit()):
            continue
        used = {i, i + 1} if i + 1 in scales else {i}
        if any(i - 4 <= m <= i + 3 for m in _places(by_kind, "monthly")) and amount < 500_000:
            amount *= 12
        return round(amount, 2), used
    return None, set()


def _age(words: list[str], by_kind: dict[str, list[_Found]], taken: set[int]) -> tuple[int | None, set[int]]:
    places = _places(by_kind, "age")
    for i, word in enumerate(words):
        if word.isdigit() and i not in taken and 8 <= int(word[:4]) <= 70 and places & {i + 1, i - 1, i - 2}:
            return int(word), {i} | (places & {i + 1, i - 1})
    return None, set()


def _classes(words: list[str], by_kind: dict[str, list[_Found]], taken: set[int]) -> dict[int, int]:
    """Class numbers by place, ordinals and spelled ones."""
    classes = {f.start: int(f.value) for f in by_kind["class"]}
    places = _places(by_kind, "class")
    for i, word in enumerate(words):
        if word.isdigit() and 1 <= int(word[:3]) <= 12 and i not in taken:
            follows = words[i + 1] if i + 1 < len(words) else ""
            year_of_course = any(y.start <= i < y.end for y in by_kind["year"])
            if not year_of_course and (follows == "th" or places & {i - 1, i + 1, i + 2}):
                classes[i] = int(word)
    return classes


def _level(words: list[str], by_kind: dict[str, list[_Found]], taken: set[int]) -> str | None:
    named = [f.value for f in by_kind["level"]]
    courses = [lv for lv in named if lv not in ("school", "class-11-12")]
    if courses:
        return max(courses, key=LEVELS.index)
    classes = _classes(words, by_kind, taken)
    passed = _places(by_kind, "pass")
    current = {i: c for i, c in classes.items() if not (c == 12 and passed & set(range(i + 1, i + 5)))}
    if current:
        place, highest = max(current.items(), key=lambda item: item[1])
        if highest == 12 and any(place < m <= place + 4 for m in taken):
            return None
        return "class-11-12" if highest >= 11 else "school"
    return max(named, key=LEVELS.index) if named and not classes else None


def _countries(words: list[str], by_kind: dict[str, list[_Found]]) -> tuple[str | None, tuple[str, ...]]:
    citizenship = by_kind["demonym"][0].value if by_kind["demonym"] else None
    study: list[str] = []
    for place in by_kind["country"]:
        before = words[place.start - 1] if place.start else ""
        after = words[place.end] if place.end < len(words) else ""
        if before in _FROM_WORDS or after == "se":
            citizenship = citizenship or place.value
        elif place.value != "IN" or before in ("in", "study") or after in ("me", "mein", "में"):
            study.append(place.value)
    return citizenship, _unique(study)


def _groups(found: list[_Found]) -> tuple[str, ...]:
    groups = _unique(f.value for f in found)
    return tuple(g for g in groups if g != "general") or groups


def _intent(by_kind: dict[str, list[_Found]], profile: Profile) -> str:
    named = {f.value for f in by_kind["intent"]}
    weightiest = next((intent for intent in INTENTS if intent in named), None)
    if weightiest:
        return weightiest
    if profile.known() or "list" in named:
        return "list"
    return next((intent for intent in ("greeting", "thanks") if intent in named), "search")


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _only(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None
