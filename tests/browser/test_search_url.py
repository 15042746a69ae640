"""A search as an address and back, without a browser."""

from ui.search_url import Search, parameters, search_of


def test_what_is_written_is_read_again() -> None:
    search = Search(
        "obc girl & <b> ५०%", {"level": "undergraduate", "state": "Bihar", "study_in": "IN", "marks": 60.5,
        "income": 200000.0, "eligible_only": True, "sort": "award"}, ("state", "marksPercent"), 3,
    )  # fmt: skip
    assert search_of(parameters(search.query())) == (search, [])


def test_what_is_as_always_is_left_out() -> None:
    assert Search().query() == "tab=scholarships"
    assert search_of({"deadline": "any", "sort": "relevance", "p": "1", "eligible_only": "false"}) == (Search(), [])


def test_an_old_name_of_a_state_is_understood() -> None:
    assert search_of({"state": "orissa", "study_in": "gb"})[0].filters == {"state": "Odisha", "study_in": "GB"}


def test_values_that_cannot_be_used_are_named() -> None:
    found, broken = search_of(
        {"q": "a\x00", "level": "x", "p": "1" * 5000, "marks": "101", "income": "inf", "ignore": "state,shoe",
         "eligible_only": "maybe", "tab": "x", "other": "y"}
    )  # fmt: skip
    assert found == Search(ignore=("state",))
    assert len(broken) == 7


def test_an_absurd_query_string_holds_nothing() -> None:
    assert parameters("&".join(f"a{i}=1" for i in range(1000))) == {}
