"""Which of a few records a sentence names, and which of its words look like the name of something else.

A record is named by its name, parts of it, its acronyms and aliases, in Latin letters or, by their sound, in Devanagari.
Words that are no name are those of data/plain_words.csv, data/cues.csv, the lexicon and the records' own texts.
"""

import csv
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from backend.catalogue import Scholarship
from backend.cues import (
    Token,
    cue_words,
    currencies,
    lexicon_cues,
    lexicon_words,
    meanings_of,
    scheme_kind,
    tokens_of,
    words_of,
)
from backend.lexicon import aliases, canonical, lexicon
from backend.phrases import PHRASES
from backend.text import consonants, is_indic, sound

DATA = Path(__file__).resolve().parent.parent / "data"
LEAST_CONSONANTS = 3
"""Of a word in Devanagari that is compared with a Latin one by them alone."""
LEAST_PLURAL = 5
"""Letters from which on a word with s is the same as without."""
LONG_RUN = 3
"""So many ordinary words of a name in small letters name it (post matric scholarship)."""
TRAITS = frozenset("level field gender group state country demonym disability exam".split())
"""Kinds of the lexicon whose words do not name a record by themselves: students of SC and ST, from New York."""
_INSIDE = frozenset("of for the and in to at & / - on by with de du la von van".split())
"""Words that may stand inside a name without being compared."""
_KINDS = frozenset({"scholarship", "fellowship"})
_CHECKED = frozenset({"month", "currency", "percent"})
"""Cues whose truth is checked as such, wherever they stand."""
_STARTS = frozenset(".!?।:")
_DETERMINERS = frozenset("this that the a an your each every any no such these those its which ye yeh is us wo".split())
_AFTER_NAME = frozenset("me mein ka ki ke ko se wali wala wale में का की के को से वाली".split())
_ENDINGS = (
    "ियों", "ियाँ", "ियां", "ाएं", "ाओं", "ाइए", "िएगा", "एगा", "एगी", "ेंगे", "ेगा", "ेगी", "ने", "ना", "नी", "ते", "ता", "ती", "कर",
    "िए", "िये", "ों", "एं", "ें", "ां", "ो", "े", "ी", "ा", "ि", "ू", "ु", "ं",
)  # fmt: skip
"""Endings of Hindi words, the longest first, that are left out where words are compared."""


@dataclass(frozen=True)
class Naming:
    """What a record may be called: every word of its names by the spellings that `spelt` gives, those that are no
    ordinary words, whole names as sets of words, the kinds of award (scholarship, fellowship) that its name says it is, and
    the numbers of its name, each with what stands before it there (top 500): only so a number belongs to a name."""

    id: str
    words: Mapping[str, str]
    own: frozenset[str]
    forms: frozenset[frozenset[str]]
    kinds: frozenset[str]
    numbers: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Mention:
    """Records that the tokens start to before end name; several where these words do not tell them apart."""

    start: int
    end: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class _Run:
    """Words of a name at tokens start to before end: how many count, and whether they are a whole name."""

    start: int
    end: int
    size: int
    whole: bool
    id: str


def naming(record: Scholarship) -> Naming:
    """What a record may be called."""
    bare = re.sub(r"\([^)]*\)", " ", record.name)
    texts = [record.name, bare, *re.findall(r"\(([^)]*)\)", record.name), *aliases().get(record.id, ())]
    forms = {frozenset(word for word in words_of(text) if word not in _INSIDE) for text in texts}
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w+", bare)).lower()
    if len(initials) >= 3:
        forms.add(frozenset({initials}))
    words = frozenset().union(*forms) - currencies()
    words |= {word for word, _ in canonical(words_of(record.name)) if word not in _INSIDE}
    own = (w for w in words if len(w) > 1 and not is_ordinary(w) and w not in lexicon_words(TRAITS))
    tokens = tokens_of(record.name)
    return Naming(
        record.id,
        spelt(words),
        frozenset(own),
        frozenset(filter(None, forms)),
        frozenset(kind for word in words_of(record.name) if (kind := scheme_kind(word)) in _KINDS),
        frozenset((_before(tokens, i), t.word) for i, t in enumerate(tokens) if t.kind in ("figure", "code")),
    )


def mentions(tokens: Sequence[Token], names: Collection[Naming]) -> list[Mention]:
    """The records that are named, left to right; where names overlap, the ones that more words speak for."""
    also = _meant(tokens)
    runs = [run for name in names for run in _runs(tokens, _named_words(tokens, also, name), name)]
    found: list[Mention] = []
    while runs:
        best = max(runs, key=lambda run: (run.size, run.whole, run.start - run.end))
        rivals = [run for run in runs if run.start < best.end and best.start < run.end]
        equal = (run.id for run in rivals if (run.size, run.whole) == (best.size, best.whole))
        found.append(Mention(best.start, best.end, tuple(dict.fromkeys(equal))))
        runs = [run for run in runs if run not in rivals]
    return sorted(found, key=lambda mention: mention.start)


def strange_name(
    tokens: Sequence[Token],
    found: Sequence[Mention],
    names: Mapping[str, Naming],
    known: Sequence[Sequence[Mapping[str, str]]],
    together: Callable[[int], bool],
) -> str | None:
    """The first word that may be the name of something else; None where there is none.

    `known` gives for each token the words of the records that it speaks about, as `spelt` gives them; `together` tells of a
    place whether its word and the next stand side by side in their texts.
    """
    inside = {i for mention in found for i in range(mention.start, mention.end)}
    beside = {i for mention in found for i in (mention.start - 1, mention.end)} - inside
    for mention in found:
        other = _other_kind(tokens, mention, names)
        if other:
            return other
    also = _meant(tokens)
    for i, token in enumerate(tokens):
        if i in inside or token.kind != "word" or (len(token.word) == 1 and not token.text.isupper()):
            continue
        if also[i] != token.word and any(also[i] in words for words in known[i]):
            continue
        named = i - 1 in inside or i + 1 in inside
        part_of_scheme = _is_capital(token) and (
            together(i) or (scheme_kind(token.word) is not None and together(i - 1))
        )
        if not part_of_scheme and not _is_known(tokens, i, i in beside, named, known[i]):
            return token.text
    return None


def capital_pairs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Places of words in capitals that stand side by side, in one clause, and belong to no name that was found."""
    pairs, last = [], None
    for i, token in enumerate(tokens):
        if token.kind == "word" and _is_capital(token) and not (i == 0 or token.lead or token.word in _DETERMINERS):
            if last is not None:
                pairs.append((last, i))
            last = i if not is_ordinary(token.word) else None
        elif token.kind != "word" or token.word not in _INSIDE or token.lead:
            last = None
    return pairs


def word_pairs(tokens: Sequence[Token]) -> set[tuple[str, str]]:
    """Words of a text that stand side by side, in either order."""
    words = [token.word for token in tokens if token.word not in _INSIDE]
    return {pair for one, other in pairwise(words) for pair in ((one, other), (other, one))}


def spelt(words: Collection[str]) -> Mapping[str, str]:
    """Words by each spelling under which they are known: their own, their sound, their consonants."""
    table: dict[str, str] = {}
    for word in words:
        if not is_indic(word):
            table.setdefault(f"~{sound(word)}", word)
            table.setdefault(f"={consonants(word)}", word)
    return table | {word: word for word in words}


def same_word(word: str, words: Mapping[str, str]) -> str | None:
    """Which of the words (as `spelt` gives them) a word is; one in Devanagari that is no ordinary word also by its sound
    or, where there are enough of them, its consonants."""
    if word in _INSIDE:
        return None
    found = words.get(word)
    if found is None and len(word) >= LEAST_PLURAL:
        found = words.get(word.removesuffix("s")) or words.get(f"{word}s")
    if found is not None or not is_indic(word) or is_ordinary(word):
        return found
    found = words.get(f"~{sound(word)}")
    if found is None and len(consonants(word)) >= LEAST_CONSONANTS:
        found = words.get(f"={consonants(word)}")
    return found


@lru_cache(maxsize=16384)
def is_ordinary(word: str) -> bool:
    """Whether a word is an ordinary one of the three languages, and so no name by itself."""
    known, stems = _ordinary()
    return word in known or (is_indic(word) and _stem(word) in stems)


# Names


def _named_words(tokens: Sequence[Token], also: Sequence[str], name: Naming) -> list[str | None]:
    """For each token the word, or the number, of the name that it is."""
    return [
        same_word(token.word, name.words) or name.words.get(also[i]) if token.kind == "word"
        else token.word if (_before(tokens, i), token.word) in name.numbers else None
        for i, token in enumerate(tokens)
    ]  # fmt: skip


def _meant(tokens: Sequence[Token]) -> list[str]:
    """For each token the word that it stands for in names (data/synonyms.csv): National Scholarship Portal for NSP."""
    return [word for word, phrase in canonical([token.word for token in tokens]) for _ in phrase]


def _before(tokens: Sequence[Token], i: int) -> str:
    i -= 2 if i > 1 and tokens[i - 1].word == "-" else 1
    return tokens[i].word if i >= 0 else ""


def _runs(tokens: Sequence[Token], words: Sequence[str | None], name: Naming) -> list[_Run]:
    """Runs of words of a name that do name it; `words` gives for each token the word of the name that it is."""
    found, i = [], 0
    while i < len(words):
        if words[i] is None:
            i += 1
            continue
        end = i + 1
        while (ahead := _next_of_name(tokens, words, end)) is not None:
            end = ahead + 1
        content = {k: word for k in range(i, end) if (word := words[k])}
        whole = frozenset(content.values()) in name.forms
        if _do_name(tokens, content, whole, name):
            found.append(_Run(i, end, len(content), whole, name.id))
        i = end
    return found


def _next_of_name(tokens: Sequence[Token], words: Sequence[str | None], end: int) -> int | None:
    """The place where a run that ends so far goes on: at once, or after small words with a capital or a number."""
    ahead = end
    while ahead < len(words) and tokens[ahead].word in _INSIDE and ahead - end < 2:
        ahead += 1
    if ahead >= len(words) or words[ahead] is None:
        return None
    return ahead if ahead == end or _is_capital(tokens[ahead]) or tokens[ahead].kind != "word" else None


def _do_name(tokens: Sequence[Token], content: Mapping[int, str], whole: bool, name: Naming) -> bool:
    """Whether words of a name are enough of it: one of its own words, an acronym, or several ordinary ones in capitals."""
    if not name.own.isdisjoint(content.values()):
        return True
    if len(content) == 1:
        return whole and all(tokens[k].text.isupper() and len(tokens[k].text) > 2 for k in content)
    telling = [k for k in content if scheme_kind(tokens[k].word) is None]
    if not telling or (len(telling) == len(content) and _are_traits(tokens[min(content) : max(content) + 1])):
        return False
    capital = [k for k in content if _is_capital(tokens[k])]
    if whole and (len(capital) > 1 or len(content) >= LONG_RUN):
        return True
    return (len(capital) > 1 and any(k in capital for k in telling)) or len(telling) >= LONG_RUN


def _are_traits(tokens: Sequence[Token]) -> bool:
    """Whether words are all phrases of the lexicon and small words: SC and ST, New York."""
    covered = {i for cue in lexicon_cues(tokens, TRAITS) for i in range(cue.start, cue.end)}
    return all(i in covered or token.word in _INSIDE for i, token in enumerate(tokens))


# Other names


def _is_known(
    tokens: Sequence[Token], i: int, beside: bool, named: bool, known: Sequence[Mapping[str, str]]
) -> bool:  # fmt: skip
    """Whether a word is an ordinary one or one of the records spoken of, and stands where it makes no other name."""
    token = tokens[i]
    ordinary, own = is_ordinary(token.word), any(same_word(token.word, words) for words in known)
    first = i == 0 or token.lead in _STARTS
    follows = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].part == token.part else None
    before_scheme = follows is not None and scheme_kind(follows.word) is not None
    if is_indic(token.word):
        return ordinary or own
    if not _is_capital(token):
        in_name_place = before_scheme or (follows is not None and follows.word in _AFTER_NAME)
        return ordinary or own or not in_name_place
    if scheme_kind(token.word):
        return _is_plain_scheme(tokens, i, named)
    if token.word in _DETERMINERS or _CHECKED.intersection(kind for kind, _ in meanings_of(token.word)):
        return True
    if beside and token.word not in _INSIDE and (token.lead == "(" or not (first or own or token.text.isupper())):
        return False
    if before_scheme and follows is not None and _is_capital(follows) and not named:
        return False
    return own or (ordinary and (first or not before_scheme))


def _is_plain_scheme(tokens: Sequence[Token], i: int, named: bool) -> bool:
    """Whether a capital Scholarship is none of an unknown name: it begins the sentence, or "This Scholarship"."""
    if named or i == 0 or tokens[i].lead:
        return True
    return not _is_capital(tokens[i - 1]) or tokens[i - 1].word in _DETERMINERS


def _other_kind(tokens: Sequence[Token], mention: Mention, names: Mapping[str, Naming]) -> str | None:
    """A fellowship called a scholarship, or the other way round: it may be another record."""
    for i in range(mention.start, min(mention.end + 1, len(tokens))):
        kind = scheme_kind(tokens[i].word)
        if kind in _KINDS and all(names[id_].kinds and kind not in names[id_].kinds for id_ in mention.ids):
            return tokens[i].text
    return None


def _is_capital(token: Token) -> bool:
    return any(c.isupper() for c in token.text)


# Ordinary words


@lru_cache(maxsize=1)
def _ordinary() -> tuple[frozenset[str], frozenset[str]]:
    """The ordinary words, and the stems of the Hindi ones."""
    listed = _words_of_column("plain_words.csv", "words") | cue_words() | lexicon().hinglish | lexicon().noise
    hindi = _words_of_column("vocabulary.csv", "hi") | _words_of_column("glossary.csv", "hi")
    hindi |= {word for phrase, meanings in lexicon().phrases.items() for word in phrase if _is_fact(meanings)}
    phrased = (token for texts in PHRASES.values() for text in texts for token in tokens_of(text))
    listed |= {token.word for token in phrased if token.text.islower() or is_indic(token.word)}
    known = frozenset(word.replace("ँ", "ं") for word in listed | {word for word in hindi if is_indic(word)})
    return known, frozenset(_stem(word) for word in known if is_indic(word))


def _words_of_column(file: str, column: str) -> frozenset[str]:
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        return frozenset(word for row in csv.DictReader(rows) for word in words_of(row[column]))


def _is_fact(meanings: Sequence[tuple[str, str]]) -> bool:
    return any(kind not in ("word", "intent") for kind, _ in meanings)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word
