"""What every door does, once: each function takes the services, the caller (None: a guest) and validated input, and
gives the contract's data object. The docstrings are what API and MCP users read."""

import time
from collections.abc import Callable, Collection, Generator
from datetime import date, datetime
from typing import Any

import orjson
from pydantic.alias_generators import to_snake

from backend import VERSION
from backend.accounts import normalised_email
from backend.answers import deadline_sentence
from backend.api import schemas as s
from backend.api import shapes, tracker_shapes
from backend.api.shapes import Json
from backend.calendars import CalendarEntry, calendar_file, calendar_of_events, event_lines
from backend.context import Context
from backend.deadlines import deadline_state
from backend.eligibility import match
from backend.errors import Forbidden, NotFound, Unauthorized, Unavailable, ValidationFailed
from backend.evaluation import measured
from backend.history import BrowserChat, BrowserTurn
from backend.lexicon import lexicon
from backend.privacy import mask_private
from backend.profile import Profile
from backend.proven_emails import HuggingFaceUser
from backend.quality import closed_shown_as_open
from backend.search import Hit, Query, SearchPage
from backend.services import Services
from backend.sessions import Caller
from backend.students import Student
from backend.tracker.actions import Action, Change, Restore, Undo
from backend.tracker.dates import calendar, entries
from backend.tracker.plan import plans_of
from backend.tracker.state import Application
from backend.tracker.words import say
from backend.transcript import markdown_file

OPENED, EXPORTED = 200, 100_000
"""Messages of a chat that is opened, and that is copied, at most."""
CHECKED_DAYS = 365


def signed_in(services: Services, caller: Caller | None) -> Caller:
    """The caller, whose call is counted; raises Unauthorized for a guest, RateLimited above the limit."""
    if caller is None:
        raise Unauthorized("sign_in_first")
    services.limits.spend("own", caller.account_id)
    return caller


def chat(services: Services, caller: Caller | None, given: s.ChatInput) -> Generator[str | Json, None, None]:
    """Answer a student's question about scholarships in their language, from the catalogue only.

    Use it for questions in natural language: which awards fit, last date, amount, documents, am I eligible, compare.
    `message` is Markdown; every fact in it stands in `scholarships` and `citations`. Go on with the same `session_id`.
    `engine` tells whether the language model took part (model) or the catalogue answered alone (catalogue).
    A student's chat begins with the stored profile; from then on what is said in the chat counts. `profile` corrects what
    it knows, `forget` names what it must not use any more. With `rememberProfile` on, what it learns is stored.
    """
    begun = time.perf_counter()
    account_id = _account_id(caller)
    services.limits.spend("chat", account_id)
    if account_id and given.user_id not in (None, account_id):
        raise Forbidden("other_user")
    forget = tuple(map(to_snake, given.forget))
    student = _chat_student(services, caller, given) if caller else None
    known = student.profile.without(forget) if student and given.session_id is None else Profile()
    if given.profile:
        known = known.updated(_canonical(given.profile.profile()))
    remembers = student is not None and student.remember_profile
    before = (
        _known_before(services, caller, student, given.session_id) if caller and student and remembers else Profile()
    )
    pieces = services.chat.stream(
        given.message, account_id=account_id, session_id=given.session_id, profile=known, language=given.language,
        forget=forget, student_id=student.id if student else None,
    )  # fmt: skip
    try:
        for piece in pieces:
            if isinstance(piece, str):
                yield piece
            else:
                if caller and student and remembers:
                    learned = _learned(before.without(forget), piece.profile)
                    services.students.learn(caller.account_id, student.id, learned, forget)
                took = (time.perf_counter() - begun) * 1000
                saved = services.applications.saved_ids(student.id) if student else ()
                yield shapes.chat_reply(piece, saved, services.catalogue.version, services.clock(), took)
    finally:
        pieces.close()


def whole_chat(services: Services, caller: Caller | None, given: s.ChatInput) -> Json:
    """The last item of `chat`."""
    reply: Json = {}
    for item in chat(services, caller, given):
        if not isinstance(item, str):
            reply = item
    return reply


whole_chat.__doc__ = chat.__doc__


def chat_history(services: Services, caller: Caller | None, given: s.HistoryInput) -> Json:
    """The signed-in student's stored chat messages, oldest first, with the total. Guests' chats are not stored."""
    me = signed_in(services, caller)
    if given.user_id not in (None, me.account_id):
        raise Forbidden("other_messages")
    student_id = student_of(services, me, given.student_id)
    messages, total = services.history.messages(me.account_id, given.session_id, given.limit, given.offset, student_id)
    return {
        "messages": [shapes.chat_message(m) for m in messages],
        "total": total,
    }


def chat_sessions(services: Services, caller: Caller | None, given: s.SessionsInput) -> list[Json]:
    """The signed-in student's chats with their titles, the last used first, page by page; `q` searches titles and messages
    (then `snippet` shows where a message holds the words)."""
    me = signed_in(services, caller)
    student_id = student_of(services, me, given.student_id)
    found = services.history.sessions(me.account_id, given.q, given.limit, given.offset, student_id)
    return [shapes.chat_summary(c) for c in found]


def chat_session(
    services: Services, caller: Caller | None, session_id: str, limit: int = OPENED, offset: int = 0
) -> Json:
    """One chat with its messages (the first 200); answers with their thumb, what the chat knew and which scholarships it
    showed."""
    me = signed_in(services, caller)
    found = services.history.session(me.account_id, session_id)
    messages, total = services.history.messages(me.account_id, session_id, limit, offset)
    return {**shapes.chat_summary(found), "messages": [shapes.chat_turn(m) for m in messages], "total": total}


def change_chat_session(services: Services, caller: Caller | None, session_id: str, given: s.ChatChangesInput) -> Json:
    """Give one chat another title, or keep it (chats are deleted 90 days after their last turn unless they are kept)."""
    me = signed_in(services, caller)
    return shapes.chat_summary(services.history.change(me.account_id, session_id, title=given.title, kept=given.kept))


def import_chat(services: Services, caller: Caller | None, given: s.ImportInput) -> Json:
    """Take a guest's chat, as their browser kept it, into the account: at most once, however often it is sent. Its messages
    are marked as imported. What they say is shown again, never believed: facts are read from the catalogue anew."""
    me = signed_in(services, caller)
    turns = [
        BrowserTurn(mask_private(x.question)[0], mask_private(x.answer)[0], _context(services, x).stored())
        for x in given.turns
    ]
    chat = BrowserChat(given.id, given.title, given.created_at, turns)
    student_id = student_of(services, me, given.student_id)
    return shapes.chat_summary(services.history.take_over(me.account_id, chat, student_id))


def take_back(services: Services, caller: Caller | None, session_id: str, given: s.TakeBackInput) -> None:
    """Undo: forget the last questions of a chat with their answers and all that was learned from them, as if they had not
    been asked. Guests may take back turns of their own running chat. A chat left without any is deleted, unless it was
    given a title."""
    services.chat.take_back(caller.account_id if caller else None, session_id, given.last)


def export_chat(services: Services, caller: Caller | None, session_id: str) -> str:
    """One chat as a Markdown file (`format=md`), or as `GET /api/chat/sessions/{id}` gives it, with all messages
    (`format=json`)."""
    me = signed_in(services, caller)
    found = services.history.session(me.account_id, session_id)
    messages, _ = services.history.messages(me.account_id, session_id, EXPORTED)
    return markdown_file(found, messages)


def delete_chat_session(services: Services, caller: Caller | None, session_id: str) -> None:
    """Delete one chat."""
    services.history.delete_session(signed_in(services, caller).account_id, session_id)


def delete_chat_sessions(services: Services, caller: Caller | None, given: s.ForStudent) -> None:
    """Delete every chat of the student."""
    me = signed_in(services, caller)
    services.history.delete_all(me.account_id, student_of(services, me, given.student_id))


def chat_feedback(services: Services, caller: Caller | None, given: s.FeedbackInput) -> None:
    """Put a thumb up or down for one answer, with its reasons, into the review list. A stored answer of the caller is named
    by `messageId`; guests' answers are not stored, so `question` and `answer` come along (private numbers are masked)."""
    services.limits.spend("report", _account_id(caller))
    comment = mask_private(given.comment)[0] if given.comment else None
    if given.message_id is not None:
        me = signed_in(services, caller)
        services.history.feedback(me.account_id, given.message_id, given.rating, comment, given.reasons)
    elif given.question is not None and given.answer is not None:
        question, answer = mask_private(given.question)[0], mask_private(given.answer)[0]
        services.history.guest_feedback(question, answer, given.rating, comment, given.reasons)
    else:
        raise ValidationFailed("no_answer_named", where="messageId")


def search_scholarships(services: Services, caller: Caller | None, given: s.SearchInput) -> Json:
    """Search the catalogue by words and filters: a scheme's name (misspelt is fine) or what a student says of themselves.

    Rows that break a known rule are left out; each row carries `match` (eligible or needs_info, with reasons) when
    something of the student is known, and `deadlineState` (never open without a confirmed date). `resolvedId` is the
    record whose name was meant; `notShown` says why a scheme that was named is not among the rows, `nearMisses` what one
    number keeps away. `facets` count how many rows a further filter would keep. `rank` gives the parts of a row's place.
    """
    count_search(services, caller, given)
    return searched(services, caller, given)


def count_search(services: Services, caller: Caller | None, given: s.SearchInput) -> None:
    """Count a search; the list as it is before anything is asked, which every visit opens with, counts as a look-up."""
    is_asked = bool(given.model_dump(exclude_defaults=True))
    services.limits.spend("search" if is_asked else "lookup", _account_id(caller))


def searched(services: Services, caller: Caller | None, given: s.SearchInput) -> Json:
    """What `search_scholarships` gives, not counted."""
    words = given.keywords if given.keywords is not None else given.q
    query = _query(
        given, keywords=words or "", ignore=tuple(map(to_snake, given.ignore)), deadline=given.deadline, eligible_only=given.eligible_only, sort=given.sort,
        page=given.page, page_size=given.page_size,
    )  # fmt: skip
    return _found(services, caller, lambda now: services.search.find(query, now))


def list_scholarships(services: Services, caller: Caller | None, given: s.ListInput) -> Json:
    """The whole catalogue, page by page."""
    services.limits.spend("lookup", _account_id(caller))
    query = Query(page=given.page, page_size=given.page_size)
    return _found(services, caller, lambda now: services.search.find(query, now))


def match_profile(services: Services, caller: Caller | None, given: s.MatchInput) -> Json:
    """Every scholarship that a student's profile does not break: eligible ones first, then those needing more
    information. Give what is known of the student; leave out the rest."""
    services.limits.spend("search", _account_id(caller))
    profile = _canonical(given.profile())
    return _found(
        services, caller, lambda now: services.search.match_profile(profile, given.page, given.page_size, now)
    )


def get_scholarship(services: Services, caller: Caller | None, given: s.ScholarshipInput) -> Json:
    """One scholarship by id with all its facts, its deadline state and source; with `match` for a signed-in profile."""
    services.limits.spend("lookup", _account_id(caller))
    profile = _stored_profile(services, caller, given.student_id)
    return shapes.scholarship(_hit(services, given.id, profile), _bookmarked(services, caller, given.student_id))


def check_eligibility(services: Services, caller: Caller | None, given: s.EligibilityInput) -> Json:
    """The verdict on one scholarship for a profile: eligible, needs_info or not_eligible, with a sentence for each rule
    that is satisfied, failed or unknown. Without any profile field a signed-in student's stored profile is taken."""
    services.limits.spend("lookup", _account_id(caller))
    profile = _canonical(given.profile())
    if not profile.known():
        profile = _stored_profile(services, caller, given.student_id)
    return shapes.match(match(_hit(services, given.id, profile).record, profile))


def compare_scholarships(services: Services, caller: Caller | None, given: s.CompareInput) -> Json:
    """Two to four scholarships side by side: the records, and their facts field by field with whether all agree."""
    services.limits.spend("lookup", _account_id(caller))
    if len(set(given.ids)) != len(given.ids):
        raise ValidationFailed("two_to_four", where="ids")
    saved = _bookmarked(services, caller, given.student_id)
    profile = _stored_profile(services, caller, given.student_id)
    records = [shapes.scholarship(_hit(services, i, profile), saved) for i in given.ids]
    names = [n for n in records[0] if n not in ("id", "isBookmarked", "match")]
    table = [
        {"field": n, "values": [r[n] for r in records], "same": all(r[n] == records[0][n] for r in records)}
        for n in names
    ]
    return {"scholarships": records, "fields": table, "dataVersion": services.catalogue.version}


def upcoming_deadlines(services: Services, caller: Caller | None, given: s.DeadlinesInput) -> Json:
    """What closes, or usually opens or closes, within so many days: confirmed dates first, then expected months (not
    confirmed; `deadlineState.text` says so), soonest first. Nothing that is closed."""
    services.limits.spend("lookup", _account_id(caller))
    hits = services.search.upcoming(_query(given), given.within, services.clock())
    saved = _bookmarked(services, caller)
    return {
        "scholarships": [shapes.scholarship(h, saved) for h in hits], "total": len(hits), "within": given.within,
        "dataVersion": services.catalogue.version,
    }  # fmt: skip


def report(services: Services, caller: Caller | None, scholarship_id: str, given: s.ReportInput) -> Json:
    """Report a mistake in a record; it goes to a review queue."""
    services.limits.spend("report", _account_id(caller))
    _hit(services, scholarship_id, Profile())
    return {"id": services.reports.add(scholarship_id, given.reason, given.details, _account_id(caller))}


def sign_up(services: Services, caller: Caller | None, given: s.SignUpInput) -> Json:
    """Make an account and sign in: gives the user and a token."""
    del caller
    services.limits.spend("sign_up")
    account = services.accounts.sign_up(given.email, given.password, given.name)
    return {"user": _user(services, account.id), "token": services.sessions.issue(account.id)}


def sign_in(services: Services, caller: Caller | None, given: s.SignInInput) -> Json:
    """Sign in: gives the user and a token (24 hours), to be sent as `Authorization: Bearer TOKEN`."""
    del caller
    services.limits.spend("sign_in", given.email.strip().casefold())
    account = services.accounts.sign_in(given.email, given.password)
    return {"user": _user(services, account.id), "token": services.sessions.issue(account.id)}


def sign_in_with_hugging_face(services: Services, user: HuggingFaceUser) -> Json:
    """Sign in whom Hugging Face sent back with a verified address, into the account of that address or a new one."""
    account = services.proven.sign_in(user)
    return {"user": shapes.user(account), "token": services.sessions.issue(account.id)}


def forgot_password(services: Services, caller: Caller | None, given: s.ForgotInput) -> None:
    """Send a link that sets a new password to the address, if it has an account: the answer is the same if it has none.
    UNAVAILABLE, with whom to ask, where this site cannot send mail."""
    del caller
    services.limits.spend("forgot", normalised_email(given.email))
    services.password_mail.ask(given.email)


def set_new_password(services: Services, caller: Caller | None, given: s.NewPasswordInput) -> None:
    """Set a new password by what a link by mail carries (good once, for 30 minutes); ends all sign-ins of the account."""
    del caller
    services.limits.spend("password")
    services.proven.set_password(given.token, given.new_password)


def sign_out(services: Services, caller: Caller | None, given: s.Nothing) -> None:
    """End the caller's session; its token is dead from now on, on every door."""
    del given
    services.sessions.end_session(signed_in(services, caller).session_id)


def renew(services: Services, caller: Caller | None) -> Json:
    """A fresh token for the caller's session."""
    me = signed_in(services, caller)
    return {"user": _user(services, me.account_id), "token": services.sessions.renew(me)}


def me(services: Services, caller: Caller | None, given: s.ForStudent) -> Json:
    """The signed-in user with the stored profile of the student that the call is about."""
    who = signed_in(services, caller)
    student = services.students.get(who.account_id, given.student_id or who.student_id)
    return shapes.account(services.accounts.get(who.account_id), student)


def update_me(services: Services, caller: Caller | None, given: s.MeInput) -> Json:
    """Change the user's name, or the password (with the current one; it ends the other sessions), or of the student the
    profile and the consent that chats add to it. An account without a password gets its first one from who signed in
    within the last ten minutes."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    if given.new_password is not None:
        services.limits.spend("password", who.account_id)
    account = services.accounts.update(
        who.account_id, name=given.name, current_password=given.current_password, new_password=given.new_password,
        session_id=who.session_id, just_signed_in=services.sessions.just_signed_in(who),
    )  # fmt: skip
    student = services.students.update(
        who.account_id, student_id, profile=_canonical(given.profile.profile()) if given.profile else None,
        remember_profile=given.remember_profile,
    )  # fmt: skip
    return shapes.account(account, student)


def students(services: Services, caller: Caller | None) -> list[Json]:
    """The students of the account, each with a profile, applications and chats of their own; the account's first one
    first. Other calls are about the `chosen` one unless they name another by `studentId`."""
    who = signed_in(services, caller)
    return [shapes.student(x, x.id == who.student_id) for x in services.students.list(who.account_id)]


def add_student(services: Services, caller: Caller | None, given: s.NewStudentInput) -> Json:
    """Add a student to the account (at most ten)."""
    profile = _canonical(given.profile.profile())
    return shapes.student(services.students.add(signed_in(services, caller).account_id, given.name, profile), False)


def update_student(services: Services, caller: Caller | None, student_id: str, given: s.StudentInput) -> Json:
    """Change a student's name, profile or consent, or make them the one that this sign-in's calls are about."""
    who = signed_in(services, caller)
    student = services.students.update(
        who.account_id, student_id, name=given.name, remember_profile=given.remember_profile,
        profile=_canonical(given.profile.profile()) if given.profile else None,
    )  # fmt: skip
    if given.chosen:
        services.students.choose(who.account_id, student_id, who.session_id)
    return shapes.student(student, bool(given.chosen) or who.student_id == student_id)


def delete_student(services: Services, caller: Caller | None, student_id: str) -> None:
    """Delete a student with their chats and applications; the account's first one goes only with the account."""
    services.students.delete(signed_in(services, caller).account_id, student_id)


def delete_me(services: Services, caller: Caller | None, given: s.DeleteMeInput) -> None:
    """Delete the account and everything stored about it; needs the password, or for an account without one a sign-in
    within the last ten minutes."""
    who = signed_in(services, caller)
    services.limits.spend("password", who.account_id)
    services.accounts.delete(who.account_id, given.password, services.sessions.just_signed_in(who))


def export_me(services: Services, caller: Caller | None) -> Json:
    """Everything stored about the caller."""
    return services.accounts.export(signed_in(services, caller).account_id)


def save_application(services: Services, caller: Caller | None, given: s.SaveApplicationInput) -> Json:
    """Save a scholarship to the student's applications (needs the user's token). Saving twice gives the existing one; one
    that was deleted in the last 30 days comes back with its notes."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    saved = services.applications.save(who.account_id, given.scholarship_id, given.changes(), student_id)
    return _application(services, saved)


def unbookmark(services: Services, caller: Caller | None, scholarship_id: str, given: s.ForStudent) -> None:
    """Remove a scholarship from the student's applications."""
    who = signed_in(services, caller)
    _hit(services, scholarship_id, Profile())
    services.applications.delete_for_scholarship(student_of(services, who, given.student_id), scholarship_id)


def list_applications(services: Services, caller: Caller | None, given: s.ListApplicationsInput) -> list[Json]:
    """The student's applications, newest first (needs the user's token), each with its plan: `due` (confirmed, the student's
    own, or an expected month), when each item must be started, `nextStep`, the portal's `stage`, what changed in its record
    (`news`). All of them unless `limit` says how many."""
    return list(orjson.loads(list_applications_json(services, caller, given)))


def list_applications_json(services: Services, caller: Caller | None, given: s.ListApplicationsInput) -> bytes:
    """The same, as the JSON that a door sends."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    parts = services.applications.worked_out(
        who.account_id, student_id, f"list {given.language}",
        lambda plan: orjson.dumps(tracker_shapes.application(plan, given.language)), (given.limit, given.offset),
    )  # fmt: skip
    return b"[" + b",".join(parts) + b"]"


def get_application(services: Services, caller: Caller | None, given: s.ApplicationInput) -> Json:
    """One application of the student."""
    return _application(services, services.applications.get(signed_in(services, caller).account_id, given.id))


def update_application(services: Services, caller: Caller | None, given: s.UpdateApplicationInput) -> Json:
    """Change an application's status, portal stage, checklist, notes, dates, reference, amount, or whether the money has
    arrived (needs the user's token). What is left out stays; every change is kept in `events`. `ticks` sets single items by
    id; `undo` takes the last change back, a deletion too; `restore` brings a deleted one back."""
    who = signed_in(services, caller)
    action: Action = Change(given.id, given.changes())
    if given.undo or given.restore:
        action = Undo(given.id) if given.undo else Restore(given.id)
    changed = services.applications.act(who.account_id, action).changed
    assert changed is not None
    return _application(services, changed)


def delete_application(services: Services, caller: Caller | None, given: s.DeleteApplicationInput) -> None:
    """Delete one application (needs the user's token). It can be restored with its history for 30 days, unless `forever`.
    Agents: ask the student first, and say so by `confirm`."""
    services.applications.delete(signed_in(services, caller).account_id, given.id, given.forever)


def delete_for_student(services: Services, caller: Caller | None, given: s.DeleteApplicationInput) -> None:
    """What an agent's `delete_application` does: nothing, before the student has said yes."""
    found = services.applications.get(signed_in(services, caller).account_id, given.id)
    if not given.confirm:
        name = found.saved_facts.get("name") or found.scholarship_id
        key = "ask_to_delete_forever" if given.forever else "ask_to_delete"
        raise ValidationFailed(key, where="confirm", name=name)
    delete_application(services, caller, given)


def export_calendar(services: Services, caller: Caller | None, given: s.ExportCalendarInput) -> str:
    """The student's dates as an iCalendar (RFC 5545) text with alarms 14, 7, 3 and 1 days before: confirmed closing dates of
    what is still to be handed in, own target dates, renewals, and expected months, labelled as not confirmed. `start_by`
    adds the days to start documents by; `id` gives one application."""
    who = signed_in(services, caller)
    student_id = student_of(services, who, given.student_id)
    return calendar_of(services, who.account_id, given, student_id)


def calendar_of(
    services: Services, account_id: str, given: s.ExportCalendarInput, student_id: str | None = None
) -> str:
    """The calendar of one student, or of all of an account."""
    world = services.applications.world()
    if given.id is None and not given.start_by:
        parts = services.applications.worked_out(
            account_id, student_id, f"calendar {given.language}",
            lambda plan: event_lines(entries((plan,), given.language), world.now, given.language).encode(),
        )  # fmt: skip
        return calendar_of_events(b"".join(parts).decode(), given.language)
    plans = plans_of(services.applications.list(account_id, student_id, history=False), world)
    return calendar(world, plans, given.id, given.start_by, given.language)


def scholarships_calendar(services: Services, given: s.CalendarInput) -> str:
    """The dates of some scholarships as an iCalendar (RFC 5545) text with alarms 14, 7, 3 and 1 days before, for everybody:
    the confirmed closing date, else the first day of the month that is expected next, labelled as not confirmed."""
    now = services.clock()
    entries = []
    for id_ in given.ids:
        hit = services.search.hit(id_, Profile(), now)
        if hit is None:
            raise NotFound("no_scholarship")
        state, record = hit.deadline, hit.record
        confirmed = state.is_open and state.closes_on is not None
        day = state.closes_on if confirmed else _first_day(state.next_expected)
        if day is not None:
            title = say("title_closes" if confirmed else "title_expected", given.language, name=record.name)
            text = deadline_sentence(state, given.language)
            entries.append(
                CalendarEntry(f"{id_}@scholarship-chatbot", title, day, text, record.application_url, confirmed)
            )
    return calendar_file(entries, now, given.language)


def _first_day(month: str | None) -> date | None:
    return date.fromisoformat(f"{month}-01") if month else None


def calendar_key(services: Services, caller: Caller | None, fresh: bool = False) -> Json:
    """The private key of the calendar address; `fresh` renews it."""
    who = signed_in(services, caller)
    make = services.accounts.renew_calendar_key if fresh else services.accounts.calendar_key
    key = make(who.account_id)
    return {"key": key, "path": f"/api/applications/calendar.ics?key={key}"}


def health(services: Services, caller: Caller | None, given: s.Nothing) -> Json:
    """Whether the app works: database, catalogue rows, state of the language model."""
    del caller, given
    try:
        services.database.ping()
        database = "ok"
    except Unavailable:
        database = "out"
    engine = services.engine
    return {
        "status": "healthy" if database == "ok" else "unhealthy", "database": database,
        "catalogue": {"rows": len(services.catalogue), "version": services.catalogue.version},
        "model": {"name": engine.name, "state": engine.state, "detail": engine.detail},
        "limits": services.limits.state, "version": VERSION,
        "timestamp": services.clock().isoformat(),
    }  # fmt: skip


def stats(services: Services, caller: Caller | None, given: s.Nothing) -> Json:
    """How good the catalogue is: rows, share with an official link, share checked in the last 365 days, rows per category;
    how many closed ones are shown as open now, counted over all rows by a check of its own; and what the last evaluation
    measured (by measurement: `on` the day, `rows` then, `figures`)."""
    del caller, given
    counts, now = services.search.quality(), services.clock()
    today = now.date()

    def is_recent(source_date: str | None) -> bool:
        if not source_date:
            return False
        year, month = int(source_date[:4]), int(source_date[5:7] or 1)
        return (today - datetime(year, month, 1).date()).days <= CHECKED_DAYS

    recent = sum(n for source_date, n in counts.by_source_date.items() if is_recent(source_date))
    shown = ((r, deadline_state(r, now).state) for r in services.catalogue.scholarships)
    return {
        "rows": counts.rows,
        "officialLinkShare": round(counts.official / counts.rows, 4),
        "checkedWithin365DaysShare": round(recent / counts.rows, 4),
        "closedShownAsOpen": closed_shown_as_open(shown, now), "evaluation": measured(),
        "perCategory": dict(counts.by_category), "dataVersion": services.catalogue.version, "asOf": today.isoformat(),
    }  # fmt: skip


def root(services: Services) -> Json:
    """What this API is."""
    del services
    return {"message": "Scholarship Chatbot API. See /docs.", "status": "running", "version": VERSION}


def _account_id(caller: Caller | None) -> str | None:
    return caller.account_id if caller else None


def _query(given: s.FilterInput, **more: Any) -> Query:
    filters = {name: getattr(given, name) for name in s.FilterInput.model_fields}
    return Query(**filters, **more)


def _found(services: Services, caller: Caller | None, find: Callable[[datetime], SearchPage]) -> Json:
    begun = time.perf_counter()
    page = find(services.clock())
    saved = _bookmarked(services, caller)
    return shapes.search_result(page, saved, services.catalogue.version, (time.perf_counter() - begun) * 1000)


def _hit(services: Services, scholarship_id: str, profile: Profile) -> Hit:
    hit = services.search.hit(scholarship_id, profile, services.clock())
    if hit is None:
        raise NotFound("no_scholarship")
    return hit


def student_of(services: Services, caller: Caller, wanted: str | None) -> str:
    """The student that a call is about; NotFound for one of another account."""
    return services.students.get(caller.account_id, wanted).id if wanted else caller.student_id


def _bookmarked(services: Services, caller: Caller | None, wanted: str | None = None) -> Collection[str]:
    return services.applications.saved_ids(student_of(services, caller, wanted)) if caller else ()


def _stored_profile(services: Services, caller: Caller | None, wanted: str | None = None) -> Profile:
    return services.students.get(caller.account_id, wanted or caller.student_id).profile if caller else Profile()


def _chat_student(services: Services, caller: Caller, given: s.ChatInput) -> Student:
    """Whose chat it is: a running one's stays the same."""
    student_id = student_of(services, caller, given.student_id)
    if given.session_id:
        student_id = services.history.session(caller.account_id, given.session_id).student_id
    return services.students.get(caller.account_id, student_id)


def _known_before(services: Services, caller: Caller, student: Student, session_id: str | None) -> Profile:
    """What is known of a student before a turn of a chat."""
    if session_id is None:
        return student.profile
    return Context.of(services.history.last_details(caller.account_id, session_id).get("context") or {}).profile


def _context(services: Services, turn: s.ImportedTurn) -> Context:
    """What a chat goes on with after an imported turn: the student, and the records that are still in the catalogue."""
    shown = tuple(i for i in turn.scholarship_ids if i in services.catalogue.by_id)
    return Context(_canonical(turn.profile.profile()), shown, shown[0] if len(shown) == 1 else None)


def _learned(before: Profile, after: Profile) -> Profile:
    """The fields that are known now and were not, or otherwise; an income takes its currency along."""
    old, new = before.known(), after.known()
    learned = {name for name, value in new.items() if old.get(name) != value}
    return after.without(set(new) - learned - ({"income_currency"} if "family_income" in learned else set()))


def _canonical(profile: Profile) -> Profile:
    """The profile with its state under the official name."""
    state = lexicon().state(profile.state) if profile.state else None
    return profile.updated(Profile(state=state))


def _user(services: Services, account_id: str) -> Json:
    return shapes.user(services.accounts.get(account_id))


def _application(services: Services, application: Application) -> Json:
    return tracker_shapes.application(plans_of([application], services.applications.world())[0], "en")
