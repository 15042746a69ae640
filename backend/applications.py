"""The tracker of accounts: saved scholarships with stage, checklist, notes and history. Each belongs to one student of one
account. What an action does is decided in backend.tracker.actions; here it is read, locked and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from peewee import Expression

from backend import application_rows
from backend.catalogue import Catalogue
from backend.clock import Clock, milliseconds, moment, stored_moment
from backend.database import Database
from backend.errors import Conflict, NotFound
from backend.kept import Kept
from backend.models import ApplicationRow, StudentRow, new_id
from backend.tracker import actions
from backend.tracker.actions import Action, Outcome, World
from backend.tracker.plan import Plan, plan
from backend.tracker.records import Records
from backend.tracker.state import RESTORE_WITHIN, Application, stored

MOST = 2_000
"""Applications of one student."""
SWEEP_EVERY = timedelta(hours=1)
AT_ONCE = 200
"""Ids named in a query; more are read as the whole list."""
Several = list[Application]


class Applications:
    """The applications of all accounts; every call names the account and sees only its own."""

    def __init__(self, database: Database, catalogue: Catalogue, clock: Clock) -> None:
        self._database, self._catalogue, self._clock = database, catalogue, clock
        self._records, self._kept = Records(catalogue.by_id), Kept()
        self._swept: datetime | None = None

    def world(self) -> World:
        """The moment, the records and new ids, for the tracker's rules."""
        now = moment(milliseconds(self._clock))  # as exact as it is stored
        return World(now, lambda scholarship_id: self._records.find(scholarship_id, now), new_id)

    def act(self, account_id: str, action: Action, student_id: str | None = None) -> Outcome:
        """What an action makes of the applications of a student (the account's first one unless named); one about an
        application is about its student's. The outcome holds those that the action looked at. Raises as
        backend.tracker.actions.act does, NotFound where the account or the student is gone."""
        self.sweep()
        world = self.world()
        with self._database.session():  # one transaction: refused changes save nothing
            named = getattr(action, "id", None)
            student = _student_of(account_id, named) if named else student_id or account_id
            # Written first, so that all changes of one student's applications wait for each other (PostgreSQL too).
            mine = (StudentRow.id == student) & (StudentRow.account == account_id)
            if not StudentRow.update(name=StudentRow.name).where(mine).execute():
                raise NotFound("no_account")
            before = application_rows.load(self._touched(action, student))
            outcome = actions.act(before, action, world)
            grown = len(outcome.applications) > len(before)
            application_rows.write(account_id, student, before, outcome.applications)
            if grown and ApplicationRow.select().where(ApplicationRow.student == student).count() > MOST:
                raise Conflict("most_applications", most=MOST)
            changed = outcome.changed
            return replace(outcome, changed=replace(changed, student_id=student)) if changed else outcome

    def save(
        self, account_id: str, scholarship_id: str, changes: Mapping[str, Any] | None = None,
        student_id: str | None = None,
    ) -> Application:  # fmt: skip
        """Save a scholarship for a student (the account's first one unless named); a second time gives the existing
        application, and a deleted one comes back. NotFound for an unknown scholarship."""
        return _the(self.act(account_id, actions.Save(scholarship_id, changes or {}), student_id))

    def list(self, account_id: str, student_id: str | None = None, history: bool = True) -> Several:
        """The applications of one student, or of all of the account, newest first; without `history` their events are
        left out, which a calendar does not need."""
        where = _of(account_id, student_id) & ApplicationRow.deleted_at.is_null()
        return self._held(where, "light" if history else "needed")

    def worked_out(
        self, account_id: str, student_id: str | None, what: str, make: Callable[[Plan], bytes],
        page: tuple[int | None, int] = (None, 0),
    ) -> Sequence[bytes]:  # fmt: skip
        """What `make` gives for each application, newest first, worked out anew only for those that changed; `what` names
        it, `page` is how many and how many to pass over. Events are read for what is called a list only."""
        world = self.world()
        where = _of(account_id, student_id) & ApplicationRow.deleted_at.is_null()
        with self._database.session():
            keys = application_rows.revisions(where, *page)
        found = {key: self._kept.get((what, key), world.now) for key in keys}
        missing = [id_ for (id_, _), value in found.items() if value is None]
        if missing:
            some = where if len(missing) > AT_ONCE else where & ApplicationRow.id.in_(missing)
            made = {a.id: a for a in self._held(some, "light" if what.startswith("list") else "needed")}
            for key in [k for k, value in found.items() if value is None]:
                if key[0] in made:  # else deleted meanwhile
                    found[key] = make(plan(made[key[0]], world.find(made[key[0]].scholarship_id), world.today))
                    self._kept.keep((what, key), found[key] or b"", world.now)
        return [value for value in found.values() if value is not None]

    def deleted(self, account_id: str, student_id: str | None = None) -> Several:
        """Those that were deleted and can be restored."""
        return self._held(_of(account_id, student_id) & ApplicationRow.deleted_at.is_null(False))

    def both(self, account_id: str, student_id: str | None = None) -> tuple[Several, Several]:
        """Those that are there, and those that can be restored, read at once."""
        held = self._held(_of(account_id, student_id))
        return [a for a in held if a.deleted_at is None], [a for a in held if a.deleted_at is not None]

    def get(self, account_id: str, application_id: str) -> Application:
        """One application of the account; NotFound for an unknown id and for another account's alike."""
        with self._database.session():
            where = _of(account_id) & (ApplicationRow.id == application_id) & ApplicationRow.deleted_at.is_null()
            found = application_rows.load(where)
        if not found:
            raise NotFound("no_application")
        return actions.rolled(found[0], self.world())

    def update(self, account_id: str, application_id: str, changes: Mapping[str, Any]) -> Application:
        """Change what is given (docs/tracker.md, in snake_case)."""
        return _the(self.act(account_id, actions.Change(application_id, changes)))

    def delete(self, account_id: str, application_id: str, forever: bool = False) -> None:
        """Delete one application; it can be restored for 30 days unless `forever`."""
        self.act(account_id, actions.Delete(application_id, forever))

    def delete_for_scholarship(self, student_id: str, scholarship_id: str) -> None:
        """Remove a student's bookmark of a scholarship, if there is one."""
        with self._database.session():
            row: Any = ApplicationRow.get_or_none(
                ApplicationRow.student == student_id, ApplicationRow.scholarship_id == scholarship_id,
                ApplicationRow.deleted_at.is_null(),
            )  # fmt: skip
            if row is not None:
                self.delete(row.account_id, row.id)

    def saved_ids(self, student_id: str) -> frozenset[str]:
        """The ids of the scholarships that a student has saved."""
        with self._database.session():
            rows: Any = ApplicationRow.select(ApplicationRow.scholarship_id).where(
                ApplicationRow.student == student_id, ApplicationRow.deleted_at.is_null()
            )
            return frozenset(id_ for (id_,) in rows.tuples())

    def export(self, account_id: str, student_id: str | None = None) -> Sequence[dict[str, Any]]:
        """The stored form of a student's applications, without what undo would need: to be imported again."""
        with self._database.session():
            held = application_rows.load(_of(account_id, student_id) & ApplicationRow.deleted_at.is_null())
        world = self.world()
        return [stored(replace(a, events=tuple(replace(e, before=None) for e in a.events))) for a in
                (actions.rolled(x, world) for x in held)]  # fmt: skip

    def sweep(self) -> None:
        """Forget what was deleted more than 30 days ago; at most once an hour."""
        now = self._clock()
        if self._swept is not None and abs(now - self._swept) < SWEEP_EVERY:
            return
        self._swept = now
        with self._database.session():
            old = ApplicationRow.deleted_at <= stored_moment(now - RESTORE_WITHIN)
            ApplicationRow.delete().where(old).execute()

    def _held(self, where: Expression, events: application_rows.Events = "light") -> Several:
        with self._database.session():
            found = application_rows.load(where, events)
        world = self.world()
        return [actions.rolled(a, world) for a in found if actions.is_kept(a, world.now)]

    def _touched(self, action: Action, student_id: str) -> Expression:
        """The rows that an action may read or change."""
        own = ApplicationRow.student == student_id
        match action:
            case actions.Save() if action.scholarship_id in self._catalogue.by_id:
                return own & (ApplicationRow.scholarship_id == action.scholarship_id)
            case actions.Save():  # unknown, and maybe no text that a database takes
                return own & (ApplicationRow.scholarship_id == "")
            case actions.Change() | actions.Undo() | actions.Delete() | actions.Restore():
                return own & (ApplicationRow.id == action.id)
        return own


def _student_of(account_id: str, application_id: str) -> str:
    row = ApplicationRow.get_or_none(ApplicationRow.id == application_id, ApplicationRow.account == account_id)
    if row is None:
        raise NotFound("no_application")
    return str(row.student_id)


def _of(account_id: str, student_id: str | None = None) -> Expression:
    own = ApplicationRow.account == account_id
    return own if student_id is None else own & (ApplicationRow.student == student_id)


def _the(outcome: Outcome) -> Application:
    assert outcome.changed is not None
    return outcome.changed
