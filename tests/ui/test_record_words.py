"""A record's own sentences in the page's language."""

import re
from datetime import UTC, datetime

import pytest

from backend.api.shapes import deadline_state as shape_of
from backend.catalogue import ANY_COUNTRY, Catalogue
from backend.deadlines import deadline_state
from ui.common import country_name, state_name
from ui.record_words import deadline
from ui.strings import speaking

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("month", [1, 4, 7, 11])
def test_a_deadline_in_hindi_names_the_same_day(catalogue: Catalogue, month: int) -> None:
    for record in catalogue.scholarships:
        state = shape_of(deadline_state(record, NOW.replace(month=month)))
        with speaking("hi"):
            said = deadline(state)
        with speaking("en"):
            assert deadline(state) == state["text"]
        assert not any(word in said for word in ("Open", "Usually", "Closed", "~t:"))
        if state["closesOn"] and state["state"] in ("open", "closing_soon", "closed"):
            assert state["closesOn"][:4] in said and str(int(state["closesOn"][8:])) in said


def test_each_country_and_region_of_the_catalogue_has_its_name_in_hindi(catalogue: Catalogue) -> None:
    records = catalogue.scholarships
    codes = {code for r in records for code in (*r.study_in, *r.open_to, *r.closed_to)} - {ANY_COUNTRY}
    with speaking("hi"):
        said = {place: country_name(place) for place in codes} | {x: state_name(x) for r in records for x in r.states}
    assert {place: name for place, name in said.items() if re.search("[A-Za-z]", name)} == {}
