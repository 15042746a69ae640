"""A record's own sentences in the page's language."""

from datetime import UTC, datetime

import pytest

from backend.api.shapes import deadline_state as shape_of
from backend.catalogue import Catalogue
from backend.deadlines import deadline_state
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
