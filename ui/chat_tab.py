"""The Chat tab: past chats, the conversation with its box, and what is known of the student above the cards."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path

import gradio as gr

from backend.services import Services
from ui import profile_form
from ui.cards import CARD_SCRIPT, chips
from ui.chat_events import NOBODY, ChatEvents, Order, Parts
from ui.chat_view import KNOWN_SCRIPT, THUMB_SCRIPT, known_chips
from ui.common import PRIVATE, Json, html
from ui.conversation import Conversation
from ui.strings import t

CSS = Path(__file__).with_name("chat.css").read_text(encoding="utf-8")
"""The tab's look."""
_LIST = """window.chats.mount(element, {open: (chat) => trigger('open', chat), again: (chat) => trigger('again', chat), fresh: () => trigger('fresh', {})}, WORDS);"""
_OFFER = "window.takeover.mount(element, (given) => trigger('taken', given), WORDS);"
_TALK = "window.chat.mount(WORDS);"
_TO_FORM = """() => { document.querySelector('#chat-thumb section')?.scrollIntoView({block: 'nearest'}); return []; }"""
_SENDING = "(...given) => window.chat.send(...given)"
_TAKING_BACK = "(...given) => window.chat.takingBack(...given)"
_SETTLED: Json = {"fn": None, "js": "() => window.chat.settled()", **PRIVATE}
_QUICK: Json = {"queue": False, **PRIVATE}
"""For events that must feel instant; they cannot give notices."""


@dataclass(frozen=True)
class ChatTab:
    """What the page wires to other tabs; `tell_list` and `keep` are the arguments of the events that tell the list whose
    page it is, and which conversation is open."""

    parts: Parts
    events: ChatEvents
    tell_list: Json
    keep: Json


def build(services: Services, tabs: gr.Tabs, other_cards: list[gr.HTML]) -> ChatTab:
    """Build the tab inside the open Blocks; cards of other tabs may ask too."""
    parts = _parts()
    events = ChatEvents(services, parts)
    keep: Json = {"fn": None, "inputs": [parts.kept], "js": "(kept) => window.chats.keep(kept)", **PRIVATE}
    _wire(parts, events, keep)
    running = [parts.conversation, parts.order]
    for cards in (parts.cards, *other_cards):
        asked = cards.ask(events.ask, running, parts.asking, **PRIVATE)
        if cards is not parts.cards:
            asked.then(lambda: gr.Tabs(selected="chat"), None, tabs, **_QUICK)
    tell_list = {"fn": None, "inputs": [parts.owner], "js": "(owner) => window.chats.belongTo(owner)", **PRIVATE}
    return ChatTab(parts, events, tell_list, keep)


def build_offer() -> gr.HTML:
    """The offer to take over a guest's chats, above the tabs; its event is `taken`."""
    return html(
        '<section class="takeover card" hidden></section>',
        "takeover",
        _with_words(_OFFER, {**t.TAKE_OVER, "fields": t.PROFILE_NAMES}),
    )


def _parts() -> Parts:
    with gr.Row(elem_classes="chat-columns"):
        with gr.Column(scale=0, min_width=250, elem_classes="list-column"):
            past = html(
                f'<nav class="chats bare" aria-label="{t.CHATS["chats"]}"></nav>', "chats", _with_words(_LIST, t.CHATS)
            )
        with gr.Column(scale=3, min_width=300, elem_classes="chat-column"):
            window = gr.Chatbot(
                label=t.CHAT_LABEL, show_label=False, height="100%", layout="bubble", buttons=["copy"],
                placeholder=t.CHAT_EMPTY, elem_id="chat-window", autoscroll=False, allow_tags=False, latex_delimiters=[],
                editable="user", feedback_options=("Like", "Dislike"),
            )  # fmt: skip
            html(_waiting(), "chat-wait", _with_words(_TALK, {**t.CHAT_WORDS, "thinking": t.THINKING}))
            note = gr.Markdown("", elem_classes="note", elem_id="chat-note")
            why = html("", "chat-thumb", THUMB_SCRIPT)
            chip_row = html(chips(t.STARTERS, t.TRY_ONE), "chat-chips", CARD_SCRIPT)
            html('<div class="visually-hidden" role="status"></div>', "chat-news")
            with gr.Row(elem_classes="composer", equal_height=False):
                html('<p class="count" role="status" hidden></p>', "chat-count")
                box = gr.Textbox(
                    label=t.CHAT_INPUT_LABEL, show_label=False, placeholder=t.CHAT_PLACEHOLDER, lines=1, max_lines=5,
                    scale=5, min_width=120, max_length=2000, autofocus=False, elem_id="chat-box", container=True,
                    html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
                )  # fmt: skip
                send = gr.Button(t.SEND, variant="primary", scale=0, min_width=88, elem_id="chat-send")
                stop = gr.Button(t.STOP, variant="stop", scale=0, min_width=88, visible=False, elem_id="chat-stop")
        with gr.Column(scale=2, min_width=300, elem_classes="side-column"):
            known = html(known_chips({}), "chat-known", KNOWN_SCRIPT)
            with gr.Column(visible=False, elem_classes="sheet", elem_id="chat-form") as form:
                fields = profile_form.build("known")
                with gr.Row(elem_classes="form-end"):
                    use = gr.Button(t.KNOWN_APPLY, variant="primary", scale=0, min_width=120, elem_id="known-use")
                    leave = gr.Button(t.CANCEL, scale=0, min_width=120, elem_id="known-cancel")
            remember = gr.Checkbox(
                label=t.REMEMBER, value=False, visible=False, elem_id="chat-remember", elem_classes="tick",
                container=False,
            )  # fmt: skip
            title = gr.Markdown(f"## {t.COMING_UP}", elem_classes="side-title")
            cards = html("", "chat-cards", CARD_SCRIPT)
    return Parts(
        conversation=gr.State(Conversation()), pending=gr.State(""), thumb=gr.State(None), order=gr.State(Order()),
        past=past, window=window, said=_hidden("said", ""), note=note, why=why, chip_row=chip_row, box=box, send=send, stop=stop, known=known,
        form=form, fields=fields, use=use, leave=leave, remember=remember, title=title, cards=cards,
        ticket=_hidden("ticket", ""), kept=_hidden("kept", ""), owner=_hidden("owner", NOBODY),
        learned=_hidden("learned", ""),
    )  # fmt: skip


def _with_words(script: str, words: Json) -> str:
    return script.replace("WORDS", json.dumps(words))


def _waiting() -> str:
    """A question that is on its way to the server."""
    return (
        f'<div class="wait" hidden><p class="mine"></p><p class="theirs">{escape(t.THINKING)}</p></div>'
        '<p class="problem notice" role="alert" hidden></p>'
    )


def _hidden(name: str, value: str) -> gr.Textbox:
    """A value that the page's scripts read."""
    return gr.Textbox(value, visible="hidden", label=name, elem_id=f"chat-{name}")


def _wire(p: Parts, do: ChatEvents, keep: Json) -> None:
    """Connect components and handlers."""
    running = [p.conversation, p.order]
    unsent: Json = {"fn": None, "js": "() => window.chat.unsent()", **PRIVATE}
    p.said.change(None, [p.said, p.window], [p.window], js="(...given) => window.chat.merged(...given)", **PRIVATE)
    answered = p.ticket.change(
        do.answer, [p.ticket, p.pending, *running], p.answering, concurrency_limit=8, concurrency_id="chat", **PRIVATE
    )
    answered.failure(None, [p.window], [p.window, p.send, p.stop], js="(shown) => window.chat.lost(shown)", **PRIVATE)
    answered.success(**_SETTLED)
    answered.then(**keep)
    p.kept.change(**keep)  # at once: a page that is left right after an answer has kept it
    for submit in (p.box.submit, p.send.click):
        submit(do.send, [p.box, *running], p.asking, js=_SENDING, **_QUICK).failure(**unsent)
    for picked in (p.chip_row, p.known):
        picked.pick(do.pick, running, p.asking, **_QUICK).failure(**unsent)
    p.stop.click(do.stop, running, p.asking, **_QUICK).then(**_SETTLED)
    p.window.retry(do.again, running, p.asking, js=_TAKING_BACK, **PRIVATE)
    p.window.edit(do.edit, running, [*p.asking, p.window], js=_TAKING_BACK, **PRIVATE)
    p.window.undo(do.undo, running, p.whole, js=_TAKING_BACK, **PRIVATE).then(**keep)
    p.past.open(do.open, [p.order], p.whole, **PRIVATE).then(**_SETTLED).then(**keep)
    p.past.again(do.open_again, running, p.whole, **PRIVATE).then(**_SETTLED).then(**keep)
    p.past.fresh(do.fresh, [p.order], p.whole, **PRIVATE).then(**keep)
    p.known.forget(do.forget, [p.conversation], p.about, **_QUICK)
    p.known.edit(do.show_form, [p.conversation], [p.form, *p.fields], **_QUICK).then(
        None, None, None, js="() => window.chat.toField()", **PRIVATE
    )
    p.use.click(do.use_form, [p.conversation, *p.fields], p.about, **PRIVATE)
    p.leave.click(do.hide_form, None, [p.form], **_QUICK).then(
        None, None, None, js="() => window.chat.toChips()", **PRIVATE
    )
    thumbs = [p.conversation, p.thumb, p.why, p.note]
    p.window.like(do.like, [p.conversation], thumbs, **PRIVATE).then(None, None, None, js=_TO_FORM, **PRIVATE)
    p.why.send(do.explain, [p.conversation, p.thumb], thumbs, **PRIVATE)
    p.why.cancel(do.drop_thumb, None, [p.why, p.thumb], **_QUICK)
