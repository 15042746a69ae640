"""What stands around every tab: the header, the footer, and the page as it is shown before Gradio is there.

The shell is plain HTML with the same words in the same places. It takes a question at once; frame.js carries it over.
"""

import re
from html import escape
from pathlib import Path

from ui.icons import LOGO, icon, mask
from ui.strings import t

TABS = {"chat": "chat", "scholarships": "search", "applications": "list", "account": "person"}
"""The tabs by their name in the address, and their icons."""
CSS = Path(__file__).with_name("frame.css").read_text(encoding="utf-8") + "\n".join(
    f".shell-tabs a:nth-child({place})::before, #tabs button[role=tab]:nth-child({place})::before {{ --icon: {mask(name)}; }}"
    for place, name in enumerate(TABS.values(), 1)
)
"""The look of all of it."""
EARLY_CSS = re.sub(
    r"^  (?=[.#])(.*?)(?= \{)", lambda found: "  body " + found[1].replace(", ", ", body "), CSS, flags=re.MULTILINE
)
"""The same for the document's head. Gradio adds the rules outside of @media there once more, so those inside must weigh more."""
_TITLE = '<p class="title" role="heading" aria-level="1">{}</p>'
"""The page has one h1, also while both are there."""


def titles() -> tuple[str, ...]:
    """The tabs' names, in their order."""
    return t.TAB_CHAT, t.TAB_SEARCH, t.TAB_APPLICATIONS, t.TAB_ACCOUNT


def header(title: str = "<h1>{}</h1>") -> str:
    """The brand, the two switches, and what the page does; `title` is the markup around the promise."""
    return f"""<header class="top"><div class="top-bar"><a class="brand" href="./">{LOGO}<span>{escape(t.APP_NAME)}</span></a>
<div class="switches"><button type="button" class="round" data-act="theme" aria-label="{escape(t.LIGHT_OR_DARK)}">{icon("moon")}{icon("sun")}</button>
<a class="language" href="?lang={t.OTHER_CODE}" hreflang="{t.OTHER_CODE}" lang="{t.OTHER_CODE}" data-language="{t.OTHER_CODE}">{icon("language")}{escape(t.OTHER_LANGUAGE)}</a></div></div>
<div class="promise">{title.format(escape(t.PROMISE))}<p>{escape(t.LEAD)}</p></div></header>"""


def skip() -> str:
    """For keys: past the header to the box."""
    return f'<a class="skip" href="#chat-box">{escape(t.SKIP_TO_BOX)}</a>'


def footer(*links: str) -> str:
    """What to know before applying, and the ways (`links`) to the pages about the site."""
    return (
        f'<div class="foot"><p>{escape(t.FOOTER)}</p><p class="foot-links">{"".join(links)}'
        f'<a class="linklike" href="./docs">{escape(t.FOR_DEVELOPERS)}</a></p></div>'
    )


def shell() -> str:
    """The page before Gradio is there: what it does, the starter questions and a box that takes a question already."""
    tabs = "".join(
        f'<a href="?tab={name}" data-tab="{name}">{escape(title)}</a>'
        for name, title in zip(TABS, titles(), strict=True)
    )
    starters = "".join(f'<button type="button" class="chip">{escape(x)}</button>' for x in t.STARTERS)
    ghosts = '<div class="ghost"></div>' * 3
    return f"""<div id="shell" class="shell">{header(_TITLE)}<nav class="shell-tabs">{tabs}</nav>
<noscript><p class="shell-note">{escape(t.NEEDS_SCRIPT)} <a href="https://scholarships.gov.in">scholarships.gov.in</a></p></noscript>
<main class="shell-chat"><div class="shell-list"></div><div class="shell-column"><div class="shell-window" role="log"><p>{escape(t.CHAT_EMPTY)}</p></div>
<div class="chips" role="group" aria-label="{escape(t.TRY_ONE)}"><span class="chips-title">{escape(t.TRY_ONE)}</span>{starters}</div>
<form class="shell-form"><label for="shell-box">{escape(t.CHAT_INPUT_LABEL)}</label><div><textarea id="shell-box" rows="1" maxlength="2000" placeholder="{escape(t.CHAT_PLACEHOLDER)}"></textarea>
<button class="btn main">{escape(t.SEND)}</button></div></form>
<p class="shell-note" role="status" data-waiting="{escape(t.SHELL_WAITING)}" data-slow="{escape(t.SHELL_SLOW)}"></p></div></main>
<div class="shell-other" aria-busy="true">{ghosts}</div></div>"""
