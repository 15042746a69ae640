"""The chat that the page shows, as one value: its turns, what is known of the student, corrections not yet sent.

A guest's chat is kept by the browser (`kept`, `of_browser`), a student's by the server (`of_session`).
"""

import json
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from backend.api import schemas as s
from ui.common import Json

MOST_BYTES = 40_000
"""Of a guest's chat in the browser, which comes back as one request (64 KB at most)."""
MOST_TURNS = 60


@dataclass(frozen=True)
class Turn:
    """A question and its answer ('' until one came); `profile` is what was known after it, `shown` the ids of its
    scholarships, `cited` its citations (of an answer that was just given), `on_server` whether the server remembers it (a
    stopped one is nowhere but on the page)."""

    question: str
    answer: str = ""
    profile: Json = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    cited: tuple[Json, ...] = ()
    message_id: str | None = None
    on_server: bool = False
    rating: str | None = None


@dataclass(frozen=True)
class Conversation:
    """`id` names it in the list of chats, `session` on the server; `base` is what was known before its first turn.

    `by_hand` are the profile fields (camelCase) that the student corrected by hand and did not speak of since; None stands
    for a field not to be used. What of them the last answer did not know yet goes along with the next question.
    """

    id: str = ""
    session: str | None = None
    turns: tuple[Turn, ...] = ()
    base: Json = field(default_factory=dict)
    by_hand: Json = field(default_factory=dict)

    @property
    def known(self) -> Json:
        """What is known of the student, with the corrections."""
        gone = {*self.forgotten, *(["incomeCurrency"] if "familyIncome" in self.forgotten else [])}
        return {name: value for name, value in self._learned.items() if name not in gone} | self.corrections

    @property
    def corrections(self) -> Json:
        """The fields to be corrected with the next question."""
        return {name: value for name, value in self.by_hand.items() if value not in (None, self._learned.get(name))}

    @property
    def forgotten(self) -> list[str]:
        """The fields to be forgotten with the next question."""
        return [name for name, value in self.by_hand.items() if value is None and name in self._learned]

    @property
    def _learned(self) -> Json:
        """What the last answer knew."""
        return next((turn.profile for turn in reversed(self.turns) if turn.on_server), filled(self.base))

    def asked(self, question: str) -> "Conversation":
        """With one more question."""
        return replace(self, turns=(*self.turns, Turn(question)))

    def streaming(self, text: str) -> "Conversation":
        """With the answer as far as it came."""
        return self._last(replace(self.turns[-1], answer=text))

    def answered(self, reply: Json) -> "Conversation":
        """With the whole answer (ChatReply)."""
        profile = filled(reply["profile"])
        last = replace(
            self.turns[-1], answer=reply["message"], profile=profile, message_id=reply["messageId"], on_server=True,
            shown=tuple(record["id"] for record in reply["scholarships"]), cited=tuple(reply["citations"]),
        )  # fmt: skip
        session = reply["sessionId"]
        chat = session if reply["messageId"] else self.id or token_hex(8)
        still = {name: value for name, value in self.by_hand.items() if profile.get(name) == value}
        return replace(self._last(last), id=chat, session=session, by_hand=still)

    def first(self, turns: int) -> "Conversation":
        """With its first `turns` turns only."""
        return replace(self, turns=self.turns[:turns])

    def on_server_from(self, turn: int) -> int:
        """How many turns from this place on the server remembers."""
        return sum(x.on_server for x in self.turns[turn:])

    def rated(self, turn: int, rating: str) -> "Conversation":
        """With a thumb at a turn."""
        turns = list(self.turns)
        turns[turn] = replace(turns[turn], rating=rating)
        return replace(self, turns=tuple(turns))

    def corrected(self, wanted: Json) -> "Conversation":
        """Known as `wanted` says, field by field; an empty value forgets the field."""
        old, new = filled(self.known), filled(wanted)
        by_hand = self.by_hand | {name: new.get(name) for name in wanted if new.get(name) != old.get(name)}
        if by_hand.get("familyIncome", "") is None:
            by_hand.pop("incomeCurrency", None)
        return replace(self, by_hand=by_hand)

    def kept(self) -> str:
        """As JSON for the browser's own list; where it grew too long the oldest turns are left out."""
        turns = [
            {
                "question": x.question, "answer": x.answer, "profile": x.profile, "shown": list(x.shown),
                "on_server": x.on_server, "rating": x.rating,
            }
            for x in self.turns[-MOST_TURNS:]
        ]  # fmt: skip
        while True:
            text = json.dumps({"id": self.id, "session": self.session, "turns": turns}, ensure_ascii=False)
            if len(turns) <= 1 or len(text.encode()) <= MOST_BYTES:
                return text
            turns = turns[1:]

    def _last(self, turn: Turn) -> "Conversation":
        return replace(self, turns=(*self.turns[:-1], turn))


class _KeptTurn(BaseModel):
    question: str = Field(max_length=4000)
    answer: str = Field(max_length=50_000)
    profile: s.ProfileInput = s.ProfileInput()
    shown: list[s.Id] = Field([], max_length=50)
    on_server: bool = False
    rating: Literal["up", "down"] | None = None


class _KeptChat(BaseModel):
    id: s.Id
    session: s.Id | None = None
    turns: list[_KeptTurn] = Field(max_length=MOST_TURNS)


def of_browser(kept: object) -> Conversation | None:
    """A guest's chat as the browser gave it back; None for anything else (any client may send anything)."""
    try:
        chat = _KeptChat.model_validate(kept)
    except ValidationError:
        return None
    return Conversation(
        chat.id, chat.session,
        tuple(
            Turn(
                x.question, x.answer, filled(x.profile.model_dump(mode="json", by_alias=True)), tuple(x.shown),
                on_server=x.on_server, rating=x.rating,
            )
            for x in chat.turns
        ),
    )  # fmt: skip


def of_session(opened: Json) -> Conversation:
    """A student's chat as the server gives it."""
    messages = opened["messages"]
    turns = [
        Turn(
            question["content"], answer["content"], filled(answer["profile"]), tuple(answer["scholarshipIds"]),
            message_id=answer["id"], on_server=True, rating=answer["rating"],
        )
        for question, answer in zip(messages[::2], messages[1::2], strict=False)
    ]  # fmt: skip
    return Conversation(opened["id"], opened["id"], tuple(turns))


def filled(profile: Json) -> Json:
    """Only what is known of a profile."""
    return {name: value for name, value in profile.items() if value not in (None, [], "")}
