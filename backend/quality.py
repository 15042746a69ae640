"""Independent checks of what is shown of the catalogue; pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from backend.catalogue import Scholarship

INDIA = timezone(timedelta(hours=5, minutes=30))
LAST_ON_EARTH = timezone(timedelta(hours=-12))
"""Where a day ends last."""
SHOWN_AS_OPEN = ("open", "closing_soon")


def closed_shown_as_open(shown: Iterable[tuple[Scholarship, str]], now: datetime) -> int:
    """How many records are shown as open by their deadline state although no confirmed closing date is ahead.

    It shares no code with backend.deadlines: a record may be called open only while its confirmed last date is not over,
    in India for awards for study in India alone, elsewhere wherever on earth the day ends last.
    """
    here = now.astimezone(UTC)
    days = {True: here.astimezone(INDIA).date(), False: here.astimezone(LAST_ON_EARTH).date()}
    return sum(
        record.last_deadline is None or record.last_deadline < days[record.study_in == ("IN",)]
        for record, state in shown
        if state in SHOWN_AS_OPEN
    )
