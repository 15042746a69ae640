"""A page over the page: one scholarship, a comparison, how good the list is. Each has an address (over.js opens it)."""

from html import escape
from pathlib import Path

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.services import Services
from backend.sessions import Caller
from ui import quality_view, record_view
from ui.cards import CARD_SCRIPT, loading
from ui.common import PRIVATE, event_text, event_value, html, sentence
from ui.strings import t

CSS = Path(__file__).with_name("over.css").read_text(encoding="utf-8")
MOST_COMPARED = 4
_SCRIPT = f"window.over.mount(element, (asked) => trigger('look', asked), watch); {CARD_SCRIPT}"


def build(services: Services) -> gr.HTML:
    """Build the places for pages over the page and for the list to compare; its events are those of cards."""
    html(_frame(), "over-frame")
    body = html("", "over-body", _SCRIPT)

    def look(event: gr.EventData, request: gr.Request) -> str:
        """What an address asks for; `n` tells the page's script which of its questions this answers."""
        caller, value, n = caller_of(services, request), event_text(event, "value"), event_value(event, "n")
        try:
            title, shown = _shown(services, caller, event_text(event, "kind"), value)
        except Exception as error:
            title, shown = t.APP_NAME, f"<p>{escape(sentence(error))}</p>"
        number = n if isinstance(n, int) else 0
        return f'<div data-n="{number}" data-title="{escape(title)}">{shown}</div>'

    body.look(look, None, body, **PRIVATE)
    return body


def _shown(services: Services, caller: Caller | None, kind: str, value: str) -> tuple[str, str]:
    """The title and the HTML of a page over the page."""
    records = services.catalogue.by_id
    if kind == "quality":
        return t.QUALITY_TITLE, quality_view.quality(do.stats(services, caller, s.Nothing()))
    if kind == "compare":
        ids = [x for x in dict.fromkeys(value.split(",")) if x in records][:MOST_COMPARED]
        if len(ids) < 2:
            return t.COMPARISON, record_view.too_few()
        found = do.compare_scholarships(services, caller, s.CompareInput(ids=ids))["scholarships"]
        return t.COMPARISON, record_view.comparison([records[i] for i in ids], found)
    if value not in records:
        return t.NOT_IN_LIST, record_view.unknown()
    one = do.get_scholarship(services, caller, s.ScholarshipInput(id=value))
    return one["name"], record_view.whole(records[value], one)


def link() -> str:
    """Opens the page on how good the list is."""
    return f'<a class="linklike" href="#quality">{escape(t.QUALITY_LINK)}</a>'


def _frame() -> str:
    """The dialogs, empty, and the bar of what is to be compared."""
    close = (
        f'<form method="dialog"><button class="btn quiet over-close" aria-label="{escape(t.CLOSE)}">✕</button></form>'
    )
    return f"""<dialog id="over" class="over" closedby="any" aria-labelledby="over-title">
<div class="over-bar"><h2 id="over-title" tabindex="-1">{escape(t.LOADING)}</h2>{close}</div>
<div class="over-wait">{loading(t.LOADING)}</div><div class="over-body"></div></dialog>
<dialog id="report" class="over" closedby="any" aria-labelledby="report-title"><form method="dialog">
<div class="over-bar"><h2 id="report-title" tabindex="-1">{escape(t.REPORT)}</h2></div><p class="report-name"></p>
<label>{escape(t.REPORT_LABEL)}<textarea rows="3" maxlength="200" required></textarea></label><p class="hint">{escape(t.REPORT_HINT)}</p>
<div class="card-actions"><button class="btn main" value="send">{escape(t.REPORT_SEND)}</button>
<button class="btn" value="cancel" formnovalidate>{escape(t.CANCEL)}</button></div></form></dialog>
<section id="tray" class="tray" aria-label="{escape(t.COMPARE)}" hidden data-one="{escape(t.ONE_MORE)}" data-full="{escape(t.COMPARE_FULL)}"
data-remove="{escape(t.TAKE_OUT)}" data-copied="{escape(t.LINK_COPIED)}" data-byhand="{escape(t.LINK_BY_HAND)}" data-failed="{escape(t.BUSY)}">
<ul class="tray-names"></ul><span class="visually-hidden" role="status"></span>
<button type="button" class="btn main" data-tray="compare">{escape(t.COMPARE)}&nbsp;<span class="tray-count"></span></button>
<button type="button" class="btn" data-tray="clear">{escape(t.CLEAR_ALL)}</button></section>"""
