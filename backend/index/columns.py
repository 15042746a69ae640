"""Facts of all rows as codes into their distinct values: what holds of a value is worked out once, not once a row."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.catalogue import ANY, ANY_COUNTRY, Scholarship
from backend.deadlines import DATE_FACTS, date_facts
from backend.eligibility import RULES

_BLANK = Scholarship(
    id="", name="", provider="", provider_type="", category="", study_in=(ANY_COUNTRY,), open_to=(ANY_COUNTRY,),
    closed_to=(), states=(), levels=(), fields=(ANY,), gender=ANY, social_groups=(ANY,), disability=ANY,
    min_marks_percent=None, max_family_income=None, income_currency=None, min_age=None, max_age=None, relaxations=(),
    award="", award_min=None, award_max=None, currency=None, award_period=None, covers=(), opens_month=None,
    closes_month=None, last_deadline=None, deadline="", renewable=None, awards_per_year=None, description="",
    eligibility=(), requirements=(), application_url="", application_url_official=False, source_url="", source_date=None,
)  # fmt: skip
"""A record that states nothing."""


@dataclass(frozen=True)
class Facts:
    """Facts of a record: the names of its fields, and their values (one value where there is one name)."""

    names: tuple[str, ...]
    values: Callable[[Scholarship], Any]

    def alone(self, record: Scholarship) -> Scholarship:
        """A record that states these facts alone."""
        values = self.values(record)
        return replace(_BLANK, **dict(zip(self.names, values if len(self.names) > 1 else (values,), strict=True)))


def _fields(*names: str) -> Facts:
    return Facts(names, attrgetter(*names))


COLUMNS = {
    **{rule.name: _fields(*rule.facts) for rule in RULES},
    "dates": Facts(DATE_FACTS, date_facts),
    "category": _fields("category"),
    "providerType": _fields("provider_type"),
    "source": _fields("source_date", "application_url_official"),
}
"""The columns and the facts of a record that each holds: one for every rule, and what filters and ranking read."""


@dataclass(frozen=True)
class Column:
    """`codes[row]` says which of `samples` (records that state these facts alone) the row agrees with."""

    codes: NDArray[np.unsignedinteger[Any]]
    samples: tuple[Scholarship, ...]

    def table(self, of: Callable[[Scholarship], Any], dtype: Any) -> NDArray[Any]:
        """What `of` gives for each distinct value, in the order of the codes."""
        return np.fromiter(map(of, self.samples), dtype, len(self.samples))

    def rows(self, table: NDArray[Any]) -> NDArray[Any]:
        """A table of `table()` spread over all rows."""
        return np.take(table, self.codes, mode="clip")

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many rows have each distinct value."""
        return np.bincount(self.codes, minlength=len(self.samples))


class ColumnBuilder:
    """Takes the records one by one, then gives the codes and, for each distinct value, the first row that has it."""

    def __init__(self, facts: Facts) -> None:
        self._values_of = facts.values
        self._code: dict[Any, int] = {}
        self._codes = array("I")
        self._firsts = array("I")

    def add(self, record: Scholarship) -> None:
        """The next row."""
        code = self._code.setdefault(self._values_of(record), len(self._code))
        if code == len(self._firsts):
            self._firsts.append(len(self._codes))
        self._codes.append(code)

    def join(self, following: "ColumnBuilder") -> None:
        """The rows of a builder that come next."""
        here = len(self._codes)
        for value, first in zip(following._code, following._firsts, strict=True):
            if self._code.setdefault(value, len(self._code)) == len(self._firsts):
                self._firsts.append(here + first)
        same = np.array([self._code[value] for value in following._code], np.uint32)
        self._codes.frombytes(same[np.frombuffer(following._codes, np.uint32)].tobytes())

    def arrays(self) -> tuple[NDArray[Any], NDArray[np.uint32]]:
        """Codes a row (as small a type as holds them) and first rows a value."""
        small = np.uint16 if len(self._code) <= 1 << 16 else np.uint32
        return np.frombuffer(self._codes, np.uint32).astype(small), np.frombuffer(self._firsts, np.uint32).copy()


def open_column(name: str, codes: NDArray[Any], firsts: NDArray[np.uint32], records: Sequence[Scholarship]) -> Column:
    """A column from its arrays and the records that it was built from."""
    return Column(codes, tuple(COLUMNS[name].alone(records[int(row)]) for row in firsts))
