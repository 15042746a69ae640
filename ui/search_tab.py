"""The Scholarships tab: search, filters, cards, pages; the page's address holds the search (search.js)."""

import json
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import Any

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.services import Services
from backend.sessions import Caller
from ui import record_words
from ui.cards import CARD_SCRIPT, Json, loading
from ui.common import PRIVATE, event_text, event_value, html, sentence
from ui.conversation import filled
from ui.search_url import NAMES, Search, parameters, search_of
from ui.search_view import (
    PROFILE_FIELDS,
    Part,
    failed,
    fields_form,
    nothing_found,
    panel,
    parts_of,
    results,
    share,
)  # fmt: skip
from ui.strings import page_language, t

CSS = Path(__file__).with_name("search.css").read_text(encoding="utf-8")
PAGE_SIZE = 12
MOST_TRIES = 6
MOST_NOTICES = 4


class _Finder:
    """Runs searches and gives what the page shows of them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def shown(self, search: Search, n: int, request: gr.Request) -> str:
        """The results as HTML; a page past the end becomes the last one."""
        caller = caller_of(self._services, request)
        found = self._find(caller, search)
        pages = max(1, -(-found["total"] // PAGE_SIZE))
        if search.page > pages:
            search = replace(search, page=pages)
            found = self._find(caller, search)
        parts = parts_of(search, found["profile"])
        nothing = "" if found["total"] else nothing_found(search, self._ways_out(caller, search, parts))
        catalogue = self._services.catalogue
        return results(catalogue, search, found, pages, n, parts, self._not_shown(caller, search, found), nothing)

    def _find(self, caller: Caller | None, search: Search, page_size: int = PAGE_SIZE) -> Json:
        given = {
            **search.filters, "keywords": search.words, "ignore": list(search.ignore), "page": search.page,
            "page_size": page_size,
        }  # fmt: skip
        return do.search_scholarships(self._services, caller, s.SearchInput.model_validate(given))

    def _not_shown(self, caller: Caller | None, search: Search, found: Json) -> list[tuple[Json, str]]:
        """What the words named and something removed: the record, and why."""
        missed = []
        for one in found["notShown"][:MOST_NOTICES]:
            record = do.get_scholarship(self._services, caller, s.ScholarshipInput(id=one["id"])) | {"match": None}
            missed.append((record, " ".join(self._reasons(search, found["profile"], record, one["reasons"]))))
        return missed

    def _reasons(self, search: Search, profile: Json, record: Json, english: list[str]) -> list[str]:
        """Why it is not shown: the API's sentences, or in another language of the page the rules that are broken, else
        its dates, else that a filter keeps it away."""
        if page_language() == "en":
            return english
        given = s.EligibilityInput.model_validate({"id": record["id"], **filled(profile)})
        own, verdict = (
            self._services.catalogue.by_id[record["id"]], do.check_eligibility(self._services, None, given),
        )  # fmt: skip
        broken = [record_words.rule(own, finding) for finding in verdict["failed"]]
        dates = [record_words.deadline(record["deadlineState"])] if "deadline" in search.filters else []
        return broken or dates or [t.FILTERED_OUT]

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


def build(services: Services) -> gr.HTML:
    """Build the tab inside the open Blocks; gives the results, whose events are those of cards."""
    finder = _Finder(services)
    html(panel(), "search-panel")
    with gr.Row(elem_classes="search-columns"):
        fields = html("", "search-fields")
        script = (
            f"{CARD_SCRIPT} window.search.mount(element, (asked) => trigger('go', asked), watch, {json.dumps(NAMES)});"
        )
        found = html(loading(t.LOADING), "search-results", script)
    html(share(), "search-share")

    def go(event: gr.EventData, request: gr.Request) -> tuple[Any, Any]:
        """The search of a query string (any client may send anything), and on a fresh page the fields of the filters;
        `n` tells the page's script which of its questions this answers."""
        n, query = event_value(event, "n"), event_text(event, "query")
        number = n if isinstance(n, int) else 0
        fresh = fields_form() if event_value(event, "first") is True else gr.skip()
        try:
            search, broken = search_of(parameters(query))
            shown = finder.shown(search, number, request)
        except Exception as error:
            return failed(number, query, sentence(error)), fresh
        if broken:
            gr.Warning(t.ADDRESS_BROKEN.format(names=", ".join(broken)), title=t.WENT_WRONG, duration=8)
        return shown, fresh

    found.go(go, None, [found, fields], trigger_mode="always_last", **PRIVATE)
    return found
