"""The numbers of a message: what each one is (a class, an age, marks, an income, a year of study), and how much.

Indian amounts: sava (a quarter more), dedh (1.5), dhai (2.5), sadhe (a half more), paune (a quarter less) before a number,
hazar, lakh and crore after it, several of them in falling order (do lakh tees hazar).
Marks: percent; CGPA out of 10 times 9.5, CBSE's formula; marks out of a total. A grade point of up to 4, or out of 4, is
not read (no formula is stated for it), nor is a percentage of disability, fees, attendance and the like.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from backend.lexicon import lexicon
from backend.message import Message

CBSE_PERCENT_PER_GRADE_POINT = 9.5
"""CBSE: percentage = 9.5 times the CGPA (Continuous and Comprehensive Evaluation scheme, 2010 to 2017)."""
LEAST_GRADE_POINT = 4
"""A grade point of up to 4 may be on the scale of 4, which has no stated formula."""
AGES, BARE_AGES = range(8, 71), range(14, 41)
"""Ages that are read; those that are read from a number alone between commas ("Indian woman, 26, ...")."""
LEAST_SCORE = 30
"""From here on a number beside "scored" or "aaye" is marks in percent."""
LEAST_RUPEES, LEAST_RUPEES_NAMED, GREATEST_INCOME = 5_000, 500, 10**10
"""From here on a number in digits is an income, without or with rupees, hazar or a month beside it; the limit above."""
INCOME_REACH, CLAUSE_COST = 7, 3
"""An income stands at most so many words from the word for it; the end of a clause counts as so many words."""
LAST_CLASS, LAST_YEAR = 12, 6
LEAST_TOTAL, GREATEST_TOTAL = 50, 1500
"""Totals that marks are out of."""
_ENGLISH_TENS = frozenset("twenty thirty forty fourty fifty sixty seventy eighty ninety".split())
_ONLY_AFTER_DIGITS = frozenset({"l", "k", "cr"})
_SCHOOL_YEARS = range(7, LAST_CLASS + 1)
"""Years that a school counts as India its classes: year 11."""
_YEAR = frozenset({"year", "yr", "varsh", "वर्ष"})
_PERSONS = frozenset("he she sister brother daughter son child".split())
_AND = frozenset({"and", "aur", "और"})
_TO = frozenset({"to", "se", "से"})
_OR = frozenset({"or", "ya", "या"})
_IN = frozenset({"me", "mein", "में"})
_IS = frozenset(
    "is of was hai h he about around approx lagbhag karib mera meri my only under below nearly है करीब लगभग".split()
)


@dataclass(frozen=True)
class Number:
    """A number at words start to before end; `scaled` by lakh, hazar and the like; `digits` where written in digits."""

    value: float
    start: int
    end: int
    scaled: bool
    digits: bool

    @property
    def whole(self) -> int:
        """The number where it is a whole one, else -1."""
        return int(self.value) if self.value == int(self.value) else -1


@dataclass(frozen=True)
class Score:
    """Marks in percent at words start to before end."""

    percent: float
    start: int
    end: int


@dataclass(frozen=True)
class Figures:
    """What the numbers of a message are; classes and years as (number, start, end). `used` are the places of scores,
    income and age."""

    scores: tuple[Score, ...]
    income: float | None
    currency: str | None
    age: int | None
    classes: tuple[tuple[int, int, int], ...]
    year: int | None
    used: frozenset[int]


def figures(m: Message) -> Figures:
    """Everything that the numbers of a message say."""
    numbers = read_numbers(m)
    tags = _tags(m, numbers)
    tagged: dict[str, list[Number]] = {tag: [n for n in numbers if tags[n.start] == tag] for tag in set(tags.values())}
    scores = _scores(m, tagged, numbers)
    income = _income(m, [n for n in numbers if tags[n.start] in ("money", "other")])
    age = next((n for n in tagged.get("age", ()) if not m.denies(n.start, n.end)), None) or _bare_age(m, tagged)
    used = {i for s in scores for i in range(s.start, s.end)}
    used |= {i for n in (age, income) if n for i in range(n.start, n.end)}
    if age:
        used |= {i for i in (age.start - 1, age.end) if i in m.places("age") | m.places("years")}
    return Figures(
        tuple(scores),
        _yearly(m, income) if income else None,
        _currency(m, income) if income else None,
        age.whole if age else None,
        tuple((n.whole, n.start, n.end + (n.end in m.places("th"))) for n in tagged.get("class", ())),
        next((n.whole for n in tagged.get("year", ())), None),
        frozenset(used),
    )


# Numbers


def read_numbers(m: Message) -> list[Number]:
    """All numbers, left to right, in digits and in words; an amount of several parts is one number."""
    found, i = [], 0
    while i < len(m.words):
        number = _amount(m, i)
        if number:
            found.append(number)
        i = number.end if number else i + 1
    return found


@lru_cache(maxsize=1)
def _values() -> tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]:
    """Number words, scales and the parts that go before a number (sava: 0.25, paune: -0.25, sadhe: 0.5)."""
    tables: dict[str, dict[str, float]] = {"number": {}, "scale": {}, "part": {}}
    for phrase, meanings in lexicon().phrases.items():
        for kind, value in meanings:
            if kind in tables and len(phrase) == 1:
                tables[kind][phrase[0]] = float(value)
    return tables["number"], tables["scale"], tables["part"]


def _amount(m: Message, i: int) -> Number | None:
    """The amount that begins at a place: parts with falling scales, as "do lakh tees hazar" or "1 lakh and 20k"."""
    total, start, last, digits = 0.0, i, float("inf"), m.word(i)[:1].isdecimal()
    end = i
    while True:
        k = i + 1 if end > start and m.word(i) in _AND else i
        part = _part(m, k) if end == start or m.together(start, k) else None
        if part is None:
            break
        value, after = part
        scale, past = _scale(m, after)
        if scale >= last or (end > start and scale == 1 and (last != 100 or k != i or m.word(k)[:1].isdecimal())):
            break
        total, last, end = total + value * scale, scale, past
        i = past
        if scale == 1:
            break
    return Number(round(total, 6), start, end, last > 1 and last != float("inf"), digits) if end > start else None


def _part(m: Message, i: int) -> tuple[float, int] | None:
    """A number without its scale, and the place after it: 2.5, sava do, sadhe teen, twenty five, two and a half."""
    _, scales, parts = _values()
    word = m.word(i)
    if word in parts:
        plain = _plain(m, i + 1) if m.together(i, i + 1) else None
        if plain:
            return plain[0] + parts[word], plain[1]
        return (1 + parts[word], i + 1) if m.word(i + 1) in scales and parts[word] != 0.5 else None
    if word in scales and scales[word] == 100 and m.word(i + 1) in scales:
        return None
    if word == "a" and m.word(i + 1) in ("lakh", "lac", "crore"):
        return 1.0, i + 1
    plain = _plain(m, i)
    if plain is None:
        return None
    value, end = plain
    if m.words[end : end + 3] == ("and", "a", "half") or m.words[end : end + 2] == ("and", "half"):
        return value + 0.5, end + (3 if m.word(end + 1) == "a" else 2)
    if value == 0.5 and m.word(end) == "a":
        return value, end + 1
    return value, end


def _plain(m: Message, i: int) -> tuple[float, int] | None:
    numbers, _, _ = _values()
    word = m.word(i)
    if word[:1].isdecimal():
        return (float(word), i + 1) if len(word) < 16 else None
    if word not in numbers:
        return None
    value, end = numbers[word], i + 1
    if word in _ENGLISH_TENS and 1 <= numbers.get(m.word(end), 0) <= 9:
        value, end = value + numbers[m.word(end)], end + 1
    if m.word(end) == "point" and (m.word(end + 1) in numbers or m.word(end + 1).isdecimal()):
        tenths = numbers.get(m.word(end + 1)) or float(m.word(end + 1))
        return (value + tenths / 10, end + 2) if tenths < 10 else None
    return value, end


def _scale(m: Message, i: int) -> tuple[float, int]:
    """The scale that stands at a place (1 where none does), and the place after it."""
    _, scales, _ = _values()
    word = m.word(i)
    if word in scales and m.together(i - 1, i) and (word not in _ONLY_AFTER_DIGITS or m.word(i - 1)[:1].isdecimal()):
        return scales[word], i + 1
    return 1.0, i


# What a number is


def _tags(m: Message, numbers: list[Number]) -> dict[int, str]:
    """What each number is, by its place; one that corrects or continues the number before is the same (17 nahi 18,
    class 9 to 12)."""
    tags: dict[int, str] = {}
    before: Number | None = None
    for n in numbers:
        tag = _tag(m, n)
        if before and tag == "other":
            gap = range(before.end, n.start)
            joined = len(gap) <= 3 and all(m.word(i) in _TO | _OR | _AND or i in m.places("th") for i in gap)
            corrected = len(gap) <= 3 and m.denies(before.start, before.end)
            same = tags[before.start]
            if _may_be(same, n) and (corrected or (joined and same == "class")):
                tag = same
        tags[n.start] = tag
        before = n
    return tags


def _may_be(tag: str, n: Number) -> bool:
    """Whether a number is of a size for a tag."""
    sizes = {
        "class": 1 <= n.whole <= LAST_CLASS, "year": 1 <= n.whole <= LAST_YEAR, "age": n.whole in AGES,
        "percent": n.value <= 100, "cgpa": n.value <= 10, "money": True,
    }  # fmt: skip
    return sizes.get(tag, False)


def _tag(m: Message, n: Number) -> str:
    """What a number is: money, year, class, age, percent, cgpa, fraction, score, or other."""
    after = n.end if m.together(n.end - 1, n.end) else -1
    before = n.start - 1 if m.together(n.start - 1, n.start) else -1
    if n.scaled or before in m.places("rupees") or after in m.places("rupees"):
        return "money"
    if after in m.places("th"):
        return _ordinal_tag(m, n, after)
    if m.word(before) in _YEAR and n.whole in _SCHOOL_YEARS:
        return "class"
    if m.word(before) in _YEAR and _may_be("year", n) and after not in m.places("percent"):
        return "year"
    if before in m.places("term"):
        return "other"
    if before in m.places("class") and _may_be("class", n):
        return "class"
    if after in m.places("percent"):
        return "percent" if n.value <= 100 and not _is_no_score(m, n) else "other"
    if after in m.places("out of"):
        return "fraction"
    if _is_age(m, n, before, after):
        return "age"
    if n.value <= 10 and n.digits and (m.said_before(n.start, "cgpa", 4) or m.said_after(n.end, "cgpa", 2)):
        return "cgpa"
    if _is_class(m, n, after):
        return "class"
    if LEAST_SCORE <= n.value <= 100 and n.digits and _is_score(m, n):
        return "percent"
    return "other"


def _ordinal_tag(m: Message, n: Number, ordinal: int) -> str:
    """What a number with th is: the year of a course, a class, or neither (10th rank, 3rd sem, 1st class with 64%)."""
    follows = ordinal + 1 if m.together(ordinal, ordinal + 1) else -1
    if follows in m.places("year"):
        return "year" if _may_be("year", n) else "other"
    if follows in m.places("term") or not _may_be("class", n):
        return "other"
    named = follows in m.places("class") or n.start - 1 in m.places("class")
    if n.whole <= 3:
        division = follows in m.places("class") and m.said_after(follows + 1, "percent", 5)
        return "class" if (named or m.word(follows) in _IN) and not division else "other"
    return "class"


def _is_age(m: Message, n: Number, before: int, after: int) -> bool:
    """A word for age binds to the number after it, one for years to the number before; an m or f beside it is an age."""
    if n.whole not in AGES or n.start in m.others or m.said_before(n.start, "elder", 4):
        return False
    named = before
    while m.word(named) in _IS and named > n.start - 4:
        named -= 1
    if before >= 0 and named in m.places("age"):
        return True
    if after in m.places("years"):
        lasts = m.said_after(after + 1, "lasts", 3) or m.word(after + 1) in _TO
        return not lasts and m.word(before) not in _TO and not m.said_before(n.start, "lasts", 2)
    if after in m.places("age") and not m.word(after + 1)[:1].isdecimal():
        return True
    alone = m.word(before) in ("am", "main", "mai") or (m.word(before) == "is" and m.word(before - 1) in _PERSONS)
    alone = alone and after not in m.places("class")
    return (
        alone and n.whole > LAST_CLASS and (after == -1 or m.word(after) in ("and", "ka", "ki", "aur", "from", "old"))
    )


def _is_class(m: Message, n: Number, after: int) -> bool:
    """A number of a class: 11 me hu, 12 science, 10 pass, ten class (not "10 class 75%", where class speaks of 10)."""
    if not _may_be("class", n):
        return False
    if after in m.places("class"):
        return True
    if not n.digits:
        return False
    if n.start - 1 in m.places("present") and m.word(n.start - 1) in ("in", "ab", "अब", "abhi") and n.whole >= 5:
        return after == -1 or not m.word(after)[:1].isdecimal()
    if m.word(after) in _IN:
        return n.whole >= 5 and m.word(after + 1) not in _TO
    return (n.whole > 4 and (after in m.places("pass") or after in m.places("board") or m.word(after) == "ke")) or (
        n.whole > 10 and after in m.places("stream")
    )


def _is_score(m: Message, n: Number) -> bool:
    if n.start - 1 in m.places("percent") and not m.word(n.start - 2)[:1].isdecimal():
        return True
    named = m.said_before(n.start, "scored", 3) or m.said_after(n.end, "scored", 2)
    return named and n.start - 1 not in m.places("age") and n.end not in m.places("years")


def _is_no_score(m: Message, n: Number) -> bool:
    """Whether a percentage is one of disability, fees or attendance: a word for that stands right after or before it."""
    end = n.end
    while end in m.places("percent"):
        end += 1
    disabled = m.covered("disability")
    if m.word(n.start - 1) == "top" or m.said_after(end, "impairment", 3) or m.said_before(n.start, "impairment", 2):
        return True
    if _names_study(m, n, range(n.start - 3, n.start)):
        return False
    after = [i for i in range(end, end + 2) if m.together(n.start, i)]
    if any(i in m.places("share") or i in disabled for i in after) or m.said_before(n.start, "share", 2):
        return True
    if n.value == 100 and m.said_after(end, "whole", 2):
        return True
    close = any(i in disabled and m.together(i, n.start) for i in (n.start - 1, n.start - 2))
    return close and not _names_study(m, n, range(end, end + 3))


def _names_study(m: Message, n: Number, near: range) -> bool:
    """Whether words beside a percentage say of which study it is: 72% in 12th, 65% marks."""
    studied = [m.covered(kind) for kind in ("level", "class", "weak_level")]
    studied += [m.places(word) for word in ("scored", "class", "th")]
    return any(i in places and m.together(i, n.start) for i in near for places in studied)


# Marks


def _scores(m: Message, tagged: Mapping[str, list[Number]], numbers: list[Number]) -> list[Score]:
    scores = [Score(n.value, n.start, n.end + (n.end in m.places("percent"))) for n in tagged.get("percent", ())]
    scores += [
        Score(round(n.value * CBSE_PERCENT_PER_GRADE_POINT, 2), n.start, n.end)
        for n in tagged.get("cgpa", ())
        if n.value > LEAST_GRADE_POINT and not _out_of_four(m, n)
    ]
    scores += [s for n in tagged.get("fraction", ()) if (s := _fraction(m, n, numbers))]
    scores.sort(key=lambda s: s.start)
    taken_back = {s.start for s, later in pairwise(scores) if m.corrects(s.end, later.start)}
    return [s for s in scores if s.start not in m.others | taken_back and not m.denies(s.start, s.end)]


def _fraction(m: Message, n: Number, numbers: list[Number]) -> Score | None:
    """Marks out of a total (432 out of 500, 500 me se 432); out of 10 where a word for grade points is near."""
    other = numbers[numbers.index(n) + 1] if numbers[-1] != n else None
    if other is None or other.start > n.end + 3 or not m.together(n.start, other.start):
        return None
    value, total = n.value, other.value
    if value > total and m.word(n.end) in _IN:
        value, total = total, value
    if total == 10 and value <= total:
        graded = m.said_before(n.start, "cgpa", 4) or m.said_after(other.end, "cgpa", 3)
        return Score(round(value * CBSE_PERCENT_PER_GRADE_POINT, 2), n.start, other.end) if graded else None
    if not LEAST_TOTAL <= total <= GREATEST_TOTAL or value > total:
        return None
    return Score(round(value * 100 / total, 2), n.start, other.end)


def _out_of_four(m: Message, n: Number) -> bool:
    return m.said_after(n.end, "out of", 2) and "4" in m.words[n.end : n.end + 4]


def _bare_age(m: Message, tagged: Mapping[str, list[Number]]) -> Number | None:
    """A number that is a clause of its own between commas, as in "Indian woman, 26, ..."."""
    alone = [
        n for n in tagged.get("other", ())
        if n.digits and n.whole in BARE_AGES and not m.together(n.start - 1, n.start) and not m.together(n.start, n.end)
    ]  # fmt: skip
    return alone[0] if len(alone) == 1 else None


# Income

_COMES = frozenset("aata aati aate ata ati आता आती आते".split())
"""Verbs of what a family earns, and not of what an award gives."""


def _income(m: Message, candidates: list[Number]) -> Number | None:
    """The amount nearest to a word for income, without those denied, above a limit, or of fees and loans."""
    denied = {n.start for n in candidates if m.denies(n.start, n.end)} if m.places("income") else set()
    denied |= {n.start for n, later in pairwise(candidates) if m.corrects(n.end, later.start)}
    of_range = {n.start for n, later in pairwise(candidates) if _is_range(m, n, later)}
    nearest: tuple[int, Number] | None = None
    for n in candidates:
        if n.start in denied | of_range or not _is_amount(m, n) or _is_open_ended(m, n):
            continue
        distance = _distance(m, n, (*_income_words(m, n), denied))
        near_enough = distance <= INCOME_REACH and distance <= _distance(m, n, (m.places("cost"),))
        if near_enough and (nearest is None or distance < nearest[0]):
            nearest = distance, n
    return nearest[1] if nearest else None


def _is_amount(m: Message, n: Number) -> bool:
    """Whether a number may be a yearly or monthly income (not that of a day or week)."""
    if n.value >= GREATEST_INCOME or m.said_after(n.end, "daily", 3) or m.said_before(n.start, "daily", 2):
        return False
    named = n.scaled or _currency_at(m, n) or _is_monthly(m, n)
    return n.value >= (LEAST_RUPEES_NAMED if named else LEAST_RUPEES) and (n.scaled or n.digits)


def _income_words(m: Message, n: Number) -> list[Set[int]]:
    """Words that make an amount an income: income, earns; or what comes in by month or year to a parent or the house."""
    words: list[Set[int]] = [m.places("income")]
    if m.said_before(n.start, "cost", 4):
        return words
    if _is_yearly(m, n) or _comes_in(m, n) or (n.scaled and m.said_after(n.end, "monthly", 2)):
        words.append({n.end})
    if _is_monthly(m, n):
        words += [m.places("elder"), m.places("household")]
    return words


def _is_yearly(m: Message, n: Number) -> bool:
    """Whether a word for a year follows that is not one of study: 2 lakh a year (not: 2 lakh first year)."""
    years = (i for i in (n.end, n.end + 1) if i in m.places("yearly") and m.together(n.end - 1, i))
    return any(i - 1 not in m.covered("ordinal") and m.word(i - 1) not in ("final", "last") for i in years)


def _comes_in(m: Message, n: Number) -> bool:
    """Whether so much comes in a year or month: saal ka 5 lakh aata hai (not: saal ka 5 lakh milta hai, which an award does)."""
    times = m.places("yearly") | m.places("monthly")
    named = any(i in times for i in (n.start - 1, n.start - 2) if m.together(i, n.start))
    return named and any(m.word(i) in _COMES and m.together(n.start, i) for i in (n.end, n.end + 1))


def _distance(m: Message, n: Number, places: Iterable[Set[int]]) -> int:
    """How far the nearest of these places is from an amount; the end of a clause counts as some words."""
    near = range(max(0, n.start - INCOME_REACH), min(len(m.words), n.end + INCOME_REACH))
    return min(
        (
            (n.start - i if i < n.start else i - n.end + 1) + CLAUSE_COST * abs(m.clauses[n.start] - m.clauses[i])
            for i in near
            if any(i in where for where in places)
        ),
        default=INCOME_REACH + 1,
    )


def _is_range(m: Message, n: Number, following: Number) -> bool:
    return following.start == n.end + 1 and m.word(n.end) in _TO and following.scaled == n.scaled


def _is_open_ended(m: Message, n: Number) -> bool:
    """More than so much: how much is not said. "Not more than" is an upper limit."""
    if m.said_before(n.start, "above", 2):
        return not m.said_before(n.start, "except", 4)
    if not m.said_after(n.end, "above", 3):
        return False
    return not m.said_after(n.end, "not", 4)


def _is_monthly(m: Message, n: Number) -> bool:
    """Whether an amount is one of a month: monthly, mahina, 15k pm (not "6 months")."""
    if m.said_after(n.end, "yearly", 1):
        return False
    near = [i for i in range(n.start - 4, n.end + 3) if i in m.places("monthly") and m.together(n.start, i)]
    after = n.end if m.together(n.start, n.end) else -1
    letters = m.word(after) == "pm" or (m.word(after) == "p" and m.word(after + 1) == "m")
    return letters or any(len(m.word(i - 1)) > 2 or not m.word(i - 1).isdecimal() for i in near)


def _yearly(m: Message, n: Number) -> float:
    return round(n.value * (12 if _is_monthly(m, n) else 1), 2)


def _currency_at(m: Message, n: Number) -> bool:
    return any(i in m.places("rupees") for i in (n.start - 1, n.end))


def _currency(m: Message, n: Number) -> str | None:
    """The currency that is named beside an amount (ISO 4217), or None."""
    beside = (f for f in m.of("currency") if f.end - 1 in (n.start - 1, n.start - 2) or f.start in (n.end, n.end + 1))
    return next((f.value for f in beside), None)
