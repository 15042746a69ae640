"""The page's document in the visitor's language: one ASGI step around the app for the pages that Gradio builds once for all.

The language is what the address says (`?lang=hi`), else the cookie that the page's switch wrote, else what the browser
prefers (`Accept-Language`), else English.
"""

import gzip
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import anyio
import brotli

from backend.api.language import preferred
from backend.api.middleware import App, Receive, Scope, Send
from ui import frame
from ui.preload import hints
from ui.strings import LANGUAGES, speaking, spoken, t
from ui.strings_en import English
from ui.theme import CSS

COOKIE = "lang"
PARAMETER = "lang"
_PAGES = ("/", "/config")
"""Where Gradio sends what was built with markers: the document, and the same settings for a client."""
_STORE = """try{window.localStorage.length}catch(e){const m=new Map();Object.defineProperty(window,'localStorage',{configurable:true,
value:{getItem:k=>m.has(k)?m.get(k):null,setItem:(k,v)=>{m.set(k,String(v))},removeItem:k=>{m.delete(k)},clear:()=>m.clear(),
key:i=>[...m.keys()][i]??null,get length(){return m.size}}})}"""
"""Where a browser keeps no store for the page (inside another site), one that lasts as long as the page."""
_RANDOM = """{const words = new Uint32Array(2); Math.random = () => { crypto.getRandomValues(words);
return (words[0] * 2097152 + (words[1] >>> 11)) / 9007199254740992; };}"""
"""Gradio draws a page's session hash by Math.random; whoever knew it could read the page's state (row S23 of the checklist).
So it is drawn by the browser's secure generator: 53 bits that nobody can foretell."""
_LABELS = """for (const [name, value] of [['language', 'CODE'], ['languages', ['CODE']]])
Object.defineProperty(navigator, name, {value, configurable: true});"""
"""Gradio chooses the language of its own labels by the browser's."""
_OF_TABS = (
    "page", "over", "cards", "search", "chats", "chat", "takeover", "account", "tracker", "applications",
    "applications_plots", "applications_files", "application",
)  # fmt: skip
_SCRIPTS = "\n".join(Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8") for name in _OF_TABS)
_FRAME = Path(__file__).with_name("frame.js").read_text(encoding="utf-8")
_STYLE = f"""{CSS}
{frame.EARLY_CSS}
html:not(.page-only) .page-only-note, html:not(.by-link) .link-only,
{", ".join(f"html:not([data-hub={why}]) .hub-{why}" for why in English.HUB_PROBLEMS)} {{ display: none; }}"""
"""The look of what is outside of Gradio's container, too: there Gradio does not put the rules of `css`."""
_HEAD_OF_GRADIO = re.compile(
    r'<head>\s*(?P<first><meta charset.*?<meta\s+name="viewport".*?/>).*?(?P<scripts><script>window\.gradio_config = .*?"root": ?"(?P<root>[^"]*)".*?)'
    r'<link rel="manifest"[^>]*>(?P<assets>.*?)(?P<look><link rel="stylesheet"[^>]*>)\s*</head>',
    re.DOTALL,
)
"""Its meta tags are about Gradio and name outside pictures; ours stand in their place. Its style sheet must not hold up the
first picture: it comes in beside it, and the shell stays until it is there."""
_NAMED_BY_CONTENT = re.compile(r"/assets/[\w-]+-[\w-]{8}\.(?:js|css)")
"""Gradio's built files: another content has another name, so a browser need not ask for them twice."""
_BODY = re.compile(r"<body[^>]*>")


class Documents:
    """ASGI middleware around the whole app."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the pages come in the visitor's language, compressed."""
        if scope["type"] == "http" and _NAMED_BY_CONTENT.fullmatch(scope["path"]):
            await self.app(scope, receive, _kept_for_ever(send))
            return
        if scope["type"] != "http" or (scope["path"].rstrip("/") or "/") not in _PAGES:
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        wanted = language_of(scope["query_string"].decode("latin-1"), headers)
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        started: dict[str, Any] = {}
        body = bytearray()

        async def gather(message: Any) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            fresh: list[tuple[bytes, bytes]] = []
            whole = bytes(body)
            if started["status"] == 200 and scope["method"] == "GET":
                encoding = _encoding(headers.get("accept-encoding", ""))
                whole, fresh = await anyio.to_thread.run_sync(_said, whole, wanted, encoding)
            kept = [(n, v) for n, v in started["headers"] if n.lower() not in (b"content-length", b"cache-control")]
            length = [(b"content-length", str(len(whole)).encode())] if scope["method"] == "GET" else []
            started["headers"] = [*kept, *fresh, *length, (b"cache-control", b"no-cache")]
            await send(started)
            await send({"type": "http.response.body", "body": whole})

        await self.app({**scope, "headers": plain}, receive, gather)


@asynccontextmanager
async def in_each_language(app: Any) -> AsyncIterator[None]:
    """A lifespan that puts the step around the running app."""
    app.middleware_stack = Documents(app.middleware_stack)
    yield


def _kept_for_ever(send: Send) -> Send:
    async def send_kept(message: Any) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            kept = [(n, v) for n, v in message["headers"] if n.lower() != b"cache-control"]
            message["headers"] = [*kept, (b"cache-control", b"public, max-age=31536000, immutable")]
        await send(message)

    return send_kept


def language_of(query: str, headers: dict[str, str]) -> str:
    """The language of the document for a request; header names are in small letters."""
    asked = parse_qs(query).get(PARAMETER, [""])[-1]
    if asked in LANGUAGES:
        return asked
    try:
        chosen = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        chosen = None
    if chosen and chosen.value in LANGUAGES:
        return chosen.value
    return preferred(headers.get("accept-language", ""))


def document(page: str, language: str) -> str:
    """A page as Gradio built it, in a language; LookupError where a marker has no text.

    In the document the shell comes first, and what Gradio needs after it: so it can be read and typed into at once.
    """
    page = spoken(page, language)
    head = _HEAD_OF_GRADIO.search(page)
    body = _BODY.search(page)
    if head is None or body is None:
        return page
    with speaking(language):
        ours, shell = _head(head["root"], language), frame.shell()
    labels = _LABELS.replace("CODE", f"{language}-IN")
    look = head["look"].replace("<link", '<link id="gradio-look" media="print" onload="this.media=\'all\'"', 1)
    rest = page[body.end() :]
    app, _, end = rest.partition("</gradio-app>")
    return (
        f'<!doctype html>\n<html lang="{language}" class="early" style="margin: 0; min-height: 100%; display: flex; flex-direction: column"><head>{head["first"]}{look}{ours}'
        f"</head>{body[0]}{shell}{app}</gradio-app><script>{_STORE}\n{_RANDOM}\n{_FRAME}</script>{hints(page)}"
        f"{head['scripts']}<script>{labels}\n{_SCRIPTS}</script>{head['assets']}{end}"
    )


def _head(root: str, language: str) -> str:
    """Title, description, previews, icons and the look."""
    title = f"{t.APP_NAME}: {t.PROMISE}"
    others = "".join(f'<link rel="alternate" hreflang="{code}" href="{root}/?lang={code}">' for code in LANGUAGES)
    return f"""<title>{title}</title><meta name="description" content="{t.DESCRIPTION}">
<meta property="og:type" content="website"><meta property="og:site_name" content="{t.APP_NAME}"><meta property="og:title" content="{title}">
<meta property="og:description" content="{t.DESCRIPTION}"><meta property="og:url" content="{root}/"><meta property="og:locale" content="{language}_IN">
<meta property="og:image" content="{root}/brand/preview.png"><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
<meta name="twitter:card" content="summary_large_image"><meta name="theme-color" content="#f7f5f0">
<link rel="canonical" href="{root}/">{others}<link rel="icon" href="./brand/logo.svg" type="image/svg+xml"><link rel="apple-touch-icon" href="./brand/icon-192.png">
<link rel="manifest" href="./manifest.json?lang={language}"><style>{_STYLE}</style>"""


@lru_cache(maxsize=32)
def _said(page: bytes, language: str, encoding: str) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The page in a language, compressed, and the headers that say so."""
    body = document(page.decode(), language).encode()
    headers = [(b"content-language", language.encode()), (b"vary", b"Accept-Language, Accept-Encoding, Cookie")]
    if not encoding:
        return body, headers
    packed = brotli.compress(body, quality=9) if encoding == "br" else gzip.compress(body, 9)
    return packed, [*headers, (b"content-encoding", encoding.encode())]


def _encoding(accepted: str) -> str:
    """The best compression that a client takes: br, gzip or ''."""
    names = [part.partition(";")[0].strip() for part in accepted.lower().split(",")]
    return next((name for name in ("br", "gzip") if name in names), "")
