import pytest

from backend.accounts import Account
from backend.database import Database
from backend.errors import NotFound
from backend.models import ReportRow
from backend.reports import Reports


def test_reports_of_guests_and_of_students(database: Database, reports: Reports, asha: Account):
    ids = [reports.add("nsp", "wrong amount", None), reports.add("nsp", "dead link", "since May", asha.id)]
    with database.session():
        rows = {r.id: (r.scholarship_id, r.reason, r.details, r.account) for r in ReportRow.select()}
        assert rows[ids[0]] == ("nsp", "wrong amount", None, None)
        assert rows[ids[1]][2] == "since May"
        assert rows[ids[1]][3].id == asha.id


def test_no_report_in_the_name_of_nobody(reports: Reports):
    with pytest.raises(NotFound):
        reports.add("nsp", "wrong amount", None, "0" * 32)
