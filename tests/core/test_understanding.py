"""The figures of `make eval`: what students type is understood, on cases written apart from the code."""

from benchmarks.understanding import CASES, misread, name_score, search_score
from tests.conftest import NOW


def test_names_are_found_as_students_type_them(search):
    figures = name_score(search, CASES / "names.jsonl", NOW).figures
    assert figures["names.cases"] >= 350
    assert figures["names.hit1"] >= 0.95 and figures["names.resolved"] >= 0.93, figures


def test_students_are_read_as_they_describe_themselves(search):
    figures = search_score(search, CASES / "search.jsonl", NOW).figures
    assert figures["search.cases"] >= 250
    assert figures["search.profile_exact"] >= 0.92 and figures["search.must_recall10"] >= 0.92, figures
    assert figures["search.top10_violations"] <= 0.02, figures


def test_the_score_sees_what_is_wrong():
    assert misread({"level": "school", "fields": [], "age": None}, {"level": "school"}, []) == []
    assert misread({"level": "school"}, {"level": "diploma"}, []) == ["level"]
    assert misread({"gender": "female"}, {}, []) == ["gender"] and misread({"gender": "female"}, {}, ["gender"]) == []
    assert misread({"marksPercent": 72.7}, {"marksPercent": 72.67}, []) == []
