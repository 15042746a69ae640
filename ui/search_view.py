"""The Scholarships tab's HTML: what was searched with, what is not shown and why, near misses, ways out of no result.

Every button says by `data-kind` and `data-name` how it changes the search; every value is escaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ui.cards import Json, card, card_list, empty_state, profile_value
from ui.search_url import Search, offered
from ui.strings import t

PROFILE_FIELDS = {
    "level": "level", "field": "fields", "state": "state", "gender": "gender", "social_group": "socialGroups",
    "study_in": "studyIn", "marks": "marksPercent", "income": "familyIncome",
}  # fmt: skip
"""Which field of a profile a filter sets."""


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


def searching_with(search: Search, parts: Sequence[Part]) -> str:
    """The parts as chips that remove them, and what is not used as chips that bring it back."""
    chips = [_chip(p.kind, p.name, f"{p.text} ×", t.REMOVE.format(what=p.text), "on") for p in parts]
    for name in search.ignore:
        label = t.PROFILE_NAMES[name]
        text = f"{t.NOT_USED.format(name=label)} ↩"
        chips.append(_chip("use", name, text, t.USE_AGAIN.format(name=label), "off"))
    if len(chips) > 1:
        chips.append(_chip("clear", "", t.CLEAR_ALL, t.CLEAR_ALL, "clear"))
    return _group(t.SEARCHING_WITH, chips) if chips else ""


def results(found: Json, not_shown: Sequence[tuple[Json, str]], nothing: str) -> str:
    """Notices, cards (or `nothing`), near misses."""
    notices = "".join(_notice(record, why) for record, why in not_shown)
    return notices + card_list(found["scholarships"], nothing) + _nearly(found["nearMisses"])


def _notice(record: Json, why: str) -> str:
    text = t.NOT_SHOWN.format(name=record["name"], why=why)
    return (
        f'<section class="notice"><p>{escape(text)}</p>'
        f'<details class="anyway"><summary class="btn">{escape(t.SHOW_ANYWAY)}</summary>{card(record)}</details></section>'
    )


def _nearly(misses: Sequence[Json]) -> str:
    if not misses:
        return ""
    rows = "".join(map(_near, misses))
    return f'<section class="nearly"><h3>{escape(t.NEARLY)}</h3><p class="hint">{escape(t.NEARLY_LEAD)}</p>{rows}</section>'


def _near(miss: Json) -> str:
    shown = miss["scholarships"]
    more = miss["total"] - len(shown)
    rest = f'<span class="hint">{escape(t.AND_MORE.format(n=more))}</span>' if more > 0 else ""
    return f'<div class="near"><p>{escape(miss["text"])}</p><div class="chips">{"".join(map(_look_for, shown))}{rest}</div></div>'


def _look_for(record: Json) -> str:
    return _chip("name", record["name"], record["name"], t.LOOK_FOR.format(name=record["name"]))


def nothing_found(ways_out: Iterable[tuple[Part, int]]) -> str:
    """The box for no result; each way out is a part to take away and how many rows that would give."""
    chips = [
        _chip(
            p.kind, p.name, t.WITHOUT.format(what=what, total=total),
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


def _chip(kind: str, name: str, text: str, label: str, look: str = "") -> str:
    return (
        f'<button type="button" class="chip {look}" data-act="refine" data-kind="{escape(kind)}" '
        f'data-name="{escape(name)}" aria-label="{escape(label)}">{escape(text)}</button>'
    )


def _group(title: str, chips: Iterable[str]) -> str:
    return f'<div class="chips" role="group" aria-label="{escape(title)}"><span class="chips-title">{escape(title)}</span>{"".join(chips)}</div>'


def share() -> str:
    """The button that copies the page's address, and what to know before."""
    return (
        f'<div class="share"><button type="button" class="btn" data-act="copy" data-done="{escape(t.LINK_COPIED)}">{escape(t.COPY_LINK)}</button>'
        f'<p class="hint">{escape(t.LINK_HINT)}</p><span class="visually-hidden" role="status"></span>'
        f"<label hidden>{escape(t.LINK_BY_HAND)}<input readonly></label></div>"
    )
