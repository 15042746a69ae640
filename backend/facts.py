"""What a text states in figures: amounts, percentages, counts, dates, months and links, in English, Hindi and Hinglish.

One reader for the records' own texts and for sentences about them, so that both say the same when they say the same. Its
words (months, units, cues such as "income" or "closes") are in data/cues.csv, its numbers those of backend.amounts.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from backend.amounts import Number, read_numbers
from backend.cues import NAME, NUMERIC_DATE, Cue, Token, cues_of, currencies, meanings_of, scales, tokens_of, with_names
from backend.lexicon import lexicon
from backend.message import Message

YEARS = range(1900, 2101)
ROLES: Mapping[str, frozenset[str]] = {
    "amount": frozenset({"income", "award"}),
    "percentage": frozenset({"marks", "fee", "share", "disability", "attendance", "top", "income"}),
    "date": frozenset({"open", "close"}),
}
"""Which cues tell what a figure is about."""
ROLE_REACH, AGE_REACH, UNIT_REACH, PERIOD_REACH, BOUND_REACH = 5, 4, 3, 6, 3
"""In words: how far what says its role, the word for age, a unit, a period or a bound may stand from its number."""
LEAST_AMOUNT = 500
"""From here on a number without a sign or unit, beside a word for money given or earned, is an amount."""
_TO = frozenset("to - – se से through until till tak".split())
_OF = frozenset("of the".split())
_UNSURE = frozenset(
    "do ek one a saath sath sat bis teen das che chah cheh chha ath aath char nau sola assi tis artis एक दो छ छे saat sau half aadha "
    "aadhe आधा आधे pone paun sade sava".split()
)
"""Number words that are other words too (do, ek, saath): numbers only with a scale or a unit after them."""
_FRACTIONS = frozenset("half aadha aadhe आधा आधे".split())
_ARTICLES = frozenset({"one", "ek", "एक", "a"})
_MEASURED = frozenset("year month week day hour semester points class".split())
"""Units that make even "one" a count: one year; "ek student" is merely a student."""
_MONTH_BEFORE = frozenset(
    "in by until till to from of before after since usually and or this next late early mid".split()
)
_MAI_AFTER = frozenset("me mein tak se ka ki ke".split())
_LIGHT = frozenset(
    "a an the of is are be was were to for in at on by with and or as up so that it its you your they who has have get this "
    "ka ki ke ko se me mein par hai hain h ho hoti hota hote tak jo jinki jiski jinka unhe unko inhe wale wali walo aur ya bhi "
    "का की के को से में पर है हैं हो होती होता होते तक जो जिनकी जिसकी उन्हें वाले वाली वालों और या भी".split()
)
"""Words that do not part a number from the word that says what it is."""
_SKIPPED = frozenset(
    "new full such eligible selected meritorious bright outstanding young indian about of the more these best top good other "
    "nayi naye nai yogya chune hue naee नई नए चुने हुए योग्य मेधावी deserving talented international national promising".split()
)
_STOPPERS = frozenset("for a to and or in at with by per tak se ka ki ke ko me और या के को में से का की तक".split())
_AFTER_NUMBER = frozenset("tak se + or and ya aur upwards upward तक से या और".split())
"""First words of the phrases that make the number before them a limit."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated number. `kind` is amount (`unit` a currency), percentage or count (`unit` what is counted, `noun` the word
    after it); `role`, `period` and `bound` are what the words around say of it, where they do; a role is `inherited` from an
    earlier clause where its own says none."""

    kind: str
    value: float
    start: int
    end: int
    unit: str | None = None
    noun: str | None = None
    role: str | None = None
    period: str | None = None
    bound: str | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A stated date, or a part of one: a month, a year; `role` open or close where the words around say so."""

    day: int | None
    month: int | None
    year: int | None
    start: int
    end: int
    role: str | None = None


@dataclass(frozen=True)
class Facts:
    """Everything that a text states in figures; `odd` are the places of figures that are no plain number (2:1, A1201),
    `vague` of scales without a number (lakhs of)."""

    tokens: tuple[Token, ...]
    cues: Mapping[str, tuple[Cue, ...]]
    figures: tuple[Figure, ...]
    whens: tuple[When, ...]
    links: tuple[int, ...]
    odd: tuple[int, ...]
    vague: tuple[int, ...]

    def text(self, start: int, end: int) -> str:
        """What stands at tokens start to before end."""
        return " ".join(token.text for token in self.tokens[start:end])

    def said(self, kind: str, value: str) -> tuple[Cue, ...]:
        """The cues of a kind and value."""
        return tuple(cue for cue in self.cues.get(kind, ()) if cue.value == value)


def read_facts(text: str) -> Facts:
    """Everything that a text states in figures."""
    return facts_of(tokens_of(text))


def facts_of(written: Sequence[Token], names: Sequence[range] = ()) -> Facts:
    """Everything that tokens state in figures; those of the places `names` are names: a clause goes on over them, and
    their words and numbers say nothing."""
    tokens = with_names(written, names)
    cues = cues_of(tokens)
    whens, used = _whens(tokens, cues)
    numbers = [n for n in _numbers(tokens) if not used.intersection(range(n.start, n.end))]
    figures = _figures(tokens, cues, numbers)
    taken = used.union(*(range(n.start, n.end) for n in numbers))

    def places(test: Callable[[Token], bool]) -> tuple[int, ...]:
        return tuple(i for i, token in enumerate(tokens) if i not in taken and test(token))

    return Facts(
        tokens, cues, tuple(figures), whens, places(lambda t: t.kind == "link"), places(lambda t: t.kind in ("code", "odd")),
        places(lambda t: t.kind == "word" and t.word in scales() and len(t.word) > 2),
    )  # fmt: skip


# Dates


def _whens(tokens: Sequence[Token], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[tuple[When, ...], set[int]]:
    """Dates, months and years, and the places that they take."""
    found: list[When] = []
    used: set[int] = set()

    def put(day: int | None, month: int | None, year: int | None, start: int, end: int) -> None:
        found.append(When(day, month, year, start, end))
        used.update(range(start, end))

    for cue in cues.get("month", ()):
        if _is_month(tokens, cue):
            _put_month(tokens, cue, put)
    for i, token in enumerate(tokens):
        if i in used:
            continue
        if token.kind == "date":
            put(*_numeric_date(token.word), i, i + 1)
        elif token.kind == "season":
            first = int(token.word[:4])
            put(None, None, first, i, i + 1)
            put(None, None, first + 1, i, i + 1)
        elif token.kind == "figure" and _is_year(tokens, i):
            put(None, None, int(token.word), i, i + 1)
    found.sort(key=lambda when: when.start)
    return tuple(_with_roles(tokens, cues, _completed(tokens, found))), used


def _is_month(tokens: Sequence[Token], cue: Cue) -> bool:
    """May, mar, mai and the like are months only where something beside them says so."""
    token = tokens[cue.start]
    beside = any(_day(tokens, i) or _is_year(tokens, i) for i in (cue.start - 1, cue.end))
    before, after = _at(tokens, cue.start - 1), _at(tokens, cue.end)
    if token.word == "may":
        named = token.text[0].isupper() and (before in _MONTH_BEFORE or after in _TO or after in ("me", "mein", "में"))
        return beside or (named and cue.start > 0)
    if token.word == "mai":
        return beside or after in _MAI_AFTER
    if token.text.isascii() and len(token.word) <= 4 and token.word not in ("june", "july", "joon"):
        return beside or token.text[0].isupper()
    return True


def _put_month(tokens: Sequence[Token], cue: Cue, put: Callable[..., None]) -> None:
    """Put the date that a month is part of, and the day before "to": 6 to 26 February."""
    start, end, day = cue.start, cue.end, None
    i = start - 1
    while i > 0 and (tokens[i].word in _OF or tokens[i].word in ("st", "nd", "rd", "th")):
        i -= 1
    if i >= 0 and start - i <= 3 and _day(tokens, i):
        day, start = _day(tokens, i), i
    elif _day(tokens, end) and not _has_scale(tokens, end):
        day, end = _day(tokens, end), end + 1
        if _at(tokens, end) in ("st", "nd", "rd", "th"):
            end += 1
    year = int(tokens[end].word) if _is_year(tokens, end) else None
    if day is not None and start < cue.start and _at(tokens, start - 1) in _TO and _day(tokens, start - 2):
        put(_day(tokens, start - 2), int(cue.value), year, start - 2, start - 1)
    put(day, int(cue.value), year, start, end + (year is not None))


def _day(tokens: Sequence[Token], i: int) -> int | None:
    word = _at(tokens, i)
    is_day = word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 and tokens[i].kind == "figure"
    return int(word) if is_day else None


def _has_scale(tokens: Sequence[Token], i: int) -> bool:
    return _at(tokens, i + 1) in scales() or _at(tokens, i + 1) == "%"


def _is_year(tokens: Sequence[Token], i: int) -> bool:
    word = _at(tokens, i)
    if len(word) != 4 or tokens[i].kind != "figure" or "," in tokens[i].text or float(word) not in YEARS:
        return False
    after, before = _at(tokens, i + 1), _at(tokens, i - 1)
    return not (after in scales() or after in currencies() or before in currencies() or after == "%")


def _numeric_date(word: str) -> tuple[int | None, int | None, int | None]:
    match = NUMERIC_DATE.fullmatch(word)
    assert match is not None
    if match[1]:
        return int(match[4]), int(match[3]), int(match[1])
    year = int(match[8]) + (2000 if len(match[8]) == 2 else 0)
    return int(match[5]), int(match[7]), year


def _completed(tokens: Sequence[Token], found: Sequence[When]) -> list[When]:
    """A date without a year before one with a year, joined by "to", is of the same year or the one before."""
    whens = list(found)
    for i in range(len(whens) - 2, -1, -1):
        one, other = whens[i], whens[i + 1]
        if one.year is None and other.year and other.month and one.month and _joined(tokens, one.end, other.start):
            whens[i] = replace(one, year=other.year - (one.month > other.month))
    return whens


def _with_roles(tokens: Sequence[Token], cues: Mapping[str, tuple[Cue, ...]], whens: Sequence[When]) -> list[When]:
    near = [cue for cue in cues.get("role", ()) if cue.value in ROLES["date"]]
    found = [replace(w, role=_role(tokens, near, w.start, w.end)[0]) for w in whens]
    for i in range(len(found) - 1):
        one, other = found[i], found[i + 1]
        adjoin = one.end == other.start and tokens[one.start].part == tokens[other.start].part  # February-March
        if one.month and other.month and (adjoin or _joined(tokens, one.end, other.start)):
            found[i], found[i + 1] = replace(one, role="open"), replace(other, role="close")
    return found


def _joined(tokens: Sequence[Token], end: int, start: int) -> bool:
    return start == end + 1 and tokens[end].word in _TO


# Numbers


def _numbers(tokens: Sequence[Token]) -> list[Number]:
    """The numbers in digits and words, without words that are numbers only beside a scale or unit and stand alone."""
    plain = tuple(t.word if t.kind in ("word", "figure", "sign") else "|" for t in tokens)
    numbers = read_numbers(Message(plain, tuple(t.part for t in tokens), {}))
    return [n for n in numbers if n.digits or not _is_unsure(tokens, n)]


def _is_unsure(tokens: Sequence[Token], n: Number) -> bool:
    if n.scaled or n.end - n.start > 1 or tokens[n.start].word not in _UNSURE:
        return False
    after = _at(tokens, n.end)
    if tokens[n.start].word in _FRACTIONS:
        return True
    units = {value for kind, value in meanings_of(after) if kind in ("unit", "currency", "percent")}
    return not units.intersection(_MEASURED | {"percent"} if tokens[n.start].word in _ARTICLES else units)


def _figures(tokens: Sequence[Token], cues: Mapping[str, tuple[Cue, ...]], numbers: Sequence[Number]) -> list[Figure]:
    places = {kind: {c.start: c for c in cues.get(kind, ())} for kind in ("currency", "percent", "unit")}
    ends = {kind: {c.end: c for c in cues.get(kind, ())} for kind in ("currency", "unit")}
    found = [_figure(tokens, cues, places, ends, n) for n in numbers]
    found += [
        _ordinal(tokens, cue, places["unit"]) for cue in cues.get("rank", ()) if _orders(tokens, cue, places["unit"])
    ]
    found += [
        Figure("count", float(cue.value), cue.start, cue.end, "part")
        for cue in cues.get("fraction", ())
        if cue.value and (cue.value != "0.3333" or _at(tokens, cue.start - 1) in ("one", "two", "a", "ek", "एक"))
    ]
    found.sort(key=lambda figure: figure.start)
    return _in_ranges(tokens, found)


def _figure(
    tokens: Sequence[Token], cues: Mapping[str, tuple[Cue, ...]], places: Mapping[str, Mapping[int, Cue]],
    ends: Mapping[str, Mapping[int, Cue]], n: Number,
) -> Figure:  # fmt: skip
    start, end = n.start, n.end
    percent = places["percent"].get(end)
    if percent:
        figure = Figure("percentage", n.value, start, percent.end)
        return _described(tokens, cues, figure)
    part = tokens[start].part
    before, after = ends["currency"].get(start), places["currency"].get(end)
    before = before if before and tokens[before.start].part == part else None
    after = after if after and tokens[after.start].part == part else None
    if _at(tokens, end) == "/" and _at(tokens, end + 1) == "-":
        end += 2
        after = after or Cue("currency", "Rs", end, end)
    if before or (after and not (after.value in ("TRY", "Rs") and _at(tokens, end) in ("try", "re"))):
        currency = before or after
        assert currency is not None
        start, end = min(start, currency.start), max(end, currency.end)
        return _described(tokens, cues, Figure("amount", n.value, start, end, currency.value))
    unit, noun, end = _unit(tokens, places["unit"], ends["unit"], n)
    figure = _described(tokens, cues, Figure("count", n.value, start, end, unit, noun))
    if unit is None and n.value >= LEAST_AMOUNT:
        amount = _described(tokens, cues, replace(figure, kind="amount", noun=None))
        if amount.role or n.scaled:
            return amount
    return figure


def _unit(
    tokens: Sequence[Token], places: Mapping[int, Cue], ends: Mapping[int, Cue], n: Number
) -> tuple[str | None, str | None, int]:
    """What a number counts, the word after it, and where it ends."""
    before, end = ends.get(n.start), n.end
    suffix = places.get(end)
    if before and before.value == "class":
        return "class", None, end + (suffix is not None and suffix.value == "class")
    noun = _at(tokens, end) if end < len(tokens) and tokens[end].kind == "word" else None
    i = end
    if suffix and tokens[end].word in ("th", "st", "nd", "rd"):
        i = end + 1
        if i in places and places[i].value not in ("award",):
            return places[i].value, noun, places[i].end
        return ("class", noun, end + 1) if n.whole in range(1, 13) else ("rank", noun, end + 1)
    while i < min(len(tokens), end + UNIT_REACH) and tokens[i].part == tokens[n.start].part:
        if i in places:
            return places[i].value, noun, places[i].end
        if tokens[i].word in _STOPPERS or (tokens[i].word not in _SKIPPED and i > end):
            break
        i += 1
    if before and before.value == "rank":
        return "rank", noun, end
    if _at(tokens, n.start - 1) in ("top", "शीर्ष"):
        return "rank", noun, end
    return None, None if noun in _LIGHT else noun, end


def _orders(tokens: Sequence[Token], cue: Cue, units: Mapping[int, Cue]) -> bool:
    unit = units.get(cue.end)
    return unit is not None and unit.value in ("year", "semester", "class", "attempt", "girl", "child", "rank")


def _ordinal(tokens: Sequence[Token], cue: Cue, units: Mapping[int, Cue]) -> Figure:
    unit = units[cue.end]
    return Figure("count", float(cue.value), cue.start, unit.end, f"nth {unit.value}")


def _described(tokens: Sequence[Token], cues: Mapping[str, tuple[Cue, ...]], figure: Figure) -> Figure:
    """A figure with what the words around say of it."""
    bound = _bound(tokens, cues.get("bound", ()), figure)
    if figure.kind == "count":
        return replace(figure, bound=bound, unit="age" if _is_age(tokens, cues, figure) else figure.unit)
    near = [cue for cue in cues.get("role", ()) if cue.value in ROLES[figure.kind]]
    role, inherited = _role(tokens, near, figure.start, figure.end)
    period = _period(tokens, cues.get("period", ()), figure) if figure.kind == "amount" else None
    return replace(figure, role=role, bound=bound, period=period, inherited=inherited)


def _is_age(tokens: Sequence[Token], cues: Mapping[str, tuple[Cue, ...]], figure: Figure) -> bool:
    if figure.unit not in (None, "year") or figure.value > 120:
        return False
    clause = tokens[figure.start].clause
    return any(
        cue.value == "age" and tokens[cue.start].clause == clause
        and (_distance(tokens, cue.end, figure.start) + _distance(tokens, figure.end, cue.start) <= AGE_REACH)
        for cue in cues.get("role", ())
    )  # fmt: skip


def _bound(tokens: Sequence[Token], bounds: Sequence[Cue], figure: Figure) -> str | None:
    """Whether a limit is a lower or an upper one: the nearest of the words that say so, before it or after."""
    best: tuple[int, str] | None = None
    for cue in bounds:
        if tokens[cue.start].part != tokens[figure.start].part:
            continue
        follows = tokens[cue.start].word in _AFTER_NUMBER
        gap = (figure.end, cue.start) if follows else (cue.end, figure.start)
        if gap[0] > gap[1] or any(t.kind == "figure" for t in tokens[gap[0] : gap[1]]):
            continue
        distance = _distance(tokens, *gap)
        if distance <= BOUND_REACH and (best is None or distance < best[0]):
            best = distance, cue.value
    return best[1] if best else None


def _period(tokens: Sequence[Token], periods: Sequence[Cue], figure: Figure) -> str | None:
    """The period that an amount is paid for: the nearest that is named after it, else before it."""
    inside = [c for c in periods if tokens[c.start].part == tokens[figure.start].part]
    after = [c for c in inside if figure.end <= c.start <= figure.end + PERIOD_REACH]
    before = [c for c in inside if figure.start - PERIOD_REACH <= c.end <= figure.start]
    if after and (not before or after[0].start - figure.end <= figure.start - before[-1].end):
        return after[0].value
    return before[-1].value if before else None


def _role(tokens: Sequence[Token], cues: Sequence[Cue], start: int, end: int) -> tuple[str | None, bool]:
    """The nearest of the cues in the clause; else, inherited, the last of those before it in the text."""
    clause = tokens[start].clause
    best: tuple[int, int, str] | None = None
    for cue in cues:
        if tokens[cue.start].clause != clause or cue.start < end <= cue.end:
            continue
        if cue.end <= start:
            key = (_distance(tokens, cue.end, start), 0, cue.value)
        else:
            key = (_distance(tokens, end, cue.start), 1, cue.value)
        if key[0] > ROLE_REACH:
            continue
        if best is None or key < best:
            best = key
    if best:
        return best[2], False
    before = bisect_left([cue.start for cue in cues], start)
    return (cues[before - 1].value, True) if before else (None, False)


def _distance(tokens: Sequence[Token], end: int, start: int) -> int:
    """How many words that count stand between two places."""
    return sum(token.word not in _LIGHT and token.kind != NAME for token in tokens[end:start])


def _in_ranges(tokens: Sequence[Token], figures: Sequence[Figure]) -> list[Figure]:
    """Of two numbers joined by "to", what is said of one holds for the other: ₹300 to 1,000 a month, class 9 to 12."""
    found = list(figures)
    for i in range(len(found) - 2, -1, -1):
        one, other = found[i], found[i + 1]
        if not _joined(tokens, one.end, other.start):
            continue
        kinds = {one.kind, other.kind}
        if one.kind == "count" and one.unit is None and other.kind != "count":
            one = replace(other, value=_scaled(tokens, one, other), start=one.start, end=one.end, bound=None)
        elif other.kind == "count" and other.unit is None and one.kind == "amount":
            other = replace(one, value=other.value, start=other.start, end=other.end, bound=other.bound)
        elif kinds == {"amount"}:
            period = one.period or other.period
            one = replace(one, unit=one.unit or other.unit, period=period, role=one.role or other.role)
            other = replace(other, unit=other.unit or one.unit, period=period)
        elif kinds == {"count"}:
            unit = "age" if "age" in (one.unit, other.unit) else other.unit or one.unit
            one, other = replace(one, unit=one.unit or unit), replace(other, unit=unit)
            if unit in ("age", "year"):
                one, other = replace(one, unit=unit, bound="least"), replace(other, unit=unit, bound="most")
        found[i], found[i + 1] = one, other
    return found


def _scaled(tokens: Sequence[Token], one: Figure, other: Figure) -> float:
    """Of "10 to 12 lakh" the first, too, in lakh."""
    word = next((t.word for t in tokens[other.start : other.end] if t.word in scales()), None)
    if word is None or one.value >= LEAST_AMOUNT:
        return one.value
    scale = next(float(value) for kind, value in lexicon().phrases[(word,)] if kind == "scale")
    return one.value * scale


def _at(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].word if 0 <= i < len(tokens) else ""
