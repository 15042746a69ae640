"""Stages that a portal shows for an application, with what each means, what to do and whom to call (data/stages.csv). Which set
a record has is data too: the column `stages` of data/portals.csv, by the host of its address; else the general one."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from backend.vocabulary import HINDI

DATA = Path(__file__).resolve().parents[2] / "data"
GENERAL = "general"


@dataclass(frozen=True)
class Stage:
    """One stage in one language; `call` is who to ask where nothing moves, `source` the page read."""

    id: str
    label: str
    meaning: str
    next: str
    call: str
    source: str


@lru_cache(maxsize=4)
def stage_sets(language: str) -> Mapping[str, tuple[Stage, ...]]:
    """All sets in `en` or `hi`, their stages in order."""
    end = "_hi" if language == HINDI else ""
    sets: dict[str, tuple[Stage, ...]] = {}
    for row in _rows("stages.csv"):
        label, meaning, step, call = (row[name + end] for name in ("label", "meaning", "next", "call"))
        stage = Stage(row["stage"], label, meaning, step, call, row["source"])
        sets[row["set"]] = (*sets.get(row["set"], ()), stage)
    return sets


@lru_cache(maxsize=4096)
def stage_set(address: str) -> str:
    """The key of the set of the record with this application address."""
    return _sets_by_host().get(urlsplit(address).hostname or "") or GENERAL


def stage_of(address: str, status: str, language: str) -> Stage | None:
    """The stage whose id an application's portal status is, or None for the student's own words."""
    return next((s for s in stage_sets(language)[stage_set(address)] if s.id == status), None)


@lru_cache(maxsize=1)
def _sets_by_host() -> Mapping[str, str]:
    return {row["host"]: row["stages"] for row in _rows("portals.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
