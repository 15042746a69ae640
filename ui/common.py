"""What every tab's handlers share: who is calling, plain words for errors, checked event data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr

from backend.api.failures import as_app_error
from backend.catalogue import ANY_COUNTRY
from backend.errors import ValidationFailed
from backend.lexicon import lexicon
from ui.strings import page_language, t

Json = dict[str, Any]
Choices = list[tuple[str, str]]
View = dict[Any, Any]
"""What an event changes on the page: components and their new values."""
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""How every event of the page is registered: not on the API page, without Gradio's spinner over the content."""


def sentence(error: Exception) -> str:
    """The error in words for people, in the page's language; unexpected ones are logged under a number."""
    found, spoken = as_app_error(error), page_language()
    if not isinstance(found, ValidationFailed):
        return found.said(spoken)
    label, why = t.PROFILE_LABELS.get((found.where or "").removeprefix("profile.")), found.why(spoken)
    return f"{label}: {why}" if label else f"{why[:1].upper()}{why[1:]}"


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn any error of a handler whose output may stay as it is into a notice on the page."""
    try:
        yield
    except gr.Error:
        raise
    except Exception as error:
        raise gr.Error(sentence(error), title=t.WENT_WRONG, duration=8, print_exception=False) from None


def warn(error: Exception) -> None:
    """Show an error as a notice and go on."""
    gr.Warning(sentence(error), title=t.WENT_WRONG, duration=8)


def tell(text: str) -> None:
    """Say for a moment what was done."""
    gr.Info(text, title=t.WENT_WELL, duration=4)


def event_value(event: gr.EventData, name: str) -> Any:
    """A value that the page's own script sent along; None where it is absent (any client may send anything)."""
    data = getattr(event, "_data", None)
    return data.get(name) if isinstance(data, dict) else None


def event_text(event: gr.EventData, name: str) -> str:
    """A text that the page's own script sent along, or ''."""
    value = event_value(event, name)
    return value if isinstance(value, str) else ""


def choices(names: dict[str, str], values: tuple[str, ...] | list[str] | None = None) -> Choices:
    """(label, value) pairs for a dropdown."""
    return [(names.get(v, v), v) for v in (values if values is not None else names)]


def with_any(pairs: Choices) -> Choices:
    """The pairs after an "Any" that stands for no choice."""
    return [(t.ANYTHING, ""), *pairs]


def indian_states() -> Choices:
    """The states of India, by their English names."""
    found = sorted(name for name, country in lexicon().state_country.items() if country == "IN")
    return [(state_name(name), name) for name in found]


def countries() -> Choices:
    """Every country, India first, the others by their English names."""
    found = sorted(lexicon().country_names.items(), key=lambda x: (x[0] != "IN", x[1]))
    return [(country_name(code), code) for code, _ in found]


def state_name(name: str) -> str:
    """A state as people read it."""
    return t.REGIONS.get(name, name)


def country_name(code: str) -> str:
    """A country as people read it."""
    return t.ANY_COUNTRY if code == ANY_COUNTRY else t.COUNTRIES.get(code, code)


def html(value: str, elem_id: str | None = None, script: str | None = None) -> gr.HTML:
    """A piece of the page in our own markup, whose values are escaped already; `script` turns clicks into events."""
    return gr.HTML(
        value, js_on_load=script or "", apply_default_css=False, padding=False, elem_classes="plain", elem_id=elem_id
    )
