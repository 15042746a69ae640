"""Verdicts by the catalogue's reading of the rules, against an independent statement of it."""

import csv

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.eligibility import match, status_of
from backend.profile import FIELDS, GENDERS, LEVELS, SOCIAL_GROUPS, Profile
from tests.conftest import CATALOGUE

with CATALOGUE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

profiles = st.builds(
    Profile,
    level=st.none() | st.sampled_from(LEVELS),
    fields=st.lists(st.sampled_from(FIELDS), max_size=2, unique=True).map(tuple),
    gender=st.none() | st.sampled_from(GENDERS),
    citizenship=st.none() | st.sampled_from(["IN", "US", "CN", "NG", "FR"]),
    state=st.none() | st.sampled_from(["Bihar", "Kerala", "Georgia", "Delhi"]),
    study_in=st.lists(st.sampled_from(["IN", "GB", "US", "JP"]), max_size=2, unique=True).map(tuple),
    social_groups=st.lists(st.sampled_from(SOCIAL_GROUPS), max_size=2, unique=True).map(tuple) | st.just(("general",)),
    disability=st.none() | st.booleans(),
    marks_percent=st.none() | st.sampled_from([44.9, 50.0, 55.0, 59.9, 60.0, 67.5, 75.0, 99.0]),
    family_income=st.none() | st.sampled_from([0.0, 100000.0, 250000.0, 250001.0, 800000.0, 5e6]),
    income_currency=st.none() | st.sampled_from(["INR", "USD"]),
    age=st.none() | st.integers(10, 60),
)


def split(cell: str) -> set[str]:
    return {x for x in cell.split("|") if x}


def is_one_of(who: str, p: Profile) -> bool | None:
    seen: set[bool | None] = set()
    for one in who.split(","):
        if one == "other":
            seen.add(None)
        elif one == "disability":
            seen.add(p.disability)
        elif one in GENDERS:
            seen.add(None if p.gender is None else p.gender == one)
        else:
            seen.add(None if not p.social_groups else one in p.social_groups)
    return True if True in seen else None if None in seen else False


def oracle(row: dict[str, str], p: Profile) -> dict[str, bool | None]:
    """Each stated rule's truth, written straight from the CSV."""
    truth: dict[str, bool | None] = {"level": None if p.level is None else p.level in split(row["levels"])}

    def lists(name: str, cell: str, free: str, own: tuple[str, ...]) -> None:
        if free not in split(cell):
            truth[name] = None if not own else bool(split(cell) & set(own))

    lists("field", row["fields"], "any", p.fields)
    lists("studyIn", row["study_in"], "ANY", p.study_in)
    lists("socialGroup", row["social_groups"], "any", p.social_groups)
    if row["gender"] != "any":
        truth["gender"] = None if p.gender is None else p.gender == row["gender"]
    if "ANY" not in split(row["open_to"]) or row["closed_to"]:
        inside = bool({"ANY", p.citizenship} & split(row["open_to"])) and p.citizenship not in split(row["closed_to"])
        truth["citizenship"] = None if p.citizenship is None else inside
    if row["states"]:
        truth["state"] = None if p.state is None else p.state in split(row["states"])
    if row["disability"] == "required":
        truth["disability"] = p.disability

    def limit(name: str, value: float | None, meets, low: float = 0) -> None:
        looser = [x.split(" ") for x in split(row["relaxations"]) if x.split(" ")[0] == name]
        if value is None:
            truth[name] = None
        elif meets(value):
            truth[name] = True
        elif value < low:
            truth[name] = False
        else:
            told = [
                is_one_of(who, p) for _, number, who in looser if number == "none" or better(name, value, float(number))
            ]
            truth[name] = True if True in told else None if None in told else False

    def better(name: str, value: float, number: float) -> bool:
        return value >= number if name == "marks" else value <= number

    if row["min_marks_percent"]:
        limit("marks", p.marks_percent, lambda v: v >= float(row["min_marks_percent"]))
    if row["max_family_income"]:
        currency = p.income_currency or ("INR" if p.citizenship == "IN" else None)
        income = p.family_income if currency == row["income_currency"] else None
        limit("income", income, lambda v: v <= float(row["max_family_income"]))
    if row["min_age"] or row["max_age"]:
        low, high = float(row["min_age"] or 0), float(row["max_age"] or 999)
        limit("age", p.age, lambda v: low <= v <= high, low)
    return truth


@settings(max_examples=60, deadline=None)
@given(profile=profiles)
def test_every_verdict_is_the_oracles(catalogue, profile):
    for row in ROWS:
        verdict = match(catalogue.by_id[row["id"]], profile)
        truth = oracle(row, profile)
        found = {
            f.rule: v
            for v, group in ((True, verdict.satisfied), (False, verdict.failed), (None, verdict.unknown))
            for f in group
        }
        assert found == truth, row["id"]
        want = "not_eligible" if False in truth.values() else "needs_info" if None in truth.values() else "eligible"
        assert verdict.status == want == status_of(catalogue.by_id[row["id"]], profile)


@settings(max_examples=40, deadline=None)
@given(profile=profiles)
def test_a_value_that_is_not_known_never_excludes(catalogue, profile):
    """Learning more can only turn needs_info into a verdict; it never makes an excluded row fit again by itself."""
    for record in catalogue.scholarships[::7]:
        if status_of(record, Profile()) == "not_eligible":
            raise AssertionError(record.id)
        if profile.known() and status_of(record, profile) == "eligible":
            assert not match(record, profile).unknown


def test_reasons_name_limit_and_value(catalogue):
    verdict = match(
        catalogue.by_id["aicte-pragati-degree"],
        Profile(level="undergraduate", gender="female", family_income=900000, income_currency="INR"),
    )
    assert verdict.status == "not_eligible"
    assert [f.text for f in verdict.failed] == ["Family income up to ₹8,00,000 a year; you: ₹9,00,000."]
    assert {f.rule for f in verdict.unknown} == {"field", "citizenship", "studyIn"}
