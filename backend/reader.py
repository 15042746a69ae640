"""Reads a student's message: what they ask, what they say of themselves, in which language. Nothing is guessed.

Covered: level, field, gender, citizenship, state, group, disability (the 21 of the Rights of Persons with Disabilities
Act, 2016, as people call them), marks, yearly income, age, country of study and year of study in English, Roman Hindi and
Hindi; backend.amounts reads the numbers, backend.message what is denied.
Not covered: gender from verbs or names, groups from surnames or castes, citizenship from the language, a state from a
city, what is said of parents.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.amounts import Figures, Score, figures
from backend.lexicon import is_noise, lexicon
from backend.message import FACTS, Found, Message, understand
from backend.profile import LEVELS, Profile
from backend.text import is_indic, tokens

INTENTS = (
    "injection", "distress", "fraud", "scam", "developer", "applications", "compare", "why_not", "renewal", "documents",
    "amount", "site", "open_now", "deadline", "eligible", "apply", "loan", "essay",
)  # fmt: skip
"""Kinds of question that a message can name, the weightiest first."""
_FIELD_OF_KIND = {
    "level": "level", "field": "fields", "gender": "gender", "state": "state", "group": "social_groups",
    "disability": "disability", "country": "study_in", "demonym": "citizenship",
}  # fmt: skip
_UNDERSTOOD = FACTS | {"weak_level", "year", "ordinal"}
_SCHOOL, _SENIOR, _UNDERGRADUATE = LEVELS[0], LEVELS[1], LEVELS[3]
_MARKS_REACH, _WORD_REACH = 4, 5
"""Marks belong to the class or course at most so many words before; "passed" and "studying" may stand a word further."""
_IN_OF = frozenset("in me mein में at of from during the my".split())
_POSSESSIVE = frozenset("ka ki ke s का की के".split())
_BEFORE_AFTER = frozenset({"after", "post"})
_IS = frozenset({"hai", "hain", "h", "rahe", "rhe", "rehte", "हैं", "है", "रहे"})
_ALL = frozenset({"dono", "both", "hi", "bhi", "are", "ab", "ji", "दोनों", "ही", "भी", "अब"})
_SE, _IN, _HU = {"se", "से"}, {"me", "mein", "में"}, {"hu", "hun", "hoon", "hai", "hain", "h", "हूँ", "हूं", "हैं", "है"}


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
class _Stage:
    """A class or course that is named at words start to end: its level, the class (0 for a course), whether it is behind
    the student ("marks": marks stand beside it, "done": passed, "after": after it) or not (""), and its marks."""

    level: str
    grade: int
    start: int
    end: int
    behind: str = ""
    score: Score | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """Later studies are greater."""
        return LEVELS.index(self.level), self.grade


def read(text: str) -> Reading:
    """Read one message (any length; nothing raises)."""
    m = understand(text)
    numbers = figures(m)
    stages = _stages(m, numbers)
    state = _state(m)
    citizenship, study_in = _countries(m)
    if state and citizenship is None:
        citizenship = lexicon().state_country.get(state)
    income = numbers.income
    profile = Profile(
        level=_level(m, stages, numbers),
        year_of_study=numbers.year or _year(m),
        fields=_fields(m, stages),
        gender=_gender(m),
        citizenship=citizenship,
        state=state,
        study_in=study_in,
        social_groups=_groups(m),
        disability=_disability(m),
        marks_percent=_marks(stages, numbers.scores),
        family_income=income,
        income_currency=_currency(numbers, citizenship) if income is not None else None,
        age=numbers.age,
    )
    facts = [*(f for kind in _UNDERSTOOD for f in m.of(kind)), *m.denied]
    understood = numbers.used.union(i for f in facts for i in range(f.start, f.end))
    return Reading(
        profile,
        _intent(m, profile),
        language_of(text),
        tuple(w for i, w in enumerate(m.words) if i not in understood and not is_noise(w)),
        tuple(w for w in m.words if not is_noise(w)),
        {
            name: frozenset(w for f in m.of(kind) for w in m.words[f.start : f.end])
            for kind, name in _FIELD_OF_KIND.items()
            if m.of(kind)
        },
    )


def language_of(text: str) -> str:
    """hi where Indian scripts prevail, hinglish where Roman Hindi words do, else en."""
    words = [w for w in tokens(text) if not w[0].isdigit()]
    if sum(map(is_indic, words)) * 3 >= max(1, len(words)):
        return "hi" if words else "en"
    roman_hindi = sum(w in lexicon().hinglish for w in words)
    return "hinglish" if roman_hindi >= 2 or (roman_hindi and len(words) <= 5) else "en"


# Level, marks, field


def _stages(m: Message, numbers: Figures) -> list[_Stage]:
    """The classes and courses that the message names, in order, each with its marks and whether it is behind."""
    named = [_Stage(f.value, 0, f.start, f.end) for f in m.of("level") if not _of_elder(m, f.start)]
    named += [
        _Stage(_level_of(int(f.value)), int(f.value), f.start, f.end) for kind in ("class", "exam") for f in m.of(kind)
    ]
    named += [_Stage(_level_of(c), c, start, end) for c, start, end in numbers.classes if not m.denies(start, end)]
    named += [
        _Stage(_level_of(c), c, f.start, f.end) for f in m.of("ordinal") if (c := int(f.value)) and _is_class(m, f)
    ]
    named = sorted((s for s in named if not _of_elder(m, s.start)), key=lambda s: s.start)
    exams = {f.start for f in m.of("exam")}
    stages: list[_Stage] = []
    taken: set[Score] = set()
    for i, stage in enumerate(named):
        until = named[i + 1].start if i + 1 < len(named) else len(m.words)
        behind, score = ("now", None) if _is_present(m, stage) else _after_stage(m, stage, numbers.scores, until)
        if not behind:
            since = named[i - 1].end if i else 0
            behind, score = _before_stage(m, stage, [s for s in numbers.scores if s not in taken], since)
        if score:
            taken.add(score)
        if not behind and stage.start in exams:
            behind = "done"
        stages.append(_Stage(stage.level, stage.grade, stage.start, stage.end, behind.replace("now", ""), score))
    return stages


def _level_of(grade: int) -> str:
    return _SENIOR if grade >= 11 else _SCHOOL


def _is_class(m: Message, f: Found) -> bool:
    """Whether an ordinal is one of a class: fifth class, class fifth."""
    return f.end in m.places("class") or f.start - 1 in m.places("class")


def _before_class(m: Message, stage: _Stage) -> int:
    """The place before a class or course and its word "class"."""
    first = stage.start - 1
    while first in m.places("class"):
        first -= 1
    return first


def _is_present(m: Message, stage: _Stage) -> bool:
    """Whether a class or course is said to be the present one before it is named: am in class 12, ab 11."""
    first = _before_class(m, stage)
    return first in m.places("present") and m.together(first, stage.start)


def _after_stage(m: Message, stage: _Stage, scores: Sequence[Score], until: int) -> tuple[str, Score | None]:
    """What the first telling word after a class or course says: marks, done, after, now, or nothing."""
    beginning = {s.start: s for s in scores}
    for i in range(stage.end, min(until, stage.end + _WORD_REACH)):
        if not m.together(stage.end - 1, i):
            break
        if i in m.places("after") and m.word(i) not in _BEFORE_AFTER:
            return "after", None
        if i in m.places("pass"):
            return "done", None
        if i in m.places("now") or _is_year_of_study(m, i):
            return "now", None
        if i in beginning and i <= stage.end + _MARKS_REACH:
            return "marks", beginning[i]
    return "", None


def _is_year_of_study(m: Message, i: int) -> bool:
    return any(f.start == i for f in (*m.of("year"), *m.of("ordinal"))) or (
        m.word(i + 1) == "th" and i + 2 in m.places("year")
    )


def _before_stage(m: Message, stage: _Stage, scores: Sequence[Score], since: int) -> tuple[str, Score | None]:
    """What the words before a class or course say: after, done (completed) or marks (72% in)."""
    first = _before_class(m, stage)
    for i in range(first, max(since, first - 3) - 1, -1):
        if not m.together(i, stage.start):
            break
        if i in m.places("after") and m.word(i) in _BEFORE_AFTER:
            return "after", None
        if i in m.places("finished"):
            return "done", None
    for score in scores:
        gap = m.words[score.end : first + 1]
        near = score.start >= since and m.together(score.start, stage.start) and 0 < len(gap) <= 4
        if near and any(w in _IN_OF for w in gap):
            return "marks", score
    return "", None


def _level(m: Message, stages: Sequence[_Stage], numbers: Figures) -> str | None:
    """The level studied next or now: of courses before classes, of what is not behind before what has marks."""
    courses = [s for s in stages if s.rank[0] >= LEVELS.index("diploma")]
    classes = [s for s in stages if s.rank[0] < LEVELS.index("diploma")]
    going = [s for s in courses if not s.behind]
    if going:
        return max(going, key=lambda s: s.rank).level
    if m.of("weak_level") and not any(s.behind == "" for s in classes):
        weak = {f.value for f in m.of("weak_level")}
        college = any(s.grade == 12 for s in classes) or numbers.year or _year(m)
        if (_UNDERGRADUATE in weak and not courses) or ("college" in weak and college and not courses):
            return _UNDERGRADUATE
    marked = [s for s in courses if s.behind == "marks"]
    if marked:
        return max(marked, key=lambda s: s.rank).level
    after = [s for s in stages if s.behind == "after"]
    current = [s for s in classes if not s.behind]
    if current:
        levels = {s.level for s in current}
        if len(levels) > 1 and _is_range(m, current):
            return None
        return max(current, key=lambda s: s.rank).level
    if after:
        return _next(max(after, key=lambda s: s.rank))
    return _next_class(m, max(classes, key=lambda s: s.rank)) if classes and not courses else None


def _next(stage: _Stage) -> str | None:
    """The level after a class or course: after class 12 and diploma a degree; after class 10 it may be either."""
    if stage.level in (_SCHOOL, _SENIOR):
        return {12: _UNDERGRADUATE, 11: _SENIOR, 10: None}.get(stage.grade, _SCHOOL)
    return LEVELS[min(LEVELS.index(stage.level) + 1, len(LEVELS) - 1)]


def _next_class(m: Message, stage: _Stage) -> str | None:
    """The level of a student of whom only a class with marks or a passed one is known; unknown after classes 10 and 12."""
    if stage.grade in (0, 12) or (stage.grade == 10 and (stage.behind == "done" or _has_result(m, stage))):
        return stage.level if stage.grade == 0 else None
    return stage.level


def _has_result(m: Message, stage: _Stage) -> bool:
    return stage.score is not None and m.said_after(stage.score.end, "scored", 2)


def _is_range(m: Message, stages: Sequence[_Stage]) -> bool:
    """Whether classes are the ends of a range: class 9 to 12, 6 se 12 tak."""
    one, other = stages[0], stages[-1]
    return any(m.word(i) in ("to", "se", "से", "till", "tak") for i in range(one.end, other.start)) and (
        other.start - one.end <= 3
    )


def _marks(stages: Sequence[_Stage], scores: Sequence[Score]) -> float | None:
    """The marks of the latest class or course; else the first that are named."""
    with_marks = [s for s in stages if s.score]
    if len(with_marks) > 1:
        latest = max(with_marks, key=lambda s: s.rank).score
        return latest.percent if latest else None
    return scores[0].percent if scores else None


def _year(m: Message) -> int | None:
    """The year of study in words: first year, pehla saal, freshman."""
    years = [int(f.value) for f in m.of("year")]
    years += [int(f.value) for f in m.of("ordinal") if f.end in m.places("year") and m.together(f.start, f.end)]
    return years[0] if years else None


def _fields(m: Message, stages: Sequence[_Stage]) -> tuple[str, ...]:
    """The fields named, without those of a course or class that is behind while another is named."""
    going = [s for s in stages if not s.behind and s.rank[0] >= LEVELS.index("diploma")]
    past = {
        i for s in stages if s.behind and going for i in range(s.start, s.end + (s.grade > 0 and _has_stream(m, s)))
    }

    def of(kind: str) -> list[str]:
        return [f.value for f in m.of(kind) if f.start not in past and not _of_elder(m, f.start)]

    named = of("field")
    return _unique(named if set(named) - {"sports"} else [*of("degree_field"), *named])


def _has_stream(m: Message, stage: _Stage) -> bool:
    return stage.end in m.places("stream") and m.together(stage.start, stage.end)


# Who the student is


def _of_elder(m: Message, i: int) -> bool:
    """Whether a word speaks of a parent: one stands close before it, not as a possessor (papa doctor hai; not papa ki beti)."""
    for k in range(i - 1, max(-1, i - 4), -1):
        if not m.together(k, i) or k in m.places("self") or k in m.places("income") or m.word(k)[:1].isdigit():
            return False
        if k in m.places("elder"):
            return m.word(k + 1) not in _POSSESSIVE
    return False


def _gender(m: Message) -> str | None:
    """The gender that is said; that of a sister or brother where the message is about them."""
    said = {f.value for f in m.of("gender")}
    return _only(said or {f.value for f in m.of("kin") if _is_student(m, f)})


def _is_student(m: Message, kin: Found) -> bool:
    """Whether a sister or brother is the student: "for my sister", or nobody says "I am" (two sisters are none)."""
    if m.word(kin.end) in ("ke", "ko", "के", "को") or m.said_before(kin.start + 1, "for", 3):
        return True
    before, after = m.word(kin.start - 1), m.word(kin.end)
    counted = before[:1].isdigit() or before in ("do", "two", "teen", "three", "दो", "तीन", "a", "have")
    has = after in _HU and (m.word(kin.end + 1) == "" or not m.together(kin.end, kin.end + 1))
    return not counted and not has and not m.places("first person")


def _groups(m: Message) -> tuple[str, ...]:
    """The social groups; "general" only where no other is named."""
    groups = _unique([*(f.value for f in m.of("group")), *(["orphan"] if _is_orphan(m) else [])])
    return tuple(g for g in groups if g != "general") or groups


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
    said = {f.value for f in m.of("disability") if not _of_elder(m, f.start) and not _elder_has(m, f)}
    if "yes" in said:
        return True
    return False if said or any(f.kind == "disability" for f in m.denied) else None


def _elder_has(m: Message, f: Found) -> bool:
    return m.word(f.start - 1) in _POSSESSIVE and f.start - 2 in m.places("elder")


def _state(m: Message) -> str | None:
    """The home state: of several the one that is said to be home (X se hu, from X, X ka, domicile of X), else the first."""
    named = m.of("state")
    home = (f for f in named if _is_home(m, f))
    chosen = next(home, None) or next(iter(named), None)
    return chosen.value if chosen else None


def _is_home(m: Message, f: Found) -> bool:
    before, after = m.word(f.start - 1), m.word(f.end)
    return (
        before == "from"
        or after in _SE | _POSSESSIVE
        or m.said_after(f.end, "home", 3)
        or m.said_before(f.start, "home", 3)
    )


# Countries


def _countries(m: Message) -> tuple[str | None, tuple[str, ...]]:
    """The citizenship, and the countries of study. India is one of study only where it is said (in India, India me)."""
    citizenship = next((f.value for f in m.of("demonym") if f.end not in m.places("institution")), None)
    study: list[str] = [
        f.value
        for f in m.of("demonym")
        if f.end in m.places("institution") and m.word(f.start - 1) in ("a", "an", "in", "at")
    ]
    for place in m.of("country"):
        before, after = m.word(place.start - 1), m.word(place.end)
        if _is_citizens(m, place):
            citizenship = citizenship or place.value
        elif place.value != "IN" or before in ("in", "study") or after in _IN:
            study.append(place.value)
    return citizenship, _unique(study)


def _is_citizens(m: Message, place: Found) -> bool:
    """Whether a country is the student's own: from X (not a degree from X), X se hu, X ka nagrik, citizen of X."""
    before, after = m.word(place.start - 1), m.word(place.end)
    if before == "from":
        level_before = any(f.end == place.start - 1 for kind in ("level", "field", "weak_level") for f in m.of(kind))
        return place.value == "IN" or not level_before
    if after in _SE:
        return place.value == "IN" or m.word(place.end + 1) in _HU
    if after in _POSSESSIVE:
        return m.said_after(place.end, "belongs", 2)
    named = "citizen national nationality passport nagrik nagarik".split()
    return before in named or after in named or (before == "of" and m.word(place.start - 2) in named)


def _currency(numbers: Figures, citizenship: str | None) -> str | None:
    """The income's currency where it is named; rupees for who is, or may be, an Indian citizen."""
    return numbers.currency or ("INR" if citizenship in (None, "IN") else None)


# The question


def _intent(m: Message, profile: Profile) -> str:
    named = {f.value for f in m.of("intent")}
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
