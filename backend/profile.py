"""What is known of a student; every field is optional and an unknown one is None or empty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

LEVELS = ("school", "class-11-12", "diploma", "undergraduate", "postgraduate", "doctoral", "postdoctoral")
FIELDS = (
    "engineering", "computing", "medicine", "nursing", "pharmacy", "science", "mathematics", "agriculture",
    "commerce", "management", "law", "arts", "social-sciences", "education", "architecture", "design", "media",
    "sports", "skilled-trades",
)  # fmt: skip
GENDERS = ("female", "male", "transgender")
SOCIAL_GROUPS = (
    "SC", "ST", "OBC", "EWS", "DNT", "minority", "african-american", "hispanic", "indigenous",
    "first-generation", "refugee", "orphan", "defence-family", "worker-family",
)  # fmt: skip
NO_SOCIAL_GROUP = "general"
"""The student said that no social group applies; a known value that fails every group rule."""


@dataclass(frozen=True)
class Profile:
    """A student as the contract's Profile.

    `citizenship` and `study_in` are ISO 3166 alpha-2 codes; `marks_percent` is 0 to 100; `family_income` is a year's
    amount in `income_currency` (ISO 4217); `social_groups` may be `("general",)`; `age` is in years.
    """

    level: str | None = None
    year_of_study: int | None = None
    fields: tuple[str, ...] = ()
    gender: str | None = None
    citizenship: str | None = None
    state: str | None = None
    study_in: tuple[str, ...] = ()
    social_groups: tuple[str, ...] = ()
    disability: bool | None = None
    marks_percent: float | None = None
    family_income: float | None = None
    income_currency: str | None = None
    age: int | None = None

    def known(self) -> dict[str, Any]:
        """The fields that are known, by name."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) not in (None, ())}

    def updated(self, newer: "Profile") -> "Profile":
        """This profile with every field that `newer` knows taken from it."""
        return replace(self, **newer.known())

    def without(self, names: Iterable[str]) -> "Profile":
        """This profile with the fields of these names unknown; an income takes its currency along."""
        blank, gone = Profile(), set(names)
        gone |= {"income_currency"} if "family_income" in gone else set()
        return replace(self, **{name: getattr(blank, name) for name in gone})

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Profile":
        """A profile from a mapping of field names to values, lists allowed for the plural ones."""
        known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if v is not None}
        return cls(**known)


EVERY_FIELD = tuple(f.name for f in fields(Profile))
"""The names of all fields."""
