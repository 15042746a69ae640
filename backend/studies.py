"""The classes and courses that a message names: which are behind the student, with which marks, and what that makes of
the level, the marks and the fields. The level is that studied now or next: a degree after class 12, a course before the
classes passed for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backend.amounts import LAST_CLASS, Figures, Score
from backend.message import Found, Message
from backend.profile import LEVELS

_SCHOOL, _SENIOR, _, _UNDERGRADUATE = LEVELS[:4]
_MARKS_REACH, _WORD_REACH = 4, 5
"""Marks belong to the class or course at most so many words before; "passed" and "studying" may stand a word further."""
_BEFORE_AFTER = frozenset({"after", "post"})
_AND = frozenset("and aur phir fir और फिर".split())
_TOWARDS = frozenset({"for"})
"""Before a course that is still to come: the time after school for a degree."""
_IN_OF = frozenset("in me mein में at of from during the my".split())
_TO = frozenset("to se से till tak".split())
_BY_YEARS = "engineering"
"""The field that no school teaches: who says its year and no diploma (which is a course of its own) studies for a degree."""


@dataclass(frozen=True)
class Stage:
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


def stages_of(m: Message, numbers: Figures) -> list[Stage]:
    """The classes and courses that the message names, in order, each with its marks and whether it is behind."""
    named = [Stage(f.value, 0, f.start, f.end) for f in m.of("level")]
    named += [
        Stage(_level_of(int(f.value)), int(f.value), f.start, f.end) for kind in ("class", "exam") for f in m.of(kind)
    ]
    named += [Stage(_level_of(c), c, start, end) for c, start, end in numbers.classes if not m.denies(start, end)]
    named += [
        Stage(_level_of(c), c, f.start, f.end) for f in m.of("ordinal") if (c := int(f.value)) and _is_class(m, f)
    ]
    named = sorted((s for s in named if _is_own(m, s)), key=lambda s: s.start)
    named = [s for s in named if s.level != _SCHOOL or s.grade] or named
    beginning, ending = {s.start: s for s in numbers.scores}, {s.end: s for s in numbers.scores}
    stages: list[Stage] = []
    since = 0
    starts = [*(s.start for s in named[1:]), len(m.words)]
    for stage, until in zip(named, starts, strict=False):
        behind, score = ("now", None) if _is_present(m, stage) else _after_stage(m, stage, beginning, until)
        if not behind:
            behind, score = _before_stage(m, stage, ending, since)
        if not behind and stage.start in m.covered("exam"):
            behind = "done"
        stages.append(replace(stage, behind=behind.replace("now", ""), score=score))
        since = score.end if score else stage.end
    return stages


def _is_own(m: Message, stage: Stage) -> bool:
    """Whether a class or course is the student's: not said of a parent (papa 10th pass), or with hu (papa driver 11th me hu)."""
    return stage.start not in m.others or m.said_after(stage.end, "first person", 3)


def _level_of(grade: int) -> str:
    return _SENIOR if grade >= 11 else _SCHOOL


def _is_class(m: Message, f: Found) -> bool:
    """Whether an ordinal is one of a class: fifth class, class fifth."""
    return f.end in m.places("class") or f.start - 1 in m.places("class")


def _before_class(m: Message, stage: Stage) -> int:
    """The place before a class or course and its word "class"."""
    first = stage.start - 1
    while first in m.places("class"):
        first -= 1
    return first


def _is_present(m: Message, stage: Stage) -> bool:
    """Whether a class or course is said to be the present one before it is named: am in class 12, ab 11."""
    first = _before_class(m, stage)
    return first in m.places("present") and m.together(first, stage.start)


def _after_stage(m: Message, stage: Stage, scores: Mapping[int, Score], until: int) -> tuple[str, Score | None]:
    """What the first telling word after a class or course says: marks, done, after, now, or nothing."""
    for i in range(stage.end, min(until, stage.end + _WORD_REACH)):
        if not m.together(stage.end - 1, i) or m.word(i) in _AND:
            break
        if i in m.places("after") and m.word(i) not in _BEFORE_AFTER:
            return "after", None
        if i in m.places("pass"):
            return "done", None
        if i in m.places("now") or _is_year_of_study(m, i):
            return "now", None
        if i in scores and i <= stage.end + _MARKS_REACH:
            return "marks", scores[i]
    return "", None


def _is_year_of_study(m: Message, i: int) -> bool:
    return i in m.covered("year") or i in m.covered("ordinal") or (m.word(i + 1) == "th" and i + 2 in m.places("year"))


def _before_stage(m: Message, stage: Stage, scores: Mapping[int, Score], since: int) -> tuple[str, Score | None]:
    """What the words before a class or course say: after, done (completed) or marks (72% in)."""
    first = _before_class(m, stage)
    for i in range(first, max(since, first - 3) - 1, -1):
        if not m.together(i, stage.start) or m.word(i) in _TOWARDS:
            break
        if i in m.places("after") and m.word(i) in _BEFORE_AFTER:
            return "after", None
        if i in m.places("finished"):
            return "done", None
    for end in range(first, max(since, first - _MARKS_REACH), -1):
        score = scores.get(end)
        if score and m.together(score.start, stage.start) and any(w in _IN_OF for w in m.words[end : first + 1]):
            return "marks", score
    return "", None


def level_of(m: Message, stages: Sequence[Stage], year: int | None) -> str | None:
    """The level studied now or next: of courses before classes, of what is not behind before what has marks."""
    courses = [s for s in stages if s.level not in (_SCHOOL, _SENIOR)]
    classes = [s for s in stages if s.level in (_SCHOOL, _SENIOR)]
    going = [s for s in courses if not s.behind]
    current = [s for s in classes if not s.behind]
    marked = [s for s in courses if s.behind == "marks"]
    after = [s for s in stages if s.behind == "after"]
    if not going and not courses and not current and _is_at_college(m, classes, year):
        return _UNDERGRADUATE
    if going or marked or current:
        found = going or marked or current
        return None if found is current and _is_range(m, current) else _latest(found).level
    if after:
        return _next(_latest(after))
    return _since(m, _latest(classes)) if classes and not courses else None


def _latest(stages: Sequence[Stage]) -> Stage:
    return max(stages, key=lambda s: s.rank)


def _is_at_college(m: Message, classes: Sequence[Stage], year: int | None) -> bool:
    """Whether a degree is named, or a college by who has passed class 12 or says their year, or the year of engineering."""
    words = {f.value for f in m.of("weak_level")}
    of_course = any(f.value == _BY_YEARS and f.start not in m.others for f in m.of("field"))
    return (
        _UNDERGRADUATE in words
        or (of_course and year is not None)
        or ("college" in words and (year is not None or any(s.grade == LAST_CLASS for s in classes)))
    )


def _next(stage: Stage) -> str | None:
    """The level after a class or course: a degree after class 12 and after a diploma; after class 10 it may be several."""
    if stage.level in (_SCHOOL, _SENIOR):
        return {LAST_CLASS: _UNDERGRADUATE, 10: None}.get(stage.grade, stage.level)
    return LEVELS[min(LEVELS.index(stage.level) + 1, len(LEVELS) - 1)]


def _since(m: Message, stage: Stage) -> str | None:
    """The level of a student of whom only a class with marks or a passed one is known; unknown after classes 10 and 12."""
    over = stage.behind == "done" or (stage.score and m.said_after(stage.score.end, "scored", 2))
    return None if stage.grade == LAST_CLASS or (stage.grade == 10 and over) else stage.level


def _is_range(m: Message, stages: Sequence[Stage]) -> bool:
    """Whether classes of different levels are the ends of a range: class 9 to 12, 6 se 12 tak."""
    one, other = stages[0], stages[-1]
    between = range(one.end, other.start)
    return one.level != other.level and len(between) <= 3 and any(m.word(i) in _TO for i in between)


def marks_of(stages: Sequence[Stage], scores: Sequence[Score]) -> float | None:
    """The marks of the latest class or course; else the first that are named."""
    attached = [(s.rank, s.score.percent) for s in stages if s.score]
    if len(attached) > 1:
        return max(attached)[1]
    return scores[0].percent if scores else None


def year_of(m: Message) -> int | None:
    """The year of study in words: first year, pehla saal, freshman."""
    years = [int(f.value) for f in m.of("year")]
    years += [int(f.value) for f in m.of("ordinal") if f.end in m.places("year") and m.together(f.start, f.end)]
    return years[0] if years else None


def fields_of(m: Message, stages: Sequence[Stage]) -> tuple[str, ...]:
    """The fields named, without those of a course or class that is behind while another is named."""
    going = any(not s.behind and s.level not in (_SCHOOL, _SENIOR) for s in stages)
    past = {i for s in stages if s.behind and going for i in range(s.start, s.end + _has_stream(m, s))}

    def of(kind: str) -> list[str]:
        return [f.value for f in m.of(kind) if f.start not in past and f.start not in m.others]

    named = of("field")
    return tuple(dict.fromkeys(named if set(named) - {"sports"} else [*of("degree_field"), *named]))


def _has_stream(m: Message, stage: Stage) -> bool:
    """Whether a class is followed by its stream: 12th science."""
    return stage.grade > 0 and stage.end in m.places("stream") and m.together(stage.start, stage.end)
