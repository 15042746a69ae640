"""The Applications tab: places that applications.js fills by the REST door, for accounts and for guests alike."""

import json
from pathlib import Path

from ui.common import html
from ui.strings import t

CSS = Path(__file__).with_name("applications.css").read_text(encoding="utf-8")


def build() -> None:
    """Build the tab inside the open Blocks: grey shapes until the board is there, and the sheet of one application."""
    html(
        f'<div class="tracker"><div class="track-body" aria-busy="true"><p class="visually-hidden">{t.LOADING}</p>'
        f'{"<div class=ghost></div>" * 3}</div><dialog id="application" class="sheet-over" closedby="any"></dialog></div>',
        "applications", "window.applications.mount(element);",
    )  # fmt: skip


def build_frame() -> None:
    """Build what every tab has of it: saving from a card, and the word on what was done with the way back."""
    words = {**t.TRACKER, **{f"state_{name}": text for name, text in t.STATES.items()}}
    html("", "tracker", f"window.tracker.mount(element, {json.dumps(words)});")
