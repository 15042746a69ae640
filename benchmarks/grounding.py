"""`make eval-grounding`: how many true sentences about the records the fact checker lets through, and how many false ones
it stops.

True sentences are built from the cells of data/scholarships.csv by templates in English, Hindi and Hinglish, in many forms
of number and name; of each, twins with another record's amount, month, percentage, date, link or name, with lakh for
thousand, altered digits, swapped attribution, or another role. Whether a twin is false is decided by the CSV's cells alone
(`Cells`), never by the checker. cases/grounding.jsonl: {"ids", "focus", "sentence", "true"}, written by hand.
Exits with 1 where a goal is missed.
"""

import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from backend.catalogue import Scholarship, read_csv
from backend.deadlines import MONTHS, deadline_state
from backend.eligibility import match
from backend.evaluation import write_down
from backend.grounding import LONGEST, Evidence
from backend.lexicon import aliases
from backend.money import SIGNS, money
from backend.phrases import MONTH_NAMES
from backend.profile import Profile
from backend.search import Hit

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE, CASES = ROOT / "data" / "scholarships.csv", Path(__file__).with_name("cases") / "grounding.jsonl"
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
"""A fixed day: the figures must not change with the calendar."""
LEAST_TRUE, MOST_LOST, LEAST_STOPPED = 3000, 0.02, 0.995
LANGUAGES = ("en", "hi", "hinglish")
MOST_TOLD = 15
"""Failures of each sort that are printed."""


@dataclass(frozen=True)
class Slot:
    """A fact of a sentence: its kind, its value, and the form in which it is written."""

    kind: str
    value: object
    form: int = 0
    currency: str | None = None


@dataclass(frozen=True)
class Case:
    """A sentence, the records of its evidence, and what it is: `kind` is true, or what was made false."""

    ids: tuple[str, ...]
    focus: str | None
    sentence: str
    kind: str
    language: str


# What the cells say


class Cells:
    """What the cells of one CSV row contain, read here and not by the checker."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self.row = row
        self.text = " ; ".join(row.values())
        plain = self.text.replace(",", "")
        self.numbers: set[float] = set()
        for number, scale in re.findall(r"(\d+(?:\.\d+)?)(?:\s*(lakh|crore|million))?", plain):
            value = float(number)
            self.numbers |= {value, round(value * {"lakh": 1e5, "crore": 1e7, "million": 1e6}.get(scale, 1), 2)}
        if "One lakh" in self.text:
            self.numbers.add(1e5)
        self.percents = {float(x) for x in re.findall(r"(\d+(?:\.\d+)?)\s*%", plain)}
        self.percents |= {float(x) for x in re.findall(r"marks (\d+(?:\.\d+)?)", row["relaxations"])}
        if row["min_marks_percent"]:
            self.percents.add(float(row["min_marks_percent"]))
        self.months = {i for i, name in enumerate(MONTHS, 1) if re.search(rf"\b{name}\b", self.text)}
        self.months |= {int(row[c]) for c in ("opens_month", "closes_month") if row[c]}
        if row["last_deadline"]:
            self.months.add(int(row["last_deadline"][5:7]))

    def holds(self, slot: Slot) -> bool:
        """Whether the row contains a value anywhere."""
        value = slot.value
        if slot.kind in ("amount", "income", "count", "age"):
            assert isinstance(value, float | int)
            return float(value) in self.numbers
        if slot.kind == "percentage":
            return value in self.percents
        if slot.kind in ("opens", "closes"):
            return value in self.months
        if slot.kind == "date":
            assert isinstance(value, date)
            spoken = f"{value.day} {MONTHS[value.month - 1]}"
            return value.isoformat() in self.text or bool(re.search(rf"\b{spoken}\b", self.text))
        host = re.sub(r"^https?://(www\.)?", "", str(value)).partition("/")[0]
        return host in self.text

    def closes_in(self, month: int) -> bool:
        """Whether the texts may say that it closes in a month."""
        near = rf"(?:clos\w*|by|until|till|to|before|-|and|or|extended|end)\W+(?:\w+\W+){{0,4}}?{MONTHS[month - 1]}"
        deadline = re.search(rf"\b{MONTHS[month - 1]}\b", self.row["deadline"])
        return bool(
            re.search(near, self.text, re.IGNORECASE) or (deadline and self.row["closes_month"] in ("", str(month)))
        )

    def mentions_name_of(self, other: "Cells") -> bool:
        """Whether another record's name may be a shorter one of this record."""
        mine = set(re.findall(r"\w+", (self.row["name"] + " " + " ".join(aliases().get(self.row["id"], ()))).lower()))
        theirs = set(re.findall(r"\w+", other.row["name"].lower()))
        return theirs <= mine | {"the", "of", "for", "and", "scholarship", "scheme", "programme", "program"}


# How facts are written

_WORDS = {
    "en": {
        12: "twelve",
        15: "fifteen",
        20: "twenty",
        25: "twenty five",
        30: "thirty",
        40: "forty",
        50: "fifty",
        60: "sixty",
        10: "ten",
    },
    "hi": {10: "दस", 12: "बारह", 15: "पंद्रह", 20: "बीस", 25: "पच्चीस", 30: "तीस", 40: "चालीस", 50: "पचास", 60: "साठ"},
    "hinglish": {
        10: "das",
        12: "barah",
        15: "pandrah",
        20: "bees",
        25: "pachees",
        30: "tees",
        40: "chaalis",
        50: "pachas",
        60: "saath",
    },
}
_WORDS["hinglish"][40] = "chalis"
_HALVES = {"hi": {1.5: "डेढ़", 2.5: "ढाई"}, "hinglish": {1.5: "dedh", 2.5: "dhai"}}
_SCALES = {
    "en": ("thousand", "lakh", "crore"), "hi": ("हज़ार", "लाख", "करोड़"), "hinglish": ("hazaar", "lakh", "crore"),
}  # fmt: skip
_RUPEES = {"en": "rupees", "hi": "रुपये", "hinglish": "rupaye"}
_ROMAN_MONTHS = (
    "janwari", "farvari", "march", "april", "mai", "june", "julai", "agast", "sitambar", "aktubar", "navambar", "disambar",
)  # fmt: skip
_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def written(slot: Slot, language: str) -> str:
    """A fact in one of the forms of a language."""
    if slot.kind in ("amount", "income"):
        assert isinstance(slot.value, float | int)
        return _amount(float(slot.value), slot.currency, language, slot.form)
    if slot.kind == "percentage":
        number = f"{slot.value:g}"
        forms = {"en": (f"{number}%", f"{number} percent", f"{number} per cent"),
                 "hi": (f"{number}%", f"{number} प्रतिशत", f"{number.translate(_DEVANAGARI)} प्रतिशत"),
                 "hinglish": (f"{number}%", f"{number} percent", f"{number} pratishat")}[language]  # fmt: skip
        return forms[slot.form % len(forms)]
    if slot.kind in ("opens", "closes"):
        assert isinstance(slot.value, int)
        return _month(slot.value, language, slot.form)
    if slot.kind == "date":
        assert isinstance(slot.value, date)
        return _date(slot.value, language, slot.form)
    if slot.kind == "count":
        assert isinstance(slot.value, int)
        number = money(slot.value, "INR")[1:] if slot.form % 2 else f"{slot.value:,}"
        return number.translate(_DEVANAGARI) if language == "hi" and slot.form % 3 == 2 else number
    return str(slot.value)


def _amount(value: float, currency: str | None, language: str, form: int) -> str:
    if currency != "INR":
        number = f"{value:,.2f}".rstrip("0").rstrip(".")
        sign = SIGNS.get(currency or "")
        forms = [f"{currency} {number}", f"{number} {currency}"] + ([f"{sign}{number}"] if sign else [])
        return forms[form % len(forms)]
    rupees, (thousand, lakh, crore) = _RUPEES[language], _SCALES[language]
    grouped, plain = money(value, "INR")[1:], f"{value:.0f}"
    forms = [f"₹{grouped}", f"Rs {grouped}", f"{grouped} {rupees}", f"₹{plain}", f"Rs. {plain}", f"{grouped} {rupees}"]
    if language == "hi":
        forms += [f"{grouped} {rupees}".translate(_DEVANAGARI), f"₹{grouped}".translate(_DEVANAGARI)]
    if value >= 1e7 and _is_short(value / 1e7):
        forms += [f"{value / 1e7:g} {crore} {rupees}"]
    elif value >= 1e5 and _is_short(value / 1e5):
        forms += [f"{value / 1e5:g} {lakh} {rupees}", f"₹{value / 1e5:g} {lakh}", f"{value / 1e5:g} {lakh} {rupees}"]
        if half := _HALVES.get(language, {}).get(value / 1e5):
            forms += [f"{half} {lakh} {rupees}"] * 3
    elif value >= 1000 and _is_short(value / 1000):
        forms += [f"{value / 1000:g} {thousand} {rupees}", f"₹{value / 1000:g} {thousand}", f"{value / 1000:g}k rupaye"]
        if word := _WORDS[language].get(int(value / 1000) if value % 1000 == 0 else -1):
            forms += [f"{word} {thousand} {rupees}"] * 3
    return forms[form % len(forms)]


def _is_short(number: float) -> bool:
    return abs(number * 100 - round(number * 100)) < 1e-9


def _month(number: int, language: str, form: int) -> str:
    english = MONTHS[number - 1]
    if language == "hi":
        return MONTH_NAMES["hi"][number - 1]
    if language == "hinglish" and form % 2:
        return _ROMAN_MONTHS[number - 1]
    return english[:3] if form % 4 == 3 and number != 5 else english


def _date(value: date, language: str, form: int) -> str:
    month = MONTHS[value.month - 1]
    forms = [f"{value.day} {month} {value.year}", value.isoformat(), f"{value.day:02d}-{value.month:02d}-{value.year}"]
    if language == "en":
        forms += [f"{month} {value.day}, {value.year}", f"{value.day} {month[:3]} {value.year}"]
    if language == "hi":
        forms += [f"{value.day} {MONTH_NAMES['hi'][value.month - 1]} {value.year}"] * 2
        forms += [f"{value.day} {MONTH_NAMES['hi'][value.month - 1]} {value.year}".translate(_DEVANAGARI)]
    if language == "hinglish":
        forms += [f"{value.day} {_ROMAN_MONTHS[value.month - 1]} {value.year}"] * 2
    return forms[form % len(forms)]


# Templates: {n} is the name (or "it"), {x} the fact

_PERIODS = {
    "year": ("a year", "हर साल", "har saal"), "month": ("a month", "हर महीने", "har mahine"), "once": ("once", "एक बार", "ek baar"),
    "course": ("for the whole course", "पूरे कोर्स के लिए", "poore course ke liye"), "": ("", "", ""),
}  # fmt: skip
_TEMPLATES: dict[str, dict[str, tuple[str, ...]]] = {
    "amount": {
        "en": ("{n} pays {x} {p}.", "Students on {n} get {x} {p}.", "The award of {n} is {x} {p}.", "With {n} you receive {x} {p} for your studies.",
               "{n} is worth {x} {p}, which helps with your costs."),
        "hi": ("{n} में {p} {x} मिलते हैं।", "{n} की राशि {x} {p} है।", "{n} के तहत चुने हुए विद्यार्थियों को {p} {x} दिए जाते हैं।"),
        "hinglish": ("{n} me {p} {x} milte hain.", "{n} ki rashi {x} {p} hai.", "{n} {p} {x} deti hai, jo padhai ke kharch me madad karti hai."),
    },
    "most": {
        "en": ("{n} pays up to {x} {p}.", "You get at most {x} {p} from {n}."),
        "hi": ("{n} में {p} {x} तक मिलते हैं।", "{n} की राशि {p} अधिकतम {x} है।"),
        "hinglish": ("{n} me {p} {x} tak milte hain.", "{n} ki rashi {p} adhiktam {x} hai."),
    },
    "income": {
        "en": ("For {n} the family income must be up to {x} a year.", "{n} is for families that earn at most {x} a year.",
               "The income limit of {n} is {x} a year."),
        "hi": ("{n} के लिए परिवार की सालाना आय {x} तक होनी चाहिए।", "{n} में आय सीमा {x} है।", "{n} उन परिवारों के लिए है जिनकी आय साल में {x} से ज़्यादा नहीं है।"),
        "hinglish": ("{n} ke liye parivaar ki saalana income {x} tak honi chahiye.", "{n} me income limit {x} hai.",
                     "{n} unke liye hai jinke ghar ki income {x} se zyada nahi hai."),
    },
    "percentage": {
        "en": ("{n} needs at least {x} marks.", "For {n} you need {x} or more in the qualifying exam.", "The minimum marks for {n} are {x}."),
        "hi": ("{n} के लिए कम से कम {x} अंक चाहिए।", "{n} में न्यूनतम {x} अंक ज़रूरी हैं।"),
        "hinglish": ("{n} ke liye kam se kam {x} marks chahiye.", "{n} me {x} ya usse zyada ank zaroori hain."),
    },
    "max_age": {
        "en": ("For {n} you must be at most {x} years old.", "The upper age limit of {n} is {x} years."),
        "hi": ("{n} के लिए आयु {x} वर्ष तक होनी चाहिए।", "{n} में अधिकतम उम्र {x} साल है।"),
        "hinglish": ("{n} ke liye umar {x} saal tak honi chahiye.", "{n} me adhiktam umar {x} saal hai."),
    },
    "count": {
        "en": ("{n} gives {x} awards a year.", "About {x} students are chosen for {n} each year."),
        "hi": ("{n} में हर साल {x} छात्रवृत्तियाँ दी जाती हैं।", "{n} हर साल {x} विद्यार्थियों को दी जाती है।"),
        "hinglish": ("{n} me har saal {x} scholarships di jaati hain.", "{n} har saal {x} students ko di jaati hai."),
    },
    "opens": {
        "en": ("{n} usually opens in {x}.", "Applications for {n} usually start in {x}."),
        "hi": ("{n} आमतौर पर {x} में खुलती है।", "{n} के आवेदन अक्सर {x} में शुरू होते हैं।"),
        "hinglish": ("{n} aam taur par {x} me khulti hai.", "{n} ke form aksar {x} me shuru hote hain."),
    },
    "closes": {
        "en": ("{n} usually closes in {x}.", "The last date of {n} is usually in {x}."),
        "hi": ("{n} आमतौर पर {x} में बंद होती है।", "{n} की अंतिम तिथि अक्सर {x} में होती है।"),
        "hinglish": ("{n} aam taur par {x} me band hoti hai.", "{n} ki last date aksar {x} me hoti hai."),
    },
    "date": {
        "en": ("The last round of {n} closed on {x}.", "{n} closed on {x}, so check the page for the next round."),
        "hi": ("{n} का पिछला दौर {x} को बंद हुआ था।", "{n} की पिछली अंतिम तिथि {x} थी।"),
        "hinglish": ("{n} ka pichhla round {x} ko band hua tha.", "{n} ki pichhli last date {x} thi."),
    },
    "link": {
        "en": ("Check the page of {n} at {x}.", "Read more about {n} on {x} before you start."),
        "hi": ("{n} का पेज {x} है।", "{n} के बारे में {x} पर पढ़िए।"),
        "hinglish": ("{n} ka page {x} hai.", "{n} ke baare me {x} par padhiye."),
    },
}  # fmt: skip
_PRONOUNS = {
    "en": ("it", "this scholarship"), "hi": ("इस", "इस छात्रवृत्ति"), "hinglish": ("is", "is scholarship"),
}  # fmt: skip
_TWO = {
    "en": ("{a} pays {x} {p}, while {b} pays {y} {q}.", "{a} gives {x} {p} and {b} gives {y} {q}."),
    "hi": ("{a} में {p} {x} मिलते हैं और {b} में {q} {y} मिलते हैं।", "{a} {p} {x} देती है, जबकि {b} {q} {y} देती है।"),
    "hinglish": ("{a} me {p} {x} milte hain aur {b} me {q} {y}.", "{a} {p} {x} deti hai, lekin {b} {q} {y} deti hai."),
}
_TWO_MONTHS = {
    "en": ("{a} usually closes in {x} and {b} in {y}.",),
    "hi": ("{a} आमतौर पर {x} में बंद होती है और {b} {y} में।",),
    "hinglish": ("{a} aam taur par {x} me band hoti hai, {b} {y} me.",),
}
_CLAIMS = {
    "en": ("{n} is open now.", "You are eligible for {n}.", "You will surely get {n}.", "{n} is guaranteed for you.", "You have been selected for {n}."),
    "hi": ("{n} अभी खुली है।", "आप {n} के लिए पात्र हैं।", "आपको {n} ज़रूर मिलेगी।", "{n} मिलने की गारंटी है।", "आपका {n} में चयन हो गया है।"),
    "hinglish": ("{n} abhi khuli hai.", "Aap {n} ke liye eligible hain.", "Aapko {n} pakka milegi.", "{n} milne ki guarantee hai.", "Aapka {n} me selection ho gaya hai."),
}  # fmt: skip
_WRONG_PERIODS = {
    "en": "{n} pays {x} a {p}.", "hi": "{n} में हर {p} {x} मिलते हैं।", "hinglish": "{n} me har {p} {x} milte hain.",
}  # fmt: skip
_OTHER_PERIOD = {
    "year": {"en": "month", "hi": "महीने", "hinglish": "mahine"}, "month": {"en": "year", "hi": "साल", "hinglish": "saal"},
}  # fmt: skip
_WRONG_BOUNDS = {
    "income": {
        "en": "For {n} the family income must be at least {x} a year.", "hi": "{n} के लिए परिवार की आय कम से कम {x} होनी चाहिए।",
        "hinglish": "{n} ke liye ghar ki income {x} se zyada honi chahiye.",
    },
    "percentage": {
        "en": "For {n} you may have at most {x} marks.", "hi": "{n} के लिए अंक {x} से कम होने चाहिए।",
        "hinglish": "{n} ke liye marks {x} se kam hone chahiye.",
    },
    "max_age": {
        "en": "For {n} you must be at least {x} years old.", "hi": "{n} के लिए उम्र कम से कम {x} साल होनी चाहिए।",
        "hinglish": "{n} ke liye umar kam se kam {x} saal honi chahiye.",
    },
}  # fmt: skip
_MARKS_AS = {
    "en": ("{n} covers {x} of your tuition.", "{n} asks for {x} attendance.", "{n} is for students with a disability of {x}."),
    "hi": ("{n} में {x} फीस माफ़ होती है।", "{n} के लिए {x} उपस्थिति चाहिए।", "{n} के लिए {x} दिव्यांगता चाहिए।"),
    "hinglish": ("{n} me {x} fees maaf hoti hai.", "{n} ke liye {x} attendance chahiye.", "{n} ke liye {x} disability chahiye."),
}  # fmt: skip
_TRAITS = {
    "en": ("{n} is for students from {s}.", "{n} is only for boys."),
    "hi": ("{n} {s} के विद्यार्थियों के लिए है।", "{n} केवल लड़कों के लिए है।"),
    "hinglish": ("{n} {s} ke students ke liye hai.", "{n} sirf ladkon ke liye hai."),
}
_MADE_UP = {
    "en": ("The Tata Trust Scholarship also suits you.", "You could try the Golden Future Scholarship as well.",
           "Vidya Jyoti Yojana pays more than {n}.", "The Kalam Vision Fellowship is similar to {n}.", "Ask about the pragyan jyoti scholarship too."),
    "hi": ("सरस्वती ज्ञान छात्रवृत्ति भी देख लीजिए।", "{n} की जगह विराट कोहली फेलोशिप लीजिए।", "Golden Future Scholarship भी अच्छी है।",
           "विद्या ज्योति योजना {n} से बेहतर है।", "बजाज उड़ान स्कॉलरशिप में भी आवेदन कीजिए।"),
    "hinglish": ("Vidya Jyoti Yojana bhi dekh lijiye.", "{n} ke saath Kalam Vision Fellowship bhi bhariye.", "pragyan jyoti scholarship bhi achhi hai.",
                 "Golden Future Scholarship me bhi apply kijiye.", "bajaj udaan yojana {n} se behtar hai."),
}  # fmt: skip
_ADVICE = {
    "en": ("Check the official page of {n} before you apply.", "Keep your papers ready for {n} and start early.", "If you are not sure about {n}, ask your teacher."),
    "hi": ("{n} के लिए आवेदन करने से पहले आधिकारिक पेज देख लीजिए।", "{n} के लिए अपने कागज़ पहले से तैयार रखिए।"),
    "hinglish": ("{n} me apply karne se pehle official page dekh lijiye.", "{n} ke liye apne kagaz pehle se taiyar rakhiye."),
}  # fmt: skip


class Maker:
    """Makes true sentences and their false twins."""

    def __init__(self, records: Sequence[Scholarship], cells: Mapping[str, Cells]) -> None:
        self.records, self.cells = records, cells

    def cases(self) -> Iterator[Case]:
        """All of them, the same at every run."""
        for record in self.records:
            rng = random.Random(record.id)
            others = rng.sample([r for r in self.records if r.id != record.id], 4)
            for language in LANGUAGES:
                for key, slot in self._facts(record, rng):
                    yield from self._single(record, others, language, key, slot, rng)
                yield from self._pair(record, others, language, rng)
                yield from self._claims(record, others, language, rng)
                yield from self._misread(record, others, language, rng)
                yield from self._own_words(record, others, language, rng)

    def _facts(self, r: Scholarship, rng: random.Random) -> Iterator[tuple[str, Slot]]:
        """The facts of a record and the templates that state them."""

        def slot(kind: str, value: object, currency: str | None = None) -> Slot:
            return Slot(kind, value, rng.randrange(1000), currency)

        if r.award_max is not None and r.currency:
            key = "most" if r.award_min is None else "amount"
            if r.award_min in (None, r.award_max):
                yield key, slot("amount", r.award_max, r.currency)
        if r.max_family_income is not None:
            yield "income", slot("income", r.max_family_income, r.income_currency)
        if r.min_marks_percent is not None:
            yield "percentage", slot("percentage", r.min_marks_percent)
        if r.max_age is not None:
            yield "max_age", slot("age", r.max_age)
        if r.awards_per_year is not None and r.awards_per_year > 2:
            yield "count", slot("count", r.awards_per_year)
        if r.opens_month:
            yield "opens", slot("opens", r.opens_month)
        if r.closes_month:
            yield "closes", slot("closes", r.closes_month)
        if r.last_deadline and r.last_deadline < NOW.date():
            yield "date", slot("date", r.last_deadline)
        yield "link", slot("link", r.application_url if r.application_url_official else r.source_url)

    def _single(
        self, r: Scholarship, others: Sequence[Scholarship], language: str, key: str, slot: Slot, rng: random.Random
    ) -> Iterator[Case]:
        """A sentence about one record, and its twins."""
        period = _PERIODS[r.award_period or ""][LANGUAGES.index(language)] if key in ("amount", "most") else ""
        template = rng.choice(_TEMPLATES[key][language])
        focused = rng.random() < 0.3
        name = rng.choice(_PRONOUNS[language]) if focused else self._name(r, language, rng)
        count = rng.choice((0, 2, 3, 4))
        ids = (r.id, *(o.id for o in others[:count]))
        focus = r.id if focused else None

        def say(slot: Slot, name: str = name) -> str:
            return _tidy(template.format(n=name, x=written(slot, language), p=period))

        if len(say(slot)) > LONGEST:
            return
        yield Case(ids, focus, say(slot), "true", language)
        for kind, twin, other in self._twins(r, others, slot, rng):
            wanted = (*ids, other.id) if other and other.id not in ids else ids
            yield Case(wanted, focus, say(twin), kind, language)
        if not focused:
            yield from self._renamed(r, others, language, slot, say, rng)

    def _twins(
        self, r: Scholarship, others: Sequence[Scholarship], slot: Slot, rng: random.Random
    ) -> Iterator[tuple[str, Slot, Scholarship | None]]:
        """The slot with another value that no cell of the row contains, and what was done to it."""
        row = self.cells[r.id]
        for kind, value, other in self._values(r, others, slot, rng):
            twin = replace(slot, value=value)
            if value != slot.value and not row.holds(twin):
                yield kind, twin, other
        if slot.kind == "opens" and r.closes_month != slot.value:
            return
        if slot.kind == "closes" and r.opens_month and r.opens_month != r.closes_month:
            deadline = r.last_deadline.month if r.last_deadline else None
            if not row.closes_in(r.opens_month) and deadline != r.opens_month:
                yield "role", replace(slot, value=r.opens_month), None
        if slot.kind == "income" and r.award_max and r.currency == r.income_currency and r.award_max != slot.value:
            yield "role", replace(slot, value=r.award_max), None
        if slot.kind == "amount" and r.max_family_income and r.currency == r.income_currency:
            shares = r.max_family_income in (r.award_max, r.award_min)
            if not shares and not _in_award(r, row, r.max_family_income):
                yield "role", replace(slot, value=r.max_family_income), None

    def _values(
        self, r: Scholarship, others: Sequence[Scholarship], slot: Slot, rng: random.Random
    ) -> Iterator[tuple[str, object, Scholarship | None]]:
        if slot.kind in ("amount", "income"):
            assert isinstance(slot.value, float)
            value = slot.value
            for other in others:
                stranger = other.award_max if rng.random() < 0.5 else other.max_family_income or other.award_max
                if stranger:
                    yield "amount", stranger, other
            yield "scale", value * 100, None
            if value >= 1e5:
                yield "scale", value / 100, None
            yield "digits", _altered(value, rng), None
            yield "digits", value * 10, None
        elif slot.kind == "percentage":
            for other in others:
                if other.min_marks_percent:
                    yield "percentage", other.min_marks_percent, other
            assert isinstance(slot.value, float)
            yield "percentage", float((int(slot.value) + rng.randrange(3, 30)) % 100 or 5), None
        elif slot.kind in ("opens", "closes"):
            assert isinstance(slot.value, int)
            for other in others:
                month = other.opens_month if slot.kind == "opens" else other.closes_month
                if month:
                    yield "month", month, other
            yield "month", (slot.value + rng.randrange(1, 11)) % 12 + 1, None
        elif slot.kind == "date":
            assert isinstance(slot.value, date)
            for other in others:
                if other.last_deadline:
                    yield "date", other.last_deadline, other
            yield "date", slot.value + timedelta(days=rng.randrange(1, 25)), None
            yield "date", slot.value.replace(year=slot.value.year - 1, day=min(slot.value.day, 28)), None
        elif slot.kind in ("count", "age"):
            assert isinstance(slot.value, int)
            for other in others:
                stranger = other.awards_per_year if slot.kind == "count" else other.max_age
                if stranger:
                    yield "count", stranger, other
            yield "count", int(_altered(float(slot.value), rng)), None
        elif slot.kind == "link":
            for other in others[:2]:
                yield "link", other.application_url, other
            yield "link", str(slot.value).replace("://", "://apply-").replace("www.", ""), None

    def _renamed(
        self,
        r: Scholarship,
        others: Sequence[Scholarship],
        language: str,
        slot: Slot,
        say: Callable[..., str],
        rng: random.Random,
    ) -> Iterator[Case]:
        """The fact under another record's name: one of the evidence, and one that is not in it."""
        inside, outside = others[0], others[1]
        if not self.cells[inside.id].holds(slot):
            yield Case((r.id, inside.id), None, say(slot, self._name(inside, language, rng)), "name", language)
        if not self.cells[r.id].mentions_name_of(self.cells[outside.id]):
            yield Case((r.id, inside.id), None, say(slot, outside.name), "name", language)
            yield Case((r.id,), r.id, say(slot, outside.name), "name", language)

    def _pair(self, r: Scholarship, others: Sequence[Scholarship], language: str, rng: random.Random) -> Iterator[Case]:
        """Two records in a sentence, and the same with their facts swapped."""
        other = rng.choice(others)
        mine, theirs = self.cells[r.id], self.cells[other.id]
        pairs: list[tuple[Slot, Slot, str, str, Mapping[str, Sequence[str]]]] = []
        if _has_exact(r) and _has_exact(other):
            one, two = (Slot("amount", x.award_max, rng.randrange(1000), x.currency) for x in (r, other))
            p, q = (_PERIODS[x.award_period or ""][LANGUAGES.index(language)] for x in (r, other))
            pairs.append((one, two, p, q, _TWO))
        if r.closes_month and other.closes_month:
            one, two = (Slot("closes", x.closes_month, rng.randrange(1000)) for x in (r, other))
            pairs.append((one, two, "", "", _TWO_MONTHS))
        for one, two, p, q, templates in pairs:
            form = rng.choice(templates[language])
            names = {"a": self._name(r, language, rng), "b": self._name(other, language, rng)}
            ids = (r.id, other.id, *(o.id for o in others[:2] if o.id != other.id))
            sentence = _tidy(form.format(**names, x=written(one, language), y=written(two, language), p=p, q=q))
            if len(sentence) > LONGEST or mine.mentions_name_of(theirs) or theirs.mentions_name_of(mine):
                continue
            yield Case(ids, None, sentence, "true", language)
            if not (mine.holds(two) and theirs.holds(one)):
                swapped = form.format(**names, x=written(two, language), y=written(one, language), p=q, q=p)
                yield Case(ids, None, _tidy(swapped), "swapped", language)

    def _claims(
        self, r: Scholarship, others: Sequence[Scholarship], language: str, rng: random.Random
    ) -> Iterator[Case]:
        """Claims that nothing supports: the closing dates are past, nothing is known of the student."""
        name, ids = self._name(r, language, rng), (r.id, *(o.id for o in others[:2]))
        if deadline_state(r, NOW).is_open:
            return
        claim = rng.choice(_CLAIMS[language]).format(n=name)
        if len(claim) <= LONGEST:
            yield Case(ids, None, claim, "claim", language)
            yield Case(ids, None, rng.choice(_ADVICE[language]).format(n=name), "true", language)

    def _misread(
        self, r: Scholarship, others: Sequence[Scholarship], language: str, rng: random.Random
    ) -> Iterator[Case]:
        """True figures for the wrong period, on the wrong side, or of the wrong thing; wrong traits; names of nothing."""
        row, name, ids = self.cells[r.id], self._name(r, language, rng), (r.id, *(o.id for o in others[:2]))
        facts = dict(self._facts(r, rng))
        said: list[tuple[str, str]] = []
        if (
            "amount" in facts
            and r.award_period in _OTHER_PERIOD
            and not {"month", "year"} <= set(re.findall(r"[a-z]+", r.award))
        ):
            period = _OTHER_PERIOD[r.award_period][language]
            said.append(
                ("period", _WRONG_PERIODS[language].format(n=name, x=written(facts["amount"], language), p=period))
            )
        said += [
            ("bound", _WRONG_BOUNDS[key][language].format(n=name, x=written(facts[key], language)))
            for key in _WRONG_BOUNDS
            if key in facts and not (key == "max_age" and r.min_age == r.max_age)
        ]
        if "percentage" in facts and len(row.percents) == 1:
            said.append(
                ("role", rng.choice(_MARKS_AS[language]).format(n=name, x=written(facts["percentage"], language)))
            )
        state = next((o.states[0] for o in others if o.states and o.states[0] not in row.text), None)
        if state and r.states:
            said.append(("trait", _TRAITS[language][0].format(n=name, s=state)))
        if r.gender == "female":
            said.append(("trait", _TRAITS[language][1].format(n=name)))
        said.append(("made_up", rng.choice(_MADE_UP[language]).format(n=name)))
        yield from (Case(ids, None, _tidy(text), kind, language) for kind, text in said if len(text) <= LONGEST)

    def _own_words(
        self, r: Scholarship, others: Sequence[Scholarship], language: str, rng: random.Random
    ) -> Iterator[Case]:
        """The record's own words, as a model repeats them; English only."""
        if language != "en":
            return
        ids = (r.id, *(o.id for o in others[:2]))
        for text in (r.award, rng.choice(r.eligibility)):
            sentence = f"{r.name}: {text}."
            if len(sentence) <= LONGEST and "|" not in sentence and not re.search(r"\bopen\b|[;]", text):
                yield Case(ids, None, sentence, "true", language)

    def _name(self, r: Scholarship, language: str, rng: random.Random) -> str:
        """A name of a record: the whole, without what is in brackets where that is clear, an acronym, one in Devanagari."""
        names = [r.name, r.name]
        bare = re.sub(r"\s*\([^)]*\)", "", r.name)
        if not any(o.id != r.id and o.name.startswith(bare) for o in self.records):
            names += [bare, bare]
            names += re.findall(r"\(([A-Z]{3,})\)", r.name)
        if language == "hi":
            found = [a for a in aliases().get(r.id, ()) if re.fullmatch("[\u0900-\u097f ]{6,}", a)]
            shared = {a for i, names_ in aliases().items() if i != r.id for a in names_}
            names += [a for a in found if a not in shared] * 2
        return rng.choice(names)


def _has_exact(r: Scholarship) -> bool:
    return r.award_max is not None and r.award_min == r.award_max and r.currency is not None


def _in_award(r: Scholarship, row: Cells, value: float) -> bool:
    """Whether the text of the award has a number, so that it may be one of the award."""
    return value in Cells({**dict.fromkeys(row.row, ""), "award": r.award, "description": r.description}).numbers and (
        value in Cells({**dict.fromkeys(row.row, ""), "award": r.award}).numbers
    )


def _altered(value: float, rng: random.Random) -> float:
    """A number with one digit changed."""
    digits = list(str(int(value)))
    i = rng.randrange(len(digits))
    digits[i] = rng.choice([d for d in "123456789" if d != digits[i]])
    return float("".join(digits))


def _tidy(sentence: str) -> str:
    sentence = re.sub(r"\s+", " ", sentence).strip()
    sentence = re.sub(r" ([.,।])", r"\1", sentence).replace("..", ".")
    return sentence[0].upper() + sentence[1:]


# Figures


class Judge:
    """Holds cases against the checker; the evidence of the same records is built once."""

    def __init__(self, records: Iterable[Scholarship]) -> None:
        self._hits = {r.id: Hit(r, match(r, Profile()), deadline_state(r, NOW)) for r in records}

    def objection(self, case: Case) -> str | None:
        """What the checker objects to, None where it lets the sentence through."""
        found = Evidence.of([self._hits[i] for i in case.ids]).objection(case.sentence, case.focus)
        return f"{found.kind}: {found.text}" if found else None


def by_hand(path: Path) -> Iterator[Case]:
    """The cases written by hand."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        language = "hi" if re.search("[\u0900-\u097f]{3}", row["sentence"]) else "latin"
        yield Case(tuple(row["ids"]), row["focus"], row["sentence"], "true" if row["true"] else "false", language)


def main(arguments: Sequence[str]) -> int:
    """Print the figures, with --verbose what went wrong; --write keeps them for the quality page. 1 where a goal is missed."""
    verbose = "--verbose" in arguments
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        cells = {row["id"]: Cells(row) for row in csv.DictReader(file)}
    records = read_csv(CATALOGUE).scholarships
    judge = Judge(records)
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for group, cases in (("", Maker(records, cells).cases()), ("by_hand.", by_hand(CASES) if CASES.exists() else ())):
        for case in cases:
            objection = judge.objection(case)
            is_true = case.kind == "true"
            is_wrong = (objection is not None) == is_true
            sort = "true" if is_true else "corrupt"
            for name in {sort, f"{sort}.{case.kind}", f"{sort}.{case.language}"} - {"true.true"}:
                total[group + name] += 1
                wrong[group + name] += is_wrong
            told[group + case.kind] += is_wrong
            if verbose and is_wrong and told[group + case.kind] <= MOST_TOLD:
                print(
                    f"{group}{case.kind} {case.language} {case.ids} focus={case.focus}: {case.sentence} -> {objection}"
                )
    for name in sorted(total, key=lambda n: (n.count("."), n)):
        if "true" in name.split("."):
            print(f"{name}.sentences {total[name]}\n{name}.lost {wrong[name] / total[name]:.4f}")
        else:
            print(f"{name}.sentences {total[name]}\n{name}.stopped {1 - wrong[name] / total[name]:.4f}")
    if "--write" in arguments:
        figures = {
            "true.sentences": total["true"], "true.lost": wrong["true"] / total["true"],
            "corrupt.sentences": total["corrupt"], "corrupt.stopped": 1 - wrong["corrupt"] / total["corrupt"],
        }  # fmt: skip
        for sort in ("true", "corrupt") if total["by_hand.true"] else ():
            share = wrong[f"by_hand.{sort}"] / total[f"by_hand.{sort}"]
            figures[f"by_hand.{sort}.sentences"] = total[f"by_hand.{sort}"]
            figures[f"by_hand.{sort}.{'lost' if sort == 'true' else 'stopped'}"] = (
                share if sort == "true" else 1 - share
            )
        write_down("grounding", figures, len(records), datetime.now(UTC).date())
    goals = (
        total["true"] >= LEAST_TRUE,
        wrong["true"] <= MOST_LOST * total["true"],
        wrong["corrupt"] <= (1 - LEAST_STOPPED) * total["corrupt"],
    )
    print(f"goals {'met' if all(goals) else 'missed'}")
    return 0 if all(goals) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
