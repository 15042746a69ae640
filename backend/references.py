"""Which records a message of a chat means: by name, by a part of one, by a place in the last list, by a word such as "iska"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from backend.catalogue import Scholarship
from backend.clock import Clock
from backend.cues import meanings_of
from backend.eligibility import NOT_ELIGIBLE, RULES, status_of
from backend.lexicon import aliases, canonical, is_noise, lexicon, portals
from backend.message import POSSESSIVE
from backend.profile import EVERY_FIELD, Profile
from backend.reader import Reading, names_an_award, read
from backend.search import Hit, Query, Search
from backend.text import is_indic, sound, tokens
from backend.turn import ABOUT_A_RECORD, FOLLOW_UP_WORDS, OF_THE_STUDENT, Turn, own_words

NAME_WORDS, NAME_LETTERS, NAME_SIGNS = 4, 3, 4
"""Words before "scholarship" that may be its name; letters, and signs of Indian scripts, from which on one counts."""
LEAST_TEXT = 1.0
"""The least part of the rank (backend.ranking, text) that makes words a search: half of their weight."""
LEAST_NAME, CLEARLY = 2.0, 1.3
"""The least part of the rank (name: a third of its weight) of a record that a question may mean, and how much more it
must have than the next one."""
AS_GOOD = 0.85
"""Records whose words fit at least so well as the best one's are meant as well."""
MOST_MEANT, MOST_COMPARED, MOST_TIED = 3, 4, 2
A_NAME = 3
"""So many words before "scholarship" are a name of its own."""
MOST_OF_A_NAME = 0.6
"""How much of a name one word must be that names a record which does not fit the student."""
BROKEN = 4
"""Words of a name that a rule weighs which the student breaks, when sister records are compared."""
HOME = "IN"
"""What "videsh" is not. A record for study here does not go on with another country: that asks for a list."""
FACTS_ALONE = 2
"""Facts of the student from which on a message without other words names no record (goa ka hu, mba pehla saal)."""
_OF_ONE = ("search", "list", "eligible")
"""Kinds of question that "isse" makes one about the record in focus."""
SMALL = ("off_topic", "thanks", "greeting", "about")
"""Kinds that a record's name overrules."""
_ORDINAL = re.compile(
    r"\b(\d{1,2})\s*(?:st|nd|rd|th|वीं|वी)?\s*(?:wali|wala|wale|one\b|number|वाली|वाला)|\b(?:number|no\.?|option|#)\s*(\d{1,2})\b",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\W*(\d{1,2})(?:st|nd|rd|th)?\W*")
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
_ONE = frozenset("one wali wala wale walo walon वाली वाला वाले वालों".split())
"""Words after a part of a name that point into the last list: the CM one, CM wali."""
_APART = frozenset("alag dusra dusri doosra doosri another separate other अलग दूसरा दूसरी".split())
"""Words that ask for a sister of the record in focus (ladkiyo wala alag hai na, usme?)."""
_PEOPLE = frozenset("friend dost saheli sister brother bhai behen behan bahan cousin student दोस्त सहेली बहन भाई".split())
"""After "wali" no record: west bengal wali friend."""
PAIR = 2
"""So many records shown last are meant by "both": which of the two pays tuition?"""
_OF_LIST = _ONE | frozenset("option scheme number योजना".split())
"""Words after a place that point into the last list: the second scheme."""
_REFERS = frozenset(
    "iska iski iske uska uski uske isme usme isse usse isi usi it its this that isko usko ye yeh wo woh इससे उससे इसका इसकी इसके उसका उसकी उसके इसमें "
    "उसमें यह वह इसे उसे".split()
)
_STUDENT = frozenset("student students chhatra chatra vidyarthi छात्र छात्रों छात्रा छात्राओं विद्यार्थी विद्यार्थियों".split())
"""Words between the name of a scheme and what it is."""
_POINTS = frozenset("iska iski iske uska uski uske isme usme isko usko इसका इसकी इसके उसका उसकी उसके इसमें उसमें".split())
"""Words that point at the record in focus whatever else is said."""
_WHICH = frozenset("jo jisme jis जो जिसमें जिस".split())
_ALSO = frozenset("bhi also too भी".split())
"""Words that ask of the record in focus: Canada bhi hai kya (not: Canada me padhna hai, a wish)."""
_THROUGH = frozenset("isse usse इससे उससे it".split())
"""Words that point at the record in focus where a place is said besides that another record is called by (isse Cambridge me)."""
_FOR = frozenset("liye lie waste लिए लिये".split())
_INSIDE = frozenset("isme usme इसमें उसमें".split())
"""Those of them that point whatever is pointed at besides."""
_TWO = frozenset("two dono donon both दोनों दोनो".split())
_JOINS = frozenset("the and aur or ya vs और या".split())
_AT = frozenset("me mein में".split())
_AFTER_PLACE = _OF_LIST | POSSESSIVE | _JOINS | _AT
"""Words after an ordinal that is a place in a list (pehli ki, the second and), and not just "first" or "another"."""
ALONE = 3
"""Words of a message that is nothing but a place."""
_BOTH = _TWO | frozenset("inme unme इनमें उनमें them these".split())


class References:
    """Answers for all chats and threads, from one catalogue."""

    def __init__(self, search: Search, clock: Clock) -> None:
        self._search, self._clock = search, clock

    def intent(self, turn: Turn) -> str:
        """The kind of question; a message of facts alone asks the last one again, of the record in focus: a correction
        whether the student may apply, a level that the record is for what was asked before ("and for PG?")."""
        intent, before = turn.reading.intent, turn.context.intent
        if intent in SMALL and names_an_award(tokens(turn.text)) and self._search.named(turn.reading):
            return "search"
        if intent == "papers" and self._search.named(turn.reading):
            return "documents"
        if intent == "status" and "why_not" in turn.reading.meant and self.named(turn):
            return "why_not"
        if intent == "conversion" and self._search.spotted(turn.reading):
            return "eligible"
        if intent == "list" and self._asks_whether(turn):
            return "eligible"
        if intent == "search" and len(turn.context.shown) == PAIR and not _TWO.isdisjoint(tokens(turn.text)):
            return "compare"
        if intent != "list" or not self.goes_on(turn):
            return intent
        if turn.reading.profile.known().keys() <= OF_THE_STUDENT:
            asked = next((kind for kind in ABOUT_A_RECORD if kind in turn.reading.meant), None)
            is_asked = before in ("eligible", "why_not", "detail") or turn.text.rstrip().endswith("?")
            return "eligible" if is_asked else asked or intent
        if self._is_elsewhere(turn):
            return "eligible"
        return before if before in ABOUT_A_RECORD else "detail"

    @staticmethod
    def _asks_whether(turn: Turn) -> bool:
        """Whether a message that says something of the student asks if the record in focus is for them all the same: 12th
        private school se hai, fir bhi ho jayega? Can it be used for a PhD?"""
        is_short = len(own_words(turn.reading)) <= FOLLOW_UP_WORDS
        adds = turn.text.rstrip().endswith("?") and not _ALSO.isdisjoint(tokens(turn.text))
        asks = "eligible" in turn.reading.meant or _points_through(turn) or adds
        return asks and is_short and turn.context.focus is not None and not names_an_award(tokens(turn.text))

    def _is_elsewhere(self, turn: Turn) -> bool:
        """Whether the message names a country of study that the record in focus is not for."""
        focus = self._search.hit(turn.context.focus or "", turn.reading.profile, self._clock())
        return focus is not None and not may_apply(focus)

    def goes_on(self, turn: Turn) -> bool:
        """Whether a message of facts alone is about the record in focus: it says something of the student, or names what
        the record states and fits (a level it is for, the country of its university)."""
        said = turn.reading.profile
        focus = self._search.hit(turn.context.focus, said, self._clock()) if turn.context.focus else None
        if focus is None or not said.known() or own_words(turn.reading) or names_an_award(tokens(turn.text)):
            return False
        if said.known().keys() <= OF_THE_STUDENT:
            return True
        is_asked = "?" in turn.text or not _ALSO.isdisjoint(tokens(turn.text))
        if is_asked and said.known().keys() == {"study_in"} and HOME not in focus.record.study_in:
            return True
        stated = {rule.asks[0] for rule in RULES if rule.judge(focus.record, said) is not None}
        return set(said.known()) - {"year_of_study"} <= stated and status_of(focus.record, said) != NOT_ELIGIBLE

    def named(self, turn: Turn) -> tuple[str, ...]:
        """Ids of the records the message means: by place or a part of the name in the last list, by name, as the sister
        of the one in focus, or by a word such as "iska"."""
        words, context = tokens(turn.text), turn.context
        placed = self._placed(turn)
        if placed:
            return placed
        if turn.reading.intent == "apply" and _names_a_portal(turn.reading):
            return ()
        spotted = self._search.spotted(turn.reading)
        if len(context.shown) > 1 and not (_ONE | _REFERS).isdisjoint(words) and not spotted:
            listed = self.listed(turn.reading, context.shown, turn.known)
            if listed:
                return listed
        if context.focus and _points(words) and not spotted and not turn.reading.kin:
            return ((not _APART.isdisjoint(words) and self.sister(turn)) or context.focus,)
        if context.focus and _points_through(turn) and not self._search.spotted(turn.reading, MOST_OF_A_NAME):
            return (context.focus,)
        sister = self.sister(turn)
        if sister:
            return (sister,)
        if "identify" in turn.reading.meant:
            return ()
        place_known = Profile(state=turn.known.state, citizenship=turn.known.citizenship)
        named = self._search.named(turn.reading, place_known)
        is_told = not own_words(turn.reading) and len(turn.reading.profile.known()) > FACTS_ALONE
        is_whole = len(named) == 1 and not turn.reading.profile.known() and self._holds_all(named[0], turn)
        if (context.focus or is_told) and not (is_whole or names_an_award(words)) and set(named).isdisjoint(spotted):
            named = ()
        asks_only_what = own_words(turn.reading) and not _names_a_topic(turn.reading.intent, turn.reading)
        if context.shown and asks_only_what and not spotted and not names_an_award(words):
            named = tuple(i for i in named if i in context.shown)
        rather = self._of_list(named or spotted, turn)
        if rather:
            return rather
        if len(named) > 1:
            return self.fitting(named, turn)
        if named and not (len(spotted) == 1 and self._is_said_more(spotted[0], named[0], turn.reading)):
            return self.of_student(named[0], turn)
        if len(spotted) == 1:
            return self._by_same_word(spotted[0], turn) or self.of_student(spotted[0], turn)
        if spotted:
            return self.fitting(spotted, turn)
        if self.goes_on(turn) and self.intent(turn) != "list":
            return (context.focus,) if context.focus else ()
        if _REFERS.isdisjoint(words) or len(own_words(turn.reading)) > FOLLOW_UP_WORDS:
            return ()
        if context.focus:
            return (context.focus,)
        return context.shown[:1] if turn.reading.intent in ABOUT_A_RECORD else ()

    def _is_said_more(self, scholarship_id: str, other: str, reading: Reading) -> bool:
        """Whether fewer of the words are missing in one record than in the other, or just as many, and a longer one of its
        names is said as a whole (pmss for capf wards, where PMSS alone is another's)."""
        said = [word for word in reading.all_words if not is_noise(word)]

        def strength(record_id: str) -> tuple[int, int]:
            names = (self._search.catalogue.by_id[record_id].name, *aliases().get(record_id, ()))
            whole = [words for words in map(tokens, names) if _sounds(words) <= _sounds(said)]
            return -self._search.missing(record_id, said), max(map(len, whole), default=0)

        return strength(scholarship_id) > strength(other)

    def _placed(self, turn: Turn) -> tuple[str, ...]:
        """The records at the places in the last list that the message names."""
        context = turn.context
        last = context.shown if len(context.shown) > 1 else context.listed
        if len(last) < 2:
            return ()
        words = tokens(turn.text)
        if turn.reading.kin:  # "my son is in the third": his class
            words = [w for w, after in pairwise((*words, "")) if not (w in _PLACES and after in _AT)]
        return tuple(last[place - 1] for place in _places_in(turn.text, words, len(last)))

    def _holds_all(self, scholarship_id: str, turn: Turn) -> bool:
        """Whether all words of the message's own are in the name of a record: "what about chevening?"."""
        own = own_words(turn.reading)
        names = (tokens(hit.record.name) for hit in self.hits((scholarship_id,), Profile()))
        return any(
            own and all(_is_word(w) and (w in name or (is_indic(w) and sound(w) in _sounds(name))) for w in own)
            for name in names
        )

    def _of_list(self, named: Sequence[str], turn: Turn) -> tuple[str, ...]:
        """Those of the last list whose names have as many of the words as the records that these words name, and that fit
        what the message says: after a list with one Ambedkar scheme, "the Ambedkar one" is that."""
        shown = self.hits(turn.context.shown if named and len(turn.context.shown) > 1 else (), turn.reading.profile)
        own = _sounds(own_words(turn.reading))

        def common(hits: Sequence[Hit]) -> list[int]:
            return [len(own & _sounds(tokens(hit.record.name))) for hit in hits]

        most = max((1, *common(self.hits(named, Profile()))))
        meant = [h for h, size in zip(shown, common(shown), strict=True) if size >= most and may_apply(h)]
        return tuple(h.record.id for h in meant) if len(meant) <= MOST_TIED else ()

    def is_clear(self, scholarship_id: str, turn: Turn) -> bool:
        """Whether a record is named by more than one word, or as a whole, or is in focus: it is meant even if it does not fit
        the student."""
        hits = self.hits((scholarship_id,), Profile())
        said = _sounds(own_words(turn.reading)) & _sounds(tokens(hits[0].record.name)) if hits else ()
        words = tokens(turn.text)
        is_asked = names_an_award(words) or not _ONE.isdisjoint(words)
        is_spotted = scholarship_id in self._search.spotted(turn.reading, None if is_asked else MOST_OF_A_NAME)
        return is_spotted or len(said) > 1 or scholarship_id == turn.context.focus

    def fitting(self, ids: Sequence[str], turn: Turn) -> tuple[str, ...]:
        """Those of the records that what is known of the student does not break; all of them if it breaks all."""
        return tuple(h.record.id for h in self.hits(ids, turn.known) if may_apply(h)) or tuple(ids)

    def of_student(self, scholarship_id: str, turn: Turn) -> tuple[str, ...]:
        """A record that was named; of its sisters whose names have the same words, those that are meant for what the message
        says of the student."""
        said = turn.reading.profile
        if not said.known() or turn.reading.intent == "why_not":
            return (scholarship_id,)
        named, *others = self.hits((scholarship_id, *self._search.sisters(scholarship_id)), turn.known)
        own = _sounds(turn.reading.words) & _sounds(tokens(named.record.name))
        alike = [named, *(h for h in others if own <= _sounds(tokens(h.record.name)))]

        def fit(hit: Hit) -> int:
            """A level, group, gender or disability that is said and that the record is for; what breaks it counts most."""
            record = hit.record
            points = int(said.level in record.levels) + (said.gender is not None and said.gender == record.gender)
            points += not set(said.social_groups).isdisjoint(record.social_groups)
            points += bool(said.disability and record.disability == "required")
            return points - 4 * (not may_apply(hit))

        most = max(map(fit, alike))
        best = [h.record.id for h in alike if fit(h) == most]
        is_for_some = most > fit(named) or (said.level is not None and most >= 0)
        return tuple(best[:MOST_MEANT]) if is_for_some else (scholarship_id,)

    def _by_same_word(self, scholarship_id: str, turn: Turn) -> tuple[str, ...]:
        """The records that fit the student and have in their names the word by which one was named that does not fit: a
        scooter is given by several; none where more than one word names it."""
        hits = self.hits((scholarship_id,), turn.known)
        said = _sounds(own_words(turn.reading)) & _sounds(tokens(hits[0].record.name)) if hits else frozenset()
        if not hits or may_apply(hits[0]) or len(said) != 1:
            return ()
        page = self._search.find(Query(keywords=turn.text, profile=turn.known, page_size=MOST_MEANT), self._clock())
        return tuple(h.record.id for h in page.hits if said <= _sounds(tokens(h.record.name)))

    def listed(self, reading: Reading, shown: Sequence[str], known: Profile = Profile()) -> tuple[str, ...]:
        """Those of the records shown whose names, other names and providers have most of the message's words, if they are few;
        of many those that are just for such students as this one."""
        records = [h.record for h in self.hits(shown, Profile())]
        names = {r.id: _sounds(tokens(" ".join((r.name, r.provider, *aliases().get(r.id, ()))))) for r in records}
        for words in (reading.words, reading.all_words):
            own = _sounds([word for word in words if not word[:1].isdigit()])
            most = max((len(own & name) for name in names.values()), default=0)
            best = [i for i, name in names.items() if len(own & name) == most]
            if most and len(best) > MOST_TIED:
                just = {h.record.id: _is_just_for(h.record, known) for h in self.hits(best, known)}
                best = [i for i in best if just[i] == max(just.values())]
            if most and len(best) <= MOST_TIED:
                return tuple(best)
        return ()

    def sister(self, turn: Turn) -> str | None:
        """A record of nearly the name in focus, or with "the boys' one" another of its provider, that fits better what this
        message says: the postgraduate award of the same name, the college one."""
        reading, said = turn.reading, turn.reading.profile
        points = any(one in _ONE and following not in _PEOPLE for one, following in pairwise((*tokens(turn.text), "")))
        focus = turn.context.focus or next(iter(turn.context.shown if points else ()), None)
        own = {sound(word) for word, _ in canonical(reading.all_words)}
        if not focus or len(own_words(reading)) > FOLLOW_UP_WORDS:
            return None
        of_group = Profile(social_groups=said.social_groups)
        is_other_group = any(not may_apply(hit) for hit in self.hits((focus,), of_group))
        if not (points or said.level or own_words(reading) or is_other_group):
            return None
        if reading.intent == "list" and not points and names_an_award(tokens(turn.text)):
            return None
        in_focus, *others = self.hits((focus, *self._search.sisters(focus, of_provider=points)), Profile())

        def speaks_for(hit: Hit) -> int:
            """Words of the name and provider that are said; a level, gender, field or group that is said and that the
            record is just for counts two."""
            named = own & {sound(w) for w, _ in canonical(tokens(f"{hit.record.name} {hit.record.provider}"))}
            gender = turn.known.gender
            meant = (said.level in hit.record.levels) + (gender is not None and gender == hit.record.gender)
            meant += not set(said.fields).isdisjoint(hit.record.fields)
            meant += not set(said.social_groups).isdisjoint(hit.record.social_groups)
            meant += bool(turn.known.disability and hit.record.disability == "required")
            return len(named) + 2 * meant

        def fit(hit: Hit) -> int:
            broken = int(status_of(hit.record, said) == NOT_ELIGIBLE) + known_breaks(hit)
            return speaks_for(hit) - BROKEN * broken

        def known_breaks(hit: Hit) -> bool:
            return status_of(hit.record, turn.known.without(("level", "fields"))) == NOT_ELIGIBLE

        def place(hit: Hit) -> tuple[int, bool]:
            return fit(hit), status_of(hit.record, turn.known) != NOT_ELIGIBLE

        best = max(others, key=place, default=None)
        least = (0 if points else -1) - BROKEN * known_breaks(in_focus)  # what breaks both tells nothing
        is_better = best is not None and speaks_for(best) > 0 and fit(best) > max(fit(in_focus), least)
        return best.record.id if best is not None and is_better else None

    def names_another(self, text: str, named: Sequence[str], is_guess: bool = False) -> bool:
        """Whether the words before "scholarship", "yojana" and the like hold one that no record has, or half of them are
        not in the one named: then another scheme is meant, whatever else sounds alike (Elon Musk India Scholarship). Of a
        record that was not named but guessed, three such words or more must all be. Words that only together say something of
        the student (post doc) do not count."""
        topics = read(text).words
        for before in _before_award(text):
            if not all(self._search.knows(word) for word in before if word in topics):
                return True
            words = [word for word in before if word in topics or (word,) in lexicon().phrases]
            missing = self._search.missing(named[0], words) if named else 0
            if missing and (2 * missing >= len(words) or (is_guess and len(words) >= A_NAME)):
                return True
        return False

    def is_unknown(self, turn: Turn, named: Sequence[str]) -> bool:
        """Whether a question about a record that is not named is about a scheme that no record is: it speaks of a
        scholarship, and half of its own words are in no record."""
        own = [word for word in own_words(turn.reading) if _is_word(word)]
        unknown = [word for word in own if not self._search.knows(word)]
        return not named and names_an_award(tokens(turn.text)) and 2 * len(unknown) >= len(own) > 0

    def meant(self, intent: str, turn: Turn) -> tuple[str, ...]:
        """The records that a question about a record, without a name, may be about: the one in focus, those that its
        words or the student's facts describe best, those last shown."""
        context, reading = turn.context, turn.reading
        if context.focus and not self.names_another(turn.text, (context.focus,)):
            return (context.focus,)
        if context.shown and not _names_a_topic(intent, reading) and not names_an_award(tokens(turn.text)):
            fitting = [h.record.id for h in self.hits(context.shown, reading.profile) if may_apply(h)]
            return tuple(fitting[:MOST_MEANT]) or context.shown[:MOST_MEANT]
        if intent == "apply" and _names_a_portal(reading):
            return ()
        likely = self.likely(turn)
        if likely:
            return self._of_list((likely,), turn) or (likely,)
        is_told = bool(reading.profile.known())
        if (own_words(reading) and not (is_told and intent == "eligible")) or (
            intent != "eligible" and is_told and names_an_award(tokens(turn.text))
        ):
            page = self._search.find(Query(keywords=turn.text, profile=turn.known, page_size=MOST_MEANT), self._clock())
            parts = [(h.rank or {}).get("text", 0.0) + (h.rank or {}).get("name", 0.0) for h in page.hits]
            if (
                parts
                and parts[0] >= LEAST_TEXT
                and not self.names_another(turn.text, (page.hits[0].record.id,), is_guess=True)
            ):
                return tuple(
                    h.record.id for h, part in zip(page.hits, parts, strict=True) if part >= AS_GOOD * parts[0]
                )
            return context.shown[:MOST_MEANT] if len(own_words(reading)) <= FOLLOW_UP_WORDS else ()
        return context.shown[:MOST_MEANT]

    def is_in_focus(self, turn: Turn) -> bool:
        """Whether a word of the message's own stands in the record in focus."""
        own = {sound(word) for word, _ in canonical(own_words(turn.reading))}
        for hit in self.hits((turn.context.focus or "",), Profile()):
            record = hit.record
            text = " ".join((record.name, record.description, *record.eligibility, *record.requirements))
            return not own.isdisjoint(sound(w) for w, _ in canonical(tokens(text)))
        return False

    def likely(self, turn: Turn) -> str | None:
        """The record whose name has clearly most of the words, whoever the student is; and all of those that stand before
        "scholarship" and the like, if any do."""
        query = Query(keywords=turn.text, ignore=EVERY_FIELD, page_size=2)
        hits = self._search.find(query, self._clock()).hits
        names = [(hit.rank or {}).get("name", 0.0) for hit in hits] + [0.0, 0.0]
        if not hits or names[0] < max(LEAST_NAME, CLEARLY * names[1]):
            return None
        return None if self.names_another(turn.text, [hits[0].record.id], is_guess=True) else hits[0].record.id

    def several(self, turn: Turn, named: Sequence[str]) -> tuple[str, ...]:
        """The records that are to be compared or held together."""
        context = turn.context
        placed = self._placed(turn)
        if len(placed) > 1:
            return placed[:MOST_COMPARED]
        sides = self.sides(turn)
        if len(sides) > 1:
            return sides[:MOST_COMPARED]
        if len(named) > 1:
            return tuple(named[:MOST_COMPARED])
        if named and len(sides) == 1:
            own = _sounds(own_words(turn.reading))
            family = self.hits((named[0], *self._search.sisters(named[0])), Profile())
            alike = [h.record.id for h in family if own & _sounds(tokens(h.record.name))]
            if len(alike) > 1:
                return tuple(alike[:MOST_COMPARED])
        refers = not (_BOTH | _REFERS).isdisjoint(tokens(turn.text)) or not own_words(turn.reading)
        if named and context.focus and named[0] != context.focus:
            return (context.focus, named[0])
        if refers and len(context.recent) > 1 and len(context.shown) <= 1:
            return context.recent[1::-1]
        if refers and len(context.shown) > 1:
            return context.shown[: 2 if not _TWO.isdisjoint(tokens(turn.text)) else MOST_COMPARED]
        return tuple(named) or ((context.focus,) if context.focus and refers else ())

    def either(self, text: str) -> tuple[str, ...]:
        """The records that are named clearly on either side of "or", "ya", "and"."""
        sides = re.split(r"\b(?:or|ya|and|aur|versus|vs)\b|या|और", text, flags=re.IGNORECASE)
        found = []
        for said in map(read, sides if len(sides) > 1 else ()):
            named = self._search.named(said)
            if len(named) == 1 and (named[0] in self._search.spotted(said) or names_an_award(said.all_words)):
                found.append(named[0])
        return tuple(dict.fromkeys(found))

    def sides(self, turn: Turn) -> tuple[str, ...]:
        """The records named on either side of "versus", "vs", "and", "aur", "or"."""
        sides = re.split(
            r"\b(?:versus|vs|and|aur|or|ya|with|ke saa?th|और|या)\b|,|[.?!।]\s|के साथ", turn.text, flags=re.IGNORECASE
        )
        found = []
        for said in map(read, sides):
            named = self._search.best_named(said) or next(iter(self._search.spotted(said)), None)
            side = replace(turn, reading=said)
            found += [named and next(iter(self._of_list((named,), side) or self.of_student(named, side)), named)]
        return tuple(dict.fromkeys(i for i in found if i))

    def hits(self, ids: Sequence[str], profile: Profile) -> list[Hit]:
        hits = (self._search.hit(i, profile, self._clock()) for i in ids)
        return [h for h in hits if h is not None]


def _before_award(text: str) -> list[list[str]]:
    """The words that stand right before each "scholarship", "student fellowship" and the like, up to the first that is
    noise."""
    words = tokens(text)
    found = []
    for place in (i for i, word in enumerate(words) if names_an_award((word,))):
        end = place - (place > 0 and words[place - 1] in _STUDENT)
        before = takewhile(
            lambda w: w in POSSESSIVE or not is_noise(w), reversed(words[max(0, end - NAME_WORDS) : end])
        )
        found.append([w for w in reversed([*before]) if _is_word(w)])
    return found


def _is_word(token: str) -> bool:
    """Whether it is long enough for a part of a name and no figure (vowel signs are no letters: `isalpha` is of no use)."""
    return len(token) >= (NAME_SIGNS if is_indic(token) else NAME_LETTERS) and not any(c.isdigit() for c in token)


def _places_in(text: str, words: Sequence[str], shown: int) -> list[int]:
    """The places in a list of `shown` that a message names (2nd wala, the second, teesri ka, number 3, the last one), in
    order."""
    found = [int(digits[1] or digits[2]) for digits in _ORDINAL.finditer(text)]
    if (bare := _BARE_NUMBER.fullmatch(text)) and not found:
        found = [int(bare[1])]
    for before, word, following in zip(("", *words), words, (*words[1:], ""), strict=False):
        alone = len(words) <= ALONE or before in _JOINS
        if word in _PLACES and (following in _AFTER_PLACE or (not following and alone)):
            found.append(_PLACES[word])
        if following in _ONE and word in _LAST:
            found.append(shown)
    return [place for place in dict.fromkeys(found) if 1 <= place <= shown]


def _names_a_topic(intent: str, reading: Reading) -> bool:
    """Whether words of the message's own are more than what an award may pay for, where that is asked (hostel, fees)."""
    paid_for = {
        w for w in own_words(reading) if any(k == "cover" or (k, v) == ("role", "fee") for k, v in meanings_of(w))
    }
    return bool(set(own_words(reading)) - (paid_for if intent == "amount" else set()))


def _names_a_portal(reading: Reading) -> bool:
    """Whether a portal (NSP) is all that is named."""
    names = {word for names in portals().values() for word in tokens(names)}
    own = {word for word, _ in canonical(own_words(reading))}
    return bool(own) and own <= names


def _is_just_for(record: Scholarship, known: Profile) -> int:
    """How much of what is known of a student a record asks for: a group, a gender, a state, a disability."""
    return sum((
        bool(known.disability and record.disability == "required"),
        known.gender is not None and known.gender == record.gender,
        known.state in record.states,
        not set(known.social_groups).isdisjoint(record.social_groups),
    ))  # fmt: skip


def may_apply(hit: Hit) -> bool:
    return hit.match is None or hit.match.status != NOT_ELIGIBLE


def points_at_list(text: str) -> bool:
    """Whether a word points at what was shown last: these, both, iska."""
    return not (_REFERS | _BOTH).isdisjoint(tokens(text))


def _sounds(words: Sequence[str]) -> frozenset[str]:
    """The words of a name as they sound, also without the s of a plural (CAPFs)."""
    named = [word for word, _ in canonical(words)]
    return frozenset(sound(form) for word in named for form in (word, word.removesuffix("s")) if len(form) > 1)


def _points_through(turn: Turn) -> bool:
    """Whether a word such as "isse" makes a message about the record in focus, whatever place it says."""
    words = tokens(turn.text)
    return turn.reading.intent in _OF_ONE and not _THROUGH.isdisjoint(words) and not names_an_award(words)


def _points(words: Sequence[str]) -> bool:
    """Whether a word points at the record in focus: not "uske liye" (for him), nor "iska college wala" (another one),
    nor "wo jo fees wapas karti hai, usme" (the one described)."""
    pointing = [w for w, following in pairwise((*words, "")) if w in _POINTS and following not in _FOR]
    if not _WHICH.isdisjoint(words):
        return False
    return not _INSIDE.isdisjoint(pointing) or bool(pointing and _ONE.isdisjoint(words))
