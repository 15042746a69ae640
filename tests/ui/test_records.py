"""A record's own sentences in the page's language."""

from datetime import UTC, datetime

import pytest

from backend.api.shapes import deadline_state as shape_of
from backend.catalogue import Catalogue
from backend.deadlines import deadline_state
from ui.records import deadline_text

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("month", [1, 4, 7, 11])
def test_a_deadline_in_hindi_names_the_same_day(catalogue: Catalogue, month: int) -> None:
    for record in catalogue.scholarships:
        state = shape_of(deadline_state(record, NOW.replace(month=month)))
        said = deadline_text(state, "hi")
        assert deadline_text(state, "en") == state["text"]
        assert not any(word in said for word in ("Open", "Usually", "Closed", "~t:"))
        if state["closesOn"] and state["state"] in ("open", "closing_soon", "closed"):
            assert state["closesOn"][:4] in said and str(int(state["closesOn"][8:])) in said
