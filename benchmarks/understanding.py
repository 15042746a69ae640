"""`make eval`: how well names are found and students are read, on cases that were written without looking at the code.

cases/names.jsonl: {"text", "ids"}: what is typed, and the records that it may mean. cases/search.jsonl: {"text", "profile",
"maybe", "must"}: what a student types, what it states (exactly), what may also be read, ids that belong in the first ten.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic.alias_generators import to_snake

from backend.api import shapes
from backend.catalogue import read_csv
from backend.eligibility import NOT_ELIGIBLE, status_of
from backend.evaluation import write_down
from backend.profile import Profile
from backend.search import Query, Search

ROOT = Path(__file__).resolve().parents[1]
CASES = Path(__file__).with_name("cases")
FIRST, SAME_NUMBER = 10, 0.11
"""Rows looked at for what must be found; numbers that differ by less are the same (72.67 and 72.7)."""


@dataclass(frozen=True)
class Score:
    """The figures of one set of cases, by name, and a line for each case that failed."""

    figures: Mapping[str, float]
    failures: tuple[str, ...]


def name_score(search: Search, cases: Path, now: datetime) -> Score:
    """hit1: the first row is the one meant; resolved: `resolvedId` is it too (null where several are meant equally)."""
    rows, hits, resolved, failures = list(_lines(cases)), 0, 0, []
    for case in rows:
        page = search.find(Query(keywords=case["text"], page_size=1), now)
        is_hit = bool(page.hits) and page.hits[0].record.id in case["ids"]
        is_resolved = page.resolved_id in case["ids"] or (len(case["ids"]) > 1 and page.resolved_id is None)
        hits, resolved = hits + is_hit, resolved + is_resolved
        if not (is_hit and is_resolved):
            first = page.hits[0].record.id if page.hits else None
            failures.append(f"{case['text']!r}: wanted {case['ids']}, first {first}, resolved {page.resolved_id}")
    return Score(
        {"names.cases": len(rows), "names.hit1": hits / len(rows), "names.resolved": resolved / len(rows)},
        tuple(failures),
    )


def search_score(search: Search, cases: Path, now: datetime) -> Score:
    """profile_exact: nothing misread, nothing invented; top10_violations: cases with a row that breaks the profile among
    the first ten; must_recall10: share of the wanted rows that are among them."""
    rows, exact, violations, wanted, found, failures = list(_lines(cases)), 0, 0, 0, 0, []
    for case in rows:
        page = search.find(Query(keywords=case["text"], page_size=FIRST), now)
        wrong = misread(shapes.profile(page.profile), case["profile"], case["maybe"])
        truth = Profile.of({to_snake(name): value for name, value in case["profile"].items()})
        breaking = [h.record.id for h in page.hits if status_of(h.record, truth) == NOT_ELIGIBLE]
        lost = set(case["must"]) - {h.record.id for h in page.hits}
        exact, violations = exact + (not wrong), violations + bool(breaking)
        wanted, found = wanted + len(case["must"]), found + len(case["must"]) - len(lost)
        if wrong or breaking or lost:
            failures.append(f"{case['text']!r}: misread {wrong}, breaking {breaking}, lost {sorted(lost)}")
    return Score(
        {
            "search.cases": len(rows), "search.profile_exact": exact / len(rows),
            "search.top10_violations": violations / len(rows), "search.must_recall10": found / wanted,
        },
        tuple(failures),
    )  # fmt: skip


def misread(read: Mapping[str, Any], stated: Mapping[str, Any], maybe: list[str]) -> list[str]:
    """The profile fields that differ from what is stated, or that are neither stated nor allowed."""
    known = {name: value for name, value in read.items() if value not in (None, [])}
    return [
        name
        for name in {*known, *stated}
        if (name in stated and not _same(known.get(name), stated[name])) or (name not in stated and name not in maybe)
    ]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) < SAME_NUMBER
    return bool(one == other)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return iter([json.loads(line) for line in file])


def main(arguments: list[str]) -> None:
    """Print the figures of the cases kept here, or of those in the folders given, and each failure; with --write those of
    the last folder are kept for the quality page."""
    catalogue, now = read_csv(ROOT / "data" / "scholarships.csv"), datetime.now(UTC)
    search, folders = Search(catalogue), [a for a in arguments if a != "--write"]
    for folder in map(Path, folders or [str(CASES)]):
        for name, score in (("names", name_score), ("search", search_score)):
            result = score(search, folder / f"{name}.jsonl", now)
            if "--write" in arguments:
                write_down(name, result.figures, len(catalogue), now.date())
            for failure in result.failures:
                print(failure)
            for figure, value in result.figures.items():
                print(f"{figure} {value:.4g}")


if __name__ == "__main__":
    main(sys.argv[1:])
