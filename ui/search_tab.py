"""The Scholarships tab: search, filters, cards, pages; the page's address holds the search."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.services import Services
from backend.sessions import Caller
from ui.cards import CARD_SCRIPT, Json, loading
from ui.common import PRIVATE, event_text, html, warn
from ui.records import in_own_words
from ui.search_url import DEFAULTS, LARGEST, NAMES, Search, offered, parameters, search_of, set_filters
from ui.search_view import PROFILE_FIELDS, Part, count_text, nothing_found, parts_of, results, searching_with, share
from ui.strings import t

PAGE_SIZE = 12
MOST_TRIES = 6
MOST_NOTICES = 4
BUSY = """(...given) => { document.querySelector('#search-cards')?.setAttribute('aria-busy', 'true'); return given; }"""
"""Before a search: its place says that it is busy."""

BACK = "window.addEventListener('popstate', () => trigger('went', {query: location.search}));"
"""Back and Forward of the browser bring the search of their address."""


@dataclass(frozen=True)
class SearchTab:
    """What the page wires to other tabs.

    `last` holds the last search as a query string: in the browser, so it outlives a restart of the server.
    `again(request, last)` shows it anew in `outputs`; `restore(request, parameters)` gives the search of an
    address for `fields` and `outputs`, and a notice; on a `fresh` page fields that are as always are left alone, in case
    somebody types already, but for numbers: Gradio would show an empty one as 0. `written` writes the address.
    """

    cards: gr.HTML
    address: gr.HTML
    last: gr.Textbox
    fields: list[Any]
    outputs: list[Any]
    again: Any
    restore: Any
    written: Any


class _Finder:
    """Runs searches and gives what the page shows of them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def shown(self, search: Search, request: gr.Request) -> tuple[Any, ...]:
        """Values for the tab's outputs; a page past the end becomes the last one."""
        caller = caller_of(self._services, request)
        found = self._find(caller, search)
        pages = max(1, -(-found["total"] // PAGE_SIZE))
        if search.page > pages:
            search = replace(search, page=pages)
            found = self._find(caller, search)
        parts = parts_of(search, found["profile"])
        nothing = "" if found["total"] else nothing_found(self._ways_out(caller, search, parts))
        return (
            results(found, self._not_shown(caller, found), nothing), f"**{count_text(found['total'])}**",
            searching_with(search, parts), gr.Row(visible=pages > 1), t.PAGE_OF.format(page=search.page, pages=pages),
            gr.Button(interactive=search.page > 1), gr.Button(interactive=search.page < pages), search.query(),
        )  # fmt: skip

    def _find(self, caller: Caller | None, search: Search, page_size: int = PAGE_SIZE) -> Json:
        given = {
            **search.filters, "keywords": search.words, "ignore": list(search.ignore), "page": search.page,
            "page_size": page_size,
        }  # fmt: skip
        found = do.search_scholarships(self._services, caller, s.SearchInput.model_validate(given))
        return found | {"scholarships": in_own_words(self._services, found["scholarships"])}

    def _not_shown(self, caller: Caller | None, found: Json) -> list[tuple[Json, str]]:
        """What the words named and something removed: the record, and why."""
        shown = found["notShown"][:MOST_NOTICES]
        records = [
            do.get_scholarship(self._services, caller, s.ScholarshipInput(id=x["id"])) | {"match": None} for x in shown
        ]
        return [
            (record, " ".join(x["reasons"]))
            for record, x in zip(in_own_words(self._services, records), shown, strict=True)
        ]

    def _ways_out(self, caller: Caller | None, search: Search, parts: list[Part]) -> list[tuple[Part, int]]:
        """What to take away alone to find something, the most fruitful first, with how many rows that gives; where no
        single part helps, all filters or the words."""

        def tried(some: list[Part]) -> list[tuple[Part, int]]:
            totals = [(p, self._find(caller, search.without(p.kind, p.name), 1)["total"]) for p in some]
            return sorted(((p, n) for p, n in totals if n), key=lambda way: -way[1])

        single = sorted(
            (p for p in parts if p.name != "sort"), key=lambda p: p.name in PROFILE_FIELDS or p.kind != "filter"
        )
        more = [Part("filters", "", t.ALL_FILTERS)] if len(search.filters) > 1 else []
        more += [Part("words", "", t.THE_WORDS.format(words=shorten(search.words, 40)))] if search.words else []
        return tried(single[: MOST_TRIES - len(more)]) or tried(more)


def build(services: Services) -> SearchTab:
    """Build the tab inside the open Blocks."""
    finder = _Finder(services)
    with gr.Row(elem_classes="composer", equal_height=False):
        words = gr.Textbox(
            label=t.SEARCH_LABEL, placeholder=t.SEARCH_PLACEHOLDER, scale=5, min_width=180, max_length=500, max_lines=1,
            elem_id="search-box",
        )  # fmt: skip
        go = gr.Button(t.SEARCH_BUTTON, variant="primary", scale=0, min_width=100, elem_id="search-go")
    with gr.Accordion(t.FILTERS, open=False, elem_id="filters"), gr.Row(elem_classes="filter-grid"):
        filters = [_filter(name) for name in DEFAULTS]
    chips = html("", "search-read", CARD_SCRIPT)
    total = gr.Markdown("", elem_classes="total", elem_id="search-total")
    cards = html(loading(t.LOADING), "search-cards", CARD_SCRIPT)
    with gr.Row(elem_classes="pager", visible=False) as pager:
        back = gr.Button(t.PREVIOUS, interactive=False, scale=0, min_width=110, elem_id="search-back")
        where = gr.Markdown("", elem_classes="where")
        on = gr.Button(t.NEXT, interactive=False, scale=0, min_width=110, elem_id="search-next")
    address = html(share(), "search-share", BACK)
    last = gr.Textbox("", visible="hidden", label="last search", elem_id="search-last")

    fields: list[Any] = [words, *filters]
    outputs = [cards, total, chips, pager, where, back, on, last]

    def shown(search: Search, request: gr.Request) -> tuple[Any, ...]:
        try:
            return finder.shown(search, request)
        except Exception as error:
            warn(error)
            return (gr.skip(),) * len(outputs)

    def new(values: tuple[Any, ...]) -> Search:
        """The search that the fields hold now, from page 1; new words are read anew."""
        *given, query = values
        before = _search(query)
        text = (given[0] or "").strip()
        chosen = set_filters(dict(zip(DEFAULTS, given[1:], strict=True)))
        return Search(text, chosen, before.ignore if text == before.words else ())

    def searched(request: gr.Request, *values: Any) -> tuple[Any, ...]:
        return shown(new(values), request)

    def left(request: gr.Request, *values: Any) -> tuple[Any, ...]:
        """A number's field was left: search only if that changed something."""
        search = new(values)
        same = replace(_search(values[-1]), page=1) == search
        return (gr.skip(),) * len(outputs) if same else shown(search, request)

    def refined(request: gr.Request, event: gr.EventData, *values: Any) -> tuple[Any, ...]:
        search = _refined(new(values), event_text(event, "kind"), event_text(event, "name"))
        return (*search.values(), *shown(search, request))

    def turned(step: int) -> Any:
        def handler(query: str, request: gr.Request) -> tuple[Any, ...]:
            before = _search(query)
            return shown(replace(before, page=max(1, before.page + step)), request)

        return handler

    def again(request: gr.Request, query: str) -> tuple[Any, ...]:
        return shown(_search(query), request)

    def restore(request: gr.Request, given: Mapping[str, str], fresh: bool = False) -> tuple[Any, ...]:
        search, broken = search_of(given)
        if broken:
            gr.Warning(t.ADDRESS_BROKEN.format(names=", ".join(broken)), duration=8)
        usual = Search().values() if fresh else [None] * len(fields)
        now = [gr.skip() if v is not None and v == u else v for v, u in zip(search.values(), usual, strict=True)]
        return (*now, *shown(search, request))

    def written(event: Any, how: str) -> Any:
        """Write the address after an event: `push` a new entry, `replace` this one, or only what was `given`."""
        return event.then(None, [last], None, js=_write(how), **PRIVATE)

    numbers = [f for f in filters if isinstance(f, gr.Number)]
    values = [*fields, last]
    moves = [words.submit, go.click, *(f.input for f in filters if f not in numbers), *(n.submit for n in numbers)]
    written(gr.on(moves, searched, values, outputs, trigger_mode="always_last", js=BUSY, **PRIVATE), "push")
    written(gr.on([n.blur for n in numbers], left, values, outputs, js=BUSY, **PRIVATE), "push")
    for place in (chips, cards):
        written(place.refine(refined, values, [*fields, *outputs], js=BUSY, **PRIVATE), "push")
    top = "() => document.querySelector('#search-total')?.scrollIntoView({block: 'start'})"
    for button, step in ((back, -1), (on, 1)):
        moved = written(button.click(turned(step), last, outputs, js=BUSY, **PRIVATE), "replace")
        moved.then(None, None, None, js=top, **PRIVATE)
    return SearchTab(cards, address, last, fields, outputs, again, restore, written)


def _search(query: str) -> Search:
    """The search that a query string of ours holds."""
    return search_of(parameters(query))[0]


def _filter(name: str) -> Any:
    label = t.FILTER_NAMES[name]
    if name in LARGEST:
        return gr.Number(label=label, value=None, min_width=150, elem_id=f"filter-{name}")
    if name == "eligible_only":
        return gr.Checkbox(label=label, value=False, min_width=150, elem_classes="tick", elem_id=f"filter-{name}")
    return gr.Dropdown(
        offered()[name], value=DEFAULTS[name], label=label, min_width=150, elem_id=f"filter-{name.replace('_', '-')}"
    )


def _refined(search: Search, kind: str, name: str) -> Search:
    """The search after a chip was tapped (any client may send anything)."""
    if kind == "clear":
        return Search()
    if kind == "name":
        return Search(name[:500], search.filters)
    if kind == "use":
        return replace(search, ignore=tuple(n for n in search.ignore if n != name))
    known = {"filter": DEFAULTS, "ignore": t.PROFILE_NAMES, "filters": ("",), "words": ("",)}.get(kind, ())
    return search.without(kind, name) if name in known else search


def _write(how: str) -> str:
    return f"(query) => window.writeAddress(query, {json.dumps(how)}, {json.dumps(NAMES)})"
