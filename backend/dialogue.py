"""What one message of a chat is about, and the catalogue's own answer to it; facts come from records, never from earlier
answers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise, takewhile

from backend import answers
from backend.answers import Answer
from backend.clock import Clock
from backend.context import Context
from backend.eligibility import NOT_ELIGIBLE, RULES, status_of
from backend.essay import is_draft
from backend.lexicon import canonical, is_noise, lexicon, portals
from backend.profile import Profile
from backend.reader import Reading, names_an_award, read
from backend.search import Hit, Query, Search
from backend.text import sound, tokens

FOLLOW_UP_WORDS = 2
"""A question with at most so many words of its own is about the record in focus, where there is one."""
NAME_WORDS, NAME_LETTERS = 4, 4
"""Words before "scholarship" that may be its name; letters from which on one counts."""
LEAST_TEXT = 1.0
"""The least part of the rank (backend.ranking, text) that makes words a search: half of their weight."""
LEAST_NAME, CLEARLY = 2.0, 1.3
"""The least part of the rank (name: a third of its weight) of a record that a question may mean, and how much more it
must have than the next one."""
ALIKE = 2.0
"""The same of a record that is called much like another."""
AS_GOOD = 0.85
"""Records whose words fit at least so well as the best one's are meant as well."""
MOST_MEANT, MOST_COMPARED = 3, 4
FIXED = (
    "injection", "distress", "fraud", "scam", "developer", "payment", "status", "conversion", "off_topic", "fill_form", "mistake", "account", "papers",
)  # fmt: skip
ABOUT_A_RECORD = (
    "deadline", "open_now", "amount", "apply", "site", "documents", "eligible", "why_not", "renewal", "selection", "save",
    "hold",
)  # fmt: skip
OF_THE_STUDENT = frozenset(
    "gender state social_groups disability marks_percent family_income income_currency age citizenship".split()
)
"""What a student corrects without asking for another list: "nahi, income 6 lakh hai"."""
BARE = 3
"""Words of a message that only adds a fact: 2 lakh."""
CLOSING_DAYS = 45
"""What "closing soon" looks ahead."""
HOME, LOOKED_AT = "IN", 100
"""What "videsh" is not; how many records are looked at for those that are elsewhere."""
EVERY_FIELD = tuple(f.name for f in fields(Profile))
_ORDINAL = re.compile(r"\b(\d{1,2})\s*(?:st|nd|rd|th|वीं|वी)?\s*(?:wali|wala|wale|one|number|वाली|वाला)", re.IGNORECASE)
_PLACES = {
    word: place
    for place, words in enumerate(
        (
            "first|pehli|pehla|pahli|pahla|पहली|पहला|पहले", "second|dusri|dusra|doosri|doosra|दूसरी|दूसरा|दूसरे",
            "third|teesri|teesra|tisri|tisra|तीसरी|तीसरा|तीसरे", "fourth|chauthi|chautha|चौथी|चौथा|चौथे",
            "fifth|panchvi|panchwi|paanchvi|paanchwi|पाँचवी|पाँचवीं|पांचवीं",
        ), 1,
    )
    for word in words.split("|")
}  # fmt: skip
"""Places in a list as words."""
_LAST = frozenset("last aakhri akhri आखिरी अंतिम".split())
_ONE = frozenset("one wali wala wale वाली वाला वाले".split())
"""Words after a part of a name that point into the last list: the CM one, CM wali."""
_OF_LIST = _ONE | frozenset("option scheme number योजना".split())
"""Words after a place that point into the last list: the second scheme."""
_REFERS = frozenset(
    "iska iski iske uska uski uske isme usme isi usi it its this that isko usko ye yeh wo woh इसका इसकी इसके उसका उसकी उसके इसमें "
    "उसमें यह वह इसे उसे".split()
)
_STUDENT = frozenset("student students chhatra chatra vidyarthi छात्र छात्रों छात्रा छात्राओं विद्यार्थी विद्यार्थियों".split())
"""Words between the name of a scheme and what it is."""
_BOTH = frozenset("dono donon both दोनों दोनो inme unme इनमें उनमें them these".split())


_KEPT: dict[str, Callable[[Hit], bool]] = {
    "abroad": lambda hit: HOME not in hit.record.study_in,
    "no_income_limit": lambda hit: hit.record.max_family_income is None,
    "no_marks": lambda hit: hit.record.min_marks_percent is None,
}
"""Kinds of list, and what a record of them is."""


@dataclass(frozen=True)
class Turn:
    """One message (`text`, with private numbers masked if `private`), what was read from it, what is known of the student
    after it, what the chat knew before, and the language of the answer."""

    text: str
    private: bool
    reading: Reading
    known: Profile
    context: Context
    language: str
    signed_in: bool


@dataclass(frozen=True)
class Outcome:
    """The kind of question, the catalogue's answer, and the words of a list (for "and for girls?" in the next turn)."""

    intent: str
    answer: Answer
    topic: str | None = None


class Dialogue:
    """Answers turns from the catalogue alone; shared by all chats and threads."""

    def __init__(self, search: Search, clock: Clock) -> None:
        self._search, self._clock = search, clock

    def outcome(self, turn: Turn) -> Outcome:
        """The answer to one message."""
        intent = "private" if turn.private else self._intent(turn)
        if not tokens(turn.text):
            intent = "greeting"  # signs alone: say what can be asked
        if is_draft(turn.text) and "essay" in (intent, turn.context.intent):
            return Outcome("essay", answers.draft_answer(turn.text, turn.language))
        is_bare = not _own(turn.reading) and not turn.reading.profile.known()
        if turn.reading.reply_in and intent in ("search", "list") and is_bare:
            return self._in_another_language(turn)
        if intent == "more" and is_bare and turn.context.listed:
            return self._more(turn)
        if intent == "more":
            if is_bare and turn.context.focus:
                return self._about("detail", (turn.context.focus,), turn)
            intent = "list"
        if intent == "conversion":
            return Outcome(intent, answers.conversion_answer(turn.reading.profile, turn.language))
        if intent == "about":
            return Outcome(intent, answers.about_answer(len(self._search.catalogue.scholarships), turn.language))
        if intent == "scam":
            return self._scam(turn)
        if intent in ("private", "greeting", "thanks", *FIXED):
            return Outcome(intent, answers.fixed_answer(intent, turn.language))
        if intent == "applications":
            key = "applications_user" if turn.signed_in else "applications_guest"
            return Outcome(intent, answers.fixed_answer(key, turn.language))
        named = self._named(turn)
        if intent == "essay":
            for_record = named[:1] or tuple(filter(None, [self._likely(turn)]))
            return Outcome(intent, answers.essay_answer(self._hits(for_record, turn.known), turn.language))
        goes_on = intent == "hold" and turn.context.focus is not None
        if (named and self._names_another(turn.text, named)) or (
            intent in ABOUT_A_RECORD and not goes_on and self._is_unknown(turn, named)
        ):
            return self._unknown(turn)
        sides = self._either(turn.text) if intent in ABOUT_A_RECORD else ()
        if len(sides) > 1:
            return Outcome(
                intent,
                answers.field_answer(
                    intent, self._hits(sides[:MOST_MEANT], turn.known), turn.language, turn.reading.also
                ),
            )
        if intent in ("compare", "best", "hold"):
            several = self._several(turn, named)
            if len(several) > 1 or (several and intent == "hold"):
                return Outcome(intent, self._together(intent, self._hits(several, turn.known), turn.language))
        if intent == "similar":
            model = named[:1] or ((turn.context.focus,) if turn.context.focus else turn.context.shown[:1])
            if model:
                return self._similar(model[0], turn)
        if intent in ("search", "list"):
            named = tuple(h.record.id for h in self._hits(named, turn.reading.profile) if not _is_for_others(h))
        if named and not (intent in ("abroad", "loan") and len(_own(turn.reading)) <= FOLLOW_UP_WORDS):
            return self._about(intent, named, turn)
        if intent in ABOUT_A_RECORD:
            meant = () if intent == "open_now" and self._asks_for_a_list(turn) else self._meant(intent, turn)
            if meant:
                return Outcome(
                    intent,
                    answers.field_answer(intent, self._hits(meant, turn.known), turn.language, turn.reading.also),
                )
            if intent in ("save", "hold"):
                return Outcome(intent, answers.fixed_answer(intent, turn.language))
            if intent == "apply" and not turn.reading.profile.known():
                return Outcome(intent, answers.fixed_answer("apply_general", turn.language))
            if intent != "open_now" and _own(turn.reading) and not turn.reading.profile.known():
                return self._unknown(turn)
        if intent == "hardship" and not turn.known.known():
            return Outcome(intent, answers.fixed_answer(intent, turn.language))
        return self._list(intent, turn)

    # What the message asks

    def _intent(self, turn: Turn) -> str:
        """The kind of question; a message of facts alone asks the last one again, of the record in focus: a correction
        whether the student may apply, a level that the record is for what was asked before ("and for PG?")."""
        intent, before = turn.reading.intent, turn.context.intent
        if intent != "list" or not self._goes_on(turn):
            return intent
        if turn.reading.profile.known().keys() <= OF_THE_STUDENT:
            return "eligible" if before in ("eligible", "why_not", "detail") else intent
        return before if before in ABOUT_A_RECORD else "detail"

    def _goes_on(self, turn: Turn) -> bool:
        """Whether a message of facts alone is about the record in focus: it says something of the student, or names what
        the record states and fits (a level it is for, the country of its university)."""
        said = turn.reading.profile
        focus = self._search.hit(turn.context.focus, said, self._clock()) if turn.context.focus else None
        if focus is None or not said.known() or _own(turn.reading) or names_an_award(tokens(turn.text)):
            return False
        if said.known().keys() <= OF_THE_STUDENT:
            return True
        stated = {rule.asks[0] for rule in RULES if rule.judge(focus.record, said) is not None}
        return set(said.known()) - {"year_of_study"} <= stated and status_of(focus.record, said) != NOT_ELIGIBLE

    # Which records it means

    def _named(self, turn: Turn) -> tuple[str, ...]:
        """Ids of the records the message means: by place or a part of the name in the last list, by name, as the sister
        of the one in focus, or by a word such as "iska"."""
        words, context = tokens(turn.text), turn.context
        place = _place(turn.text, words, len(context.shown))
        if 1 <= place <= len(context.shown):
            return (context.shown[place - 1],)
        if len(context.shown) > 1 and not (_ONE | _REFERS).isdisjoint(words):
            listed = self._listed(turn.reading, context.shown)
            if listed:
                return (listed,)
        sister = self._sister(turn)
        if sister:
            return (sister,)
        place_known = Profile(state=turn.known.state, citizenship=turn.known.citizenship)
        named = self._search.named(turn.reading, place_known)
        if len(named) > 1:
            fitting = [h.record.id for h in self._hits(named, turn.known) if _may_apply(h)]
            return tuple(fitting) or named
        if named:
            return self._of_level(named[0], turn.reading.profile.level)
        if self._goes_on(turn) and self._intent(turn) != "list":
            return (context.focus,) if context.focus else ()
        if _REFERS.isdisjoint(words) or len(_own(turn.reading)) > FOLLOW_UP_WORDS:
            return ()
        if context.focus:
            return (context.focus,)
        return context.shown[:1] if turn.reading.intent in ABOUT_A_RECORD else ()

    def _of_level(self, scholarship_id: str, level: str | None) -> tuple[str, ...]:
        """A record that was named; its sisters for the level where that is said and it is not for it."""
        hits = self._hits((scholarship_id, *(self._search.sisters(scholarship_id) if level else ())), Profile())
        if level is None or not hits or level in hits[0].record.levels:
            return (scholarship_id,)
        return tuple(h.record.id for h in hits if level in h.record.levels)[:MOST_MEANT] or (scholarship_id,)

    def _listed(self, reading: Reading, shown: Sequence[str]) -> str | None:
        """The one of the records shown whose name has most of the message's own words."""
        own = {sound(word) for word, _ in canonical(reading.words)}
        hits = self._hits(shown, Profile())
        common = {h.record.id: len(own & {sound(w) for w, _ in canonical(tokens(h.record.name))}) for h in hits}
        most = max(common.values(), default=0)
        best = [i for i, n in common.items() if n == most]
        return best[0] if most and len(best) == 1 else None

    def _sister(self, turn: Turn) -> str | None:
        """A record of nearly the name in focus, or with "the boys' one" another of its provider, that fits better what this
        message says: the postgraduate award of the same name, the college one."""
        reading, said = turn.reading, turn.reading.profile
        points = not _ONE.isdisjoint(tokens(turn.text))
        focus = turn.context.focus or next(iter(turn.context.shown if points else ()), None)
        own = {sound(word) for word, _ in canonical(reading.all_words)}
        if not focus or not (points or said.level or _own(reading)) or len(_own(reading)) > FOLLOW_UP_WORDS:
            return None
        if reading.intent == "list" and not points and names_an_award(tokens(turn.text)):
            return None
        in_focus, *others = self._hits((focus, *self._search.sisters(focus, of_provider=points)), Profile())

        def fit(hit: Hit) -> int:
            """Words of the name that are said; a level, gender or field that is said and that the record is just for counts two."""
            named = own & {sound(w) for w, _ in canonical(tokens(hit.record.name))}
            gender = turn.known.gender
            meant = (said.level in hit.record.levels) + (gender is not None and gender == hit.record.gender)
            meant += not set(said.fields).isdisjoint(hit.record.fields)
            meant += not set(said.social_groups).isdisjoint(hit.record.social_groups)
            broken = int(status_of(hit.record, said) == NOT_ELIGIBLE)
            broken += status_of(hit.record, turn.known.without(("level", "fields"))) == NOT_ELIGIBLE
            return len(named) + 2 * meant - 4 * broken

        best = max(others, key=fit, default=None)
        return best.record.id if best is not None and fit(best) > max(fit(in_focus), 0 if points else -1) else None

    def _names_another(self, text: str, named: Sequence[str]) -> bool:
        """Whether the words before "scholarship", "yojana" and the like hold one that no record has, or half of them are
        not in the one named: then another scheme is meant, whatever else sounds alike (Elon Musk India Scholarship)."""
        for words in _before_award(text):
            if not all(map(self._search.knows, words)):
                return True
            missing = self._search.missing(named[0], words) if named else 0
            if missing and 2 * missing >= len(words):
                return True
        return False

    def _is_unknown(self, turn: Turn, named: Sequence[str]) -> bool:
        """Whether a question about a record that is not named is about a scheme that no record is: it speaks of a
        scholarship, and half of its own words are in no record."""
        own = [word for word in _own(turn.reading) if _is_word(word)]
        unknown = [word for word in own if not self._search.knows(word)]
        return not named and names_an_award(tokens(turn.text)) and 2 * len(unknown) >= len(own) > 0

    def _meant(self, intent: str, turn: Turn) -> tuple[str, ...]:
        """The records that a question about a record, without a name, may be about: the one in focus, those that its
        words or the student's facts describe best, those last shown."""
        context, reading = turn.context, turn.reading
        if context.focus and (len(_own(reading)) <= FOLLOW_UP_WORDS or not names_an_award(tokens(turn.text))):
            return (context.focus,)
        if context.shown and not _own(reading) and not names_an_award(tokens(turn.text)):
            fitting = [h.record.id for h in self._hits(context.shown, reading.profile) if _may_apply(h)]
            return tuple(fitting[:MOST_MEANT]) or context.shown[:MOST_MEANT]
        if intent == "apply" and _names_a_portal(reading):
            return ()
        likely = self._likely(turn)
        if likely:
            return (likely,)
        is_told = bool(reading.profile.known())
        if (_own(reading) and not (is_told and intent == "eligible")) or (
            intent != "eligible" and is_told and names_an_award(tokens(turn.text))
        ):
            page = self._search.find(Query(keywords=turn.text, profile=turn.known, page_size=MOST_MEANT), self._clock())
            parts = [(h.rank or {}).get("text", 0.0) + (h.rank or {}).get("name", 0.0) for h in page.hits]
            if parts and parts[0] >= LEAST_TEXT and not self._names_another(turn.text, (page.hits[0].record.id,)):
                return tuple(
                    h.record.id for h, part in zip(page.hits, parts, strict=True) if part >= AS_GOOD * parts[0]
                )
            return context.shown[:MOST_MEANT] if len(_own(reading)) <= FOLLOW_UP_WORDS else ()
        return context.shown[:MOST_MEANT]

    def _is_in_focus(self, turn: Turn) -> bool:
        """Whether a word of the message's own stands in the record in focus."""
        own = {sound(word) for word, _ in canonical(_own(turn.reading))}
        for hit in self._hits((turn.context.focus or "",), Profile()):
            record = hit.record
            text = " ".join((record.name, record.description, *record.eligibility, *record.requirements))
            return not own.isdisjoint(sound(w) for w, _ in canonical(tokens(text)))
        return False

    def _likely(self, turn: Turn) -> str | None:
        """The record whose name has clearly most of the words, whoever the student is; and all of those that stand before
        "scholarship" and the like, if any do."""
        query = Query(keywords=turn.text, ignore=EVERY_FIELD, page_size=2)
        hits = self._search.find(query, self._clock()).hits
        names = [(hit.rank or {}).get("name", 0.0) for hit in hits] + [0.0, 0.0]
        if not hits or names[0] < max(LEAST_NAME, CLEARLY * names[1]):
            return None
        return None if self._names_another(turn.text, [hits[0].record.id]) else hits[0].record.id

    def _several(self, turn: Turn, named: Sequence[str]) -> tuple[str, ...]:
        """The records that are to be compared or held together."""
        context = turn.context
        sides = self._sides(turn.text)
        if len(sides) > 1:
            return sides[:MOST_COMPARED]
        if len(named) > 1:
            return tuple(named[:MOST_COMPARED])
        refers = not (_BOTH | _REFERS).isdisjoint(tokens(turn.text)) or not _own(turn.reading)
        if named and context.focus and named[0] != context.focus:
            return (context.focus, named[0])
        if refers and len(context.recent) > 1 and len(context.shown) <= 1:
            return context.recent[1::-1]
        if refers and len(context.shown) > 1:
            return context.shown[: 2 if not _BOTH.isdisjoint(tokens(turn.text)) else MOST_COMPARED]
        return tuple(named) or ((context.focus,) if context.focus and refers else ())

    def _either(self, text: str) -> tuple[str, ...]:
        """The records that are named clearly on either side of "or", "ya", "and"."""
        sides = re.split(r"\b(?:or|ya|and|aur|versus|vs)\b|या|और", text, flags=re.IGNORECASE)
        found = [self._search.named(read(side)) for side in sides] if len(sides) > 1 else []
        return tuple(dict.fromkeys(names[0] for names in found if len(names) == 1))

    def _sides(self, text: str) -> tuple[str, ...]:
        """The records named on either side of "versus", "vs", "and", "aur", "or"."""
        sides = re.split(r"\b(?:versus|vs|and|aur|or|ya|with|ke saa?th|और|या)\b|,|के साथ", text, flags=re.IGNORECASE)
        found = [self._search.best_named(read(side)) for side in sides]
        return tuple(dict.fromkeys(i for i in found if i))

    def _hits(self, ids: Sequence[str], profile: Profile) -> list[Hit]:
        hits = (self._search.hit(i, profile, self._clock()) for i in ids)
        return [h for h in hits if h is not None]

    # The answers

    def _about(self, intent: str, named: Sequence[str], turn: Turn) -> Outcome:
        if len(named) == 1 or intent in ABOUT_A_RECORD:
            hits = self._hits(named[:MOST_MEANT], turn.known)
            if intent in ABOUT_A_RECORD:
                return Outcome(intent, answers.field_answer(intent, hits, turn.language, turn.reading.also))
            return Outcome("detail", answers.detail_answer(hits[0], turn.language))
        hits = self._hits(named, turn.known)
        fitting = [h for h in hits if _may_apply(h)]
        return Outcome("detail", answers.several_answer(fitting or hits, turn.language))

    @staticmethod
    def _together(intent: str, hits: Sequence[Hit], language: str) -> Answer:
        if intent == "hold":
            return answers.field_answer(intent, hits, language)
        return answers.compare_answer(hits, language, by_award=intent == "best")

    def _scam(self, turn: Turn) -> Outcome:
        """The warning, after what the catalogue has of the scheme that was named."""
        warning, named = answers.fixed_answer("scam", turn.language), self._named(turn)
        if len(named) != 1 or self._names_another(turn.text, named):
            return Outcome("scam", warning)
        found = answers.detail_answer(self._hits(named, turn.known)[0], turn.language)
        return Outcome("scam", replace(found, text=f"{warning.text}\n\n{found.text}"))

    def _unknown(self, turn: Turn) -> Outcome:
        page = self._search.find(Query(keywords=turn.text, page_size=MOST_MEANT), self._clock())
        return Outcome("unknown", answers.unknown_answer(page.hits, turn.language))

    def _similar(self, scholarship_id: str, turn: Turn) -> Outcome:
        """Records for the students, place and level of one, with what this message and the student say instead."""
        hit = self._search.hit(scholarship_id, Profile(), self._clock())
        if hit is None:
            return self._list("list", turn)
        record = hit.record
        like = Profile(
            level=record.levels[0] if len(record.levels) == 1 else None,
            state=record.states[0] if len(record.states) == 1 else None,
            study_in=record.study_in if len(record.study_in) == 1 and "ANY" not in record.study_in else (),
            citizenship=record.open_to[0] if len(record.open_to) == 1 and "ANY" not in record.open_to else None,
        )
        profile = like.updated(turn.known)
        now = self._clock()
        page = self._search.find(Query(profile=profile, page_size=answers.MOST_SHOWN + 1), now)
        of_name = self._search.find(Query(keywords=record.name, profile=profile, ignore=EVERY_FIELD, page_size=3), now)
        own = [h for h in of_name.hits if (h.rank or {}).get("name", 0.0) >= ALIKE]
        own += [h for h in page.hits if like.state and h.record.states == (like.state,)]
        by_id = {h.record.id: h for h in (*own, *page.hits) if h.record.id != scholarship_id}
        return Outcome("list", answers.list_answer([*by_id.values()], profile, turn.language))

    def _list(self, intent: str, turn: Turn) -> Outcome:
        """The records that fit the student and the words; of the open ones if that was asked."""
        now, known, language = self._clock(), turn.known, turn.language
        if intent == "open_now":
            query = Query(profile=known, page_size=answers.MOST_SHOWN)
            page = self._search.find(replace(query, deadline="open"), now)
            if page.hits:
                return Outcome(intent, answers.list_answer(page.hits, known, language))
            page = self._search.find(replace(query, deadline="expected"), now)
            return Outcome(intent, answers.list_answer(page.hits, known, language, "open_none"))
        if intent == "plan":
            return self._plan(turn)
        topic = " ".join(_own(turn.reading))
        is_addition = not topic and bool(turn.context.topic or len(tokens(turn.text)) <= BARE)
        words, ignore = (turn.context.topic, EVERY_FIELD) if is_addition else (turn.text, ())
        query = Query(keywords=words, profile=known, page_size=answers.MOST_SHOWN, ignore=ignore)
        page = self._search.find(query, now)
        if intent == "closing":
            hits = self._search.upcoming(Query(profile=known), CLOSING_DAYS, now)
            return Outcome("list", answers.list_answer(hits, known, language, "closing"), topic)
        if intent in _KEPT and not (intent == "abroad" and known.study_in):
            return Outcome("list", answers.list_answer(self._kept(intent, turn), known, language), topic)
        topic = topic or turn.context.topic
        if _own(turn.reading) and not known.known() and not _speaks_of(page.hits):
            if turn.context.focus and self._is_in_focus(turn):
                return self._about("detail", (turn.context.focus,), turn)
            if turn.context.intent in FIXED:
                return Outcome(turn.context.intent, answers.fixed_answer(turn.context.intent, language))
            near = [h for h in page.hits[:MOST_MEANT] if (h.rank or {}).get("name", 0.0) >= LEAST_NAME]
            return Outcome("unknown", answers.unknown_answer(near, language))
        if not page.hits:
            topic = ""
            page = self._search.find(replace(query, keywords=""), now)
        if intent in ("loan", "hardship"):
            return Outcome(intent, answers.list_answer(page.hits, known, language, intent), topic)
        return Outcome("list", answers.list_answer(page.hits, known, language), topic)

    @staticmethod
    def _asks_for_a_list(turn: Turn) -> bool:
        """Whether, after a list, none of it is meant: "only the open ones", not "are these open?"."""
        points = not (_REFERS | _BOTH).isdisjoint(tokens(turn.text))
        return len(turn.context.shown) > 1 and not points and not _own(turn.reading)

    def _more(self, turn: Turn) -> Outcome:
        """What comes after the lists shown before, for the same words."""
        before, words = set(turn.context.listed), turn.context.topic
        size = len(before) + answers.MOST_SHOWN
        query = Query(keywords=words, profile=turn.known, page_size=size, ignore=EVERY_FIELD if words else ())
        hits = [h for h in self._search.find(query, self._clock()).hits if h.record.id not in before]
        if not hits:
            return Outcome("more", answers.fixed_answer("no_more", turn.language))
        return Outcome("more", answers.list_answer(hits, turn.known, turn.language, "more"))

    def _kept(self, intent: str, turn: Turn) -> list[Hit]:
        """The best records of a kind: for study in other countries than India, without an income limit, without marks."""
        words = turn.text if turn.reading.profile.known() else ""
        hits = self._search.find(Query(keywords=words, profile=turn.known, page_size=LOOKED_AT), self._clock()).hits
        return [hit for hit in hits if _KEPT[intent](hit)]

    def _in_another_language(self, turn: Turn) -> Outcome:
        """The records shown last once more, else what can be asked, in the language asked for."""
        hits = self._hits(turn.context.shown, turn.known)
        if not hits:
            return Outcome("greeting", answers.fixed_answer("greeting", turn.language))
        if len(hits) == 1:
            return self._about(turn.context.intent, turn.context.shown, turn)
        return Outcome("list", answers.list_answer(hits, turn.known, turn.language))

    def _plan(self, turn: Turn) -> Outcome:
        """Steps for the records shown last, else for those that close or open next for the student."""
        hits: Sequence[Hit] = self._hits(turn.context.shown, turn.known)
        if not hits or turn.reading.profile.known():
            query = Query(profile=turn.known, page_size=answers.MOST_SHOWN)
            now = self._clock()
            hits = (
                self._search.find(replace(query, deadline="upcoming"), now).hits or self._search.find(query, now).hits
            )
        return Outcome("list", answers.list_answer(hits, turn.known, turn.language, closing="plan_steps"))


def _before_award(text: str) -> list[list[str]]:
    """The words that stand right before each "scholarship", "student fellowship" and the like, up to the first that is
    noise."""
    words = tokens(text)
    found = []
    for place in (i for i, word in enumerate(words) if names_an_award((word,))):
        end = place - (place > 0 and words[place - 1] in _STUDENT)
        before = takewhile(lambda w: not is_noise(w), reversed(words[max(0, end - NAME_WORDS) : end]))
        found.append([w for w in reversed([*before]) if _is_word(w)])
    return found


def _is_word(token: str) -> bool:
    """Whether it is long enough for a part of a name and no figure (vowel signs are no letters: `isalpha` is of no use)."""
    return len(token) >= NAME_LETTERS and not any(c.isdigit() for c in token)


def _place(text: str, words: Sequence[str], shown: int) -> int:
    """The place in the last list that a message names (2nd wala, the second one, the last one); 0 for none."""
    digits = _ORDINAL.search(text)
    if digits:
        return int(digits[1])
    for word, following in pairwise(words):
        if following in _OF_LIST and word in _PLACES:
            return _PLACES[word]
        if following in _ONE and word in _LAST:
            return shown
    return 0


def _is_for_others(hit: Hit) -> bool:
    """Whether only citizens of other countries may apply: named by the country that the student wants to study in."""
    return hit.match is not None and any(finding.rule == "citizenship" for finding in hit.match.failed)


def _names_a_portal(reading: Reading) -> bool:
    """Whether a portal (NSP) is all that is named."""
    names = {word for names in portals().values() for word in tokens(names)}
    own = {word for word, _ in canonical(_own(reading))}
    return bool(own) and own <= names


def _may_apply(hit: Hit) -> bool:
    return hit.match is None or hit.match.status != NOT_ELIGIBLE


def _own(reading: Reading) -> list[str]:
    """The words that may be a name or topic: no numbers, no words that only say what a number is (class, year)."""
    context = lexicon().context
    return [w for w in reading.words if len(w) > 1 and not w[0].isdigit() and w not in context]


def _fit(hit: Hit) -> float:
    """How well the words fit a record's texts and name."""
    rank = hit.rank or {}
    return rank.get("text", 0.0) + rank.get("name", 0.0)


def _speaks_of(hits: Sequence[Hit]) -> bool:
    """Whether a good part of the words is in the first record at all."""
    return bool(hits) and (hits[0].rank or {}).get("text", 0.0) >= LEAST_TEXT
