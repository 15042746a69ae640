"""One search as a value, and as the query string of the page's address: what stands in it can be copied and reloaded."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic import ValidationError

from backend.api import schemas as s
from backend.catalogue import CATEGORIES, PROVIDER_TYPES
from backend.lexicon import lexicon
from backend.profile import FIELDS, LEVELS
from ui.common import Choices, choices, countries, indian_states, with_any
from ui.strings import language, t

MOST_WORDS = 500
MOST_FIELDS = 60
DEFAULTS: dict[str, Any] = {
    "level": "", "field": "", "state": "", "gender": "", "social_group": "", "category": "", "provider_type": "",
    "study_in": "", "deadline": "any", "sort": "relevance", "marks": None, "income": None, "eligible_only": False,
}  # fmt: skip
"""The filters in the order in which the page shows them, and the values that stand for no choice."""
LARGEST = {"marks": 100.0, "income": 1e12}
NAMES = ("tab", "q", *DEFAULTS, "ignore", "p")
"""The parameters of the address that are ours. Not `page`: Gradio takes that for one of its own pages (and fails)."""


@dataclass(frozen=True)
class Search:
    """Words, the filters that are set, the profile fields not to be read from the words (camelCase), the page from 1."""

    words: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    page: int = 1

    def without(self, kind: str, name: str) -> "Search":
        """The same search from page 1 without a `filter`, a field that was read (`ignore`), all `filters` or the `words`."""
        if kind == "filter":
            return replace(self, filters={n: v for n, v in self.filters.items() if n != name}, page=1)
        if kind == "filters":
            return replace(self, filters={}, page=1)
        if kind == "words":
            return replace(self, words="", ignore=(), page=1)
        return replace(self, ignore=tuple(dict.fromkeys((*self.ignore, name))), page=1)

    def query(self) -> str:
        """The query string; what is as always is left out."""
        pairs = {"tab": "scholarships", "q": self.words, **{n: _written(v) for n, v in self.filters.items()}}
        pairs |= {"ignore": ",".join(self.ignore), "p": str(self.page) if self.page > 1 else ""}
        return urlencode({n: pairs[n] for n in NAMES if pairs.get(n)})


def set_filters(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only the filters that are set."""
    return {n: values[n] for n, usual in DEFAULTS.items() if values.get(n) not in (None, "", usual)}


def offered() -> dict[str, Choices]:
    """What each filter with a list of values offers, in the language of the moment."""
    return _offered(language())


@lru_cache(maxsize=3)
def _offered(_: str | None) -> dict[str, Choices]:
    return {
        "level": with_any(choices(t.LEVELS, LEVELS)),
        "field": with_any(choices(t.FIELDS, FIELDS)),
        "state": with_any(indian_states()),
        "gender": with_any(choices(t.GENDERS)),
        "social_group": with_any(choices(t.SOCIAL_GROUPS)),
        "category": with_any(choices(t.CATEGORIES, CATEGORIES)),
        "provider_type": with_any(choices(t.PROVIDERS, PROVIDER_TYPES)),
        "study_in": with_any(countries()),
        "deadline": choices(t.DEADLINES),
        "sort": choices(t.SORTS),
    }


def parameters(query: str) -> dict[str, str]:
    """The parameters of a query string from a browser; none where it is absurd."""
    try:
        return dict(parse_qsl(query.removeprefix("?"), max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}


def search_of(given: Mapping[str, str]) -> tuple[Search, list[str]]:
    """The search that an address's parameters hold, and the labels of those that could not be used."""
    broken = []
    found: dict[str, Any] = {}
    for name in NAMES[1:]:
        raw = str(given.get(name, "")).strip()
        if not raw:
            continue
        value = _read(name, raw)
        if value is None or (name == "ignore" and len(value) < len(raw.split(","))) or (name == "q" and value != raw):
            broken.append(t.ADDRESS_NAMES.get(name, t.FILTER_NAMES.get(name, name)))
        if value is not None:
            found[name] = value
    return Search(found.get("q", ""), set_filters(found), found.get("ignore", ()), found.get("p", 1)), broken


def _read(name: str, raw: str) -> Any:
    """A parameter's value, as much of it as can be used, or None."""
    if name == "q":
        return _if_allowed("keywords", raw[:MOST_WORDS].strip())
    if name == "p":
        return int(raw) if raw.isascii() and raw.isdigit() and _if_allowed("page", raw) else None
    if name == "ignore":
        return tuple(dict.fromkeys(n for n in raw.split(",") if n in t.PROFILE_NAMES))
    if name == "eligible_only":
        return {"true": True, "1": True, "false": False, "0": False}.get(raw.lower())
    if name in LARGEST:
        return _number(raw, LARGEST[name])
    wanted = lexicon().state(raw) if name == "state" else raw.upper() if name == "study_in" else raw
    return wanted if wanted in {value for _, value in offered()[name]} else None


def _if_allowed(name: str, value: str) -> str | None:
    try:
        s.SearchInput.model_validate({name: value})
    except ValidationError:
        return None
    return value


def _number(raw: str, largest: float) -> float | None:
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= largest else None


def _written(value: Any) -> str:
    if value is True:
        return "true"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
