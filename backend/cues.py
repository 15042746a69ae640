"""The words, numbers and signs of a text, and the phrases in it that say what it is about.

The phrases are those of data/cues.csv (months, units, currencies, cues such as "income" or "closes", claims) and, apart, of
the lexicon. Words are compared as backend.text.normalise gives them, numbers as plain digits.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from backend.lexicon import lexicon
from backend.text import normalise

DATA = Path(__file__).resolve().parent.parent / "data"
Phrase = tuple[str, ...]
Meaning = tuple[str, str]
Table = Mapping[str, list[tuple[Phrase, list[Meaning]]]]
NAME = "name"
"""The kind of tokens that belong to a name."""
_LATIN, _INDIC = "A-Za-zÀ-ÖØ-öø-ž", "\u0900-\u0963\u0970-\u097f"
_TOKEN = re.compile(
    rf"(?P<link>(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[A-Za-z0-9-]{{2,}}(?:\.[A-Za-z0-9-]{{2,}})*\.[a-z]{{2,}}\b(?:/\S*)?)"
    rf"|(?P<figure>\d(?:[\d.,:/–-]*\d)?)"
    rf"|(?P<word>[{_LATIN}]+(?:['’][{_LATIN}]+)*|[{_INDIC}]+)"
    r"|(?P<sign>\S)"
)  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?")
NUMERIC_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}|\d{2})")
_SEASON = re.compile(r"((?:19|20)\d\d)[-–/](\d{2}|\d{4})")
_RANGE = re.compile(r"([\d.,]*\d)[-–]([\d.,]*\d)")
_DIGITS = {ord(c): str(i) for i, c in enumerate("०१२३४५६७८९")}
_ABBREVIATIONS = frozenset(
    "rs re dr mr mrs ms no st prof smt approx engg govt dept univ jr sr vs inc ltd रु डॉ श्री प्रो".split()
)
_HONORIFICS = frozenset("dr mr mrs ms st prof smt shri rs no".split())
_ENDS = frozenset(',;:()–—.!?।|"“”')
_CONJUNCTIONS = frozenset("and but while whereas aur lekin magar jabki evam और लेकिन मगर जबकि तथा एवं वहीं".split())
_CONTRACTIONS = frozenset("it's let's here's that's what's there's".split())
_CODE_SUFFIXES = frozenset("st nd rd th k l lac lacs lakh lakhs cr crore m mn yr yrs yo am pm".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, link or sign: `text` as it is written, `word` as it is compared; `kind` is word, figure, date, season
    (2025-26), link, code (A1201), odd (a figure that is no plain number), name or sign.

    `clause` counts clauses, `part` the parts between punctuation; `glued`: no space before it; `lead`: the sign that ended a
    part right before it.
    """

    text: str
    word: str
    kind: str
    clause: int
    part: int
    glued: bool
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase, what it says (kind, value), and where it stands: tokens start to before end."""

    kind: str
    value: str
    start: int
    end: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text; signs that only end a clause are none."""
    found: list[Token] = []
    clause = part = 0
    end, lead = -1, ""

    def add(written: str, word: str, kind: str, glued: bool) -> None:
        nonlocal lead
        found.append(Token(written, word, kind, clause, part, glued, lead))
        lead = ""

    for match in _TOKEN.finditer(text):
        written, kind = match[0], match.lastgroup or "sign"
        glued, end = match.start() == end, match.end()
        if kind == "link" and not _is_link(written):
            for piece in re.finditer(rf"[{_LATIN}]+|\d+", written):
                add(piece[0], normalise(piece[0]), "word" if piece[0][0].isalpha() else "figure", False)
            continue
        if kind == "link":
            bare = written.rstrip(".,;:!?)।'\"”")
            end = match.start() + len(bare)
            add(bare, bare.lower(), "link", glued)
            if bare != written:
                clause, part = clause + 1, part + 1
        elif kind == "figure":
            for text_of, plain, is_a in _figure_pieces(written):
                add(text_of, plain, is_a, glued)
                glued = False
        elif kind == "word":
            word = _word(written)
            clause += word in _CONJUNCTIONS
            add(written, word, "code" if glued and found[-1].kind == "code" else "word", glued)
        elif written in _ENDS:
            if not (written == "." and found and (found[-1].word in _ABBREVIATIONS or len(found[-1].text) == 1)):
                clause, part = clause + 1, part + 1
                end, lead = -1, written
                if written == "?":
                    add(written, written, "sign", glued)
        elif written == "-" and glued and match.end() < len(text) and not text[match.end()].isspace():
            continue
        else:
            clause += written == "-"
            add(written, written, "sign", glued)
    return tuple(_with_codes(found))


def with_names(tokens: Sequence[Token], names: Sequence[range]) -> tuple[Token, ...]:
    """The tokens, those of names marked, with no end of a clause inside a name (PM-YASASVI for OBC, EBC and DNT)."""
    if not names:
        return tuple(tokens)
    named, inside = {i for name in names for i in name}, {i for name in names for i in name[1:]}
    inside |= {name.stop for name in names if name.stop < len(tokens) and tokens[name.stop].lead == ")"}
    found, clauses, parts = [], 0, 0
    for i, token in enumerate(tokens):
        if i in inside:
            clauses += token.clause - tokens[i - 1].clause
            parts += token.part - tokens[i - 1].part
        kind = NAME if i in named else token.kind
        found.append(replace(token, kind=kind, clause=token.clause - clauses, part=token.part - parts))
    return tuple(found)


def _word(written: str) -> str:
    word = normalise(written.replace("’", "'")).strip().replace("ँ", "ं")
    return word if word in _CONTRACTIONS else word.removesuffix("'s")


def _is_link(written: str) -> bool:
    """Whether what looks like a host is one: not Dr.Ambedkar."""
    head = written.partition(".")[0].lower()
    return "/" in written or "@" in written or not (head in _HONORIFICS and written.count(".") == 1)


def _figure_pieces(written: str) -> list[tuple[str, str, str]]:
    """A run of digits and signs as tokens: each as written, as compared, and what it is (odd: no plain number)."""
    plain = written.translate(_DIGITS)
    if _GROUPED.fullmatch(plain):
        return [(written, plain.replace(",", ""), "figure")]
    if NUMERIC_DATE.fullmatch(plain):
        return [(written, plain, "date")]
    season = _SEASON.fullmatch(plain)
    if season and int(season[2]) % 100 == (int(season[1]) + 1) % 100:
        return [(written, plain, "season")]
    pair = _RANGE.fullmatch(plain)
    if pair and all(map(_GROUPED.fullmatch, pair.groups())):
        low, high = pair.groups()
        return [(low, low.replace(",", ""), "figure"), ("-", "-", "sign"), (high, high.replace(",", ""), "figure")]
    return [(written, plain, "odd")]


def _with_codes(tokens: Sequence[Token]) -> list[Token]:
    """Letters and digits in one word (A1201, 3D) as one code; 50k, 12th and 5cr stay a number and its word."""
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if last and token.glued and (_is_code(last, token) or _is_code_with_digits_first(last, token)):
            found[-1] = replace(last, text=last.text + token.text, word=last.word + token.word, kind="code")
        else:
            found.append(token)
    return found


def _is_code(letters: Token, digits: Token) -> bool:
    """A1201; not Rs500."""
    return (
        digits.kind == "figure" and letters.kind in ("word", "code") and letters.text.isascii()
        and letters.word not in currencies()
    )  # fmt: skip


def _is_code_with_digits_first(digits: Token, letters: Token) -> bool:
    """3D; not 50k, 12th, 500rs."""
    known = letters.word in _CODE_SUFFIXES or letters.word in currencies() or not letters.text.isascii()
    return letters.kind == "word" and digits.kind == "figure" and not known


# Phrases


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, Meaning], ...]:
    """The phrases of data/cues.csv as they are written, each with what it means."""
    with (DATA / "cues.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((phrase, (row["kind"], row["value"])) for row in rows for phrase in row["phrases"].split("|"))


@lru_cache(maxsize=1)
def _phrases() -> Table:
    return _table((tuple(t.word for t in tokens_of(phrase)) or (phrase,), meaning) for phrase, meaning in _rows())


@lru_cache(maxsize=1)
def _lexicon_phrases() -> Table:
    """The lexicon's phrases, compared as this module compares words."""
    return _table(
        (tuple(word.replace("ँ", "ं") for word in phrase if word != "s") or phrase, meaning)
        for phrase, meanings in lexicon().phrases.items()
        for meaning in meanings
    )


def _table(pairs: Iterable[tuple[Phrase, Meaning]]) -> Table:
    """Phrases by their first word, the longest first."""
    meanings: dict[Phrase, list[Meaning]] = defaultdict(list)
    for phrase, meaning in pairs:
        meanings[phrase].append(meaning)
    table: dict[str, list[tuple[Phrase, list[Meaning]]]] = defaultdict(list)
    for phrase in sorted(meanings, key=len, reverse=True):
        table[phrase[0]].append((phrase, meanings[phrase]))
    return dict(table)


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """Signs, codes and names of currencies that are one word."""
    return frozenset(normalise(phrase) for phrase, (kind, _) in _rows() if kind == "currency" and " " not in phrase)


@lru_cache(maxsize=1)
def scales() -> frozenset[str]:
    """Words such as lakh and thousand."""
    return frozenset(
        p[0] for p, ms in lexicon().phrases.items() if len(p) == 1 and any(kind == "scale" for kind, _ in ms)
    )


def _cues(tokens: Sequence[Token], table: Table) -> Mapping[str, tuple[Cue, ...]]:
    """All phrases; within a kind the longest first at each place, and none inside another."""
    words = ["" if token.kind == NAME else token.word for token in tokens]
    found: dict[str, list[Cue]] = defaultdict(list)
    ends: dict[str, int] = defaultdict(int)
    for i, word in enumerate(words):
        taken: set[str] = set()
        for phrase, meanings in table.get(word, ()):
            size = len(phrase)
            if size > 1 and tuple(words[i : i + size]) != phrase:
                continue
            longer = set(taken)
            for kind, value in meanings:
                if i >= ends[kind] and kind not in longer:
                    found[kind].append(Cue(kind, value, i, i + size))
                    taken.add(kind)
        for kind in taken:
            ends[kind] = found[kind][-1].end
    return {kind: tuple(cues) for kind, cues in found.items()}


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(token.word for token in tokens_of(text) if token.kind == "word")


@lru_cache(maxsize=1)
def cue_words() -> frozenset[str]:
    """Every word of data/cues.csv."""
    return frozenset(word for rows in _phrases().values() for phrase, _ in rows for word in phrase)


def scheme_kind(word: str) -> str | None:
    """What kind of award a word names by itself (scholarship, fellowship, plan, body), in any of the languages."""
    return _schemes().get(word)


@lru_cache(maxsize=1)
def _schemes() -> Mapping[str, str]:
    return {
        phrase[0]: value for rows in _phrases().values() for phrase, meanings in rows
        for kind, value in meanings if kind == "scheme" and len(phrase) == 1
    }  # fmt: skip


@lru_cache(maxsize=8)
def lexicon_words(kinds: frozenset[str]) -> frozenset[str]:
    """The words of the lexicon's phrases of these kinds."""
    return frozenset(
        w for phrase, ms in lexicon().phrases.items() for w in phrase if any(kind in kinds for kind, _ in ms)
    )


def cues_of(tokens: Sequence[Token]) -> Mapping[str, tuple[Cue, ...]]:
    """The phrases of data/cues.csv in a text, by kind, left to right; words of names say nothing."""
    return _cues(tokens, _phrases())


def meanings_of(word: str) -> frozenset[Meaning]:
    """What a single word means by data/cues.csv."""
    return frozenset(m for phrase, meanings in _phrases().get(word, ()) if len(phrase) == 1 for m in meanings)


def lexicon_cues(tokens: Sequence[Token], kinds: Iterable[str]) -> list[Cue]:
    """The phrases of the lexicon (data/lexicon.csv, states, countries) of these kinds, the longest at each place."""
    found = _cues(tokens, _lexicon_phrases())
    return [cue for kind in kinds for cue in found.get(kind, ())]
