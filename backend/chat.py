"""One turn of a chat: understand, answer from records, add the model's checked words, save."""

import contextlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex

from backend.answers import Citation
from backend.clock import Clock
from backend.context import Context, GuestChats
from backend.dialogue import FIXED, Dialogue, Outcome, Turn
from backend.engines import Engine, EngineError
from backend.errors import NotFound
from backend.history import ChatHistory
from backend.phrases import phrase
from backend.privacy import mask_private
from backend.profile import Profile
from backend.reader import Reading, is_other_script, read
from backend.search import Hit, Search
from backend.text import tokens
from backend.wording import checked_sentences

MOST_SAID = 8
"""Sentences of the model that it does not say again."""
MOST_LISTED = 100
"""Records shown one list after the other that "more" leaves out."""
OF_A_PERSON = ("level", "year_of_study", "fields", "gender", "disability", "marks_percent", "age")
"""What does not hold of a sister or brother to whom a chat turns; the family's state, groups and income do."""
MOST_RECENT = 4
"""Records spoken of one by one that a chat remembers."""


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


class Chat:
    """Answers messages of guests and signed-in students; shared by all doors and threads."""

    def __init__(self, search: Search, engine: Engine, history: ChatHistory, clock: Clock) -> None:
        self._engine, self._history, self._clock = engine, history, clock
        self._dialogue = Dialogue(search, clock)
        self._guests = GuestChats()

    def stream(
        self, message: str, *, account_id: str | None, session_id: str | None, profile: Profile, language: str | None,
        forget: Sequence[str] = (), student_id: str | None = None,
    ) -> Generator[str | Reply, None, None]:  # fmt: skip
        """Answer one message: pieces of the text as they come, then the whole Reply.

        A new chat of an account is its student's. `profile` is what is known of the student besides, `forget` names its fields (as in Profile) that the chat must not
        remember from before. Closing the iterator ends the generation; then nothing of the turn is saved. An unknown
        chat, or another person's, raises NotFound. A language model that is absent, loading or failing leaves the
        catalogue's answer, and one that was ready and did not answer is named in it.
        """
        text, private = mask_private(message)
        context = self._context(account_id, session_id)
        reading = _read(text, context)
        wanted = reading.reply_in or context.reply_in
        spoken = language or wanted or _language(text, reading, context)
        before = context.profile.without(forget if reading.kin in (None, context.kin) else (*forget, *OF_A_PERSON))
        known = before.updated(profile).updated(reading.profile)
        outcome = self._dialogue.outcome(Turn(text, private, reading, known, context, spoken, account_id is not None))
        answer = outcome.answer
        parts: list[str] = []
        if language is None and wanted is None and is_other_script(text):
            parts.append(f"{phrase('other_language', spoken)}\n\n")
        parts += answer.text.splitlines(keepends=True)
        yield from parts
        written: list[str] = []
        with contextlib.closing(self._words(text, outcome, spoken, context.said, written)) as words:
            for piece in words:
                parts.append(piece)
                yield piece
        reply = Reply(
            "".join(parts), answer.suggestions, answer.hits, answer.citations, outcome.intent, known,
            "model" if written else "catalogue",
            session_id or "", None,
        )  # fmt: skip
        after = replace(
            _after(context, outcome, known, spoken), reply_in=wanted, said=(*written, *context.said)[:MOST_SAID],
            speaks_as=reading.speaks_as or context.speaks_as, kin=reading.kin or context.kin,
        )  # fmt: skip
        yield self._saved(reply, text, after, account_id, student_id)

    def take_back(self, account_id: str | None, session_id: str, turns: int) -> None:
        """Forget the last `turns` questions of a chat with their answers, as if they had not been asked.

        An unknown chat, or another person's, raises NotFound.
        """
        if account_id is not None:
            self._history.take_back(account_id, session_id, turns)
        elif not self._guests.take_back(session_id, turns, self._clock().timestamp()):
            raise NotFound("chat_gone")

    def _context(self, account_id: str | None, session_id: str | None) -> Context:
        if session_id is None:
            return Context()
        if account_id is not None:
            return Context.of(self._history.last_details(account_id, session_id).get("context") or {})
        context = self._guests.get(session_id, self._clock().timestamp())
        if context is None:
            raise NotFound("chat_gone")
        return context

    def _saved(
        self, reply: Reply, question: str, after: Context, account_id: str | None, student_id: str | None
    ) -> Reply:
        if account_id is None:
            session_id = reply.session_id or token_hex(16)
            self._guests.put(session_id, after, self._clock().timestamp())
            return replace(reply, session_id=session_id)
        details = {"context": after.stored(), "engine": reply.engine, "intent": reply.intent}
        session_id, message_id = self._history.append(
            account_id, reply.session_id or None, question, reply.message, details, student_id
        )
        return replace(reply, session_id=session_id, message_id=message_id)

    def _words(
        self, question: str, outcome: Outcome, language: str, said: Sequence[str], written: list[str]
    ) -> Generator[str, None, None]:
        """The model's sentences after the catalogue's answer (also put into `written`), or why there are none."""
        if outcome.intent in ("private", *FIXED) or language not in self._engine.languages:
            return
        if self._engine.state != "ready":
            return
        try:
            sentences = checked_sentences(self._engine, question, outcome.answer.hits, language, outcome.intent, said)
            with contextlib.closing(sentences):
                for sentence in sentences:
                    if not sentence:
                        yield ""
                        continue
                    before = " " if written else f"\n\n{phrase('tip', language)}: "
                    written.append(sentence)
                    yield before + sentence
        except EngineError as error:
            if not written:
                yield f"\n\n{phrase(f'model_{error.reason}', language)}"


def _read(text: str, context: Context) -> Reading:
    """The message as the reader sees it; a bare amount after a list that asked for it, or after the question whether one
    may apply ("what if it was 8 lakh"), is an income."""
    reading = read(text)
    if context.intent in ("eligible", "why_not", "list") and not reading.profile.known():
        as_income = read(f"income {text}")
        if as_income.profile.family_income is not None:
            return as_income
    return reading


def _language(text: str, reading: Reading, context: Context) -> str:
    """That of the message; a short English one ("ok", "NMMSS?") is answered as the chat was before."""
    if is_other_script(text):
        return "en"
    return (context.language if reading.language == "en" and len(tokens(text)) <= 2 else None) or reading.language


def _after(context: Context, outcome: Outcome, known: Profile, language: str) -> Context:
    """What the chat knows after a turn; an answer without records leaves those of before."""
    shown = tuple(h.record.id for h in outcome.answer.hits)
    topic = context.topic if outcome.topic is None else outcome.topic
    after = replace(context, profile=known, language=language, intent=outcome.intent, topic=topic)
    if not shown or outcome.intent == "unknown":
        return after
    if len(shown) > 1:
        listed = (*(context.listed if outcome.intent == "more" else ()), *shown)
        return replace(after, shown=shown, focus=None, listed=listed[-MOST_LISTED:])
    recent = (shown[0], *(i for i in context.recent if i != shown[0]))[:MOST_RECENT]
    return replace(after, shown=shown, focus=shown[0], recent=recent)
