"""One turn of a chat: understand, resolve what it refers to, take the evidence, answer, add kind words, save."""

import contextlib
import re
import threading
from collections import OrderedDict
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from secrets import token_hex
from typing import Any

from backend import answers
from backend.answers import Answer, Citation
from backend.clock import Clock
from backend.eligibility import NOT_ELIGIBLE
from backend.engines import Engine, EngineError, Message
from backend.errors import NotFound
from backend.grounding import states_no_fact
from backend.history import CHAT_GONE, ChatHistory
from backend.lexicon import canonical, is_noise
from backend.privacy import mask_private
from backend.profile import Profile
from backend.reader import Reading, names_an_award, read
from backend.search import Hit, Query, Search
from backend.text import sound, tokens

GUEST_SESSIONS = 5_000
GUEST_IDLE_S = 2 * 3600
FOLLOW_UP_WORDS = 2
"""A question with at most so many words of its own is about the record in focus, where there is one."""
NAME_WORDS, NAME_LETTERS = 4, 4
"""Words before "scholarship" that may be its name; letters from which on one counts."""
LEAST_TEXT = 1.0
"""The least part of the rank (backend.ranking, text) that makes words a search: half of their weight."""
REMARK_TOKENS = 64
REMARK_SECONDS = 20.0
REMARK_SENTENCES = 2
QUESTION_LENGTH = 300
"""Characters of the question that the model is shown: a long prompt takes seconds on a CPU."""
SYSTEM_PROMPT = (
    "You encourage students. Answer with two short sentences of general advice to the student, using the word you. "
    "No names, numbers or dates."
)
REQUEST = (
    'I asked for help with this: "{question}" and I got the answer. '
    "Give me two short sentences of general advice on how to prepare a good application."
)
FIXED = ("injection", "distress", "fraud", "scam", "developer", "essay", "payment", "status", "off_topic")
ABOUT_A_RECORD = (
    "deadline", "open_now", "amount", "apply", "site", "documents", "eligible", "why_not", "renewal", "selection", "save",
)  # fmt: skip
_ORDINAL = re.compile(r"\b(\d{1,2})\s*(?:st|nd|rd|th|वीं|वी)?\s*(?:wali|wala|wale|one|number|वाली|वाला)", re.IGNORECASE)
_PLACES = {
    word: place
    for place, words in enumerate(
        (
            "first|pehli|pehla|pahli|pahla|पहली|पहला|पहले", "second|dusri|dusra|doosri|doosra|दूसरी|दूसरा|दूसरे",
            "third|teesri|teesra|tisri|tisra|तीसरी|तीसरा|तीसरे", "fourth|chauthi|chautha|चौथी|चौथा|चौथे",
        ), 1,
    )
    for word in words.split("|")
}  # fmt: skip
"""Places in a list as words."""
_ONE = frozenset("one wali wala wale वाली वाला वाले".split())
"""Words after a part of a name that point into the last list: the CM one, CM wali."""
_OF_LIST = _ONE | frozenset("option scheme number योजना".split())
"""Words after a place that point into the last list: the second scheme."""
_REFERS = frozenset("iska iski iske uska uski uske isme usme it its this that isko usko इसका इसकी इसके उसकी इसमें".split())


@dataclass(frozen=True)
class Reply:
    """A whole answer; `message` is Markdown, `engine` is model or catalogue, `hits` are the records it speaks of."""

    message: str
    suggestions: tuple[str, ...]
    hits: tuple[Hit, ...]
    citations: tuple[Citation, ...]
    intent: str
    profile: Profile
    engine: str
    session_id: str
    message_id: str | None


@dataclass(frozen=True)
class Context:
    """What a chat knows before a turn: the student, the records last shown (in order), the one in focus."""

    profile: Profile = Profile()
    shown: tuple[str, ...] = ()
    focus: str | None = None
    language: str | None = None


@dataclass
class _GuestChats:
    """Chats of guests: in memory only, the longest idle forgotten first; ids are random and cannot be guessed."""

    chats: OrderedDict[str, tuple[float, Context]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, session_id: str, now: float) -> Context | None:
        with self.lock:
            seen = self.chats.get(session_id)
            return seen[1] if seen and now - seen[0] <= GUEST_IDLE_S else None

    def put(self, session_id: str, context: Context, now: float) -> None:
        with self.lock:
            self.chats[session_id] = (now, context)
            self.chats.move_to_end(session_id)
            while len(self.chats) > GUEST_SESSIONS:
                self.chats.popitem(last=False)


class Chat:
    """Answers messages of guests and signed-in students; shared by all doors and threads."""

    def __init__(self, search: Search, engine: Engine, history: ChatHistory, clock: Clock) -> None:
        self._search, self._engine, self._history, self._clock = search, engine, history, clock
        self._guests = _GuestChats()

    def stream(
        self, message: str, *, account_id: str | None, session_id: str | None, profile: Profile, language: str | None
    ) -> Generator[str | Reply, None, None]:
        """Answer one message: pieces of the text as they come, then the whole Reply.

        Closing the iterator ends the generation; then nothing of the turn is saved. An unknown chat, or another
        person's, raises NotFound. A language model that is absent, loading or failing leaves the catalogue's answer.
        """
        text, private = mask_private(message)
        context = self._context(account_id, session_id)
        reading = read(text)
        spoken = (
            language
            or (context.language if reading.language == "en" and len(tokens(text)) <= 2 else None)
            or reading.language
        )
        known = context.profile.updated(profile).updated(reading.profile)
        intent, answer = self._answer(text, private, reading, known, context, spoken, account_id is not None)
        parts: list[str] = []
        for line in answer.text.splitlines(keepends=True):
            parts.append(line)
            yield line
        engine = "catalogue"
        with contextlib.closing(self._remark(text, intent, spoken)) as remark:
            for sentence in remark:
                if not sentence:
                    yield ""
                    continue
                piece = sentence if engine == "model" else f"\n\nTip: {sentence}"
                engine = "model"
                parts.append(piece)
                yield piece
        shown = tuple(h.record.id for h in answer.hits)
        if shown:
            after = Context(known, shown, shown[0] if len(shown) == 1 else None, spoken)
        else:
            after = replace(context, profile=known, language=spoken)
        reply = Reply(
            "".join(parts),
            answer.suggestions,
            answer.hits,
            answer.citations,
            intent,
            known,
            engine,
            session_id or "",
            None,
        )
        yield self._saved(reply, text, after, account_id)

    def _context(self, account_id: str | None, session_id: str | None) -> Context:
        if session_id is None:
            return Context()
        if account_id is not None:
            return _context_of(self._history.last_details(account_id, session_id))
        context = self._guests.get(session_id, self._clock().timestamp())
        if context is None:
            raise NotFound(CHAT_GONE)
        return context

    def _saved(self, reply: Reply, question: str, after: Context, account_id: str | None) -> Reply:
        if account_id is None:
            session_id = reply.session_id or token_hex(16)
            self._guests.put(session_id, after, self._clock().timestamp())
            return replace(reply, session_id=session_id)
        details = {"context": asdict(after), "engine": reply.engine, "intent": reply.intent}
        session_id, message_id = self._history.append(
            account_id, reply.session_id or None, question, reply.message, details
        )
        return replace(reply, session_id=session_id, message_id=message_id)

    def _answer(
        self,
        text: str,
        private: bool,
        reading: Reading,
        known: Profile,
        context: Context,
        language: str,
        signed_in: bool,
    ) -> tuple[str, Answer]:
        """The kind of question and the catalogue's own answer."""
        intent = "private" if private else reading.intent
        if intent in ("private", *FIXED):
            return intent, answers.fixed_answer(intent, language)
        if intent == "applications":
            return intent, answers.fixed_answer("applications_user" if signed_in else "applications_guest", language)
        if intent in ("greeting", "thanks"):
            return intent, answers.fixed_answer(intent, language)
        now = self._clock()
        named = self._named(text, reading, context)
        if intent == "compare":
            pair = named if len(named) > 1 else self._compared(text)
            if len(pair) > 1:
                return intent, answers.compare_answer(self._hits(pair[:4], known), language)
        if named and self._names_another(text):
            page = self._search.find(Query(keywords=text, page_size=3), now)
            return "unknown", answers.unknown_answer(page.hits, language)
        if len(named) == 1 or (named and intent in ABOUT_A_RECORD):
            hits = self._hits(named[:3], known)
            if intent in ABOUT_A_RECORD:
                return intent, answers.field_answer(intent, hits, language)
            return "detail", answers.detail_answer(hits[0], language)
        if len(named) > 1:
            hits = self._hits(named, known)
            fitting = [h for h in hits if h.match is None or h.match.status != NOT_ELIGIBLE]
            return "detail", answers.several_answer(fitting or hits, language)
        if intent in ABOUT_A_RECORD and context.focus and self._goes_on(reading, text):
            return intent, answers.field_answer(intent, self._hits((context.focus,), known), language)
        if intent in ABOUT_A_RECORD and not reading.words and context.shown:
            return intent, answers.field_answer(intent, self._hits(context.shown[:3], known), language)
        if intent == "save":
            return intent, answers.fixed_answer(intent, language)
        if intent in ABOUT_A_RECORD and intent != "open_now" and reading.words and not reading.profile.known():
            page = self._search.find(Query(keywords=text, page_size=3), now)
            return "unknown", answers.unknown_answer(page.hits, language)
        return self._list(text, intent, reading, known, language)

    def _names_another(self, text: str) -> bool:
        """Whether the words before "scholarship", "yojana" and the like hold one that no record has: then it is another
        scheme that is meant, whatever else sounds alike (Elon Musk India Scholarship)."""
        words = tokens(text)
        for place in (i for i, word in enumerate(words) if names_an_award((word,))):
            for word in reversed(words[max(0, place - NAME_WORDS) : place]):
                if is_noise(word):
                    break
                if len(word) >= NAME_LETTERS and word.isalpha() and not self._search.knows(word):
                    return True
        return False

    @staticmethod
    def _goes_on(reading: Reading, text: str) -> bool:
        """Whether a question that names no record is about the one in focus: it has few words of its own, or does not
        speak of another scheme."""
        return len(reading.words) <= FOLLOW_UP_WORDS or not names_an_award(tokens(text))

    def _list(self, text: str, intent: str, reading: Reading, known: Profile, language: str) -> tuple[str, Answer]:
        """The records that fit the student and the words; of the open ones if that was asked."""
        now = self._clock()
        query = Query(keywords=text, profile=known, page_size=answers.MOST_SHOWN)
        if intent == "open_now":
            page = self._search.find(replace(query, keywords="", deadline="open"), now)
            if page.hits:
                return intent, answers.list_answer(page.hits, known, language)
            page = self._search.find(replace(query, keywords="", deadline="expected"), now)
            return intent, answers.list_answer(page.hits, known, language, "open_none")
        page = self._search.find(query, now)
        if intent == "search" and not known.known() and not _speaks_of(page.hits):
            return "unknown", answers.fixed_answer("nothing", language)
        if not page.hits:
            page = self._search.find(replace(query, keywords=""), now)
        if intent == "loan":
            return intent, answers.list_answer(page.hits, known, language, intent)
        if intent == "plan":
            return "list", answers.list_answer(page.hits, known, language, closing="plan_steps")
        return "list", answers.list_answer(page.hits, known, language)

    def _named(self, text: str, reading: Reading, context: Context) -> tuple[str, ...]:
        """Ids of the records the message means: by place or a part of the name in the last list, by name, or by a word
        such as "iska"."""
        words = tokens(text)
        place = _place(text, words)
        if 1 <= place <= len(context.shown):
            return (context.shown[place - 1],)
        if context.shown and not _ONE.isdisjoint(words):
            listed = self._listed(reading, context.shown)
            if listed:
                return (listed,)
        named = self._search.named(reading)
        if named:
            return named
        return (context.focus,) if not _REFERS.isdisjoint(words) and context.focus else ()

    def _listed(self, reading: Reading, shown: Sequence[str]) -> str | None:
        """The one of the records shown whose name has most of the message's own words."""
        own = {sound(word) for word, _ in canonical(reading.words)}
        hits = self._hits(shown, Profile())
        common = {h.record.id: len(own & {sound(w) for w, _ in canonical(tokens(h.record.name))}) for h in hits}
        most = max(common.values(), default=0)
        best = [i for i, n in common.items() if n == most]
        return best[0] if most and len(best) == 1 else None

    def _compared(self, text: str) -> tuple[str, ...]:
        """The records named on either side of "versus", "vs", "and", "aur", "or"."""
        sides = re.split(r"\b(?:versus|vs|and|aur|or|ya|और)\b|,", text, flags=re.IGNORECASE)
        found = [self._search.best_named(read(side)) for side in sides]
        return tuple(dict.fromkeys(i for i in found if i))

    def _hits(self, ids: Sequence[str], profile: Profile) -> list[Hit]:
        hits = (self._search.hit(i, profile, self._clock()) for i in ids)
        return [h for h in hits if h is not None]

    def _remark(self, text: str, intent: str, language: str) -> Generator[str, None, None]:
        """The model's kind words after the facts, sentence by sentence, each checked before it is shown."""
        if intent in ("private", *FIXED) or language != "en" or language not in self._engine.languages:
            return
        if self._engine.state != "ready":
            return
        messages: list[Message] = [
            {"role": "system", "content": SYSTEM_PROMPT},
            {"role": "user", "content": REQUEST.format(question=text[:QUESTION_LENGTH])},
        ]
        buffer, shown = "", 0
        try:
            with contextlib.closing(
                self._engine.stream(messages, max_new_tokens=REMARK_TOKENS, deadline_s=REMARK_SECONDS)
            ) as pieces:
                for piece in pieces:
                    buffer += piece
                    while (end := re.search(r"[.!?](?=\s)", buffer)) and shown < REMARK_SENTENCES:
                        sentence, buffer = buffer[: end.end()].strip(), buffer[end.end() :]
                        if states_no_fact(sentence):
                            shown += 1
                            yield f"{sentence} "
                    if shown == REMARK_SENTENCES:
                        return
                    yield ""
        except EngineError:
            return
        if buffer.rstrip().endswith((".", "!", "?")) and states_no_fact(buffer):
            yield buffer.strip()


def _place(text: str, words: Sequence[str]) -> int:
    """The place in the last list that a message names (2nd wala, the second one); 0 for none."""
    digits = _ORDINAL.search(text)
    if digits:
        return int(digits[1])
    return next((_PLACES[word] for word, following in pairwise(words) if word in _PLACES and following in _OF_LIST), 0)


def _speaks_of(hits: Sequence[Hit]) -> bool:
    """Whether a good part of the words is in the first record at all."""
    return bool(hits) and (hits[0].rank or {}).get("text", 0.0) >= LEAST_TEXT


def _context_of(details: dict[str, Any]) -> Context:
    stored = details.get("context") or {}
    profile = Profile.of(stored.get("profile") or {})
    return Context(profile, tuple(stored.get("shown") or ()), stored.get("focus"), stored.get("language"))
