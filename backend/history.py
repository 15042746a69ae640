"""Chats of signed-in students; a question and its answer are saved together or not at all."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from peewee import IntegrityError, fn

from backend.clock import Clock, milliseconds, moment
from backend.database import Database
from backend.errors import NotFound
from backend.models import ChatMessageRow, ChatSessionRow, FeedbackRow

CHAT_LIFE, SWEEP_EVERY = timedelta(days=90), timedelta(hours=1)
"""How long a chat is stored after its last turn, and how often old ones are looked for."""
MILLISECOND = timedelta(milliseconds=1)
TITLE_LENGTH = 60
MOST_WORDS = 8
"""Words of a search that count."""
BEFORE, AFTER = 40, 80
"""Characters that a snippet shows around what was found."""


@dataclass(frozen=True)
class StoredMessage:
    """One stored message; `role` is user or assistant, `details` is what an answer left for the next turn, `rating` its
    thumb (up, down or None)."""

    id: str
    session_id: str
    role: str
    content: str
    created_at: datetime
    details: Mapping[str, Any]
    rating: str | None = None


@dataclass(frozen=True)
class ChatSummary:
    """One stored chat of a student; `updated_at` is its last turn, `kept` that it stays when it is old, `snippet` where a search found its words in a message,
    or ''."""

    id: str
    student_id: str
    title: str
    created_at: datetime
    updated_at: datetime
    kept: bool = False
    snippet: str = ""


@dataclass(frozen=True)
class BrowserTurn:
    """A question and its answer as a browser kept them; `context` is what the next turn needs (see backend.context)."""

    question: str
    answer: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class BrowserChat:
    """A guest's chat as their browser kept it under `id`; without a `title` its first question is one."""

    id: str
    title: str | None
    begun: datetime | None
    turns: Sequence[BrowserTurn]


class ChatHistory:
    """The stored chats; every call names the account and sees only its own."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock, self._swept = database, clock, 0

    def append(
        self, account_id: str, session_id: str | None, question: str, answer: str, details: Mapping[str, Any],
        student_id: str | None = None,
    ) -> tuple[str, str]:  # fmt: skip
        """Save one turn, in a new chat of the student where `session_id` is None; gives the chat's and the answer's ids.

        Raises NotFound where the chat is not the account's, or the account is gone.
        """
        try:
            with self._database.session():
                saved = self._append(account_id, session_id, question, answer, details, student_id or account_id)
        except IntegrityError:
            raise NotFound("no_account") from None
        self.sweep()
        return saved

    def _append(
        self, account_id: str, session_id: str | None, question: str, answer: str, details: Mapping[str, Any],
        student_id: str,
    ) -> tuple[str, str]:  # fmt: skip
        now = milliseconds(self._clock)
        if session_id is None:
            row = ChatSessionRow.create(account=account_id, student=student_id, title=_title(question), created_at=now)
            session_id = str(row.id)
        # Writing the chat's row first makes parallel turns of one chat wait for each other (PostgreSQL too).
        mine = (ChatSessionRow.id == session_id) & (ChatSessionRow.account == account_id)
        ChatSessionRow.update(updated_at=now).where(mine).execute()
        _chat(account_id, session_id)
        last = ChatMessageRow.select(fn.MAX(ChatMessageRow.position)).where(ChatMessageRow.chat == session_id)
        position = (last.scalar() or 0) + 1
        ChatMessageRow.create(chat=session_id, position=position, role="user", content=question, created_at=now)
        said = ChatMessageRow.create(
            chat=session_id, position=position + 1, role="assistant", content=answer, created_at=now,
            details=json.dumps(details),
        )  # fmt: skip
        return session_id, str(said.id)

    def take_over(self, account_id: str, chat: BrowserChat, student_id: str | None = None) -> ChatSummary:
        """Store a guest's chat with a student of the account, marked as imported. The same chat again adds only turns that it has not.

        Raises NotFound where the account is gone.
        """
        try:
            with self._database.session():
                return self._take_over(account_id, chat, student_id or account_id)
        except IntegrityError:
            raise NotFound("no_account") from None

    def _take_over(self, account_id: str, chat: BrowserChat, student_id: str) -> ChatSummary:
        now = milliseconds(self._clock)
        begun = min(now, int(chat.begun.timestamp() * 1000)) if chat.begun else now
        session_id = _taken_over_as(account_id, chat.id)
        title = chat.title or _title(chat.turns[0].question)
        ChatSessionRow.insert(
            id=session_id, account=account_id, student=student_id, title=title, created_at=begun, updated_at=now
        ).on_conflict_ignore().execute()
        # Writing the chat's row first makes the same chat sent twice at once wait (PostgreSQL too).
        ChatSessionRow.update(title=ChatSessionRow.title).where(ChatSessionRow.id == session_id).execute()
        rows = ChatMessageRow.select().where(ChatMessageRow.chat == session_id).order_by(ChatMessageRow.position)
        texts = [row.content for row in rows]
        stored = set(zip(texts[::2], texts[1::2], strict=False))
        missing = [turn for turn in chat.turns if (turn.question, turn.answer) not in stored]
        position = max((row.position for row in rows), default=0)
        for turn in missing:
            for role, content, context in (("user", turn.question, {}), ("assistant", turn.answer, turn.context)):
                position += 1
                details = {"imported": True} | ({"context": context} if context else {})
                ChatMessageRow.create(
                    chat=session_id, position=position, role=role, content=content, created_at=begun,
                    details=json.dumps(details),
                )  # fmt: skip
        if missing:
            ChatSessionRow.update(updated_at=now).where(ChatSessionRow.id == session_id).execute()
        return _summary(_chat(account_id, session_id))

    def messages(
        self, account_id: str, session_id: str | None = None, limit: int = 50, offset: int = 0,
        student_id: str | None = None,
    ) -> tuple[list[StoredMessage], int]:  # fmt: skip
        """Messages, oldest first, of one chat or of all (of one student or of all), and how many there are in all."""
        with self._database.session():
            query = ChatMessageRow.select().join(ChatSessionRow).where(ChatSessionRow.account == account_id)
            if session_id is not None:
                _chat(account_id, session_id)
                query = query.where(ChatMessageRow.chat == session_id)
            elif student_id is not None:
                query = query.where(ChatSessionRow.student == student_id)
            total = query.count()
            rows = query.order_by(ChatMessageRow.created_at, ChatMessageRow.chat, ChatMessageRow.position)
            page = list(rows.limit(limit).offset(offset))
            thumbs = FeedbackRow.select().where(FeedbackRow.message.in_([r.id for r in page]))
            ratings = {f.message_id: f.rating for f in thumbs}
            return [
                StoredMessage(
                    r.id, r.chat_id, r.role, r.content, moment(r.created_at), json.loads(r.details), ratings.get(r.id)
                )
                for r in page
            ], total

    def sessions(
        self, account_id: str, words: str = "", limit: int = 50, offset: int = 0, student_id: str | None = None
    ) -> list[ChatSummary]:
        """The chats of one student, or of all of the account, the last used first; with `words` those that hold every one of them in the title or in a
        message, in capitals or not."""
        wanted = words.split()[:MOST_WORDS]
        with self._database.session():
            query = _chats(account_id, student_id)
            for word in wanted:
                said = ChatMessageRow.select().where(
                    ChatMessageRow.chat == ChatSessionRow.id, ChatMessageRow.content.contains(word)
                )
                query = query.where(ChatSessionRow.title.contains(word) | fn.EXISTS(said))
            rows = list(query.order_by(ChatSessionRow.updated_at.desc(), ChatSessionRow.id).limit(limit).offset(offset))
            snippets = _snippets([r.id for r in rows], wanted)
            return [_summary(r, snippets.get(r.id, "")) for r in rows]

    def change(
        self, account_id: str, session_id: str, *, title: str | None = None, kept: bool | None = None
    ) -> ChatSummary:
        """Give a chat another title, or keep it for longer than CHAT_LIFE."""
        with self._database.session():
            row = _chat(account_id, session_id)
            row.title = row.title if title is None else title
            row.kept = row.kept if kept is None else kept
            row.save(only=[ChatSessionRow.title, ChatSessionRow.kept])
            return _summary(row)

    def sweep(self) -> None:
        """Delete the chats whose last turn is older than CHAT_LIFE, unless they are kept; at most once an hour."""
        now = milliseconds(self._clock)
        if now - self._swept < SWEEP_EVERY // MILLISECOND:
            return
        self._swept = now
        with self._database.session():
            ChatSessionRow.delete().where(
                ChatSessionRow.updated_at < now - CHAT_LIFE // MILLISECOND, ~ChatSessionRow.kept
            ).execute()

    def session(self, account_id: str, session_id: str) -> ChatSummary:
        """One chat of the account; NotFound for an unknown id and another account's alike."""
        with self._database.session():
            return _summary(_chat(account_id, session_id))

    def last_details(self, account_id: str, session_id: str) -> dict[str, Any]:
        """What the latest answer of a chat left for the next turn."""
        with self._database.session():
            _chat(account_id, session_id)
            row = (
                ChatMessageRow.select()
                .where(ChatMessageRow.chat == session_id, ChatMessageRow.role == "assistant")
                .order_by(ChatMessageRow.position.desc())
                .first()
            )
            return dict(json.loads(row.details)) if row else {}

    def take_back(self, account_id: str, session_id: str, turns: int) -> None:
        """Delete the last `turns` questions of a chat with their answers; a chat left without any is deleted, unless the
        student gave it a title."""
        with self._database.session():
            chat = _chat(account_id, session_id)
            rows = ChatMessageRow.select().where(ChatMessageRow.chat == session_id, ChatMessageRow.role == "user")
            asked = list(rows.order_by(ChatMessageRow.position))
            if turns >= len(asked) and chat.title == (_title(asked[0].content) if asked else ""):
                chat.delete_instance()
            elif asked and turns > 0:
                first = asked[-min(turns, len(asked))].position
                ChatMessageRow.delete().where(
                    ChatMessageRow.chat == session_id, ChatMessageRow.position >= first
                ).execute()

    def delete_session(self, account_id: str, session_id: str) -> None:
        """Delete one chat with its messages."""
        with self._database.session():
            _chat(account_id, session_id).delete_instance()

    def delete_all(self, account_id: str, student_id: str | None = None) -> None:
        """Delete every chat of one student, or of all of the account."""
        with self._database.session():
            ChatSessionRow.delete().where(ChatSessionRow.id.in_(_chats(account_id, student_id))).execute()

    def feedback(
        self, account_id: str, message_id: str, rating: str, comment: str | None, reasons: Sequence[str] = ()
    ) -> None:
        """Put a thumb up or down for an answer of the account's own chats into the review list; the latest one counts."""
        with self._database.session():
            row = (
                ChatMessageRow.select()
                .join(ChatSessionRow)
                .where(ChatMessageRow.id == message_id, ChatSessionRow.account == account_id)
                .first()
            )
            if row is None:
                raise NotFound("no_message")
            FeedbackRow.delete().where(FeedbackRow.message == message_id).execute()
            self._add_feedback(message=message_id, rating=rating, comment=comment, reasons=reasons)

    def guest_feedback(
        self, question: str, answer: str, rating: str, comment: str | None, reasons: Sequence[str] = ()
    ) -> None:
        """Put a guest's thumb into the review list, with the question and answer that they sent along."""
        with self._database.session():
            self._add_feedback(question=question, answer=answer, rating=rating, comment=comment, reasons=reasons)

    def _add_feedback(self, reasons: Sequence[str], **values: Any) -> None:
        FeedbackRow.create(**values, reasons=json.dumps(list(reasons)), created_at=milliseconds(self._clock))


def _chats(account_id: str, student_id: str | None) -> Any:
    chats = ChatSessionRow.select().where(ChatSessionRow.account == account_id)
    return chats if student_id is None else chats.where(ChatSessionRow.student == student_id)


def _title(question: str) -> str:
    """A chat's title until the student gives it another one."""
    return " ".join(question.split())[:TITLE_LENGTH]


def _taken_over_as(account_id: str, browser_id: str) -> str:
    """The id of a guest's chat in an account: always the same, and nobody else's."""
    return hashlib.sha256(f"{account_id}:{browser_id}".encode()).hexdigest()[:32]


def _summary(row: ChatSessionRow, snippet: str = "") -> ChatSummary:
    return ChatSummary(
        row.id, str(row.student_id), row.title, moment(row.created_at), moment(row.updated_at), row.kept, snippet
    )


def _snippets(chat_ids: Sequence[str], words: Sequence[str]) -> dict[str, str]:
    """Per chat, a line of the message that holds most of the words, the first one of those."""
    if not words:
        return {}
    said = reduce(or_, (ChatMessageRow.content.contains(word) for word in words))
    rows = ChatMessageRow.select().where(ChatMessageRow.chat.in_(chat_ids), said)
    best: dict[str, tuple[int, str]] = {}
    for row in rows.order_by(ChatMessageRow.position):
        held = sum(word.lower() in row.content.lower() for word in words)
        if held > best.get(row.chat_id, (0, ""))[0]:
            best[row.chat_id] = held, row.content
    return {chat_id: _around(content, words) for chat_id, (_, content) in best.items()}


def _around(text: str, words: Sequence[str]) -> str:
    """A line of the text around the words together, or the longest of them, without the signs of Markdown."""
    plain = " ".join(re.sub(r"[*_#`>|]+", " ", text).split())
    wanted = (" ".join(words), *sorted(words, key=len, reverse=True))
    place = next(filter(None, (re.search(re.escape(w), plain, re.IGNORECASE) for w in wanted)), None)
    start, end = max(0, (place.start() if place else 0) - BEFORE), (place.end() if place else 0) + AFTER
    return f"{'… ' if start else ''}{plain[start:end].strip()}{' …' if end < len(plain) else ''}"


def _chat(account_id: str, session_id: str) -> ChatSessionRow:
    row = ChatSessionRow.get_or_none(ChatSessionRow.id == session_id, ChatSessionRow.account == account_id)
    if row is None:
        raise NotFound("chat_gone")
    return row
