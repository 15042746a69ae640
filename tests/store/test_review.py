import pytest

from backend import review as module
from backend.accounts import Account, Accounts
from backend.database import Database
from backend.history import ChatHistory
from backend.reports import Reports
from backend.review import ReviewList
from tests.store.conftest import PASSWORD, FakeClock


@pytest.fixture
def review(database: Database, clock: FakeClock) -> ReviewList:
    return ReviewList(database, clock)


def test_reports_and_thumbs_are_in_the_list_until_they_are_closed(
    review: ReviewList, reports: Reports, history: ChatHistory, asha: Account, clock: FakeClock
):
    report = reports.add("nsp", "wrong amount", "since May")
    clock.advance(seconds=1)
    _, answer = history.append(asha.id, None, "Last date?", "On 1 May.", {})
    history.feedback(asha.id, answer, "down", "It was in April", ["wrong_fact", "unclear"])
    clock.advance(seconds=1)
    history.guest_feedback("Who?", "You.", "up", None)
    entries = review.entries()
    assert [(e.kind, e.about, e.text) for e in entries] == [
        ("report", "nsp", "wrong amount\nsince May"),
        ("thumb down", "Last date?", "wrong_fact, unclear\nIt was in April\nOn 1 May."),
        ("thumb up", "Who?", "You."),
    ]
    assert entries[0].id == report and entries[2].created_at == clock()
    assert review.close([report, entries[2].id, "0" * 32]) == [report, entries[2].id]
    assert review.close([report]) == []
    assert [e.kind for e in review.entries()] == ["thumb down"]


def test_a_thumb_goes_with_the_account(review: ReviewList, history: ChatHistory, accounts: Accounts, asha: Account):
    _, answer = history.append(asha.id, None, "q", "a", {})
    history.feedback(asha.id, answer, "up", None)
    accounts.delete(asha.id, PASSWORD)
    assert review.entries() == []


def test_the_command(
    database: Database, reports: Reports, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    report = reports.add("nsp", "wrong amount", "first line\nsecond line")
    monkeypatch.setattr(module, "Database", lambda _: database)
    assert module.main(["shut"]) == module.main(["close"]) == 2
    assert module.main([]) == 0
    out = capsys.readouterr().out
    assert f"{report}  report: nsp\n    wrong amount\n    first line\n    second line\n" in out
    assert module.main(["close", report]) == 0
    assert module.main(["close", report]) == 1
    capsys.readouterr()
    assert module.main([]) == 0 and capsys.readouterr().out == ""
