"""What happens in the Chat tab: each event takes the conversation and gives what changes on the page."""

import contextlib
import functools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

import gradio as gr

from backend.api import schemas as s
from backend.errors import AppError, NotFound, ValidationFailed
from backend.privacy import mask_private
from backend.reader import read
from backend.services import Services
from backend.sessions import Caller
from ui import profile_form
from ui.cards import chips
from ui.chat_answer import answer_markdown
from ui.chat_calls import ChatCalls
from ui.chat_view import known_chips, thumb_done, thumb_form
from ui.common import Json, View, event_text, event_value, sentence, warn
from ui.conversation import Conversation, Turn, filled
from ui.render import as_typed, catalogue_hosts, safe_markdown
from ui.strings import page_language, t

STREAM_EVERY_S = 0.05
"""Each yield draws the answer anew, so pieces are gathered for a moment."""
NOBODY = "?"
"""Whose page it is before the server said so."""
_RATINGS = {"up": "Like", "down": "Dislike"}


@dataclass
class Order:
    """Which answer is wanted now; the same object for all events of a page, so that a running answer sees that it is not
    wanted any more. (Gradio's own `cancels` asks the server to cancel even where nothing runs, and gets an error.)"""

    ticket: str = ""


@dataclass(frozen=True)
class Parts:
    """The tab's components; `fields` are those of the form about the student.

    `said` is one turn of the conversation, which the page's script puts into the window: a small message however long the
    chat is (Gradio would send the whole of it with each change). `ticket` is a number that orders an answer, `kept` is what the list of chats is told of the conversation, `owner` whose
    page it is, `learned` a number that changes when an answer may have added to the stored profile.
    """

    conversation: gr.State
    pending: gr.State
    thumb: gr.State
    order: gr.State
    past: gr.HTML
    window: gr.Chatbot
    said: gr.Textbox
    note: gr.Markdown
    why: gr.HTML
    chip_row: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    known: gr.HTML
    form: gr.Column
    fields: list[Any]
    use: gr.Button
    leave: gr.Button
    remember: gr.Checkbox
    title: gr.Markdown
    cards: gr.HTML
    ticket: gr.Textbox
    kept: gr.Textbox
    owner: gr.Textbox
    learned: gr.Textbox

    @property
    def asking(self) -> list[Any]:
        """What a question changes."""
        return [
            self.conversation, self.pending, self.thumb, self.said, self.note, self.why, self.chip_row, self.box, self.send,
            self.stop, self.known, self.form, self.ticket,
        ]  # fmt: skip

    @property
    def answering(self) -> list[Any]:
        """What an answer changes."""
        return [
            self.conversation, self.said, self.window, self.note, self.chip_row, self.box, self.send, self.stop, self.known,
            self.title, self.cards, self.kept, self.learned,
        ]  # fmt: skip

    @property
    def whole(self) -> list[Any]:
        """What another conversation changes."""
        return [*self.asking, self.window, self.title, self.cards, self.kept]

    @property
    def about(self) -> list[Any]:
        """What a correction changes."""
        return [self.conversation, self.known, self.note, self.form]


def careful(handler: Callable[..., View]) -> Callable[..., View]:
    """The handler with any error as a notice on the page, which stays as it is."""

    @functools.wraps(handler)
    def call(self: "ChatEvents", *given: Any) -> View:
        try:
            return handler(self, *given)
        except Exception as error:
            warn(error)
            return {self.parts.note: gr.skip()}

    return call


class ChatEvents:
    """The handlers of one page."""

    def __init__(self, services: Services, parts: Parts) -> None:
        self.parts = parts
        self._calls = ChatCalls(services)
        rows = services.catalogue.scholarships
        self._hosts = catalogue_hosts([u for r in rows for u in (r.application_url, r.source_url)])

    # A question and its answer

    def send(self, message: str, now: Conversation, order: Order) -> View:
        """The box was sent."""
        return {**self._asked(message, now, order), self.parts.box: ""}

    def pick(self, now: Conversation, order: Order, event: gr.EventData) -> View:
        """A question was tapped."""
        return self._asked(event_text(event, "text"), now, order)

    @careful
    def ask(self, now: Conversation, order: Order, event: gr.EventData) -> View:
        """A card was asked about."""
        return self._asked(t.ASK_ABOUT.format(name=self._calls.name_of(event)), now, order)

    @careful
    def again(self, now: Conversation, order: Order, request: gr.Request) -> View:
        """Ask the last question again, in place of the answer that it got."""
        if not now.turns:
            return {self.parts.conversation: now}
        before = self._calls.take_back(self._calls.caller(request), now, len(now.turns) - 1)
        return self._asked(now.turns[-1].question, before, order)

    @careful
    def edit(self, now: Conversation, order: Order, event: gr.EditData, request: gr.Request) -> View:
        """Ask a changed question in place of an earlier one; what followed it is taken back."""
        turn = _turn(event.index, now)
        text = as_typed(event.value) if isinstance(event.value, str) else ""
        if turn is None or not text.strip():
            return {self.parts.window: self._window(now)}
        return self._asked(text, self._calls.take_back(self._calls.caller(request), now, turn), order)

    @careful
    def undo(self, now: Conversation, order: Order, request: gr.Request) -> View:
        """Take the last question back into the box."""
        if not now.turns:
            return {self.parts.conversation: now}
        caller = self._calls.caller(request)
        before = self._calls.take_back(caller, now, len(now.turns) - 1)
        return {**self._whole(before, caller, order), self.parts.box: now.turns[-1].question}

    def stop(self, now: Conversation, order: Order) -> View:
        """Want the running answer no more."""
        order.ticket = ""
        said = self._said(now, now.turns[-1].answer or t.STOPPED_ANSWER) if now.turns else gr.skip()
        return {**self._idle(), self.parts.said: said, self.parts.note: t.STOPPED}

    def answer(self, mine: str, message: str, now: Conversation, order: Order, request: gr.Request) -> Iterator[View]:
        """Stream the answer to the last question, for as long as this one is wanted."""
        p = self.parts
        yield {p.note: ""}  # at once, so that a closed page closes this generator
        if order.ticket != mine:
            return
        before, text, yielded = now.first(len(now.turns) - 1), "", 0.0
        try:
            caller = self._calls.caller(request)
            with contextlib.closing(self._calls.pieces(caller, message, before)) as pieces:
                for piece in pieces:
                    if order.ticket != mine:
                        return
                    if not isinstance(piece, str):
                        yield self._answered(now.answered(piece), piece, caller)
                        yield {p.note: gr.skip()}  # Gradio sends the last yield twice: not the one with the cards
                        return
                    text += piece
                    if text != now.turns[-1].answer and time.monotonic() - yielded >= STREAM_EVERY_S:
                        yielded, now = time.monotonic(), now.streaming(text)
                        yield {p.conversation: now, p.said: self._said(now, safe_markdown(text, self._hosts))}
        except Exception as error:
            problem = sentence(error)
            yield {
                **self._about(before), **self._idle(), p.said: _cut(len(before.turns)), p.box: message,
                p.chip_row: "" if before.turns else chips(t.STARTERS, t.TRY_ONE),
                p.note: f"**{problem if isinstance(error, AppError) else t.BUSY}** {t.STILL_IN_BOX}",
            }  # fmt: skip

    # Other conversations

    @careful
    def open(self, order: Order, event: gr.EventData, request: gr.Request) -> View:
        """A chat was picked in the list."""
        caller = self._calls.caller(request)
        return {**self._whole(self._calls.opened(caller, event), caller, order), self.parts.box: ""}

    @careful
    def open_again(self, now: Conversation, order: Order, event: gr.EventData, request: gr.Request) -> View:
        """The page was loaded anew: the chat that was open in it, where it is still there and nothing was asked meanwhile."""
        caller = self._calls.caller(request)
        if now.turns:
            return {self.parts.conversation: now}
        with contextlib.suppress(NotFound, ValidationFailed):
            return self._whole(self._calls.opened(caller, event), caller, order)
        return {self.parts.conversation: now}

    @careful
    def fresh(self, order: Order, request: gr.Request) -> View:
        """Begin a new chat."""
        caller = self._calls.caller(request)
        now = Conversation(base=self._calls.stored(caller)[0])
        return {**self._whole(now, caller, order), self.parts.box: ""}

    def begin(self, request: gr.Request, whose: str, now: Conversation, order: Order) -> View:
        """After the page was opened, or after a sign-in or sign-out: a guest's chat goes on with the account, a student's
        ends with the sign-out."""
        p = self.parts
        caller = self._calls.caller(request)
        here = caller.student_id if caller else ""
        if whose == here:
            return {p.owner: here}
        profile, consent = self._calls.stored(caller)
        mine = {p.owner: here, p.remember: gr.Checkbox(value=consent, visible=caller is not None)}
        if whose == NOBODY:  # somebody may have asked already: what shows the conversation is left alone
            about = self._about(Conversation(base=profile)) if caller else {}
            return {**mine, **about, p.cards: self._coming_up(caller)}
        if not whose and (now.turns or now.by_hand):
            now = now if now.turns else replace(now, base=profile)
            return {**mine, **self._about(now)}
        return {**mine, **self._whole(Conversation(base=profile), caller, order)}

    @careful
    def taken_over(self, ids: Json, now: Conversation, order: Order, request: gr.Request) -> View:
        """The browser's chats that `ids` names lie in the account now, under other ids: the open one goes on there."""
        here = ids.get(now.id) if isinstance(ids, dict) else None
        caller = self._calls.caller(request)
        if not isinstance(here, str):
            return {self.parts.kept: _kept(now, caller)}
        opened = self._calls.of_account(caller, here)
        return self._whole(replace(opened, by_hand=now.by_hand), caller, order)

    # What is known of the student

    @careful
    def adopt(self, request: gr.Request, now: Conversation) -> View:
        """The stored profile was changed by hand: the running chat goes by what it says from now on."""
        profile, _ = self._calls.stored(self._calls.caller(request))
        return self._about(now.corrected(filled(profile)) if now.turns else replace(now, base=profile))

    def forget(self, now: Conversation, event: gr.EventData) -> View:
        """A chip was removed."""
        name = event_text(event, "name")
        return self._about(now.corrected({name: None}) if name in profile_form.NAMES else now)

    def show_form(self, now: Conversation) -> View:
        """Open the form with what is known."""
        shown = zip(self.parts.fields, profile_form.shown(now.known), strict=True)
        return {self.parts.form: gr.Column(visible=True), **dict(shown)}

    def hide_form(self) -> View:
        """Close the form."""
        return {self.parts.form: gr.Column(visible=False)}

    @careful
    def use_form(self, now: Conversation, *values: Any) -> View:
        """Go by the form from now on."""
        given = profile_form.given(values, now.known)
        checked = s.ProfileInput.model_validate(given).model_dump(mode="json", by_alias=True)
        return {**self._about(now.corrected({name: checked[name] for name in given})), **self.hide_form()}

    # Thumbs

    @careful
    def like(self, now: Conversation, event: gr.LikeData, request: gr.Request) -> View:
        """A thumb: a student's is kept at once, a guest's only with what the form sends."""
        p, turn = self.parts, _turn(event.index, now)
        rating = {True: "up", False: "down"}.get(event.liked) if isinstance(event.liked, bool) else None
        if turn is None or rating is None or not now.turns[turn].answer:
            return self.drop_thumb()
        caller = self._calls.caller(request)
        if caller is not None and now.turns[turn].message_id:
            self._calls.rate(caller, now, turn, rating)
        return {p.conversation: now.rated(turn, rating), p.thumb: (turn, rating), p.why: thumb_form(rating)}

    @careful
    def explain(
        self, now: Conversation, thumb: tuple[int, str] | None, event: gr.EventData, request: gr.Request
    ) -> View:
        """The form behind a thumb was sent."""
        if thumb is None or thumb[0] >= len(now.turns):
            return self.drop_thumb()
        comment, reasons = event_text(event, "comment").strip() or None, event_value(event, "reasons")
        self._calls.rate(self._calls.caller(request), now, *thumb, comment=comment, reasons=reasons)
        return {self.parts.why: thumb_done(), self.parts.thumb: None}

    def drop_thumb(self) -> View:
        """Close the form behind a thumb."""
        return {self.parts.why: "", self.parts.thumb: None}

    # Views

    def _asked(self, message: str, now: Conversation, order: Order) -> View:
        """Show the question at once and order the answer; an empty question changes nothing."""
        p, message = self.parts, message.strip()
        if not message:
            return {p.conversation: now}
        now, order.ticket = now.asked(mask_private(message)[0]), token_hex(8)
        return {
            **self._about(now), **self.drop_thumb(), **self.hide_form(), p.pending: message, p.ticket: order.ticket,
            p.said: self._said(now, t.THINKING), p.send: gr.Button(visible=False), p.stop: gr.Button(visible=True),
            p.chip_row: "", p.note: "",
        }  # fmt: skip

    def _answered(self, now: Conversation, reply: Json, caller: Caller | None) -> View:
        p = self.parts
        return {
            **self._about(now), **self._idle(), p.said: self._said(now, self._answer(now.turns[-1])),
            p.window: gr.Chatbot(feedback_value=_thumbs(now)), p.kept: _kept(now, caller),
            p.cards: self._calls.reply_cards(reply), p.title: f"## {t.REPLY_CARDS}",
            p.chip_row: chips(reply["suggestions"], t.GO_ON),
            p.note: _note(reply),
            p.learned: token_hex(8) if self._calls.stored(caller)[1] else gr.skip(),
        }  # fmt: skip

    def _whole(self, now: Conversation, caller: Caller | None, order: Order) -> View:
        """Everything that shows a conversation that nothing is being added to."""
        p, order.ticket = self.parts, ""
        last = now.turns[-1] if now.turns else None
        return {
            **self._about(now), **self._idle(), **self.drop_thumb(), **self.hide_form(), p.window: self._window(now),
            p.title: f"## {t.REPLY_CARDS if last else t.COMING_UP}",
            p.cards: self._calls.cards(caller, last.shown) if last else self._coming_up(caller),
            p.chip_row: "" if last else chips(t.STARTERS, t.TRY_ONE), p.note: "", p.kept: _kept(now, caller),
            p.said: _cut(len(now.turns)),  # else a turn that was on its way would stand there again
        }  # fmt: skip

    def _about(self, now: Conversation) -> View:
        """The conversation and what is known of the student."""
        question = None
        if now.corrections or now.forgotten:
            question = t.FITTING[read(now.turns[-1].question).language] if now.turns else ""
        return {self.parts.conversation: now, self.parts.known: known_chips(now.known, question)}

    def _idle(self) -> View:
        return {self.parts.send: gr.Button(visible=True), self.parts.stop: gr.Button(visible=False)}

    def _window(self, now: Conversation) -> gr.Chatbot:
        """The whole conversation with its thumbs; a turn without an answer was stopped."""
        messages: list[Any] = []
        for turn in now.turns:
            answer = self._answer(turn) if turn.answer else t.STOPPED_ANSWER
            messages += [
                {"role": "user", "content": safe_markdown(turn.question)}, {"role": "assistant", "content": answer},
            ]  # fmt: skip
        return gr.Chatbot(messages, feedback_value=_thumbs(now))

    def _answer(self, turn: Turn) -> str:
        return answer_markdown(turn.answer, self._calls.records(turn.shown), turn.cited, self._hosts)

    def _said(self, now: Conversation, answer: str) -> str:
        """The last turn for the page's script, with what stands as its answer; a text that only grows costs little."""
        place = {"at": len(now.turns) - 1, "question": safe_markdown(now.turns[-1].question)}
        return f"{json.dumps(place, ensure_ascii=False)}\n{answer}"

    def _coming_up(self, caller: Caller | None) -> str:
        try:
            return self._calls.coming_up(caller)
        except Exception as error:  # the page opens all the same
            return f'<p class="hint">{sentence(error)}</p>'


def _cut(turns: int) -> str:
    """Tells the page's script to show the first turns only."""
    return f"{json.dumps({'at': turns, 'question': None, 'now': token_hex(4)})}\n"


def _thumbs(now: Conversation) -> list[str | None]:
    return [_RATINGS.get(x.rating or "") for x in now.turns]


def _kept(now: Conversation, caller: Caller | None) -> str:
    """What the list of chats is told of a conversation: a guest's whole, for the browser to keep; a student's name."""
    if not now.id:
        return ""
    return now.kept() if caller is None else json.dumps({"id": now.id})


def _turn(index: Any, now: Conversation) -> int | None:
    """The turn of a message's place; None where there is no such message (any client may send anything)."""
    return index // 2 if isinstance(index, int) and 0 <= index < 2 * len(now.turns) else None


def _note(reply: Json) -> str:
    """Who wrote the answer, and where its dates are as a calendar file."""
    note = t.FROM_MODEL if reply["engine"] == "model" else t.FROM_CATALOGUE
    path = reply["calendarPath"]
    return f"{note} [{t.CALENDAR_FILE}]({path}&language={page_language()})" if path else note
