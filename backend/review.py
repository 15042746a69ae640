"""The review list: mistakes reported in records and thumbs for answers, until somebody closed them.

`python -m backend.review` prints what is open, the oldest first; `python -m backend.review close ID ...` closes entries.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.clock import Clock, milliseconds, moment, system_clock
from backend.database import Database, default_url
from backend.errors import SettingsError, Unavailable
from backend.models import ChatMessageRow, FeedbackRow, ReportRow
from backend.settings import read_settings


@dataclass(frozen=True)
class Entry:
    """One thing to look at; `about` is a scholarship's id or an answer's question, `text` what was said of it."""

    id: str
    created_at: datetime
    kind: str
    about: str
    text: str


class ReviewList:
    """The open reports and thumbs of one database, without names of students."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def entries(self) -> list[Entry]:
        """What is open, the oldest first."""
        with self._database.session():
            reports = ReportRow.select().where(ReportRow.closed_at.is_null())
            thumbs = FeedbackRow.select().where(FeedbackRow.closed_at.is_null())
            entries = [*map(_of_report, reports), *map(_of_thumb, thumbs)]
        return sorted(entries, key=lambda e: (e.created_at, e.id))

    def close(self, ids: Sequence[str]) -> list[str]:
        """Close entries; gives the ids that were open."""
        wanted = [e.id for e in self.entries() if e.id in ids]
        with self._database.session():
            for table in (ReportRow, FeedbackRow):
                table.update(closed_at=milliseconds(self._clock)).where(table.id.in_(wanted)).execute()
        return wanted


def _of_report(row: ReportRow) -> Entry:
    return Entry(row.id, moment(row.created_at), "report", row.scholarship_id, _lines(row.reason, row.details))


def _of_thumb(row: FeedbackRow) -> Entry:
    question, answer = row.question, row.answer
    if row.message is not None:
        question, answer = _asked(row.message), row.message.content
    reasons = ", ".join(json.loads(row.reasons))
    return Entry(
        row.id, moment(row.created_at), f"thumb {row.rating}", question or "", _lines(reasons, row.comment, answer)
    )


def _asked(answer: ChatMessageRow) -> str:
    """The question that an answer belongs to."""
    row = ChatMessageRow.get(ChatMessageRow.chat == answer.chat_id, ChatMessageRow.position == answer.position - 1)
    return str(row.content)


def _lines(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def main(arguments: Sequence[str]) -> int:
    """Print what is open, or close entries; 0 where all went well, 1 where an id is not open, 2 for wrong use."""
    if arguments and (arguments[0] != "close" or len(arguments) == 1):
        print("usage: python -m backend.review [close ID ...]", file=sys.stderr)
        return 2
    try:
        settings = read_settings()
        database = Database(settings.database_url or default_url(settings.data_dir))
        database.migrate()
        review = ReviewList(database, system_clock)
        if arguments:
            closed = review.close(arguments[1:])
            print(f"closed: {len(closed)}")
            return 0 if len(closed) == len(set(arguments[1:])) else 1
        for entry in review.entries():
            said = "\n".join(f"    {line}" for line in entry.text.splitlines())
            print(f"{entry.created_at:%Y-%m-%d %H:%M}  {entry.id}  {entry.kind}: {entry.about}\n{said}\n")
    except (SettingsError, Unavailable) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
