"""Mistakes that people saw in records: the review queue."""

from peewee import IntegrityError

from backend.clock import Clock, milliseconds
from backend.database import Database
from backend.errors import NotFound
from backend.models import ReportRow


class Reports:
    """The review queue of one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def add(self, scholarship_id: str, reason: str, details: str | None, account_id: str | None = None) -> str:
        """Put a report into the queue; gives its id. Raises NotFound where the account is gone."""
        try:
            with self._database.session():
                row = ReportRow.create(
                    scholarship_id=scholarship_id, reason=reason, details=details, account=account_id,
                    created_at=milliseconds(self._clock),
                )  # fmt: skip
        except IntegrityError:
            raise NotFound("no_account") from None
        return str(row.id)
