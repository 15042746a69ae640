"""What the buttons of a card ask of the server, wherever the card is. (Saving goes by the tracker's own script, for guests
too.)"""

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.services import Services
from ui.common import PRIVATE, event_text, plain_errors, tell
from ui.strings import t


def wire(services: Services, places: list[gr.HTML]) -> None:
    """Connect the cards of several places."""

    def on_report(event: gr.EventData, request: gr.Request) -> None:
        with plain_errors():
            given = s.ReportInput(reason=event_text(event, "text"))
            do.report(services, caller_of(services, request), event_text(event, "id"), given)
        tell(t.REPORT_DONE)

    for cards in places:
        cards.report(on_report, None, None, **PRIVATE)
