"""The Scholarships tab's HTML: the form, what was searched with, what is not shown and why, near misses, ways out of no
result, pages. A button of `data-query` leads to another search, named by its query string; every value is escaped.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from backend.catalogue import Catalogue
from ui import record_words
from ui.cards import Json, card, card_list, empty_state, profile_value
from ui.search_url import DEFAULTS, LARGEST, Search, offered
from ui.strings import t

PROFILE_FIELDS = {
    "level": "level", "field": "fields", "state": "state", "gender": "gender", "social_group": "socialGroups",
    "study_in": "studyIn", "marks": "marksPercent", "income": "familyIncome",
}  # fmt: skip
"""Which field of a profile a filter sets."""
FACETS = {
    "level": "level", "field": "field", "state": "state", "category": "category", "provider_type": "providerType",
    "study_in": "country",
}  # fmt: skip
"""Which of the API's facets counts a filter's values."""
FORM = "search-form"


@dataclass(frozen=True)
class Part:
    """One thing the search goes by: a `filter`, or a profile field read from the words (`ignore` drops it)."""

    kind: str
    name: str
    text: str


def parts_of(search: Search, profile: Json) -> list[Part]:
    """Everything the search goes by, but for the words themselves."""
    filters = {PROFILE_FIELDS[n]: n for n in search.filters if n in PROFILE_FIELDS}
    found = []
    for name, label in t.PROFILE_NAMES.items():
        shown = profile_value(name, profile)
        if shown and name in filters:
            found.append(Part("filter", filters[name], f"{label}: {shown}"))
        elif shown and search.words and not (name == "citizenship" and "state" in filters):  # follows from the filter
            found.append(Part("ignore", name, f"{label}: {shown}"))
    return found + [Part("filter", n, _filter_text(n, v)) for n, v in search.filters.items() if n not in PROFILE_FIELDS]


def _filter_text(name: str, value: Any) -> str:
    if value is True:
        return t.FILTER_NAMES[name]
    shown = next((label for label, v in offered()[name] if v == value), value)
    return f"{t.FILTER_NAMES[name]}: {shown}"


def panel() -> str:
    """The words to search for, and the place where phones open the filters; on wide screens they stand beside the list."""
    close = (
        f'<form method="dialog"><button class="btn quiet over-close" aria-label="{escape(t.CLOSE)}">✕</button></form>'
    )
    return f"""<form id="{FORM}" class="search" role="search"><label for="search-words">{escape(t.SEARCH_LABEL)}</label>
<div class="search-row" id="search-box"><input type="search" id="search-words" name="q" maxlength="500" enterkeyhint="search"
autocomplete="off" placeholder="{escape(t.SEARCH_PLACEHOLDER)}"><button id="search-go" class="btn main">{escape(t.SEARCH_BUTTON)}</button>
<button type="button" id="filters-open" class="btn i i-filter" aria-haspopup="dialog">{escape(t.FILTERS)}&nbsp;<span class="filters-count"></span></button></div></form>
<p class="visually-hidden" role="status" id="search-said"></p>
<dialog id="filter-sheet" class="over from-below" closedby="any" aria-labelledby="filter-sheet-title">
<div class="over-bar"><h2 id="filter-sheet-title" tabindex="-1" autofocus>{escape(t.FILTERS)}</h2>{close}</div><div class="sheet-place"></div>
<div class="sheet-end"><button type="button" class="btn main" data-sheet="show"></button>
<button type="button" class="btn" data-sheet="clear">{escape(t.CLEAR_ALL)}</button></div></dialog>"""


def fields_form() -> str:
    """The fields of the filters; what they offer is counted by search.js from the facets of the results."""
    return f'<div class="filter-fields" role="group" aria-label="{escape(t.FILTERS)}">{"".join(map(_field, DEFAULTS))}</div>'


def _field(name: str) -> str:
    label, id_ = escape(t.FILTER_NAMES[name]), f"filter-{name.replace('_', '-')}"
    own = f'id="{id_}" name="{name}" form="{FORM}"'
    if name in LARGEST:
        more = f'type="number" inputmode="decimal" min="0" max="{LARGEST[name]:.0f}" step="any"'
        return f'<div class="field"><label for="{id_}">{label}</label><input {own} {more}></div>'
    if name == "eligible_only":
        return f'<label class="tick-field"><input type="checkbox" {own} value="true"> {label}</label>'
    facet = f' data-facet="{FACETS[name]}"' if name in FACETS else ""
    options = "".join(f'<option value="{escape(v)}">{escape(x)}</option>' for x, v in offered()[name])
    return f'<div class="field"><label for="{id_}">{label}</label><select {own}{facet} data-usual="{DEFAULTS[name]}">{options}</select></div>'


def results(
    catalogue: Catalogue, search: Search, found: Json, pages: int, n: int, parts: Sequence[Part],
    not_shown: Sequence[tuple[Json, str]], nothing: str,
) -> str:  # fmt: skip
    """What was found: chips, how many, notices, cards (or `nothing`), near misses, pages."""
    notices = "".join(_notice(catalogue, record, why) for record, why in not_shown)
    facets = {name: dict(counts) for name, counts in found["facets"].items()}
    return f"""<div class="found" data-n="{n}" data-query="{escape(search.query())}" data-facets="{escape(json.dumps(facets))}">
<div id="search-read">{searching_with(search, parts)}</div>
<p id="search-total" class="total" tabindex="-1"><strong>{escape(count_text(found["total"]))}</strong></p>
<div id="search-cards">{notices}{card_list(catalogue, found["scholarships"], nothing)}{_nearly(catalogue, search, found["nearMisses"])}</div>
{_pager(search, pages) if pages > 1 else ""}</div>"""


def failed(n: int, query: str, why: str) -> str:
    """The box for a search that did not work, with a way to try again."""
    again = f'<button type="button" class="btn main" data-query="{escape(query)}">{escape(t.TRY_AGAIN)}</button>'
    return f'<div class="found" data-n="{n}" data-failed="{escape(why)}"><div id="search-cards">{empty_state(t.SEARCH_FAILED, why, again)}</div></div>'


def searching_with(search: Search, parts: Sequence[Part]) -> str:
    """The parts as chips that remove them, and what is not used as chips that bring it back."""
    chips = [_chip(search.without(p.kind, p.name), f"{p.text} ×", t.REMOVE.format(what=p.text), "on") for p in parts]
    for name in search.ignore:
        label = t.PROFILE_NAMES[name]
        back = replace(search, ignore=tuple(n for n in search.ignore if n != name), page=1)
        chips.append(_chip(back, f"{t.NOT_USED.format(name=label)} ↩", t.USE_AGAIN.format(name=label), "off"))
    if len(chips) > 1:
        chips.append(_chip(Search(), t.CLEAR_ALL, t.CLEAR_ALL, "clear"))
    return _group(t.SEARCHING_WITH, chips) if chips else ""


def _pager(search: Search, pages: int) -> str:
    def turn(step: int, text: str, id_: str) -> str:
        page = search.page + step
        off = "" if 1 <= page <= pages else " disabled"
        query = escape(replace(search, page=page).query())
        return (
            f'<button type="button" class="btn" id="{id_}" data-query="{query}" data-top{off}>{escape(text)}</button>'
        )

    where = escape(t.PAGE_OF.format(page=search.page, pages=pages))
    return (
        f'<nav class="pager" aria-label="{escape(t.PAGES)}">{turn(-1, t.PREVIOUS, "search-back")}<span class="where">{where}</span>'
        f"{turn(1, t.NEXT, 'search-next')}</nav>"
    )


def _notice(catalogue: Catalogue, record: Json, why: str) -> str:
    text = t.NOT_SHOWN.format(name=record["name"], why=why)
    return (
        f'<section class="notice"><p>{escape(text)}</p><details class="anyway"><summary class="btn">{escape(t.SHOW_ANYWAY)}</summary>'
        f"{card(catalogue.by_id[record['id']], record)}</details></section>"
    )


def _nearly(catalogue: Catalogue, search: Search, misses: Sequence[Json]) -> str:
    if not misses:
        return ""
    rows = "".join(_near(catalogue, search, miss) for miss in misses)
    return f'<section class="nearly"><h3>{escape(t.NEARLY)}</h3><p class="hint">{escape(t.NEARLY_LEAD)}</p>{rows}</section>'


def _near(catalogue: Catalogue, search: Search, miss: Json) -> str:
    shown = miss["scholarships"]
    more = miss["total"] - len(shown)
    rest = f'<span class="hint">{escape(t.AND_MORE.format(n=more))}</span>' if more > 0 else ""
    chips = "".join(
        _chip(Search(x["name"], search.filters), x["name"], t.LOOK_FOR.format(name=x["name"])) for x in shown
    )
    return f'<div class="near"><p>{escape(record_words.near(catalogue.by_id[shown[0]["id"]], miss))}</p><div class="chips">{chips}{rest}</div></div>'


def nothing_found(search: Search, ways_out: Iterable[tuple[Part, int]]) -> str:
    """The box for no result; each way out is a part to take away and how many rows that would give."""
    chips = [
        _chip(
            search.without(p.kind, p.name), t.WITHOUT.format(what=what, total=total),
            t.WITHOUT_LONG.format(what=what, found=count_text(total)),
        )
        for p, total in ways_out
        for what in (t.QUOTED.format(text=p.text) if p.name else p.text,)
    ]  # fmt: skip
    if not chips:
        return empty_state(t.NOTHING_FOUND, t.NOTHING_FOUND_ADVICE)
    return empty_state(t.NOTHING_FOUND, t.NOTHING_FOUND_TRY, f'<div class="chips middle">{"".join(chips)}</div>')


def count_text(total: int) -> str:
    """So many scholarships, in words."""
    return t.FOUND_ONE if total == 1 else t.FOUND_MANY.format(total=total)


def _chip(leads_to: Search, text: str, label: str, look: str = "") -> str:
    query = escape(leads_to.query())
    return f'<button type="button" class="chip {look}" data-query="{query}" aria-label="{escape(label)}">{escape(text)}</button>'


def _group(title: str, chips: Iterable[str]) -> str:
    return f'<div class="chips" role="group" aria-label="{escape(title)}"><span class="chips-title">{escape(title)}</span>{"".join(chips)}</div>'


def share() -> str:
    """The button that copies the page's address, and what to know before."""
    return (
        f'<div class="share"><button type="button" class="btn" data-act="copy" data-done="{escape(t.LINK_COPIED)}">{escape(t.COPY_LINK)}</button>'
        f'<p class="hint">{escape(t.LINK_HINT)}</p><span class="visually-hidden" role="status"></span>'
        f"<label hidden>{escape(t.LINK_BY_HAND)}<input readonly></label></div>"
    )
