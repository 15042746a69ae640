"""The index: the same verdicts, counts and dates for all rows at once as for one record at a time; kept on disk."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.catalogue import csv_source
from backend.deadlines import deadline_state
from backend.eligibility import NEEDS_INFO, NOT_ELIGIBLE, match, status_of
from backend.errors import CatalogueError
from backend.index.gate import Gate
from backend.index.index import index_of, initials
from backend.lexicon import canonical
from backend.profile import Profile
from backend.search import Query, Search
from backend.storage import open_catalogue, open_source
from tests.conftest import CATALOGUE, NOW
from tests.core.test_eligibility import profiles


@pytest.fixture(scope="module")
def gate(catalogue):
    index = index_of(catalogue.scholarships)
    return Gate(index.columns, len(index))


@settings(max_examples=60, deadline=None)
@given(profile=profiles)
def test_all_rows_at_once_are_judged_as_one_by_one(gate, catalogue, profile):
    verdicts = gate.verdicts(profile)
    for row, record in enumerate(catalogue.scholarships):
        verdict = match(record, profile)
        assert verdicts.passed[row] == (verdict.status != NOT_ELIGIBLE)
        assert verdicts.failed_once[row] == (len(verdict.failed) == 1)
        assert verdicts.eligible[row] == (verdict.status not in (NOT_ELIGIBLE, NEEDS_INFO))


@pytest.mark.parametrize("words", ["", "girls", "obc student from bihar"])
@pytest.mark.parametrize("facet", ["category", "level", "field", "state", "country", "providerType"])
def test_every_facet_counts_what_the_filter_would_keep(search, words, facet):
    name = {"providerType": "provider_type", "country": "study_in"}.get(facet, facet)
    counts = search.find(Query(keywords=words), NOW).facets[facet]
    for value in Random(1).sample(sorted(counts), min(6, len(counts))):
        if facet == "state" and words.endswith("bihar"):
            continue  # a state that was read already: the filter replaces it
        assert search.find(Query(keywords=words, **{name: value}), NOW).total == counts[value], value


@settings(max_examples=40, deadline=None)
@given(days=st.integers(-800, 800), minutes=st.integers(0, 1439))
def test_the_deadline_filter_says_what_each_record_says(search, catalogue, days, minutes):
    now = NOW + timedelta(days=days, minutes=minutes)
    is_open = {r.id for r in catalogue.scholarships if deadline_state(r, now).days_left is not None}
    found = [search.find(Query(deadline="open", page=p, page_size=100), now) for p in range(1, 6)]
    assert {h.record.id for page in found for h in page.hits} == is_open


def test_every_place_is_explained_by_its_parts(search):
    for words in ("chevening", "obc girl bihar bsc", "engineering", ""):
        hits = search.find(Query(keywords=words, page_size=100), NOW).hits
        sums = [sum(hit.rank.values()) for hit in hits]
        assert all(a >= b - 0.01 for a, b in pairwise(sums)), words
    assert search.find(Query(keywords="chevening"), NOW).hits[0].rank["named"] == 20
    assert search.find(Query(sort="award"), NOW).hits[0].rank is None


def test_the_index_is_built_once_and_read_from_disk_after(tmp_path, catalogue):
    first, index = open_catalogue(CATALOGUE, tmp_path)
    [place] = tmp_path.iterdir()
    built = place.stat().st_mtime_ns
    again, reopened = open_catalogue(CATALOGUE, tmp_path)
    assert [p.stat().st_mtime_ns for p in tmp_path.iterdir()] == [built]
    assert list(again.scholarships) == list(first.scholarships) == list(catalogue.scholarships)
    assert again.version == catalogue.version
    for words in ("pragti scholrship btech", "गाँव की बेटी", "sc girl class 9 rajasthan", ""):
        pages = [Search(c, i).find(Query(keywords=words), NOW) for c, i in ((first, index), (again, reopened))]
        assert pages[0] == pages[1] == Search(catalogue).find(Query(keywords=words), NOW)


def test_a_file_read_by_several_processes_gives_the_same(tmp_path, monkeypatch, catalogue):
    alone, index = open_catalogue(CATALOGUE, tmp_path / "alone")
    monkeypatch.setattr("backend.storage._LARGE", 0)
    shared, joined = open_catalogue(CATALOGUE, tmp_path / "shared")
    assert list(shared.scholarships) == list(alone.scholarships) == list(catalogue.scholarships)
    names = [{p.name for p in place.iterdir()} for side in ("alone", "shared") for place in (tmp_path / side).iterdir()]
    assert names[0] == names[1]
    for words in ("pragti scholrship btech", "sc girl class 9 rajasthan"):
        pages = [Search(c, i).find(Query(keywords=words), NOW) for c, i in ((alone, index), (shared, joined))]
        assert pages[0] == pages[1]


def test_records_on_disk_are_found_by_id_and_place(tmp_path, catalogue):
    stored, _ = open_catalogue(CATALOGUE, tmp_path)
    assert stored.by_id["nmmss"] == catalogue.by_id["nmmss"]
    assert stored.by_id.get("no-such-award") is None and "nmmss" in stored.by_id
    assert stored.scholarships[-1] == catalogue.scholarships[-1] and len(stored) == len(catalogue)
    assert list(stored.scholarships[3:5]) == list(catalogue.scholarships[3:5])
    assert set(stored.by_id) == set(catalogue.by_id)
    with pytest.raises(IndexError):
        stored.scholarships[len(stored)]


def test_changed_data_make_a_new_index_and_broken_data_none(tmp_path):
    folder, path = tmp_path / "index", tmp_path / "catalogue.csv"
    text = CATALOGUE.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    open_catalogue(path, folder)
    path.write_text(text.replace("Merit-Based", "Need-Based", 1), encoding="utf-8")
    changed, _ = open_catalogue(path, folder)
    assert len(list(folder.iterdir())) == 2 and changed.version == csv_source(path).version
    path.write_text(text.replace(",government,", ",royal,", 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match="provider_type"):
        open_source(csv_source(path), folder)
    assert len(list(folder.iterdir())) == 2


def test_a_search_at_two_moments_keeps_to_each_clock(search, catalogue):
    dated = next(r for r in catalogue.scholarships if r.last_deadline and r.study_in == ("IN",))
    day = dated.last_deadline
    last = datetime(day.year, day.month, day.day, 18, 29, tzinfo=UTC)  # 23:59 in India
    for now, is_open in ((last, True), (last + timedelta(minutes=1), False), (last, True)):
        page = search.find(Query(keywords=dated.name, deadline="open"), now)
        assert (dated.id in {h.record.id for h in page.hits}) is is_open


def test_quality_counts_agree_with_the_rows(search, catalogue):
    quality = search.quality()
    assert quality.rows == 499 and quality.by_category == Counter(r.category for r in catalogue.scholarships)
    assert quality.official == sum(r.application_url_official for r in catalogue.scholarships)


def test_initials_name_a_scheme():
    assert initials(["prime", "minister", "s", "research", "fellowship"]) == ["PMRF"]
    assert initials(["inspire"]) == []


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("pradhan", "mantri", "yojana"), ["pm", "yojana"]),
        (("post", "matrik", "scholarship"), ["postmatric", "scholarship"]),
        (("कृषि", "शिक्षा"), ["agriculture", "education"]),
        (("coal", "india"), ["coal", "india"]),
        (("लड़का", "ladke", "लड़की", "ladkiyon"), ["boy", "boy", "girl", "girl"]),
    ],
)
def test_translations_and_spellings_of_a_phrase_are_one_word(words, wanted):
    assert [word for word, _ in canonical(words)] == wanted


def test_all_rows_have_a_verdict_for_an_empty_profile(gate, catalogue):
    verdicts = gate.verdicts(Profile())
    assert verdicts.passed.all() and np.count_nonzero(verdicts.eligible) == sum(
        status_of(r, Profile()) == "eligible" for r in catalogue.scholarships
    )
