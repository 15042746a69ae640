"""Chats of signed-in students; a question and its answer are saved together or not at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import IntegrityError, fn

from backend.accounts import milliseconds, moment
from backend.clock import Clock
from backend.database import Database
from backend.errors import NotFound
from backend.models import ChatMessageRow, ChatSessionRow, FeedbackRow

TITLE_LENGTH = 60
CHAT_GONE = "This chat is not here any more. Send the message without sessionId to start a new one."
"""Said of unknown, ended and foreign chats alike."""


@dataclass(frozen=True)
class StoredMessage:
    """One stored message; `role` is user or assistant."""

    id: str
    session_id: str
    role: str
    content: str
    created_at: datetime


@dataclass(frozen=True)
class ChatSummary:
    """One stored chat."""

    id: str
    title: str
    created_at: datetime


class ChatHistory:
    """The stored chats; every call names the account and sees only its own."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def append(
        self, account_id: str, session_id: str | None, question: str, answer: str, details: Mapping[str, Any]
    ) -> tuple[str, str]:
        """Save one turn, in a new chat where `session_id` is None; gives the chat's and the answer's ids.

        Raises NotFound where the chat is not the account's, or the account is gone.
        """
        try:
            with self._database.session():
                return self._append(account_id, session_id, question, answer, details)
        except IntegrityError:
            raise NotFound("This account does not exist any more.") from None

    def _append(
        self, account_id: str, session_id: str | None, question: str, answer: str, details: Mapping[str, Any]
    ) -> tuple[str, str]:
        now = milliseconds(self._clock)
        if session_id is None:
            title = " ".join(question.split())[:TITLE_LENGTH]
            session_id = str(ChatSessionRow.create(account=account_id, title=title, created_at=now).id)
        # Writing the chat's row first makes parallel turns of one chat wait for each other (PostgreSQL too).
        ChatSessionRow.update(title=ChatSessionRow.title).where(ChatSessionRow.id == session_id).execute()
        _chat(account_id, session_id)
        last = ChatMessageRow.select(fn.MAX(ChatMessageRow.position)).where(ChatMessageRow.chat == session_id)
        position = (last.scalar() or 0) + 1
        ChatMessageRow.create(chat=session_id, position=position, role="user", content=question, created_at=now)
        row = ChatMessageRow.create(
            chat=session_id, position=position + 1, role="assistant", content=answer, created_at=now,
            details=json.dumps(details),
        )  # fmt: skip
        return session_id, str(row.id)

    def messages(
        self, account_id: str, session_id: str | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[list[StoredMessage], int]:
        """Messages, oldest first, of one chat or of all, and how many there are in all."""
        with self._database.session():
            query = ChatMessageRow.select().join(ChatSessionRow).where(ChatSessionRow.account == account_id)
            if session_id is not None:
                _chat(account_id, session_id)
                query = query.where(ChatMessageRow.chat == session_id)
            total = query.count()
            rows = query.order_by(ChatMessageRow.created_at, ChatMessageRow.chat, ChatMessageRow.position)
            return [
                StoredMessage(r.id, r.chat_id, r.role, r.content, moment(r.created_at))
                for r in rows.limit(limit).offset(offset)
            ], total

    def sessions(self, account_id: str) -> list[ChatSummary]:
        """The account's chats, newest first."""
        with self._database.session():
            rows = ChatSessionRow.select().where(ChatSessionRow.account == account_id)
            return [
                ChatSummary(r.id, r.title, moment(r.created_at))
                for r in rows.order_by(ChatSessionRow.created_at.desc())
            ]

    def session(self, account_id: str, session_id: str) -> ChatSummary:
        """One chat of the account; NotFound for an unknown id and another account's alike."""
        with self._database.session():
            row = _chat(account_id, session_id)
            return ChatSummary(row.id, row.title, moment(row.created_at))

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

    def delete_session(self, account_id: str, session_id: str) -> None:
        """Delete one chat with its messages."""
        with self._database.session():
            _chat(account_id, session_id).delete_instance()

    def delete_all(self, account_id: str) -> None:
        """Delete every chat of the account."""
        with self._database.session():
            ChatSessionRow.delete().where(ChatSessionRow.account == account_id).execute()

    def feedback(self, account_id: str, message_id: str, rating: str, comment: str | None) -> None:
        """Keep a thumb up or down for an answer of the account's own chats; the latest one counts."""
        with self._database.session():
            row = (
                ChatMessageRow.select()
                .join(ChatSessionRow)
                .where(ChatMessageRow.id == message_id, ChatSessionRow.account == account_id)
                .first()
            )
            if row is None:
                raise NotFound("There is no message with this id.")
            FeedbackRow.delete().where(FeedbackRow.message == message_id).execute()
            FeedbackRow.create(message=message_id, rating=rating, comment=comment, created_at=milliseconds(self._clock))


def _chat(account_id: str, session_id: str) -> ChatSessionRow:
    row = ChatSessionRow.get_or_none(ChatSessionRow.id == session_id, ChatSessionRow.account == account_id)
    if row is None:
        raise NotFound(CHAT_GONE)
    return row
