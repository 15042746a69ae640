"""Search: names resolve, hard rules gate, pages and facets agree with the list."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.eligibility import match, status_of
from backend.profile import Profile
from backend.search import Query
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("inspire she", "inspire-she"), ("NMMSS", "nmmss"), ("chevening", "chevening-scholarship"),
        ("chevning scolarship last date 2026", "chevening-scholarship"), ("गाँव की बेटी योजना", "mp-gaon-ki-beti"),
        ("ishan uday form kab ayega", "ishan-uday"), ("reliance foundation postgraduate", "reliance-foundation-postgraduate"),
    ],
)  # fmt: skip
def test_a_name_comes_first(search, words, wanted):
    page = search.find(Query(keywords=words), NOW)
    assert page.hits[0].record.id == wanted == page.resolved_id


def test_every_official_name_means_its_record(search, catalogue):
    found = {r.id: search.find(Query(keywords=r.name, page_size=1), NOW).resolved_id for r in catalogue.scholarships}
    assert {wanted: got for wanted, got in found.items() if got != wanted} == {}


def test_a_broken_rule_removes_the_row_and_an_unknown_value_does_not(search):
    page = search.find(Query(keywords="sc boy class 9 bihar", page_size=100), NOW)
    assert page.total == len(page.hits) > 0
    for hit in page.hits:
        assert hit.match.status in ("eligible", "needs_info")
        assert hit.record.gender in ("any", "male")
        assert not hit.record.states or "Bihar" in hit.record.states


def test_pages_make_up_the_whole_list(search, catalogue):
    ids = []
    for number in range(1, 6):
        page = search.find(Query(page=number, page_size=100), NOW)
        ids += [h.record.id for h in page.hits]
    assert sorted(ids) == sorted(catalogue.by_id) and page.total == 499
    assert search.find(Query(page=10**9), NOW).hits == ()


def test_eligible_only_and_verdicts(search):
    profile = Profile(level="undergraduate", gender="female", citizenship="IN", state="Kerala", study_in=("IN",))
    page = search.find(Query(profile=profile, eligible_only=True, page_size=100), NOW)
    assert page.hits and all(h.match.status == "eligible" for h in page.hits)


def test_match_gives_the_eligible_first(search, catalogue):
    profile = Profile(level="doctoral", citizenship="IN", study_in=("IN",), fields=("science",))
    page = search.match_profile(profile, 1, 100, NOW)
    statuses = [h.match.status for h in page.hits]
    assert statuses == sorted(statuses, key=["eligible", "needs_info"].index)
    assert page.total == sum(status_of(r, profile) != "not_eligible" for r in catalogue.scholarships)


def test_sorting(search):
    awards = search.find(Query(sort="award", page_size=100), NOW).hits
    assert awards[0].record.award_max
    deadlines = [h.deadline.state for h in search.find(Query(sort="deadline", page_size=100), NOW).hits]
    order = ["open", "closing_soon", "expected_open", "unconfirmed", "rolling", "closed"]
    assert deadlines == sorted(deadlines, key=order.index)


def test_upcoming_deadlines_hold_nothing_closed(search):
    hits = search.upcoming(Query(), 60, NOW)
    assert hits and all(h.deadline.state not in ("closed", "rolling") for h in hits)
    assert all("not confirmed" in h.deadline.text for h in hits if h.deadline.days_left is None)


def test_deadline_filter_open_means_confirmed(search):
    page = search.find(Query(deadline="open", page_size=100), NOW)
    assert all(h.deadline.state in ("open", "closing_soon") for h in page.hits)


def test_a_named_scheme_that_is_left_out_says_why(search):
    page = search.find(Query(keywords="inspire she", level="doctoral"), NOW)
    [left_out] = page.not_shown
    assert left_out.record.id == "inspire-she" and page.resolved_id is None
    assert left_out.record.id not in {h.record.id for h in page.hits}
    assert any("undergraduate" in reason and "doctoral" in reason for reason in left_out.reasons)
    closed = search.find(Query(keywords="nmmss", deadline="open"), NOW).not_shown
    assert [n.record.id for n in closed] == ["nmmss"] and "Closed on" in closed[0].reasons[0]
    other = search.find(Query(keywords="nmmss", category="Sports"), NOW).not_shown
    assert any("category" in reason for reason in other[0].reasons)


@pytest.mark.parametrize(
    ("profile", "rule", "text"),
    [
        (Profile(level="undergraduate", citizenship="IN", marks_percent=58), "marks", "2% short"),
        (Profile(citizenship="IN", family_income=260000, income_currency="INR"), "income", "above the limit"),
        (Profile(level="undergraduate", citizenship="IN"), "level", "next level"),
    ],
)
def test_near_misses_break_one_rule_narrowly(search, profile, rule, text):
    near = [n for n in search.find(Query(profile=profile), NOW).near_misses if n.rule == rule]
    assert near and text in near[0].text and near[0].total >= len(near[0].records) > 0
    for miss in near:
        for record in miss.records:
            assert [f.rule for f in match(record, profile).failed] == [rule]


def test_an_income_in_another_currency_is_no_near_miss(search):
    profile = Profile(citizenship="US", family_income=55000, income_currency="USD")
    for miss in search.find(Query(profile=profile), NOW).near_misses:
        assert miss.rule != "income" or all(r.income_currency == "USD" for r in miss.records)


def test_what_is_to_be_ignored_is_not_read(search):
    words = "obc girl from bihar"
    assert search.find(Query(keywords=words), NOW).profile.gender == "female"
    page = search.find(Query(keywords=words, ignore=("gender", "state")), NOW)
    assert page.profile.gender is None and page.profile.state is None and page.profile.social_groups == ("OBC",)


@pytest.mark.parametrize("words", ["obc girl from bihar class 9 income 2 lakh", "sc boy btech 78%", "मैं दसवीं में हूँ"])
def test_what_a_student_says_names_no_scheme(search, words):
    assert search.find(Query(keywords=words), NOW).resolved_id is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_words_give_a_page(search, words):
    page = search.find(Query(keywords=words, page_size=5), NOW)
    assert len(page.hits) <= 5 and page.total >= len(page.hits)


@pytest.mark.parametrize(
    "words", ["zzzzqqqq xxyyzz", "'; DROP TABLE account; --", "NEAR/2 AND OR NOT *", "😀😀", "\u202eمرحبا"]
)
def test_odd_words_find_little_and_break_nothing(search, words):
    assert search.find(Query(keywords=words), NOW).total <= 499


@pytest.mark.parametrize("words", ["!!! ???", "😀😀", "***", "\u202e"])
def test_signs_alone_find_nothing(search, words):
    assert search.find(Query(keywords=words), NOW).total == 0


def test_lexicon_values_are_in_the_vocabularies():
    from backend.lexicon import DATA
    from backend.profile import FIELDS, GENDERS, LEVELS, NO_SOCIAL_GROUP, SOCIAL_GROUPS

    allowed = {"level": LEVELS, "field": FIELDS, "gender": GENDERS, "group": (*SOCIAL_GROUPS, NO_SOCIAL_GROUP)}
    with (DATA / "lexicon.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["kind"] not in allowed or row["value"] in allowed[row["kind"]], row
