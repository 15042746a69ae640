"""The page's document in the visitor's language: one ASGI step around the app for the pages that Gradio builds once for all.

The language is what the address says (`?lang=hi`), else the cookie that the page's switch wrote, else what the browser
prefers (`Accept-Language`), else English.
"""

import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import brotli

from backend.api.middleware import App, Receive, Scope, Send
from ui.strings import LANGUAGES, preferred, spoken

COOKIE = "lang"
PARAMETER = "lang"
_PAGES = ("/", "/config")
"""Where Gradio sends what was built with markers: the document, and the same settings for a client."""
_STORE = """try{window.localStorage.length}catch(e){const m=new Map();Object.defineProperty(window,'localStorage',{configurable:true,
value:{getItem:k=>m.has(k)?m.get(k):null,setItem:(k,v)=>{m.set(k,String(v))},removeItem:k=>{m.delete(k)},clear:()=>m.clear(),
key:i=>[...m.keys()][i]??null,get length(){return m.size}}})}"""
"""Where a browser keeps no store for the page (inside another site), one that lasts as long as the page."""
_LABELS = """for (const [name, value] of [['language', 'CODE'], ['languages', ['CODE']]])
Object.defineProperty(navigator, name, {value, configurable: true});"""
"""Gradio chooses the language of its own labels by the browser's."""


def _joined(*names: str) -> str:
    return "\n".join(Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8") for name in names)


_SCRIPTS = _joined("page", "over", "cards", "search", "chats", "chat", "takeover", "account")
_LAST = _joined("tracker", "applications", "applications_plots", "applications_files", "application")
"""At the document's end, so that the browser finds Gradio's own files sooner; they run before those all the same."""
_STYLE = "html:not(.page-only) .page-only-note { display: none; }"
"""In the head, as Gradio keeps the rules of `css` to what is below its own container."""


class Documents:
    """ASGI middleware around the whole app."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the pages come in the visitor's language, compressed."""
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
            if started["status"] == 200 and whole:
                whole, fresh = _said(whole, wanted, _encoding(headers.get("accept-encoding", "")))
            kept = [(n, v) for n, v in started["headers"] if n.lower() not in (b"content-length", b"cache-control")]
            length = [(b"content-length", str(len(whole)).encode())] if whole else []
            started["headers"] = [*kept, *fresh, *length, (b"cache-control", b"no-cache")]
            await send(started)
            await send({"type": "http.response.body", "body": whole})

        await self.app({**scope, "headers": plain}, receive, gather)


@asynccontextmanager
async def in_each_language(app: Any) -> AsyncIterator[None]:
    """A lifespan that puts the step around the running app."""
    app.middleware_stack = Documents(app.middleware_stack)
    yield


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
    """A page as Gradio built it, in a language; LookupError where a marker has no text."""
    page = spoken(page, language)
    if not page.startswith("<!doctype html>"):
        return page
    labels = _LABELS.replace("CODE", f"{language}-IN")
    head = f'<head><script>{_STORE}\n{labels}\n{_SCRIPTS}</script><style>{_STYLE}</style><meta name="description" content="{LANGUAGES[language].DESCRIPTION}">'
    page = page.replace('lang="en"', f'lang="{language}"', 1).replace("<head>", head, 1)
    return page.replace("</body>", f"<script>{_LAST}</script></body>", 1)


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
