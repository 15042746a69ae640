"""What one message of a chat is about, and the catalogue's own answer to it; facts come from records, never from earlier
answers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from backend import answers
from backend.answers import Answer
from backend.clock import Clock
from backend.essay import is_draft
from backend.profile import EVERY_FIELD, Profile
from backend.reader import names_an_award
from backend.references import HOME, LEAST_NAME, LEAST_TEXT, MOST_MEANT, References, may_apply, points_at_list
from backend.search import Hit, Query, Search
from backend.text import tokens
from backend.turn import ABOUT_A_RECORD, FOLLOW_UP_WORDS, Turn, own_words

ALIKE = 2.0
"""The least part of the rank (backend.ranking, name: a third of its weight) of a record that is called much like another."""
FIXED = (
    "injection", "distress", "fraud", "scam", "developer", "payment", "status", "conversion", "off_topic", "fill_form", "mistake", "account", "papers",
)  # fmt: skip
BARE = 3
"""Words of a message that only adds a fact: 2 lakh."""
CLOSING_DAYS, NEXT_MONTH_DAYS = 45, 62
"""What "closing soon" and "next month" look ahead."""
_NEXT_MONTH = re.compile(r"next month|agl[ei] (?:mahi?n|maheen|mah)|अगले (?:महीने|माह)", re.IGNORECASE)
LOOKED_AT = 100
"""How many records are looked at for those that are elsewhere than at home."""

WHAT_FIRST, ABROAD = ("work_first", "test_first"), "Study Abroad"
"""Questions what to do first on the way abroad; they are answered in general, with records of this category."""
_KEPT: dict[str, Callable[[Hit], bool]] = {
    "abroad": lambda hit: HOME not in hit.record.study_in,
    "no_income_limit": lambda hit: hit.record.max_family_income is None,
    "no_marks": lambda hit: hit.record.min_marks_percent is None,
}
"""Kinds of list, and what a record of them is."""


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
        self._refers = References(search, clock)

    def outcome(self, turn: Turn) -> Outcome:
        """The answer to one message."""
        intent = "private" if turn.private else self._refers.intent(turn)
        if not tokens(turn.text):
            intent = "greeting"  # signs alone: say what can be asked
        if is_draft(turn.text) and "essay" in (intent, turn.context.intent):
            return Outcome("essay", answers.draft_answer(turn.text, turn.language))
        is_bare = not own_words(turn.reading) and not turn.reading.profile.known()
        if turn.reading.reply_in and intent in ("search", "list") and is_bare:
            return self._in_another_language(turn)
        if intent == "more" and is_bare and turn.context.listed:
            return self._more(turn)
        if intent == "more":
            if is_bare and turn.context.focus:
                return self._about("detail", (turn.context.focus,), turn)
            return self._list("list", turn)
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
        named = self._refers.named(turn)
        if intent == "essay" or (turn.context.intent == "essay" and intent in ("search", "list") and not named):
            for_record = named[:1] or tuple(filter(None, [self._refers.likely(turn)]))
            hits = self._refers.hits(for_record, turn.known)
            return Outcome("essay", answers.essay_answer(hits, turn.language, turn.text))
        sides = self._refers.either(turn.text) if intent in ABOUT_A_RECORD else ()
        if len(sides) > 1 and intent != "hold":
            return self._field(intent, sides[:MOST_MEANT], turn)
        if intent in ("compare", "best", "hold"):
            several = self._refers.several(turn, named)
            if len(several) > 1 or (several and intent == "hold"):
                return Outcome(intent, self._together(intent, self._refers.hits(several, turn.known), turn.language))
        asks_what = intent in ABOUT_A_RECORD or (
            "what_is" in turn.reading.meant and "identify" not in turn.reading.meant
        )
        if ((named or asks_what) and self._refers.names_another(turn.text, named)) or (
            intent in ABOUT_A_RECORD and self._refers.is_unknown(turn, named)
        ):
            return self._unknown(turn)
        if intent == "letter" and not (named and names_an_award(tokens(turn.text))):
            return Outcome(intent, answers.fixed_answer(intent, turn.language))
        if intent == "hardship" and not names_an_award(tokens(turn.text)):
            named = ()
        if intent == "similar":
            model = ((turn.context.focus,) if turn.context.focus else ()) or named[:1] or turn.context.shown[:1]
            if model:
                return self._similar(model[0], turn)
        if intent in ("search", "list"):
            is_asked = names_an_award(tokens(turn.text)) or not turn.reading.profile.known() or turn.context.focus
            hits = self._refers.hits(named, turn.reading.profile)
            named = tuple(
                h.record.id for h in hits if (is_asked and may_apply(h)) or self._refers.is_clear(h.record.id, turn)
            )
        if intent == "eligible":
            named = tuple(
                h.record.id
                for h in self._refers.hits(named, turn.reading.profile)
                if may_apply(h) or self._refers.is_clear(h.record.id, turn)
            )
        if intent == "plan" and named:
            hits = self._refers.hits(named[:MOST_MEANT], turn.known)
            return Outcome(intent, answers.plan_answer(hits, turn.language))
        if named and not (intent in ("abroad", "loan") and len(own_words(turn.reading)) <= FOLLOW_UP_WORDS):
            return self._about(intent, named, turn)
        if intent in ABOUT_A_RECORD:
            meant = () if intent == "open_now" and self._asks_for_a_list(turn) else self._refers.meant(intent, turn)
            if meant:
                return self._field(intent, meant, turn)
            if intent in ("save", "hold"):
                return Outcome(intent, answers.fixed_answer(intent, turn.language))
            if intent == "apply" and not turn.reading.profile.known():
                return Outcome(intent, answers.fixed_answer("apply_general", turn.language))
            if intent != "open_now" and own_words(turn.reading) and not turn.reading.profile.known():
                return self._unknown(turn)
        if intent == "hardship" and not turn.known.known():
            return Outcome(intent, answers.fixed_answer(intent, turn.language))
        if self._stays(intent, turn):
            return self._about("detail", (turn.context.focus or "",), turn)
        return self._list(intent, turn)

    # What the message asks

    @staticmethod
    def _stays(intent: str, turn: Turn) -> bool:
        """Whether a message without a name is about the record in focus: it says nothing of the student, and does not ask for
        scholarships."""
        is_plain = intent == "search" and not turn.reading.profile.known()
        return turn.context.focus is not None and is_plain and not names_an_award(tokens(turn.text))

    # Which records it means

    # The answers

    def _about(self, intent: str, named: Sequence[str], turn: Turn) -> Outcome:
        if len(named) == 1 or intent in ABOUT_A_RECORD:
            hits = self._refers.hits(named[:MOST_MEANT], turn.known)
            if intent in ABOUT_A_RECORD:
                return Outcome(
                    intent,
                    answers.field_answer(intent, hits, turn.language, turn.reading.also, own_words(turn.reading)),
                )
            return Outcome("detail", answers.detail_answer(hits[0], turn.language))
        hits = self._refers.hits(named, turn.known)
        fitting = [h for h in hits if may_apply(h)]
        return Outcome("detail", answers.several_answer(fitting or hits, turn.language))

    def _field(self, intent: str, ids: Sequence[str], turn: Turn) -> Outcome:
        """What these records say on one kind of question."""
        hits = self._refers.hits(ids, turn.known)
        reading = turn.reading
        return Outcome(intent, answers.field_answer(intent, hits, turn.language, reading.also, own_words(reading)))

    @staticmethod
    def _together(intent: str, hits: Sequence[Hit], language: str) -> Answer:
        if intent == "hold":
            return answers.field_answer(intent, hits, language)
        return answers.compare_answer(hits, language, by_award=intent == "best")

    def _scam(self, turn: Turn) -> Outcome:
        """The warning, after what the catalogue has of the scheme that was named."""
        warning, named = answers.fixed_answer("scam", turn.language), self._refers.named(turn)
        if len(named) != 1 or self._refers.names_another(turn.text, named):
            return Outcome("scam", warning)
        found = answers.detail_answer(self._refers.hits(named, turn.known)[0], turn.language)
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
        if own_words(turn.reading):
            wanted = Query(keywords=" ".join(own_words(turn.reading)), profile=turn.student, page_size=MOST_MEANT)
            own = [h for h in self._search.find(wanted, now).hits if (h.rank or {}).get("name", 0.0) >= ALIKE] + own
        own += [h for h in page.hits if like.state and h.record.states == (like.state,)]
        by_id = {h.record.id: h for h in (*own, *page.hits) if h.record.id != scholarship_id}
        return Outcome("list", answers.list_answer([*by_id.values()], profile, turn.language))

    def _list(self, intent: str, turn: Turn) -> Outcome:
        """The records that fit the student and the words; of the open ones if that was asked."""
        now, known, language = self._clock(), turn.student, turn.language
        if intent == "open_now":
            query = Query(profile=known, page_size=answers.MOST_SHOWN)
            page = self._search.find(replace(query, deadline="open"), now)
            if page.hits:
                return Outcome(intent, answers.list_answer(page.hits, known, language))
            page = self._search.find(replace(query, deadline="expected"), now)
            return Outcome(intent, answers.list_answer(page.hits, known, language, "open_none"))
        if intent == "plan":
            return self._plan(turn)
        if intent in WHAT_FIRST:
            page = self._search.find(Query(category=ABROAD, profile=known, page_size=answers.MOST_SHOWN), now)
            return Outcome(intent, answers.list_answer(page.hits, known, language, intent))
        topic = " ".join(own_words(turn.reading))
        is_addition = not topic and bool(turn.context.topic or len(tokens(turn.text)) <= BARE)
        words, ignore = (turn.context.topic, EVERY_FIELD) if is_addition else (turn.text, ())
        query = Query(keywords=words, profile=known, page_size=answers.MOST_SHOWN, ignore=ignore)
        if intent == "closing":
            hits = self._closing(turn)
            return Outcome("list", answers.list_answer(hits, known, language, "closing"), topic)
        if intent in _KEPT and not (intent == "abroad" and known.study_in):
            return Outcome("list", answers.list_answer(self._kept(intent, turn), known, language), topic)
        page = self._search.find(query, now)
        topic = topic or turn.context.topic
        is_new = own_words(turn.reading) and not known.known() and not _speaks_of(page.hits)
        if is_new and intent not in ("loan", "hardship"):
            if turn.context.focus and self._refers.is_in_focus(turn):
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

    def _closing(self, turn: Turn) -> Sequence[Hit]:
        """What closes soon, in next month where that is said and any does, earliest first; for students of India who name no
        country of study what is for study at home before the rest."""
        known, now = turn.student, self._clock()
        hits = self._search.upcoming(Query(profile=known), CLOSING_DAYS, now)
        if _NEXT_MONTH.search(turn.text):
            following = f"{now.year + now.month // 12:04d}-{now.month % 12 + 1:02d}"
            ahead = self._search.upcoming(Query(profile=known), NEXT_MONTH_DAYS, now, with_closed=True)
            hits = tuple(h for h in ahead if h.deadline.next_expected == following) or hits
        if known.study_in or known.citizenship not in (None, HOME):
            return hits
        return sorted(hits, key=lambda h: HOME not in h.record.study_in)

    @staticmethod
    def _asks_for_a_list(turn: Turn) -> bool:
        """Whether, after a list, none of it is meant: "only the open ones", not "are these open?"."""
        points = points_at_list(turn.text)
        return len(turn.context.shown) > 1 and not points and not own_words(turn.reading)

    def _more(self, turn: Turn) -> Outcome:
        """What comes after the lists shown before, for the same words."""
        before, words = set(turn.context.listed), turn.context.topic
        size = len(before) + answers.MOST_SHOWN
        query = Query(keywords=words, profile=turn.student, page_size=size, ignore=EVERY_FIELD if words else ())
        hits = [h for h in self._search.find(query, self._clock()).hits if h.record.id not in before]
        if not hits:
            return Outcome("more", answers.fixed_answer("no_more", turn.language))
        return Outcome("more", answers.list_answer(hits, turn.student, turn.language, "more"))

    def _kept(self, intent: str, turn: Turn) -> list[Hit]:
        """The best records of a kind: for study in other countries than India, without an income limit, without marks."""
        describes = own_words(turn.reading) or names_an_award(tokens(turn.text))
        words = turn.text if turn.reading.profile.known() and describes else ""
        hits = self._search.find(Query(keywords=words, profile=turn.student, page_size=LOOKED_AT), self._clock()).hits
        return [hit for hit in hits if _KEPT[intent](hit)]

    def _in_another_language(self, turn: Turn) -> Outcome:
        """The records shown last once more, else what can be asked, in the language asked for."""
        hits = self._refers.hits(turn.context.shown, turn.known)
        if not hits:
            return Outcome("greeting", answers.fixed_answer("greeting", turn.language))
        if len(hits) == 1:
            return self._about(turn.context.intent, turn.context.shown, turn)
        return Outcome("list", answers.list_answer(hits, turn.student, turn.language))

    def _plan(self, turn: Turn) -> Outcome:
        """Steps for the records shown last, else for those that close or open next for the student."""
        hits: Sequence[Hit] = self._refers.hits(turn.context.shown, turn.known)
        if not hits or turn.reading.profile.known():
            query = Query(profile=turn.student, page_size=answers.MOST_SHOWN)
            now = self._clock()
            hits = (
                self._search.find(replace(query, deadline="upcoming"), now).hits or self._search.find(query, now).hits
            )
        return Outcome("list", answers.list_answer(hits, turn.student, turn.language, closing="plan_steps"))


def _speaks_of(hits: Sequence[Hit]) -> bool:
    """Whether a good part of the words is in the first record at all."""
    return bool(hits) and (hits[0].rank or {}).get("text", 0.0) >= LEAST_TEXT
