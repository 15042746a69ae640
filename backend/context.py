"""What a chat remembers between turns, and the chats of guests (in memory only)."""

import threading
from collections import OrderedDict
from dataclasses import asdict, dataclass, field
from typing import Any

from backend.profile import Profile

GUEST_SESSIONS = 5_000
GUEST_IDLE_S = 2 * 3600
MOST_TURNS = 50
"""Turns of one guest's chat that can be taken back."""


@dataclass(frozen=True)
class Context:
    """What a chat knows before a turn: the student, the records last shown (in order), the one in focus, those spoken of
    one by one before (the latest first), the words that the last list was made for, the last kind of question, and the
    model's latest sentences, which are not shown twice, the language that answers were asked for in, all that was listed
    since the last list of another kind (what "more" leaves out), the gender in which the student speaks, and that of the sister or brother whom the chat is about."""

    profile: Profile = Profile()
    shown: tuple[str, ...] = ()
    focus: str | None = None
    language: str | None = None
    recent: tuple[str, ...] = ()
    topic: str = ""
    intent: str = ""
    said: tuple[str, ...] = ()
    reply_in: str | None = None
    listed: tuple[str, ...] = ()
    speaks_as: str | None = None
    kin: str | None = None

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Context":
        """From the built-ins that `stored` gave; missing parts are as in a new chat."""
        profile = Profile.of(stored.get("profile") or {})
        return cls(
            profile, tuple(stored.get("shown") or ()), stored.get("focus"), stored.get("language"),
            tuple(stored.get("recent") or ()), stored.get("topic") or "", stored.get("intent") or "",
            tuple(stored.get("said") or ()), stored.get("reply_in"), tuple(stored.get("listed") or ()),
            stored.get("speaks_as"), stored.get("kin"),
        )  # fmt: skip

    def stored(self) -> dict[str, Any]:
        """As built-ins, to be kept beside an answer."""
        return asdict(self)


@dataclass
class _GuestChat:
    seen: float
    turns: list[Context]


@dataclass
class GuestChats:
    """Chats of guests: in memory only, the longest idle forgotten first; ids are random and cannot be guessed."""

    chats: OrderedDict[str, _GuestChat] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, session_id: str, now: float) -> Context | None:
        """What the chat knows; None for an unknown or long idle one. `now` in seconds."""
        with self.lock:
            chat = self._alive(session_id, now)
            return (chat.turns[-1] if chat.turns else Context()) if chat else None

    def put(self, session_id: str, context: Context, now: float) -> None:
        """Keep what the chat knows after one more turn."""
        with self.lock:
            chat = self._alive(session_id, now) or _GuestChat(now, [])
            chat.seen = now
            chat.turns = [*chat.turns, context][-MOST_TURNS:]
            self.chats[session_id] = chat
            self.chats.move_to_end(session_id)
            while len(self.chats) > GUEST_SESSIONS:
                self.chats.popitem(last=False)

    def take_back(self, session_id: str, turns: int, now: float) -> bool:
        """Forget the last `turns` turns; False for an unknown chat."""
        with self.lock:
            chat = self._alive(session_id, now)
            if chat and turns > 0:
                del chat.turns[-turns:]
            return chat is not None

    def _alive(self, session_id: str, now: float) -> _GuestChat | None:
        chat = self.chats.get(session_id)
        return chat if chat and now - chat.seen <= GUEST_IDLE_S else None
