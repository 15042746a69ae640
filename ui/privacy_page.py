"""The privacy page: what is stored, where, for how long, who sees it, how to take it along or delete it."""

from html import escape

from backend.context import GUEST_IDLE_S
from backend.services import Services
from backend.sessions import IDLE_LIFE, WHOLE_LIFE
from ui.common import html
from ui.strings import t

NAME = "privacy"
"""Of the page, in the address (`#privacy`) too."""
_SCRIPT = f"""const open = () => {{ if (location.hash === '#{NAME}') document.getElementById('{NAME}').showModal(); }};
window.addEventListener('hashchange', open);
open();"""


def link() -> str:
    """The button that opens it."""
    return f'<button type="button" class="linklike" data-over="{NAME}">{escape(t.PRIVACY_LINK)}</button>'


def build(services: Services) -> None:
    """Build the page inside the open Blocks; it is shown over the tab that is open."""
    facts = {
        "guest_hours": GUEST_IDLE_S // 3600, "idle_days": IDLE_LIFE.days, "whole_days": WHOLE_LIFE.days,
        "model": t.PRIVACY_MODEL_ELSEWHERE if services.settings.llm_base_url else t.PRIVACY_MODEL_HERE,
    }  # fmt: skip
    parts = "".join(
        f"<h3>{escape(title)}</h3><ul>{''.join(f'<li>{escape(line.format(**facts))}</li>' for line in lines)}</ul>"
        for title, lines in t.PRIVACY_PAGE
    )
    html(
        f'<dialog id="{NAME}" class="over" closedby="any" aria-labelledby="{NAME}-title"><h2 id="{NAME}-title" tabindex="-1" autofocus>'
        f"{escape(t.PRIVACY_TITLE)}</h2><p>{escape(t.PRIVACY_LEAD)}</p>{parts}"
        f'<form method="dialog" class="card-actions"><button type="button" class="btn main" data-goto="account">'
        f'{escape(t.PRIVACY_TO_ACCOUNT)}</button><button class="btn">{escape(t.CLOSE)}</button></form></dialog>',
        f"{NAME}-page", _SCRIPT,
    )  # fmt: skip
