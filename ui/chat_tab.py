"""The Chat tab: one question in, an answer with its cards out."""

import contextlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.errors import AppError, NotFound
from backend.services import Services
from backend.sessions import Caller
from ui import strings as t
from ui.cards import CARD_SCRIPT, card_list, chips, known_line
from ui.common import PRIVATE, Json, event_text, html, sentence, warn
from ui.render import catalogue_hosts, safe_markdown

DEADLINES_SHOWN = 3
DEADLINE_DAYS = 60
_TO_QUESTION = """() => { const log = document.querySelector('#chat-window [role=log]');
  const mine = log ? [...log.querySelectorAll('.message.user, .user-row')].pop() : null;
  if (mine) log.scrollTop += mine.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
  if (window.innerWidth <= 640) document.querySelector('#chat-window').scrollIntoView({block: 'start'}); return []; }"""
"""After an answer the question stands on top, so that reading starts at the answer's first line."""


@dataclass(frozen=True)
class ChatTab:
    """What the page wires to other tabs."""

    cards: gr.HTML
    chips: gr.HTML
    side_title: gr.Markdown


class _Chat:
    """The handlers; `turns` are raw messages, escaped only where they are shown."""

    def __init__(self, services: Services) -> None:
        self._services = services
        rows = services.catalogue.scholarships
        self._hosts = catalogue_hosts([u for r in rows for u in (r.application_url, r.source_url)])

    def shown(self, turns: list[Json]) -> list[Json]:
        """The turns as the chatbot shows them."""
        return [
            {"role": x["role"], "content": safe_markdown(x["content"], self._hosts if x["role"] == "assistant" else ())}
            for x in turns
        ]

    def begin(self, message: str, turns: list[Json]) -> tuple[Any, ...]:
        """Show the question at once and empty the box; an empty question changes nothing."""
        message = message.strip()
        if not message:
            return gr.skip(), turns, "", gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        turns = [*turns, {"role": "user", "content": message}]
        waiting = [*self.shown(turns), {"role": "assistant", "content": t.THINKING}]
        return "", turns, message, waiting, gr.Button(visible=False), gr.Button(visible=True), "", ""

    def answer(self, message: str, turns: list[Json], session_id: str | None, request: gr.Request) -> Iterator[Json]:
        """Stream the answer: named values for the tab's outputs."""
        yield {}  # at once, so that a cancel closes this generator; and a generator must yield something
        if not message:
            return
        reply: Json = {}
        text = ""
        try:
            caller = caller_of(self._services, request)
            with contextlib.closing(self._pieces(caller, message, session_id)) as pieces:
                for piece in pieces:
                    if isinstance(piece, str):
                        text += piece
                        if piece:
                            yield {"turns": [*turns, {"role": "assistant", "content": text}]}
                    else:
                        reply = piece
        except Exception as error:
            warn(error)
            yield {
                "turns": turns[:-1],
                "box": message,
                "idle": True,
                "chips": chips(t.STARTERS, t.TRY_ONE),
                "note": sentence(error) if isinstance(error, AppError) else t.BUSY,
            }
            return
        found = reply["scholarships"]
        yield {
            "turns": [*turns, {"role": "assistant", "content": reply["message"]}], "session": reply["sessionId"],
            "cards": card_list(found, f'<p class="hint">{t.NO_REPLY_CARDS}</p>'), "title": t.REPLY_CARDS,
            "known": known_line(reply["profile"]), "chips": chips(reply["suggestions"], t.GO_ON), "idle": True,
            "note": t.FROM_MODEL if reply["engine"] == "model" else t.FROM_CATALOGUE,
        }  # fmt: skip

    def _pieces(self, caller: Caller | None, message: str, session_id: str | None) -> Generator[str | Json, None, None]:
        """The operation's pieces; a chat that is gone is begun anew."""
        given = s.ChatInput(message=message, session_id=session_id)
        try:
            yield from do.chat(self._services, caller, given)
        except NotFound:
            if session_id is None:
                raise
            yield from do.chat(self._services, caller, s.ChatInput(message=message, session_id=None))

    def coming_up(self, caller: Caller | None) -> str:
        """Cards of the next deadlines."""
        found = do.upcoming_deadlines(self._services, caller, s.DeadlinesInput(within=DEADLINE_DAYS, citizenship="IN"))
        shown = found["scholarships"][:DEADLINES_SHOWN]
        return card_list([{**x, "match": None} for x in shown])  # the verdict would be on the citizenship alone

    def named(self, event: gr.EventData) -> str:
        """The question about the card that was tapped."""
        try:
            record = do.get_scholarship(self._services, None, s.ScholarshipInput(id=event_text(event, "id")))
        except Exception as error:
            warn(error)
            return ""
        return t.ASK_ABOUT.format(name=record["name"])


def build(services: Services, tabs: gr.Tabs, other_cards: list[gr.HTML], request_load: Any) -> ChatTab:
    """Build the tab inside the open Blocks; cards of other tabs may ask too."""
    chat = _Chat(services)
    session = gr.State(None)
    turns = gr.State([])
    pending = gr.State("")
    with gr.Row(elem_classes="two-columns"):
        with gr.Column(scale=3, min_width=300, elem_classes="chat-column"):
            known = html("", "chat-known")
            window = gr.Chatbot(
                label=t.CHAT_LABEL, show_label=False, height="min(56vh, 540px)", layout="bubble", buttons=["copy"],
                placeholder=t.CHAT_EMPTY, elem_id="chat-window", autoscroll=False, allow_tags=False, latex_delimiters=[],
            )  # fmt: skip
            note = gr.Markdown("", elem_classes="note", elem_id="chat-note")
            chip_row = html(chips(t.STARTERS, t.TRY_ONE), "chat-chips", CARD_SCRIPT)
            with gr.Row(elem_classes="composer", equal_height=False):
                box = gr.Textbox(
                    label=t.CHAT_INPUT_LABEL, placeholder=t.CHAT_PLACEHOLDER, lines=1, max_lines=5, scale=5,
                    min_width=180, max_length=2000, autofocus=False, elem_id="chat-box", container=True,
                )  # fmt: skip
                send = gr.Button(t.SEND, variant="primary", scale=0, min_width=88, elem_id="chat-send")
                stop = gr.Button(t.STOP, variant="stop", scale=0, min_width=88, visible=False, elem_id="chat-stop")
            fresh = gr.Button(t.NEW_CHAT, size="sm", elem_classes="quiet-button", elem_id="chat-new")
        with gr.Column(scale=2, min_width=300, elem_classes="side-column"):
            title = gr.Markdown(f"## {t.COMING_UP}", elem_classes="side-title")
            cards = html("", "chat-cards", CARD_SCRIPT)

    begun = [box, turns, pending, window, send, stop, chip_row, note]
    outputs = [window, turns, session, cards, title, known, chip_row, note, box, send, stop]

    def answer(
        message: str, past: list[Json], session_id: str | None, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        for now in chat.answer(message, past, session_id, request):
            new_turns = now.get("turns")
            idle = now.get("idle")
            yield (
                chat.shown(new_turns) if new_turns is not None else gr.skip(),
                new_turns if new_turns is not None else gr.skip(),
                now.get("session", gr.skip()),
                now.get("cards", gr.skip()),
                f"## {now['title']}" if "title" in now else gr.skip(),
                now.get("known", gr.skip()),
                now.get("chips", gr.skip()),
                now.get("note", gr.skip()),
                now.get("box", gr.skip()),
                gr.Button(visible=True) if idle else gr.skip(),
                gr.Button(visible=False) if idle else gr.skip(),
            )

    def picked(past: list[Json], event: gr.EventData) -> tuple[Any, ...]:
        return (*chat.begin(event_text(event, "text"), past)[1:],)

    def asked(past: list[Json], event: gr.EventData) -> tuple[Any, ...]:
        return (gr.Tabs(selected="chat"), *chat.begin(chat.named(event), past)[1:])

    def again(past: list[Json]) -> tuple[Any, ...]:
        last = max((i for i, x in enumerate(past) if x["role"] == "user"), default=None)
        if last is None:
            return (*chat.begin("", past)[1:],)
        return (*chat.begin(past[last]["content"], past[:last])[1:],)

    def stopped() -> tuple[Any, ...]:
        return t.STOPPED, gr.Button(visible=True), gr.Button(visible=False)

    def new_chat(request: gr.Request) -> tuple[Any, ...]:
        try:
            side = chat.coming_up(caller_of(services, request))
        except Exception as error:
            warn(error)
            side = ""
        return (
            [], [], None, side, f"## {t.COMING_UP}", "", chips(t.STARTERS, t.TRY_ONE), "", gr.skip(),
            gr.Button(visible=True), gr.Button(visible=False),
        )  # fmt: skip

    runs = []
    for first in (
        box.submit(chat.begin, [box, turns], begun, queue=False, **PRIVATE),
        send.click(chat.begin, [box, turns], begun, queue=False, **PRIVATE),
        chip_row.pick(picked, [turns], begun[1:], queue=False, **PRIVATE),
        window.retry(again, [turns], begun[1:], queue=False, **PRIVATE),
        *(c.ask(asked, [turns], [tabs, *begun[1:]], queue=False, **PRIVATE) for c in (cards, *other_cards)),
    ):
        run = first.then(
            answer, [pending, turns, session], outputs, concurrency_limit=8, concurrency_id="chat", **PRIVATE
        )
        run.then(None, None, None, js=_TO_QUESTION, **PRIVATE)
        runs.append(run)
    stop.click(stopped, None, [note, send, stop], cancels=runs, queue=False, **PRIVATE)
    for renew in (fresh.click, window.clear):
        renew(new_chat, None, outputs, cancels=runs, queue=False, **PRIVATE)
    request_load(lambda request: chat.coming_up(caller_of(services, request)), cards)
    return ChatTab(cards, chip_row, title)
