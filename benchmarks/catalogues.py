"""Catalogues of any size for measurements: the real rows first, then invented ones made from them.

An invented row keeps the form of a real one, not its truth: its sentences come from several rows and may contradict
its limits. Invented words come in step with the rows, so the vocabulary grows as the catalogue does.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import TypeVar

from backend.catalogue import COLUMNS
from backend.deadlines import MONTHS, day

DATA = Path(__file__).resolve().parents[1] / "data"
FIRST_WORDS, ROWS_A_WORD = 200, 50
"""Invented words known at the first invented row, and after how many rows there is one more (20,200 at 1,000,000)."""
ONSETS = "k kh g gh ch j t th d dh n p b bh m y r l v s sh h kr pr tr".split()
VOWELS = "a a a aa e i i o u ai au".split()
CODAS = ("", "", "", "n", "r", "l", "sh", "m", "t", "nd", "rk")
STORIES = (
    "Named after {0} {1} of {2}, who paid for the schooling of village children.",
    "The {0} family of {2} set it up in memory of {1} {0}.",
    "{0} {1} Trust runs it with colleges around {2}.",
    "It began in {2} and now has offices in {0} and {1}.",
)
LOCAL_RULES = (
    "Lives in {0} or {1} district",
    "Studied at a school in {0} block for the last three years",
    "Recommended by the {0} {1} Samiti",
    "Not supported by the {0} Trust at the same time",
)
PROVIDERS = {
    "government": ("Directorate of Education, {0} Division", "{0} {1} Welfare Board", "{0} Development Authority"),
    "corporate": ("{0} {1} Limited", "{0} Industries", "{0} Bank"),
    "foundation": ("{0} {1} Foundation", "{0} Charitable Trust", "{0} {1} Memorial Trust"),
    "university": ("{0} University", "{0} Institute of Technology", "{1} College, {0}"),
    "association": ("{0} {1} Samaj", "Association of {0} Alumni", "{0} Chamber of Commerce"),
}
PERIODS = {"once": " once", "month": " a month", "year": " a year", "course": " for the course", "": ""}

Row = Mapping[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class _Pattern:
    """A real row in the parts that others are made from; `own` are the places of the name's own (rare) words."""

    row: Row
    name: tuple[str, ...]
    own: tuple[int, ...]
    states: tuple[str, ...]
    sentences: tuple[str, ...]
    rules: tuple[str, ...]
    needs: tuple[str, ...]


def write_catalogue(rows: int, path: Path, seed: int = 1) -> None:
    """Write a valid catalogue of so many rows, one at a time; the same `rows` and `seed` give the same bytes.

    A smaller catalogue is the beginning of a larger one with the same seed.
    """
    with (DATA / "scholarships.csv").open(encoding="utf-8-sig", newline="") as file:
        real = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(real[:rows])
        writer.writerows(_invented(real, rows - len(real), seed))


def _invented(real: Sequence[Row], count: int, seed: int) -> Iterator[Row]:
    """So many invented rows; none where `count` is below 1."""
    maker = _Maker(real, Random(seed))
    words = _words(FIRST_WORDS + max(0, count) // ROWS_A_WORD)
    for number in range(count):
        yield maker.row(words, FIRST_WORDS + number // ROWS_A_WORD)


def _words(count: int) -> list[str]:
    """So many different made-up proper nouns of two to four syllables; always the same ones, in the same order."""
    random = Random("words")
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = range(random.choice((2, 2, 3, 3, 3, 4)))
        word = "".join(random.choice(ONSETS) + random.choice(VOWELS) for _ in syllables) + random.choice(CODAS)
        words[word.capitalize()] = None
    return list(words)


class _Maker:
    """Makes rows that look like the real ones; keeps the ids it gave, so that none comes twice."""

    def __init__(self, real: Sequence[Row], random: Random) -> None:
        self._chance = random.random
        self._patterns = _patterns(real)
        self._sentences = [s for p in self._patterns for s in p.sentences]
        self._rules = [e for p in self._patterns for e in p.rules]
        self._needs = [r for p in self._patterns for r in p.needs]
        self._states = _states_by_country()
        self._country = {s: c for c, states in self._states.items() for s in states}
        self._ids = {r["id"] for r in real}

    def row(self, words: Sequence[str], known: int) -> dict[str, str]:
        """One more row; its proper nouns are among the first `known` of `words`, the early ones more often."""
        pattern = self._one_of(self._patterns)
        made = dict(pattern.row)
        nouns = [words[int(known * self._chance() ** 2)] for _ in range(4)]
        made["name"] = self._name(pattern, nouns)
        if self._chance() < 0.8:
            made["provider"] = self._one_of(PROVIDERS[made["provider_type"]]).format(*nouns)
        else:
            made["provider"] = self._one_of(self._patterns).row["provider"]
        self._change_audience(made)
        self._change_limits(made)
        self._change_award(made)
        self._change_months(made)
        self._change_texts(made, pattern, nouns)
        if pattern.states:
            self._change_states(made, pattern.states)
        made["id"] = self._new_id(made["name"])
        site = f"https://{nouns[0].lower()}.example.org"
        made["source_url"] = f"{site}/{made['id']}"
        if self._chance() < 0.5:
            made["application_url"] = f"{site}/apply/{made['id']}"
        return made

    def _one_of(self, values: Sequence[T]) -> T:
        return values[int(self._chance() * len(values))]

    def _name(self, pattern: _Pattern, nouns: Sequence[str]) -> str:
        """The real name with other proper nouns: invented ones or those of another real name."""
        name = list(pattern.name)
        other = self._one_of(self._patterns)
        borrowed = [other.name[i] for i in other.own] if self._chance() < 0.25 else []
        new = borrowed or nouns[: 1 + int(self._chance() * 3)]
        for place in reversed(pattern.own):
            del name[place]
        place = pattern.own[0] if pattern.own else 0
        name[place:place] = new
        return " ".join(name)

    def _change_audience(self, made: dict[str, str]) -> None:
        """Levels, fields or category of another row, each now and then."""
        for column, share in (("levels", 0.2), ("fields", 0.3), ("category", 0.1)):
            if self._chance() < share:
                made[column] = self._one_of(self._patterns).row[column]

    def _change_limits(self, made: dict[str, str]) -> None:
        """Limits near the real ones; rows with relaxations keep theirs, which belong together."""
        if made["relaxations"]:
            return
        if made["min_marks_percent"]:
            marks = float(made["min_marks_percent"]) + self._one_of((-10, -5, 0, 5, 10))
            made["min_marks_percent"] = f"{min(95.0, max(33.0, marks)):g}"
        if made["max_family_income"]:
            made["max_family_income"] = self._near(made["max_family_income"])
        years = self._one_of((-2, -1, 0, 1, 2, 3))
        for column in ("min_age", "max_age"):
            if made[column]:
                made[column] = str(max(3, int(made[column]) + years))

    def _near(self, amount: str) -> str:
        """A round amount near another one."""
        return _round(float(amount) * self._one_of((0.5, 0.6, 0.75, 0.8, 1, 1.2, 1.25, 1.5, 2)))

    def _change_award(self, made: dict[str, str]) -> None:
        """Another amount, in the numbers and in the words."""
        if not made["award_max"] or not made["currency"]:
            return
        made["award_max"] = self._near(made["award_max"])
        amount = f"{int(made['award_max']):,}"
        shown = f"₹{amount}" if made["currency"] == "INR" else f"{made['currency']} {amount}"
        made["award"] = f"Up to {shown}{PERIODS[made['award_period']]}"
        if made["award_min"]:
            made["award_min"] = str(min(int(made["award_max"]), int(float(_round(float(made["award_min"]))))))

    def _change_months(self, made: dict[str, str]) -> None:
        """The same round some months earlier or later."""
        months = self._one_of((-3, -2, -1, 0, 1, 2, 3))
        for column in ("opens_month", "closes_month"):
            if made[column]:
                made[column] = str((int(made[column]) - 1 + months) % 12 + 1)
        if made["last_deadline"]:
            old = date.fromisoformat(made["last_deadline"])
            month = old.year * 12 + old.month - 1 + months
            new = date(month // 12, month % 12 + 1, 1 + int(self._chance() * 28))
            made["last_deadline"] = new.isoformat()
            made["deadline"] = f"{MONTHS[new.month - 1]} ({new.year} round closed {day(new)})"
        elif made["closes_month"] and months:
            made["deadline"] = f"Usually in {MONTHS[int(made['closes_month']) - 1]}"

    def _change_texts(self, made: dict[str, str], pattern: _Pattern, nouns: Sequence[str]) -> None:
        """Sentences mixed with those of other rows, and one or two that name invented people and places."""
        sentences = [*self._mixed(pattern.sentences, self._sentences), self._one_of(STORIES).format(*nouns)]
        made["description"] = " ".join(sentences)
        rules = self._mixed(pattern.rules, self._rules)
        if self._chance() < 0.5:
            rules.append(self._one_of(LOCAL_RULES).format(*nouns[2:]))
        made["eligibility"] = "|".join(rules)
        made["requirements"] = "|".join(self._mixed(pattern.needs, self._needs))

    def _mixed(self, own: Iterable[str], others: Sequence[str]) -> list[str]:
        return [self._one_of(others) if self._chance() < 0.35 else text for text in own]

    def _change_states(self, made: dict[str, str], states: Sequence[str]) -> None:
        """Other states of the same countries; where there is one state, the texts name the new one too."""
        new = {s: self._one_of(self._states[self._country[s]]) if s in self._country else s for s in states}
        made["states"] = "|".join(dict.fromkeys(new.values()))
        if len(states) == 1:
            old = states[0]
            for column in ("name", "provider", "description", "eligibility"):
                made[column] = made[column].replace(old, new[old])

    def _new_id(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        slug = "-".join(re.findall(r"[a-z0-9]+", plain)[:6])
        found, number = slug, 2
        while found in self._ids:
            found, number = f"{slug}-{number}", number + 1
        self._ids.add(found)
        return found


def _round(amount: float) -> str:
    """An amount with two significant digits."""
    return str(int(float(f"{amount:.2g}")))


def _patterns(real: Sequence[Row]) -> list[_Pattern]:
    """The real rows in parts; own words of a name are those that at most two names have."""
    count = Counter(word for row in real for word in set(row["name"].split()))
    patterns = []
    for row in real:
        name = tuple(row["name"].split())
        states = tuple(filter(None, row["states"].split("|")))
        of_states = {word for state in states for word in state.split()}
        own = tuple(
            i
            for i, w in enumerate(name)
            if w.isalpha() and w[0].isupper() and count[w] <= 2 and w not in of_states and len(w) > 2
        )
        sentences = tuple(re.split(r"(?<=[.!?]) (?=[A-Z₹])", row["description"]))
        needs = tuple(filter(None, row["requirements"].split("|")))
        patterns.append(_Pattern(row, name, own, states, sentences, tuple(row["eligibility"].split("|")), needs))
    return patterns


def _states_by_country() -> dict[str, list[str]]:
    """The states and provinces of each country that has any in data/states.csv."""
    states = defaultdict(list)
    with (DATA / "states.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            states[row["country"]].append(row["name"])
    return dict(states)
