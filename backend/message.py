"""A student's message as the reader sees it: tokens, clauses, the lexicon's phrases, and what the student denies."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from backend.lexicon import LONG_STATE, is_noise, lexicon
from backend.text import tokens

LONG_WORD = 8
"""Letters from which on one wrong letter in a course, field, group or disability is forgiven."""
FACTS = frozenset("level class exam field degree_field gender kin group state disability country demonym".split())
"""Kinds of phrase that state something of the student, and so can be denied."""
_FIELDS = frozenset({"field", "degree_field"})
_SPELLED_KINDS = frozenset("level field group disability".split())
_AMBIGUOUS = frozenset({"up", "ap", "us"})
"""Other words in small letters (sign up; aap; us): `_RULES` spell out those that mean a state or a country."""
_ABBREVIATIONS = (
    "rs|dr|mr|mrs|no|st|govt|engg|std|yr|yrs|sem|jr|sr|approx|dept|univ|tech|com|sc|ed|arch|pharm|phil|prof|hons|inc|gen|"
    "cat|pvt|dist|अनु|डॉ|श्री|प्रो|रु|नं"
)
"""Words that a full stop shortens: it does not end the sentence."""
_TURNS = frozenset("but lekin magar whereas jabki ab now अब लेकिन मगर जबकि".split())
"""Words that begin a new statement without a comma."""
_NOT_TO_FACT = frozenset("a an the in from doing pursuing studying my any of yet".split())
"""Words that may stand between "not" and what it denies: not a diploma."""
_FACT_TO_NOT = frozenset(
    "category caste cast jati varg samaj wala wali wale walo me mein ka ki ke se student course class board th percent "
    "bhi % वर्ग जाति में का की के से कोर्स श्रेणी भी वीं".split()
)
"""Words that may stand between what is denied and "nahi": SC category se nahi."""
POSSESSIVE = frozenset("ka ki ke s का की के".split())
_BE = frozenset("hu hun hoon hai hain h हूँ हूं हैं है".split())
_SOME = frozenset("a have do teen two three दो तीन".split())
_FOR = frozenset("for ke ko liye के को लिए".split())
ELDER_REACH = 5
"""So many words after a parent may be about the parent (papa ek pair se viklang)."""
_CHILD = frozenset("beta bete beti son daughter बेटा बेटे बेटी".split())
_OF_ANOTHER = frozenset({"his", "her"})
_FOR_THEM = frozenset("uske unke iske inke उसके उनके इसके इनके".split())
"""Before "liye": for him, for her."""
_BROTHER = frozenset({"bhai", "bhaiya", "भाई"})
_OR = frozenset("or nor ya na या".split())
_HERE = (
    r"(?=\s*,|\s*$|\s+(?:board|govt|government|student|sc|st|obc|bc|ews|general|girl|boy|ladk[aio]|domicile|resident|"
    r"state|scholarship)\b)"
)
_COUNTRY = r"(?:uk|usa|canada|germany|australia|singapore|ireland|france|europe)"
_JOINED = r"(?:\s*[,/]\s*|\s+(?:or|ya|and|aur|&)\s+)"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), new)
    for pattern, new in (
        ("[\u200b-\u200d\ufeff]", ""),
        ("॰", "."),
        # A message that begins with an address: Kisumu, Kenya. My sister ...
        (r"\A(\s*[^\W\d_]{3,}(?:, [^\W\d_]{3,})?), (?=[^\W\d_]{4,}\.\s+\S)", r"\1, from "),
        (r"\b([iI])['’`]?m\b", r"\1 am"),
        (r"n['’`]t\b", " not"),
        # Uttar Pradesh, Andhra Pradesh, the United States: in capitals, or where what stands around says so.
        (r"\bU\.?P\.?(?![a-zA-Z])", "uttar pradesh "),
        (r"(?<!sign )(?<!start )(?<!set )\bup (?=(?:se|ka|ki|ke|me|mein|wal[aei])\b)", "uttar pradesh "),
        (rf"(?<=from )up\b|(?:^|(?<=[,;] ))up{_HERE}|\bup(?=\s+(?:sc|st|obc|ews|board|govt)\b)", "uttar pradesh "),
        ("(?<![\u0900-\u097f])(?:यूपी|यू[. ]पी)(?![\u0900-\u097f])", "उत्तर प्रदेश"),
        (r"\bA\.?P\.?(?![a-zA-Z])", "andhra pradesh "),
        (rf"(?<=from )ap\b|(?:^|(?<=[,;] ))ap{_HERE}|\bap(?=\s+(?:sc|st|obc|ews|bc|board|govt)\b)", "andhra pradesh "),
        ("(?<![\u0900-\u097f])एपी(?![\u0900-\u097f])", "आंध्र प्रदेश"),
        (r"\bU\.S\.(?:A\.?)?|\bthe us\b(?! about)|\bus\b(?=\.?\s+(?:universit|college|degree))", " usa "),
        (rf"\bus(?={_JOINED}{_COUNTRY}\b)", "usa"),
        (rf"\b({_COUNTRY}{_JOINED})us\b", r"\1usa"),
        # Degrees whose letters are words too, in Devanagari: BE, ME, MA, IT.
        ("(?<![\u0900-\u097f])बीई(?![\u0900-\u097f])", "b e"),
        ("(?<![\u0900-\u097f])एमई(?![\u0900-\u097f])", "m e"),
        ("(?<![\u0900-\u097f])एमए(?![\u0900-\u097f])", "m a"),
        ("(?<![\u0900-\u097f])आईटी(?![\u0900-\u097f])", "information technology"),
        (r"\bSt\.?\s+(?=[A-Z][a-z]{2})", "saint "),
        (r"(?<!\d)(\d*[02-9]|11)\s+(?:ST|st|St)\b", r"\1 scheduled tribe"),
        (r"(?:\b10\s*)?\+\s*([12])\b", r" plus \1 "),
        (r"(?<![\d.])([1-3]\d)\s*/?\s*F(?![.\w])|\bF\s*/?\s*([1-3]\d)(?!\d)", r"\1\2 years female "),
        (r"(?<![\d.])([1-3]\d)\s*/?\s*M(?![.\w])|\bM\s*/?\s*([1-3]\d)(?!\d)", r"\1\2 years male "),
        (r"\$", " usd "),
        ("£", " gbp "),
        ("€", " eur "),
        (r"(?<!\w)(?:na|न)\s+(\S+)\s+(?:(?:hu|hun|hoon|hai|h|हूँ)\s+)?(?:aur\s+)?(?:na|न)\s+", r"not \1 not "),
        # Numbers: .5, 72/100, 1-2, 9th-12th, and a comma that does not group digits (class 10,70%).
        (r"(?<!\S)\.(?=\d)", "0."),
        (r"(?<![\d/.])(\d{1,4}(?:\.\d+)?)\s*/\s*(4|5|7|10|100|[2-9]\d{2}|1\d{3})(?![\d/])", r"\1 out of \2"),
        (r"(\d(?:st|nd|rd|th|वीं|वी)?)\s*[-–—]\s*(?=\d)", r"\1 to "),
        (r"(?<=\d),(?=\d)(?!(?:\d{2,3},)*\d{3}(?!\d))", ", "),
    )
)
"""What a pattern of letters means where tokens alone would lose it; (pattern, what it reads as)."""
_INITIALS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(f"(?<![\u0900-\u097f])के[. ]+{spelt}(?![\u0900-\u097f])"), f"k {letter}")
    for spelt, letter in zip("सी जी वी पी डी एल एम एन आर एस टी बी".split(), "cgvpdlmnrstb", strict=True)
)
"""The initial K, which is a word too in Devanagari, before another one: के.सी. महिंद्रा."""
_CAPITALS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bUS\b"), " usa "),
    (re.compile(r"\bMS\b(?! (?:office|excel|word|Office|Excel|Word|Dhoni))"), "m s"),
    (re.compile(r"\bMD\b(?!\.)"), "m d"),
    (re.compile(r"\bBE\b"), "b e"),
    (re.compile(r"\bME\b(?=\s+(?:in|student|from|1st|2nd|first|second|mech|civil|struct|cse|ece))"), "m e"),
)
"""Letters that mean a country or a degree in capitals only; read where not all of the message is in capitals."""
_END_OF_SENTENCE = re.compile(
    rf"(?<![.\w])(?!(?:{_ABBREVIATIONS})\.)([\w\u0900-\u0963]{{2,}})\.(?=\s|$)", re.IGNORECASE
)
_CLAUSE = re.compile(r",(?!\d)|(?<!\d),|[;!?।|\n•]")


@dataclass(frozen=True)
class Found:
    """A phrase of the lexicon: what it means (kind, value) and where it stands (words start to before end)."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Message:
    """Tokens, the number of the clause each stands in, the phrases found and those denied, and places of plain words.

    `others` are the places of words that speak of a parent, or of a sister or brother who is not the student.
    """

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    found: Mapping[str, Sequence[Found]]
    denied: frozenset[Found] = frozenset()
    others: frozenset[int] = frozenset()
    _places: Mapping[str, frozenset[int]] = field(default_factory=dict)
    _covered: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def of(self, kind: str) -> Sequence[Found]:
        """The phrases of a kind that are not denied, in order."""
        return self.found.get(kind, ())

    def places(self, word: str) -> frozenset[int]:
        """Where words of a plain meaning (income, percent, after) stand."""
        return self._places.get(word, frozenset())

    def covered(self, kind: str) -> frozenset[int]:
        """Where phrases of a kind stand, those denied among them."""
        return self._covered.get(kind, frozenset())

    def word(self, i: int) -> str:
        """The token at a place, or nothing outside the message."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def together(self, i: int, j: int) -> bool:
        """Whether two places are in one clause."""
        return min(i, j) >= 0 and max(i, j) < len(self.words) and self.clauses[i] == self.clauses[j]

    def said_before(self, i: int, word: str, within: int) -> bool:
        """Whether a word of this meaning stands among the last tokens before a place, in its clause."""
        return any(k in self.places(word) for k in range(max(0, i - within), i) if self.together(k, i))

    def said_after(self, end: int, word: str, within: int) -> bool:
        """Whether a word of this meaning stands among the first tokens after a phrase that ends there, in its clause."""
        return any(k in self.places(word) for k in range(end, end + within) if self.together(end - 1, k))

    def denies(self, start: int, end: int) -> bool:
        """Whether words start to end are denied: not X, X nahi (also: not a X, X category se nahi)."""
        before = start - 1
        while self.word(before) in _NOT_TO_FACT and before > start - 4:
            before -= 1
        if before in self.places("except") and self.together(before, start):
            return True
        after = end
        while self.word(after) in _FACT_TO_NOT and after < end + 3:
            after += 1
        if after not in self.places("not") or not self.together(end - 1, after):
            return False
        return not any(k in self.places("got") for k in range(after, after + 3) if self.together(after, k))

    def corrects(self, end: int, start: int) -> bool:
        """Whether what ends before one place is taken back before the other: SC, sorry, ST."""
        return any(end <= i < start for i in self.places("corrects"))


def understand(text: str) -> Message:
    """The message that a text makes."""
    words, clauses = _split(text)
    by_kind: dict[str, list[Found]] = defaultdict(list)
    places: dict[str, set[int]] = defaultdict(set)
    covered: dict[str, set[int]] = defaultdict(set)
    for item in _phrases(words, clauses):
        where = places[item.value] if item.kind == "word" else covered[item.kind]
        where.update(range(item.start, item.end))
        by_kind[item.kind].append(item)
    for i in _brothers(words, covered["kin"]):
        by_kind["kin"].append(Found("kin", "male", i, i + 1))
        covered["kin"].add(i)
    plain = Message(words, clauses, by_kind, _places=_frozen(places), _covered=_frozen(covered))
    denied = _denied(plain)
    kept = {kind: [f for f in found if f not in denied] for kind, found in by_kind.items()}
    return replace(plain, found=kept, denied=denied, others=_others(plain))


def _brothers(words: Sequence[str], known: Set[int]) -> list[int]:
    """Where "bhai", which else is how one speaks to anybody, is a brother: bhai 11th me hai, uske liye."""
    if not _asks_for_them(words):
        return []
    return [i for i, word in enumerate(words) if word in _BROTHER and i not in known]


def _asks_for_them(words: Sequence[str]) -> bool:
    """Whether something is asked for him or her: uske liye."""
    return any(one in _FOR_THEM and other in _FOR for one, other in pairwise(words))


def _frozen(sets: Mapping[str, set[int]]) -> dict[str, frozenset[int]]:
    return {key: frozenset(values) for key, values in sets.items()}


def _split(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Tokens, and for each the number of its clause."""
    for pattern, new in (*_INITIALS, *_RULES) if text.upper() == text else (*_CAPITALS, *_INITIALS, *_RULES):
        text = pattern.sub(new, text)
    words: list[str] = []
    clauses: list[int] = []
    clause = 0
    for part in _CLAUSE.split(_END_OF_SENTENCE.sub(r"\1;", text)):
        clause += 1
        for typed in tokens(part):
            word = lexicon().spellings.get(typed, typed)
            clause += word in _TURNS
            words.append(word)
            clauses.append(clause)
    return tuple(words), tuple(clauses)


def _phrases(words: Sequence[str], clauses: Sequence[int]) -> list[Found]:
    """All phrases of the lexicon, the longest first at each place; none reaches over the end of a clause."""
    known, found, i = lexicon(), [], 0
    while i < len(words):
        for size in range(min(known.longest, len(words) - i), 0, -1):
            meanings = known.phrases.get(tuple(words[i : i + size])) if clauses[i] == clauses[i + size - 1] else None
            if meanings:
                if _FIELDS.issuperset(kind for kind, _ in meanings):
                    found += _level_inside(words[i : i + size], i)
                found += [Found(k, v, i, i + size) for k, v in meanings if k != "state" or words[i] not in _AMBIGUOUS]
                i += size
                break
        else:
            found += [Found(kind, value, i, i + 1) for kind, value in _misspelt(words[i])]
            i += 1
    return found


def _level_inside(phrase: Sequence[str], start: int) -> list[Found]:
    """The course at the beginning of a phrase for a field: of "b com hons" the b com."""
    for size in range(len(phrase) - 1, 0, -1):
        meanings = lexicon().phrases.get(tuple(phrase[:size]), ())
        levels = [Found(kind, value, start, start + size) for kind, value in meanings if kind == "level"]
        if levels:
            return levels
    return []


@lru_cache(maxsize=50_000)
def _misspelt(word: str) -> tuple[tuple[str, str], ...]:
    """What a long word with one wrong letter means: a state (Punjabi is none), or a long word for a course, field,
    group or disability."""
    names = lexicon().state_words
    if len(word) < LONG_STATE or word in lexicon().noise or not word.isascii() or word[:-1] in names:
        return ()
    hit = process.extractOne(word, names.keys(), scorer=OSA.distance, score_cutoff=1)
    if hit:
        return (("state", names[hit[0]]),)
    if is_noise(word):
        return ()
    known = _long_words()
    near = process.extractOne(word, known.keys(), scorer=OSA.distance, score_cutoff=1)
    return known[near[0]] if near else ()


@lru_cache(maxsize=1)
def _long_words() -> Mapping[str, tuple[tuple[str, str], ...]]:
    return {
        phrase[0]: meanings
        for phrase, meanings in lexicon().phrases.items()
        if len(phrase) == 1 and len(phrase[0]) >= LONG_WORD and _SPELLED_KINDS & {kind for kind, _ in meanings}
    }


def _denied(message: Message) -> frozenset[Found]:
    """The facts that the message denies; "not SC or ST" and "SC ya ST nahi" deny both, "SC, sorry, ST" the first."""
    facts = sorted((f for kind in FACTS for f in message.of(kind)), key=lambda f: f.start)
    denied = {f for f in facts if message.denies(f.start, f.end)}
    for one, other in [*pairwise(facts), *pairwise(facts[::-1])]:
        gap = message.words[min(one.end, other.end) : max(one.start, other.start)]
        joined = len(gap) == 1 and gap[0] in _OR and message.together(one.start, other.start)
        if one in denied and one.kind == other.kind and joined:
            denied.add(other)
    last = {f.kind: f.start for f in facts}
    taken_back = {
        kind: max((i for i in message.places("corrects") if i < start), default=-1) for kind, start in last.items()
    }
    return frozenset(denied | {f for f in facts if f.end <= taken_back[f.kind]})


def _others(message: Message) -> frozenset[int]:
    """The places of words about a parent (papa doctor hai; not papa ki beti), or about a sister or brother who is not the
    student; a word for oneself or for income, "hai", and the end of the clause, end it."""
    ends, found = message.places("self") | message.places("income"), set()
    of_elder = ends | message.places("elder") | {i for i, word in enumerate(message.words) if word in _BE}
    of_kin = ends | message.covered("kin")
    for i in message.places("elder"):
        if message.word(i + 1) not in POSSESSIVE:
            found |= _until(message, i + 1, i + 1 + ELDER_REACH, of_elder)
    for kin in message.of("kin"):
        if not is_student(message, kin):
            found |= _until(message, kin.end, len(message.words), of_kin)
    return frozenset(found)


def _until(message: Message, start: int, end: int, ends: frozenset[int]) -> set[int]:
    """The places from start to before end, up to one that ends them, a number or the end of the clause."""
    found: set[int] = set()
    for i in range(start, end):
        if i in ends or not message.together(start - 1, i):
            break
        found.add(i)
        if end - start <= ELDER_REACH and message.word(i)[:1].isdecimal():
            break
    return found


def is_student(message: Message, kin: Found) -> bool:
    """Whether a sister or brother is the student: "for my sister", or nobody says "I am" (two sisters are none). A son or
    daughter always is: a parent writes for them (mera chhota beta; not: his son)."""
    if not _CHILD.isdisjoint(message.words[kin.start : kin.end]) and message.word(kin.start) not in _OF_ANOTHER:
        return True
    if _FOR.intersection(message.words[max(0, kin.start - 2) : kin.end + 1]):
        return True
    if _asks_for_them(message.words[kin.end :]):
        return True
    before, after = message.word(kin.start - 1), message.word(kin.end)
    has = after in _BE and not message.together(kin.end, kin.end + 1)
    return not (before[:1].isdecimal() or before in _SOME or has or message.places("first person"))
