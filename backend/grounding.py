"""Is every fact of this sentence in the record that it speaks about? Only such sentences of the model reach the student.

Covered: amounts (any form: signs, grouping, lakh, hazaar, words, Devanagari), percentages, counts, ages, dates, months,
years, links and e-mail addresses: each must be in the record that its clause speaks about (the nearest name), in the role
that the words around give it (income limit or award, opening or closing, a month or a year, at least or at most, for SC or
for all). Names in Latin letters and Devanagari; who gives it; levels, subjects, genders, groups, states and countries;
papers said to be needed and things said to be paid; claims of being open, closed, eligible, chosen, free, renewable, without
limit, in these words or by the form of the sentence (backend.assertions); promises; the model speaking of itself; markup,
other scripts, look-alike letters, hidden characters, long sentences.
Not covered: false statements in plain words of a form that advice has, too, or about neither time nor the student ("they
love students like you"); what a true figure of the right role is said to be for where no cue tells (which of two amounts is
for which course); a made-up name in small Latin letters that stands neither before a word such as scholarship nor before a
Hindi postposition; "ek" and "one" before what is no measure.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from backend.claims import Ground, false_claim
from backend.cues import Token, lexicon_cues, tokens_of
from backend.eligibility import ELIGIBLE, NOT_ELIGIBLE
from backend.facts import Facts, Figure, When, facts_of, read_facts
from backend.mentions import Mention, Naming, capital_pairs, mentions, strange_name
from backend.recorded import RECORDS_KEPT, TRAITS, Recorded, is_trait, recorded
from backend.search import Hit

LONGEST = 240
"""Characters of a sentence."""
FEW = 5
"""So many options, friends or copies, of which advice speaks, are no fact."""
PACKET_CHARACTERS = 80
"""Of one field of the packet."""
_WRITTEN = re.compile(
    "[A-Za-z0-9 .,;:!?'\"()/%&+=@\\-ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿłŁıİşŞğĞśŚżŻąĄęĘćĆńŃőŐűŰ"
    "\u0900-\u097f‘’“”–—…₹$€£¥₱₦৳₩]*"
)
"""The characters of plain text in the languages of the answers; no markup, controls, joiners, wide or look-alike forms."""
_ADDRESS = re.compile(r"https?://\S+")
_WRONG_FORMS = (
    re.compile(r"\d\s+[,.]?\s*\d|\d,\s+\d{3}(?!\d)"),
    re.compile("[A-Za-zÀ-ž][\u0900-\u097f]|[\u0900-\u0965\u0970-\u097f][A-Za-zÀ-ž]"),
    re.compile(r"\b(?:dot|डॉट)\s*(?:com|org|net|in|gov|edu|ac|nic|info|co|कॉम|इन)\b|\bhttps?\b", re.IGNORECASE),
    re.compile(r"^(?:\d+\.\s*)?(?:name|award|deadline|who can apply|documents|official page|this student|DATA|QUESTION)\s*:"),
)  # fmt: skip
"""Digits apart (1 0, 0 0 0), two scripts in a word, an address spelt out, a line of the packet repeated."""
_OF_ADVICE = frozenset(
    "option options friend friends copy copies thing things step steps minute minutes idea ideas baar baatein cheezein kadam kaam बातें "
    "चीजें कदम बार मिनट".split()
)
_GROUPING = frozenset("and or & aur ya और या तथा एवं both dono दोनों".split())
_POINTERS = frozenset("the these those all in inn इन".split())
_PEOPLE = frozenset(
    "student students citizen citizens national nationals applicant applicants people girl girls women chhatra vidyarthi nagrik "
    "छात्र छात्रों छात्राओं विद्यार्थी विद्यार्थियों नागरिक नागरिकों लोग लोगों".split()
)
_PLACES_OF_STUDY = frozenset(
    "school schools college colleges institution institutions institute office hospital id portal website site aided sansthan "
    "vidyalaya स्कूल स्कूलों विद्यालय कॉलेज संस्थान कार्यालय पोर्टल वेबसाइट".split()
)
"""After "government" these tell no provider."""
_LIMIT_WORDS = {
    "income": frozenset("income aay kamai आय इनकम".split()),
    "age": frozenset("age umar aayu आयु उम्र".split()),
    "marks": frozenset("marks percentage ank अंक".split()),
}
_PAYING = frozenset({"award", "fee"})
"""Roles of words that say that something is paid for."""


@dataclass(frozen=True)
class Objection:
    """Why a sentence may not be shown: `kind` is name, amount, percentage, count, date, month, link, claim or form."""

    kind: str
    text: str


@dataclass(frozen=True)
class _Subject:
    """A record that sentences may speak about, with what is known of it now."""

    hit: Hit
    own: Recorded
    now: Facts

    @property
    def id(self) -> str:
        return self.hit.record.id

    @cached_property
    def student(self) -> tuple[Figure, ...]:
        """The figures of the student that the verdict speaks of: your marks, your income."""
        match = self.hit.match
        findings = (*match.satisfied, *match.failed, *match.unknown) if match else ()
        texts = [finding.text.removeprefix(finding.stated.rstrip(".")) for finding in findings]
        return tuple(figure for text in texts for figure in read_facts(text).figures)

    @property
    def ground(self) -> Ground:
        """What claims about it are held against."""
        record = self.hit.record
        limited = {"income": record.max_family_income, "age": record.max_age, "marks": record.min_marks_percent}
        words = (word for rule, limit in limited.items() if limit is not None for word in _LIMIT_WORDS[rule])
        says = self.own.said["say"]
        return Ground(self.hit.deadline, self.hit.match, record.renewable, says, frozenset(words), self.own.holding)


class Evidence:
    """The records that an answer speaks of, as data for the model and as the facts that its sentences are held against."""

    def __init__(self, subjects: Sequence[_Subject]) -> None:
        self._subjects = {subject.id: subject for subject in subjects}
        self._names = {subject.id: _apart(subject, subjects) for subject in subjects}

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> "Evidence":
        """The evidence of these records."""
        return cls([_Subject(hit, recorded(hit.record), _state_facts(hit.deadline.text)) for hit in hits])

    def packet(self) -> str:
        """The records as short labelled lines for the model's prompt: about a hundred tokens each."""
        return "\n\n".join(_block(number, s.hit) for number, s in enumerate(self._subjects.values(), 1))

    def named(self, sentence: str) -> tuple[str, ...]:
        """Ids of the records that the sentence names, in order."""
        found = mentions(tokens_of(sentence), self._names.values())
        return tuple(dict.fromkeys(id_ for mention in found for id_ in mention.ids))

    def objection(self, sentence: str, focus: str | None = None) -> Objection | None:
        """The first thing in a sentence that the record it speaks about does not hold; None where all is held.

        `focus` is the id of the record spoken of so far, for a sentence that names none; a sentence that names none, with
        no focus and several records, must hold for all of them.
        """
        text = sentence.strip()
        form = _bad_form(text)
        if form is not None:
            return Objection("form", form)
        tokens = tokens_of(text)
        found = mentions(tokens, self._names.values())
        facts = facts_of(tokens, [range(mention.start, mention.end) for mention in found])
        about = _About(facts, found, self._subjects, focus if focus in self._subjects else None)
        return next((objection for check in _CHECKS if (objection := check(about)) is not None), None)


def _apart(subject: _Subject, subjects: Sequence[_Subject]) -> Naming:
    """What a record may be called beside these others: a single word that stands in another's texts, too, is not it."""
    elsewhere = {word for other in subjects if other is not subject for word in other.own.words}
    return replace(subject.own.naming, own=subject.own.naming.own - elsewhere)


@lru_cache(maxsize=RECORDS_KEPT)
def _state_facts(text: str) -> Facts:
    return read_facts(text)


def _bad_form(text: str) -> str | None:
    """What makes a sentence no plain text of the three languages."""
    if not text or len(text) > LONGEST:
        return text[:20]
    words = _ADDRESS.sub("", text)  # an address is compared letter by letter with the record's
    plain = _WRITTEN.match(words)
    assert plain is not None
    if plain.end() < len(words):
        return words[plain.end()]
    return next((found[0] for pattern in _WRONG_FORMS if (found := pattern.search(words))), None)


# What a sentence speaks about


class _About:
    """A sentence, and for each of its tokens the records that it speaks about; `held` are its figures and dates that were
    found in them."""

    def __init__(
        self, facts: Facts, found: Sequence[Mention], subjects: Mapping[str, _Subject], focus: str | None
    ) -> None:
        self.facts, self.found, self.subjects = facts, found, subjects
        self.held: list[Figure | When] = []
        self.named = tuple(dict.fromkeys(id_ for mention in found for id_ in mention.ids))
        self._focus = focus
        self._inside = {i: mention for mention in found for i in range(mention.start, mention.end)}
        self._groups = _grouped(facts.tokens, found)

    def subjects_at(self, i: int) -> list[_Subject]:
        """The records that what stands at a token is said of."""
        return [self.subjects[id_] for id_ in self._ids(i)]

    def holds(self, i: int, test: Callable[..., bool], *arguments: object) -> bool:
        """Whether a test (of a record and the arguments) is met by every record that the token speaks about; never where
        there is none."""
        spoken_of = self.subjects_at(i)
        return bool(spoken_of) and all(test(subject, *arguments) for subject in spoken_of)

    def _ids(self, i: int) -> tuple[str, ...]:
        """The nearest name before in the clause, else after in the clause, else before it; a comparison is about all."""
        tokens = self.facts.tokens
        if not self._groups:
            plural = self.facts.said("say", "plural")
            return (self._focus,) if self._focus and not plural else tuple(self.subjects)
        if len(self._groups) > 1 and self.facts.said("say", "compare"):
            return self.named
        if i in self._inside:
            return self._inside[i].ids
        same = [group for group in self._groups if tokens[group[0]].clause == tokens[i].clause]
        before = [g for g in same if g[0] < i] or same[:1] or [g for g in self._groups if g[0] < i]
        if before:
            return before[-1][1]
        following = self._groups[0][1]
        return following if self._focus is None else tuple(dict.fromkeys((self._focus, *following)))


def _grouped(tokens: Sequence[Token], found: Sequence[Mention]) -> list[tuple[int, tuple[str, ...]]]:
    """Mentions in order, those joined by and/or as one: where it begins and whom it names."""
    groups: list[tuple[int, tuple[str, ...]]] = []
    last_end = -1
    for mention in found:
        between = tokens[last_end : mention.start] if groups else ()
        if groups and len(between) <= 2 and all(t.word in _GROUPING for t in between):
            groups[-1] = groups[-1][0], tuple(dict.fromkeys((*groups[-1][1], *mention.ids)))
        else:
            groups.append((mention.start, mention.ids))
        last_end = mention.end
    return groups


# Checks


def _names(about: _About) -> Objection | None:
    tokens = about.facts.tokens
    known = [[s.own.words for s in about.subjects_at(i)] for i in range(len(tokens))]
    names = {id_: subject.own.naming for id_, subject in about.subjects.items()}

    def together(i: int) -> bool:
        pair = tuple(token.word for token in tokens[max(i, 0) : i + 2])
        capital = i >= 0 and all(token.text[0].isupper() for token in tokens[i : i + 2])
        return capital and about.holds(i, lambda s: pair in s.own.pairs)

    strange = strange_name(tokens, about.found, names, known, together)
    if strange is not None:
        return Objection("name", strange)
    for i, j in capital_pairs(tokens):  # IIT India, where the record has both, but not side by side
        if not about.holds(i, lambda s, pair: pair in s.own.pairs, (tokens[i].word, tokens[j].word)):
            return Objection("name", about.facts.text(i, j + 1))
    return None


def _links(about: _About) -> Objection | None:
    tokens = about.facts.tokens
    official = bool(about.facts.said("modal", "official"))
    for i in about.facts.links:
        if not about.holds(i, _has_link, tokens[i].word, official):
            return Objection("link", tokens[i].text)
    return None


def _has_link(subject: _Subject, address: str, official: bool) -> bool:
    """Whether an address is one of the record's pages, or their host; called official only where it is."""
    record = subject.hit.record
    links = [record.application_url] if official else [record.application_url, record.source_url]
    if official and not record.application_url_official:
        return False
    wanted = _bare(address)
    return any(wanted in (_bare(link), _bare(link).partition("/")[0]) for link in links)


def _bare(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.lower()).rstrip("/")


def _figures(about: _About) -> Objection | None:
    facts = about.facts
    for i in facts.vague:
        return Objection("amount", facts.tokens[i].text)
    for i in facts.odd:
        if not about.holds(i, lambda s, word: word in s.own.odd, facts.tokens[i].word):
            return Objection("count", facts.tokens[i].text)
    for figure in facts.figures:
        if _counts_named(about, figure) or (figure.value <= FEW and figure.noun in _OF_ADVICE):
            continue
        if not about.holds(figure.start, _has_figure, figure, facts):
            return Objection(figure.kind, facts.text(figure.start, figure.end))
        about.held.append(figure)
    return None


def _has_figure(subject: _Subject, figure: Figure, facts: Facts) -> bool:
    """Whether the record states a figure of those it is said of, its deadline state does, or the student is said to."""
    if subject.own.states(figure):
        return subject.own.is_for(figure, facts)
    own = subject.student if facts.said("modal", "you") and figure.bound is None else ()
    return any((f.kind, f.value) == (figure.kind, figure.value) for f in own) or any(
        (f.kind, f.value, f.unit) == (figure.kind, figure.value, figure.unit) for f in subject.now.figures
    )


def _counts_named(about: _About, figure: Figure) -> bool:
    """Whether a number is that of the records spoken of: the two, these three."""
    before = about.facts.tokens[figure.start - 1].word if figure.start else ""
    counts = figure.kind == "count" and figure.unit is None and before in _POINTERS
    return counts and 1 < figure.value == (len(about.named) or len(about.subjects))


def _dates(about: _About) -> Objection | None:
    facts = about.facts
    for cue in facts.cues.get("season", ()):
        if not about.holds(cue.start, _says, cue.kind, cue.value):
            return Objection("month", facts.text(cue.start, cue.end))
    for when in facts.whens:
        if not about.holds(when.start, _has_when, when, facts):
            kind = "month" if when.day is None and when.month else "date"
            return Objection(kind, facts.text(when.start, when.end))
        about.held.append(when)
    return None


def _has_when(subject: _Subject, when: When, facts: Facts) -> bool:
    """Whether the record holds a date; of a closing that is past or not confirmed a day is told with its year, or as past,
    or as usual, and never as one to apply by."""
    state, same = subject.hit.deadline, subject.own.same_dates(when, subject.now.whens)
    if not same or when.day is None or when.month is None or when.role != "close" or state.is_open:
        return bool(same)
    told_as_past = bool(facts.said("modal", "past"))
    if when.year is None:
        return (
            told_as_past
            or bool(facts.said("modal", "usual") or facts.said("modal", "about"))
            or any(held.year is None for held in same)
        )
    is_past = (when.year, when.month, when.day) < (state.as_of.year, state.as_of.month, state.as_of.day)
    return told_as_past or not (is_past and facts.said("modal", "apply"))


def _traits(about: _About) -> Objection | None:
    """Who gives it, whom it is for and where: levels, subjects, genders, groups, states, countries."""
    facts, tokens = about.facts, about.facts.tokens
    for cue in facts.cues.get("provider", ()):
        of_place = cue.end < len(tokens) and tokens[cue.end].word in _PLACES_OF_STUDY
        if not of_place and not about.holds(cue.start, _says, cue.kind, cue.value):
            return Objection("claim", facts.text(cue.start, cue.end))
    denied = bool(facts.said("modal", "not") or facts.said("say", "ineligible"))
    for cue in facts.cues.get("mode", ()):
        if not about.holds(cue.start, lambda s, value: s.own.modes.get(value) is denied, cue.value):
            return Objection("claim", facts.text(cue.start, cue.end))
    exclusive = {tokens[cue.start].clause for cue in facts.said("say", "only")}
    for cue in lexicon_cues(tokens, TRAITS):
        only = tokens[cue.start].clause in exclusive
        people = any(token.word in _PEOPLE for token in tokens[max(0, cue.start - 3) : cue.end + 3])
        if is_trait(tokens, cue) and not about.holds(
            cue.start, lambda s, *said: s.own.has_trait(*said), cue, only, people
        ):
            return Objection("claim", facts.text(cue.start, cue.end))
    return None


def _things(about: _About) -> Objection | None:
    """Papers said to be needed, and things said to be paid for."""
    facts, tokens = about.facts, about.facts.tokens
    needing = {tokens[cue.start].part for cue in facts.said("modal", "need")}
    paying = {tokens[cue.start].part for cue in facts.cues.get("role", ()) if cue.value in _PAYING}
    for kind, parts in (("document", needing), ("cover", paying)):
        for cue in facts.cues.get(kind, ()):
            if tokens[cue.start].part in parts and not about.holds(cue.start, _says, cue.kind, cue.value):
                return Objection("claim", facts.text(cue.start, cue.end))
    return None


def _says(subject: _Subject, kind: str, value: str) -> bool:
    return value in subject.own.said[kind]


def _claims(about: _About) -> Objection | None:
    claim = false_claim(about.facts, lambda i: [s.ground for s in about.subjects_at(i)], about.held)
    return None if claim is None else Objection("claim", claim)


_CHECKS = (_names, _links, _figures, _dates, _traits, _things, _claims)


# The packet


def _block(number: int, hit: Hit) -> str:
    record, match = hit.record, hit.match
    page = record.application_url if record.application_url_official else "not known"
    lines = [
        f"{number}. name: {record.name}",
        f"award: {_short([record.award])}",
        f"deadline: {hit.deadline.text}",
        f"who can apply: {_short(record.eligibility)}",
        f"documents: {_short(record.requirements) or 'not stated'}",
        f"official page: {page}",
    ]
    if match:
        verdict = {ELIGIBLE: "eligible", NOT_ELIGIBLE: "not eligible"}.get(match.status, "not known yet")
        lines.append(f"this student: {verdict}")
    return "\n".join(lines)


def _short(items: Sequence[str]) -> str:
    """As many items as fit, whole ones where possible."""
    text = ""
    for item in items:
        longer = f"{text}; {item}" if text else item
        if len(longer) > PACKET_CHARACTERS and text:
            break
        text = longer
    return text
