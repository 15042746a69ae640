"""The page's texts in the language of whoever looks at it: `t.SAVE` is read where it is shown.

While an event is handled, the language is that of its request: the page's script sends the language of its document as
`Accept-Language` with each one. While the page is built nobody looks at it yet; then `t` gives markers, and ui/document.py
puts the words of each visitor's language in their place. So no text may be read outside of a function (a test sees to it).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast
from urllib.parse import quote, unquote

from gradio.context import LocalContext

from backend.api.language import DEFAULT, preferred
from ui.strings_en import English
from ui.strings_hi import Hindi

LANGUAGES: Mapping[str, English] = {"en": English(), "hi": Hindi()}
"""The languages of the page by their code (BCP 47)."""
UNSAFE = re.compile(r"""["'\\<>&\x00-\x1f\x7f]""")
"""What no text holds: texts are put into HTML, JSON and scripts as they are."""
_MARKER = re.compile(r"~t:([\w.%-]+)(?:\(([^~()]*)\))?~")
_LEFT = "~t:"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


class Marker(str):
    """Stands for a text while the page is built: `~t:NAME~`, or with what is filled in: `~t:NAME(name=value;...)~`."""

    __slots__ = ()

    def format(self, *_: Any, **values: Any) -> "Marker":
        """The marker with what is to be filled in."""
        given = ";".join(f"{name}={quote(str(value), safe='').replace('~', '%7E')}" for name, value in values.items())
        return Marker(f"{self[:-1]}({given})~")


class _Texts:
    """Gives each text in the language of the moment."""

    def __getattr__(self, name: str) -> Any:
        now = language()
        return getattr(LANGUAGES[now], name) if now else _marked(name, getattr(LANGUAGES[DEFAULT], name))


t = cast(English, _Texts())


def language() -> str | None:
    """The language that is spoken at this moment; None while the page is built."""
    if _spoken.get():
        return _spoken.get()
    request = LocalContext.request.get(None)
    return preferred(request.headers.get("accept-language", "")) if request else None


def page_language() -> str:
    """The language to speak to whoever looks: en or hi."""
    return language() or DEFAULT


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Read texts in a language, whoever calls."""
    before = _spoken.set(wanted)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken(page: str, wanted: str) -> str:
    """A built page with each marker replaced by its text in a language; LookupError for a marker without a text."""
    words = LANGUAGES[wanted]

    def text(found: re.Match[str]) -> str:
        value: Any = words
        for step in unquote(found[1]).split("."):
            value = _part(value, step)
        if found[2] is not None:
            given = (pair.partition("=") for pair in found[2].split(";"))
            value = value.format(**{name: spoken(unquote(value), wanted) for name, _, value in given})
        if not isinstance(value, str) or UNSAFE.search(value):
            raise LookupError(f"no text for {found[0]}")
        return value

    page = _MARKER.sub(text, page)
    if _LEFT in page:
        place = page.index(_LEFT)
        raise LookupError(f"no text for {page[place : place + 60]}")
    return page


def _part(value: Any, step: str) -> Any:
    try:
        if isinstance(value, Mapping):
            return value[step]
        return value[int(step)] if isinstance(value, tuple) else vars(type(value))[step]
    except (LookupError, ValueError):
        raise LookupError(f"no text for {step}") from None


def _marked(name: str, text: Any) -> Any:
    if isinstance(text, Mapping):
        return {key: _marked(f"{name}.{quote(key)}", value) for key, value in text.items()}
    if isinstance(text, tuple):
        return tuple(_marked(f"{name}.{place}", value) for place, value in enumerate(text))
    return Marker(f"{_LEFT}{name}~")
