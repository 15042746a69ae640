"""What the buttons of a card do, wherever the card is: save, take back, report."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.services import Services
from ui.common import PRIVATE, event_text, plain_errors
from ui.strings import t

MARK: dict[str, Any] = {"fn": None, "js": "(told) => window.cards.mark(told)", **PRIVATE}
"""The event after saving: every card of the scholarship shows it."""


@dataclass(frozen=True)
class Saving:
    """`told` says to the page's script what was saved or taken back, `waiting` holds what a guest wanted to save."""

    services: Services
    told: gr.Textbox
    waiting: gr.State

    def save(self, scholarship_id: str, request: gr.Request) -> bool:
        """Save for a signed-in student; False for a guest."""
        caller = caller_of(self.services, request)
        if caller is None:
            return False
        do.save_application(self.services, caller, s.SaveApplicationInput(scholarship_id=scholarship_id))
        gr.Info(t.SAVED_TOAST, duration=4)
        return True


def build(services: Services) -> Saving:
    """Build what is not seen, inside the open Blocks."""
    return Saving(services, gr.Textbox("", visible="hidden", label="saved", elem_id="saved-id"), gr.State(""))


def wire(saving: Saving, places: list[gr.HTML], tabs: gr.Tabs, applications: gr.HTML, show: Any) -> None:
    """Connect the cards of several places; `show(request)` draws the applications."""
    services = saving.services

    def on_save(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        scholarship_id = event_text(event, "id")
        with plain_errors():
            if saving.save(scholarship_id, request):
                return told(scholarship_id, saved=True), "", gr.skip(), show(request)
        gr.Info(t.SIGN_IN_TO_SAVE, duration=6)
        return told(scholarship_id, saved=False, guest=True), scholarship_id, gr.Tabs(selected="account"), gr.skip()

    def on_unsave(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Take a save back; saving again brings it back with its notes and ticks."""
        scholarship_id = event_text(event, "id")
        with plain_errors():
            do.unbookmark(services, caller_of(services, request), scholarship_id, s.ForStudent())
        gr.Info(t.TAKEN_BACK, duration=6)
        return told(scholarship_id, saved=False), show(request)

    def on_report(event: gr.EventData, request: gr.Request) -> None:
        with plain_errors():
            given = s.ReportInput(reason=event_text(event, "text"))
            do.report(services, caller_of(services, request), event_text(event, "id"), given)
        gr.Info(t.REPORT_DONE, duration=4)

    for cards in places:
        saved = cards.save(on_save, None, [saving.told, saving.waiting, tabs, applications], **PRIVATE)
        back = cards.unsave(on_unsave, None, [saving.told, applications], **PRIVATE)
        for done in (saved, back):
            done.then(inputs=[saving.told], outputs=None, **MARK)
        cards.report(on_report, None, None, **PRIVATE)


def told(scholarship_id: str, saved: bool, guest: bool = False) -> str:
    """What the page's script is told; never the same twice, so that it hears each."""
    return json.dumps({"id": scholarship_id, "saved": saved, "guest": guest, "n": uuid4().hex})
