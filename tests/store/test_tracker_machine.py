"""No sequence of operations loses or doubles an application, an event or a note: two sessions of an account and a guest's
browser, a clock that is moved, a catalogue whose rows go, come back and change, undo, deletion, import and merge."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from backend.accounts import Accounts
from backend.applications import Applications
from backend.catalogue import Catalogue, Scholarship, read_csv
from backend.database import Database, default_url
from backend.errors import Conflict, NotFound
from backend.models import AccountRow, ApplicationEventRow, ApplicationRow, new_id
from backend.tracker import actions, browser
from backend.tracker.state import MOST_ROUNDS, RESTORE_WITHIN, Application, restored, stored
from tests.store.conftest import PASSWORD, FakeClock

ROWS = [
    r
    for r in read_csv(Path(__file__).parents[2] / "data" / "scholarships.csv").scholarships
    if "Income certificate" in r.requirements
][:2]
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["saved", "preparing", "submitted", "awarded", "rejected", "withdrawn"]),
        "portal_status": st.sampled_from([None, "institute", "my own words"]),
        "reference": st.sampled_from([None, "A-17"]),
        "amount_awarded": st.sampled_from([None, 0.0, 12000.0]),
        "credited": st.sampled_from([None, True, False]),
        "renewal_due": st.sampled_from([None, date(2026, 12, 1), date(2027, 6, 1)]),
        "target_date": st.sampled_from([None, date(2026, 11, 1)]),
        "reopen": st.just(True),
        "add_item": st.sampled_from(["Photo", "Income certificate"]),
    },
)
NUMBER = st.integers(0, len(ROWS) - 1)


class Tracker(RuleBasedStateMachine):
    """Two sessions of one account, and a guest's browser that is taken over from time to time."""

    database: ClassVar[Database]

    @initialize()
    def start(self) -> None:
        with self.database.session():
            AccountRow.delete().execute()
        self.clock = FakeClock()
        self.rows: dict[str, Scholarship] = {r.id: r for r in ROWS}
        account = Accounts(self.database, self.clock, 4).sign_up(f"{new_id()}@example.com", PASSWORD, "Asha")
        self.account = account.id
        catalogue = Catalogue(ROWS, self.rows, "test")
        self.sessions = [Applications(self.database, catalogue, self.clock) for _ in range(2)]
        self.guest: tuple[dict[str, Any], ...] = ()
        self.notes: dict[str, set[str]] = {"account": set(), "guest": set()}
        self.events: dict[str, tuple[set[str], datetime | None]] = {}
        self.count = 0

    def world(self) -> actions.World:
        return self.sessions[0].world()

    def forms(self) -> list[Application]:
        return [restored(f) for f in self.guest]

    def on_guest(self, action: actions.Action) -> None:
        try:
            self.guest = browser.apply(self.forms(), action, self.world()).forms
        except (NotFound, Conflict):
            return

    def fresh_note(self) -> str:
        self.count += 1
        return f"note {self.count};"

    @rule(number=NUMBER, session=st.integers(0, 1), changes=CHANGES)
    def save(self, number: int, session: int, changes: dict[str, Any]) -> None:
        try:
            saved = self.sessions[session].save(self.account, ROWS[number].id, changes)
        except NotFound:
            assert ROWS[number].id not in self.rows
            return
        except Conflict:
            assert any(len(a.past_rounds) >= MOST_ROUNDS for a in self.all())
            return
        assert saved.scholarship_id == ROWS[number].id and saved.deleted_at is None

    @rule(number=NUMBER, session=st.integers(0, 1), changes=CHANGES)
    def change(self, number: int, session: int, changes: dict[str, Any]) -> None:
        for a in self.sessions[session].list(self.account):
            if a.scholarship_id == ROWS[number].id:
                try:
                    self.sessions[session].update(self.account, a.id, changes)
                except Conflict:
                    assert len(a.past_rounds) >= MOST_ROUNDS

    @rule(number=NUMBER, session=st.integers(0, 1))
    def note(self, number: int, session: int) -> None:
        for a in self.sessions[session].list(self.account):
            if a.scholarship_id == ROWS[number].id:
                note = self.fresh_note()
                self.sessions[session].update(self.account, a.id, {"notes": a.notes + note})
                self.notes["account"].add(note)

    @rule(session=st.integers(0, 2), done=st.sampled_from([True, True, False]))
    def tick(self, session: int, done: bool) -> None:
        action = actions.Tick("income-certificate", done)
        if session == 2:
            self.on_guest(action)
        else:
            self.sessions[session].act(self.account, action)

    @rule(number=NUMBER, session=st.integers(0, 1), back=st.sampled_from(["undo", "restore"]))
    def delete_and_back(self, number: int, session: int, back: str) -> None:
        for a in self.sessions[session].list(self.account):
            if a.scholarship_id == ROWS[number].id:
                self.sessions[session].delete(self.account, a.id)
                assert a.scholarship_id not in self.sessions[1 - session].saved_ids(self.account)
                action = actions.Undo(a.id) if back == "undo" else actions.Restore(a.id)
                again = self.sessions[1 - session].act(self.account, action).changed
                assert again is not None
                changing = ("events", "updatedAt")
                ours, theirs = ({k: v for k, v in stored(x).items() if k not in changing} for x in (again, a))
                assert ours == theirs

    @rule(number=NUMBER, session=st.integers(0, 1))
    def delete(self, number: int, session: int) -> None:
        for a in self.sessions[session].list(self.account):
            if a.scholarship_id == ROWS[number].id:
                self.sessions[session].delete(self.account, a.id)

    @rule(number=NUMBER, session=st.integers(0, 1))
    def undo(self, number: int, session: int) -> None:
        for a in self.sessions[session].list(self.account):
            if a.scholarship_id == ROWS[number].id:
                last = actions.undoable(a)
                if last is None:
                    with pytest.raises(Conflict):
                        self.sessions[session].act(self.account, actions.Undo(a.id))
                else:
                    self.sessions[session].act(self.account, actions.Undo(a.id, last.change))
                    self.notes["account"] = {n for n in self.notes["account"] if any(n in x.notes for x in self.all())}

    @rule(number=NUMBER, changes=CHANGES)
    def guest_saves(self, number: int, changes: dict[str, Any]) -> None:
        note = self.fresh_note()
        before = self.guest
        self.on_guest(actions.Save(ROWS[number].id, changes | {"notes": self.guest_notes(number) + note}))
        if self.guest != before:
            self.notes["guest"].add(note)

    def guest_notes(self, number: int) -> str:
        return next((a.notes for a in self.forms() if a.scholarship_id == ROWS[number].id), "")

    @rule(number=NUMBER)
    def guest_deletes_and_undoes(self, number: int) -> None:
        for a in self.forms():
            if a.scholarship_id == ROWS[number].id and a.deleted_at is None:
                self.on_guest(actions.Delete(a.id))
                self.on_guest(actions.Undo(a.id))

    @rule(session=st.integers(0, 1), again=st.booleans())
    def sign_in_merges(self, session: int, again: bool) -> None:
        before = {a.scholarship_id: a for a in self.all()}
        counts = self.sessions[session].act(self.account, actions.Import(tuple(self.forms()))).counts
        after = self.all()
        second = self.sessions[1 - session].act(self.account, actions.Import(tuple(self.forms()))).counts
        assert counts and second and not second["added"] and not second["merged"]
        assert self.all() == after, "the same import twice changed something"
        now = {a.scholarship_id: a for a in after}
        for theirs in self.forms():
            ours = now[theirs.scholarship_id]
            assert {e.id for e in theirs.events} <= {e.id for e in ours.events}
            was = before.get(theirs.scholarship_id)
            if was is not None and {e.id for e in was.events} - {e.id for e in theirs.events}:
                done = {i.text for a in (was, theirs) for i in a.checklist if i.done and a is was}
                assert done <= {i.text for i in ours.checklist if i.done}
        # What was taken over once and undone since is known already: the same copy does not bring it back.
        known = {key: {e.id for e in a.events} for key, a in before.items()}
        new = [a.notes for a in self.forms() if {e.id for e in a.events} - known.get(a.scholarship_id, set())]
        self.notes["account"] |= {note for note in self.notes["guest"] if any(note in notes for notes in new)}
        if not again:
            self.guest, self.notes["guest"] = (), set()

    @rule(session=st.integers(0, 1))
    def own_export_comes_back(self, session: int) -> None:
        before = self.all()
        forms = tuple(restored(f) for f in self.sessions[session].export(self.account))
        self.sessions[session].act(self.account, actions.Import(forms))
        assert self.all() == before

    @rule(days=st.sampled_from([-40, -1, 1, 20, 70, 400]))
    def move_the_clock(self, days: int) -> None:
        self.clock.now = max(self.clock.now + timedelta(days=days), datetime(2026, 9, 1, tzinfo=UTC))

    @rule(number=NUMBER)
    def row_goes_or_comes(self, number: int) -> None:
        record = ROWS[number]
        if self.rows.pop(record.id, None) is None:
            self.rows[record.id] = record
        for session in self.sessions:  # a new catalogue begins with a new process
            session._records = type(session._records)(self.rows)

    @rule(number=NUMBER)
    def row_changes(self, number: int) -> None:
        if ROWS[number].id in self.rows:
            self.rows[ROWS[number].id] = replace(ROWS[number], award=f"another award {self.count}")

    @rule(session=st.integers(0, 1))
    def look(self, session: int) -> None:
        first, second = (s.list(self.account) for s in (self.sessions[session], self.sessions[session]))
        assert first == second, "looking changes nothing"
        self.sessions[session].act(self.account, actions.Seen())

    def all(self) -> list[Application]:
        live, deleted = self.sessions[0].both(self.account)
        return sorted([*live, *deleted], key=lambda a: a.id)

    @invariant()
    def one_of_each(self) -> None:
        if not hasattr(self, "account"):
            return
        for held in (self.all(), self.forms()):
            assert max(Counter(a.scholarship_id for a in held).values(), default=1) == 1
            for a in held:
                assert len({e.id for e in a.events}) == len(a.events)

    @invariant()
    def no_event_is_lost(self) -> None:
        if not hasattr(self, "account"):
            return
        held = self.all()
        now = {a.id: ({e.id for e in a.events}, a.deleted_at) for a in held}
        for id_, (known, deleted_at) in self.events.items():
            if id_ not in now and deleted_at and self.clock.now - deleted_at >= RESTORE_WITHIN:
                self.notes["account"] = {n for n in self.notes["account"] if any(n in a.notes for a in held)}
            else:
                assert known <= now.get(id_, (set(), None))[0], "an event, or an application, is lost"
        self.events = now

    @invariant()
    def no_note_is_lost(self) -> None:
        if not hasattr(self, "account"):
            return
        self.no_event_is_lost()  # forgets the notes of what was deleted a month ago
        written = " ".join(a.notes for a in self.all())
        assert all(note in written for note in self.notes["account"])

    @invariant()
    def rows_have_an_owner(self) -> None:
        if hasattr(self, "account"):
            with self.database.session():
                ids = {id_ for (id_,) in ApplicationRow.select(ApplicationRow.id).tuples()}
                assert {e for (e,) in ApplicationEventRow.select(ApplicationEventRow.application).tuples()} <= ids


@pytest.fixture(params=["sqlite", "postgres"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, int]]:
    """A database, and how many sequences are tried on it."""
    url = default_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    database = Database(url)
    database.migrate()
    yield database, 30 if request.param == "sqlite" else 6
    database.close()


def test_no_sequence_loses_or_doubles_anything(machine: tuple[Database, int]) -> None:
    Tracker.database, examples = machine
    run_state_machine_as_test(
        Tracker,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink a sequence takes minutes
        ),
    )
