"""What the Chat tab asks of the operations, for a caller and a conversation."""

import contextlib
from collections.abc import Generator
from typing import Any

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.catalogue import Scholarship
from backend.errors import NotFound, ValidationFailed
from backend.privacy import mask_private
from backend.services import Services
from backend.sessions import Caller
from ui.cards import card_list
from ui.common import Json, event_text, event_value
from ui.conversation import Conversation, of_browser, of_session
from ui.strings import t

DEADLINES_SHOWN = 3
DEADLINE_DAYS = 60


def no_cards() -> str:
    """What stands where an answer is about no scholarship."""
    return f'<p class="hint">{t.NO_REPLY_CARDS}</p>'


class ChatCalls:
    """The operations behind the tab; each raises AppError."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def caller(self, request: gr.Request) -> Caller | None:
        """Who calls."""
        return caller_of(self._services, request)

    def pieces(self, caller: Caller | None, message: str, now: Conversation) -> Generator[str | Json, None, None]:
        """An answer's pieces; a chat that is gone is begun anew with what is known of the student."""
        profile = s.ProfileInput.model_validate(now.corrections)
        given = s.ChatInput(message=message, session_id=now.session, profile=profile, forget=now.forgotten)
        try:
            yield from do.chat(self._services, caller, given)
        except NotFound:
            if now.session is None:
                raise
            known = s.ProfileInput.model_validate(now.known)
            yield from do.chat(self._services, caller, given.model_copy(update={"session_id": None, "profile": known}))

    def take_back(self, caller: Caller | None, now: Conversation, turn: int) -> Conversation:
        """The conversation as it was before a turn, on the server too."""
        count = now.on_server_from(turn)
        if now.session and count:
            with contextlib.suppress(NotFound):  # a chat that the server forgot has nothing to take back
                do.take_back(self._services, caller, now.session, s.TakeBackInput(last=count))
        return now.first(turn)

    def opened(self, caller: Caller | None, event: gr.EventData) -> Conversation:
        """The chat that was picked in the list."""
        if caller is None:
            kept = of_browser(event_value(event, "chat"))
            if kept is None:
                raise ValidationFailed("chat_not_opened")
            return kept
        return self.of_account(caller, event_text(event, "id"))

    def of_account(self, caller: Caller | None, chat_id: str) -> Conversation:
        """A chat of the account; its last messages where it is long."""
        found = do.chat_session(self._services, caller, chat_id)
        if found["total"] > len(found["messages"]):
            found = do.chat_session(self._services, caller, chat_id, offset=found["total"] - do.OPENED)
        return of_session(found)

    def stored(self, caller: Caller | None) -> tuple[Json, bool]:
        """The profile in the account, and whether chats may add to it."""
        if caller is None:
            return {}, False
        user = do.me(self._services, caller, s.ForStudent())
        return user["profile"], user["rememberProfile"]

    def rate(self, caller: Caller | None, now: Conversation, turn: int, rating: str, **why: Any) -> None:
        """Put a thumb into the review list; a guest's answer goes along, as it is not stored."""
        about = now.turns[turn]
        if caller is not None and about.message_id:
            given = {"message_id": about.message_id}
        else:
            given = {"question": mask_private(about.question)[0][:2000], "answer": about.answer[:10_000]}
        do.chat_feedback(self._services, caller, s.FeedbackInput.model_validate({"rating": rating, **given, **why}))

    def name_of(self, event: gr.EventData) -> str:
        """The name on the card that was tapped."""
        record = do.get_scholarship(self._services, None, s.ScholarshipInput(id=event_text(event, "id")))
        return str(record["name"])

    def records(self, ids: tuple[str, ...]) -> list[Scholarship]:
        """The records of these ids that are in the catalogue."""
        known = self._services.catalogue.by_id
        return [known[x] for x in ids if x in known]

    def cards(self, caller: Caller | None, ids: tuple[str, ...]) -> str:
        """Cards of the records that an answer showed; those that left the catalogue are passed over."""
        found = []
        for scholarship_id in ids:
            with contextlib.suppress(NotFound):
                given = s.ScholarshipInput(id=scholarship_id)
                found.append(do.get_scholarship(self._services, caller, given) | {"match": None})
        return card_list(self._services.catalogue, found, no_cards())

    def reply_cards(self, reply: Json) -> str:
        """Cards of the records of an answer (ChatReply)."""
        return card_list(self._services.catalogue, reply["scholarships"], no_cards())

    def coming_up(self, caller: Caller | None) -> str:
        """Cards of the next deadlines."""
        found = do.upcoming_deadlines(self._services, caller, s.DeadlinesInput(within=DEADLINE_DAYS, citizenship="IN"))
        shown = found["scholarships"][:DEADLINES_SHOWN]
        return card_list(
            self._services.catalogue, [{**x, "match": None} for x in shown]
        )  # the verdict would be on the citizenship alone
