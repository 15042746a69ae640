"""Applications as a table for spreadsheets. (As JSON: the stored form, backend.tracker.state.)"""

import csv
import io
from collections.abc import Iterable

from backend.tracker.plan import Plan

COLUMNS = (
    "scholarship_id", "name", "status", "portal_status", "deadline", "planned_for", "basis", "target_date", "done", "items",
    "notes", "reference", "amount_awarded", "currency", "credited", "credited_on", "renewal_due", "saved_on", "link",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would compute (OWASP: CSV injection)."""


def table(plans: Iterable[Plan]) -> str:
    """CSV (RFC 4180) with a byte order mark, so that spreadsheets read Hindi; a text that begins like a formula gets an
    apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for plan in plans:
        a, record = plan.application, plan.known.record if plan.known else None
        writer.writerow(
            _cell(value)
            for value in (
                a.scholarship_id, plan.name, a.status, a.portal_status,
                record.deadline if record else a.saved_facts.get("deadline"), plan.due.on, plan.due.basis, a.target_date,
                sum(i.done for i in a.checklist), len(a.checklist), a.notes, a.reference, a.amount_awarded,
                record.currency if record else None, {True: "yes", False: "no", None: ""}[a.credited], a.credited_on, a.renewal_due,
                a.created_at.date(), record.application_url if record else a.saved_facts.get("applicationUrl"),
            )
        )  # fmt: skip
    return "\ufeff" + text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
