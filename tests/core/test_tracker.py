"""The tracker's rules: plans, documents, clashes, next steps, money, renewal, undo, a guest's tracker. Pure, with the real data."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.api.tracker_shapes import application
from backend.card import card
from backend.catalogue import Catalogue, Scholarship
from backend.errors import Conflict, NotFound, ValidationFailed
from backend.profile import Profile
from backend.search import Search
from backend.tracker import actions, browser
from backend.tracker.actions import World, act, changed, rolled, undoable, undone
from backend.tracker.dates import calendar
from backend.tracker.event_words import event_text
from backend.tracker.files import table
from backend.tracker.next_step import changed_facts, news, next_step
from backend.tracker.overview import due_soon, timeline, totals, totals_text
from backend.tracker.papers import documents, recognised
from backend.tracker.plan import Plan, plan, plans_of
from backend.tracker.planner import clashes, planner
from backend.tracker.records import Records
from backend.tracker.stages import stage_of, stage_sets
from backend.tracker.state import Application, restored, stored

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
FIRST, SECOND = "nmmss", "pm-usp-central-sector-scheme"


@pytest.fixture
def base(catalogue: Catalogue) -> Scholarship:
    """A record to make others from."""
    return replace(
        catalogue.by_id[FIRST],
        last_deadline=date(2026, 12, 20),
        requirements=("Income certificate", "Photograph", "Interview"),
    )


def world_of(*records: Scholarship, now: datetime = NOW) -> World:
    """These records, and ids in a row."""
    found, ids = Records({r.id: r for r in records}), count(1)
    return World(now, lambda id_: found.find(id_, now), lambda: f"{next(ids):08d}{0:024d}")


def saved(world: World, id_: str, **changes: object) -> Application:
    """A fresh application with changes."""
    made = act((), actions.Save(id_, changes), world).changed
    assert made is not None
    return made


def planned(world: World, *applications: Application) -> list[Plan]:
    """Their plans."""
    return plans_of(applications, world)


def test_planned_backwards_from_a_confirmed_date(base: Scholarship) -> None:
    (p,) = planned(w := world_of(base), saved(w, FIRST))
    assert (p.due.on, p.due.basis, p.due.days_left) == (date(2026, 12, 20), "confirmed", 27)
    income, photo, interview = p.steps
    assert (income.document, income.days, income.start_by) == ("income-certificate", 21, date(2026, 11, 29))
    assert photo.start_by == date(2026, 12, 19) and (interview.days, interview.start_by) == (None, None)
    assert not any(s.late for s in p.steps)
    (later,) = planned(world_of(base, now=NOW + timedelta(days=7)), p.application)
    assert [s.late for s in later.steps] == [True, False, False]


@pytest.mark.parametrize(
    ("target", "on", "basis"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "target"),
        (date(2027, 1, 5), date(2026, 12, 20), "confirmed"),  # after the closing date there is nothing to hand in
        (date(2026, 11, 1), date(2026, 12, 20), "confirmed"),  # passed
    ],
)
def test_the_sooner_of_the_students_date_and_the_confirmed_one(base, target, on, basis) -> None:
    (p,) = planned(w := world_of(base), saved(w, FIRST, target_date=target))
    assert (p.due.on, p.due.basis) == (on, basis)


def test_a_date_that_passed_is_no_deadline_and_an_expected_month_is_labelled(base: Scholarship) -> None:
    (p,) = planned(w := world_of(replace(base, last_deadline=date(2025, 9, 30))), saved(w, FIRST))
    assert (p.due.on, p.due.basis, p.due.month) == (date(2027, 6, 1), "expected", "2027-06")
    (near,) = planned(world_of(replace(base, last_deadline=None), now=datetime(2027, 5, 31, tzinfo=UTC)), p.application)
    assert near.due.basis == "expected" and not any(s.late for s in near.steps), "nobody is late for an expected month"
    (none,) = planned(
        w := world_of(replace(base, last_deadline=None, opens_month=None, closes_month=None)), p.application
    )
    assert none.due.basis is None and all(s.start_by is None for s in none.steps)


def test_own_lead_times_count_and_the_usual_one_is_not_stored(base: Scholarship) -> None:
    w = world_of(base)
    a = saved(w, FIRST)
    items = [
        {"id": i.id, "text": i.text, "done": False, "lead_days": d}
        for i, d in zip(a.checklist, (21, 5, None), strict=True)
    ]
    after = changed(a, {"checklist": items}, w)
    assert [i.lead_days for i in after.checklist] == [None, 5, None]
    assert [(s.days, s.is_own) for s in planned(w, after)[0].steps] == [(21, False), (5, True), (None, False)]


@given(
    closes=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    target=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
)
def test_a_plan_never_says_more_than_is_known(base_record, closes, target, now) -> None:
    w = world_of(replace(base_record, last_deadline=closes), now=now.replace(tzinfo=UTC))
    a = saved(w, FIRST, **({"target_date": target} if target else {}))
    p = plan(a, w.find(FIRST), w.today)
    if p.due.basis == "confirmed":
        assert p.due.on == closes >= w.today
    if p.due.basis == "target":
        assert p.due.on == target
    if target is None and closes < w.today:
        assert p.due.basis in ("expected", None)
    for s in p.steps:
        assert s.start_by is None or (p.due.on - s.start_by).days == s.days
        assert not s.late or (s.start_by < w.today and p.due.basis in ("confirmed", "target"))


@pytest.fixture(scope="module")
def base_record(catalogue: Catalogue) -> Scholarship:
    """For hypothesis, which wants no fixture of a single test."""
    return replace(catalogue.by_id[FIRST], requirements=("Income certificate", "Photograph"))


def test_every_kind_of_document_is_sound() -> None:
    for document in documents().values():
        assert document.kind in ("paper", "work", "step") and document.name and document.name_hi and document.words
        assert document.lead_days is None or 0 < document.lead_days <= 120
        assert document.source.startswith("https://") or document.source == "usual value of ours"
    words = [w.casefold() for d in documents().values() for w in d.words]
    assert len(words) == len(set(words)), "a word is in two kinds"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Income certificate of the tahsildar", "income-certificate"), ("OBC non-creamy-layer certificate", "caste-certificate"),
        ("Aadhaar-linked bank account", "aadhaar-bank"), ("Bank passbook", "bank-account"), ("UDID card", "disability-certificate"),
        ("Three recommendation letters", "recommendation-letter"), ("Passport photo", "photograph"), ("Valid passport", "passport"),
        ("Online application on NSP", "application-form"), ("Fee of ₹1,150 (₹600 EWS and OBC)", "application-fee"),
        ("Vande Mataram video", None),
    ],
)  # fmt: skip
def test_requirements_name_documents(text: str, kind: str | None) -> None:
    found = recognised(text)
    assert (found.id if found else None) == kind


def test_the_planner_has_each_document_once_in_order(base: Scholarship) -> None:
    other = replace(
        base,
        id="other",
        name="Other",
        last_deadline=date(2026, 12, 5),
        requirements=("Family income certificate", "Passport"),
    )
    w = world_of(base, other)
    both = act((saved(w, FIRST),), actions.Save("other"), w).applications
    wanted = planner(planned(w, *both))
    assert [d.id for d in wanted] == ["passport", "income-certificate", "photograph"], "an interview is no document"
    income = wanted[1]
    assert income.start_by == date(2026, 11, 14) and income.late and len(income.needs) == 2
    ticked = act(both, actions.Tick("income-certificate", True), w).applications
    assert all(any(i.done for i in a.checklist) for a in ticked)
    assert [d.id for d in planner(planned(w, *ticked)) if d.done] == ["income-certificate"]
    assert act(ticked, actions.Tick("income-certificate", True), w).applications == ticked


def test_clashes(base: Scholarship) -> None:
    near = replace(base, id="near", name="Near", last_deadline=date(2026, 12, 22))
    far = replace(base, id="far", name="Far", last_deadline=date(2027, 1, 5), requirements=("Income certificate",))
    alone = replace(base, id="alone", last_deadline=date(2027, 6, 5), requirements=("Photograph",))
    w = world_of(base, near, far, alone)
    plans = planned(w, *(saved(w, r) for r in (FIRST, "near", "far", "alone")))
    found = clashes(plans)
    kinds = [(c.kind, c.document, sorted(p.application.scholarship_id for p in c.plans)) for c in found]
    assert ("deadlines", None, ["near", "nmmss"]) in kinds
    assert ("document", "income-certificate", ["far", "near", "nmmss"]) in kinds
    assert ("work", None, ["far", "near", "nmmss"]) in kinds
    assert not any("alone" in ids for _, _, ids in kinds)
    w = world_of(*(replace(r, last_deadline=None) for r in (base, near)))
    assert clashes(planned(w, *(saved(w, r) for r in (FIRST, "near")))) == [], "expected months do not clash"


def test_the_next_step_of_each_stage(base: Scholarship) -> None:
    w = world_of(replace(base, last_deadline=date(2026, 12, 5)))

    def key(a: Application, at: World = w) -> str | None:
        found = next_step(plan(a, at.find(a.scholarship_id), at.today), "en")
        assert found is None or (found.text.endswith((".", "।")) and "{" not in found.text)
        return found.key if found else None

    a = saved(w, FIRST)
    assert key(a) == "start_now", "an income certificate takes longer than there is time"
    ticked = changed(a, {"ticks": {i.id: True for i in a.checklist}}, w)
    assert key(ticked) == "submit"
    last = world_of(replace(base, last_deadline=date(2026, 12, 5)), now=datetime(2026, 12, 5, 6, tzinfo=UTC))
    assert key(ticked, last) == "submit_today"
    closed = world_of(replace(base, last_deadline=date(2025, 9, 30)))
    assert key(a, closed) == "closed"
    assert key(a, world_of()) == "gone"
    assert key(changed(a, {"target_date": date(2026, 11, 1)}, w), closed) == "over"
    assert key(changed(a, {"status": "submitted"}, w)) == "no_stage"
    at_institute = changed(a, {"status": "submitted", "portal_status": "institute"}, w)
    assert key(at_institute) == "stage"
    assert key(changed(a, {"status": "submitted", "portal_status": "they said wait"}, w)) == "own_stage"
    won = changed(a, {"status": "awarded"}, w)
    assert key(won) == "amount" and key(changed(won, {"amount_awarded": 12000.0}, w)) == "credit"
    paid = changed(won, {"amount_awarded": 12000.0, "credited_on": date(2026, 11, 20)}, w)
    assert paid.credited and key(paid) == "renewal_date"
    assert key(changed(a, {"status": "rejected"}, w)) is None
    hindi = next_step(plan(at_institute, w.find(FIRST), w.today), "hi")
    assert hindi and "संस्थान" in hindi.text


def test_portal_stages_are_data_in_two_languages() -> None:
    assert [s.id for s in stage_sets("en")["nsp"]] == [
        "submitted", "institute", "district", "defective", "approved", "payment-file", "paid"
    ]  # fmt: skip
    for stages in (*stage_sets("en").values(), *stage_sets("hi").values()):
        assert all(s.label and s.meaning and s.next and s.call and s.source for s in stages)
    assert stage_of("https://scholarships.gov.in/x", "paid", "hi") and not stage_of("https://x.org/", "paid", "en")


def test_news_are_the_same_until_they_are_seen(base: Scholarship) -> None:
    before = world_of(replace(base, last_deadline=None))
    a = saved(before, FIRST)
    assert news(plan(a, before.find(FIRST), TODAY), "en") == ()
    w = world_of(replace(base, award="₹15,000 a year"))
    p = plan(a, w.find(FIRST), TODAY)
    assert [n.field for n in news(p, "en")] == ["award", "state", "closesOn"] == [n.field for n in news(p, "hi")]
    assert changed_facts(p) == [("award", base.award, "₹15,000 a year")]
    (seen,) = act((a,), actions.Seen(), w).applications
    assert seen.events == a.events and news(plan(seen, w.find(FIRST), TODAY), "en") == ()
    (gone,) = news(plan(seen, None, TODAY), "en")
    assert gone.field == "inCatalogue"
    (known,) = act((seen,), actions.Seen(), world_of()).applications
    assert news(plan(known, None, TODAY), "en") == ()


def test_money_by_currency_and_period_and_unknown_amounts(base: Scholarship) -> None:
    monthly = replace(base, id="monthly", award_min=3000, award_max=None, award_period="month")
    dollars = replace(base, id="dollars", currency="USD", award_min=None, award_max=5000, award_period="once")
    silent = replace(base, id="silent", award_min=None, award_max=None)
    w = world_of(base, monthly, dollars, silent)
    a, b = saved(w, FIRST), saved(w, "monthly")
    c = saved(w, "dollars", status="awarded", amount_awarded=4000.0, credited=True)
    d, e = saved(w, "silent"), saved(w, "silent", status="awarded")
    found = totals(planned(w, a, b, c, d, e))
    inr, usd = found.currencies
    assert (inr.currency, sorted((str(s.period), s.low, s.high) for s in inr.in_play.values())) == (
        "INR", [("month", 3000, 3000), ("year", 12000, 12000)]
    )  # fmt: skip
    assert (usd.won, usd.credited, usd.in_play) == (4000, 4000, {})
    assert (found.in_play_unknown, found.won_unknown) == (1, 1)
    for language in ("en", "hi"):
        text = totals_text(found, language)
        assert "₹12,000" in text and "$4,000" in text and "16,000" not in text


def test_due_soon_and_the_next_90_days(base: Scholarship) -> None:
    w = world_of(
        replace(base, last_deadline=date(2026, 12, 5)),
        replace(base, id="late", last_deadline=None, opens_month=1, closes_month=1),
    )
    plans = planned(
        w, saved(w, FIRST, target_date=date(2026, 12, 1)), saved(w, "late"), saved(w, FIRST, status="withdrawn")
    )
    assert [p.application.scholarship_id for p in due_soon(plans)] == [FIRST]
    entries = timeline(plans, planner(plans), TODAY, "en")
    assert [(e.kind, e.on, e.certain) for e in entries if e.kind != "start"] == [
        ("target", date(2026, 12, 1), True), ("closes", date(2026, 12, 5), True), ("expected", date(2027, 1, 1), False)
    ]  # fmt: skip
    assert entries == sorted(entries, key=lambda e: e.on) and "not confirmed" in entries[-1].text


def test_an_awarded_one_opens_again_before_its_renewal_once(base: Scholarship) -> None:
    w = world_of(base)
    won = saved(w, FIRST, status="awarded", amount_awarded=12000.0, credited=True, renewal_due=date(2027, 10, 31))
    won = changed(won, {"ticks": {i.id: True for i in won.checklist}}, w)
    early = world_of(base, now=datetime(2027, 8, 30, tzinfo=UTC))
    assert rolled(won, early) is won
    later = world_of(base, now=datetime(2027, 9, 2, tzinfo=UTC))
    again = rolled(won, later)
    assert rolled(again, later) is again and again == rolled(won, world_of(base, now=datetime(2027, 12, 1, tzinfo=UTC)))
    assert (again.status, again.target_date, again.amount_awarded, again.progress) == (
        "preparing",
        date(2027, 10, 31),
        None,
        0,
    )
    (past,) = again.past_rounds
    assert (past.status, past.amount_awarded, past.credited) == ("awarded", 12000.0, True)
    assert again.events[:-1] == won.events and totals(planned(later, again)).currencies[0].won == 12000
    back = undone(again, later)
    assert (back.status, back.past_rounds, back.progress) == ("awarded", (), 1) and rolled(back, later) is back


def test_undo_takes_whole_changes_back_and_keeps_the_history(base: Scholarship) -> None:
    w = world_of(base)
    a = saved(w, FIRST)
    assert undoable(a) is None
    with pytest.raises(Conflict):
        undone(a, w)
    b = changed(a, {"status": "preparing", "notes": "call", "target_date": date(2026, 12, 1)}, w)
    c = changed(b, {"amount_awarded": 5.0}, w)
    back = undone(undone(c, w), w)
    assert (back.status, back.notes, back.target_date, back.amount_awarded) == ("saved", "", None, None)
    assert [e.kind for e in back.events] == ["saved", "status", "notes", "target", "amount", "undo", "undo"]
    with pytest.raises(Conflict):
        undone(c, w, b.events[-1].change)
    many = a
    for n in range(14):
        many = changed(many, {"notes": str(n)}, w)
    for _ in range(actions.UNDO_DEPTH):
        many = undone(many, w)
    assert many.notes == "3" and undoable(many) is None


def test_deleted_ones_come_back_for_thirty_days(base: Scholarship) -> None:
    w = world_of(base)
    a = saved(w, FIRST, notes="mine")
    (gone,) = act((a,), actions.Delete(a.id), w).applications
    assert gone.deleted_at == NOW
    with pytest.raises(NotFound):
        act((gone,), actions.Change(gone.id, {"notes": "x"}), w)
    for action in (actions.Undo(gone.id), actions.Restore(gone.id), actions.Save(FIRST)):
        (back,) = act((gone,), action, w).applications
        assert (back.deleted_at, back.notes, back.id) == (None, "mine", gone.id)
    month = world_of(base, now=NOW + timedelta(days=30))
    assert act((gone,), actions.View(), month).applications == ()
    assert act((gone,), actions.Save(FIRST), month).changed.notes == ""  # type: ignore[union-attr]


def test_the_stored_form_is_read_back_and_a_bad_one_is_refused(base: Scholarship) -> None:
    w = world_of(base)
    a = changed(saved(w, FIRST, credited_on=date(2026, 11, 1), renewal_due=date(2027, 1, 1)), {"reopen": True}, w)
    assert restored(stored(a)) == a
    for bad in (
        {"status": "won"},
        {"notes": "a\x00b"},
        {"checklist": [{"id": "x"}]},
        {"events": [{}] * 1001},
        {"createdAt": "today"},
    ):
        with pytest.raises(ValidationFailed):
            restored(stored(a) | bad)


def test_a_browser_is_believed_only_in_what_is_the_students_own(base: Scholarship) -> None:
    w = world_of(base)
    form = stored(saved(w, FIRST)) | {
        "scholarshipId": "invented", "studentId": "somebody",
        "savedFacts": {"name": "Million for all", "applicationUrl": "https://evil.example/", "x": "y"},
    }  # fmt: skip
    kept = browser.apply([restored(form)], actions.View(), w)
    (a,) = kept.outcome.applications
    assert a.saved_facts == {"name": "Million for all"} and a.student_id is None
    assert "evil" not in table(planned(w, a)) and planned(w, a)[0].known is None


def test_a_guests_tracker_says_when_it_is_full(catalogue: Catalogue) -> None:
    w = world_of(*catalogue.scholarships)
    forms: tuple[dict, ...] = ()
    for record in catalogue.scholarships[: browser.MOST]:
        forms = browser.apply([restored(f) for f in forms], actions.Save(record.id), w).forms
    held = [restored(f) for f in forms]
    with pytest.raises(Conflict, match="40 applications"):
        browser.apply(held, actions.Save(catalogue.scholarships[100].id), w)
    with pytest.raises(Conflict, match="60,000"):
        for a in held:
            held = [restored(f) for f in browser.apply(held, actions.Change(a.id, {"notes": "य" * 3000}), w).forms]
    kept = browser.apply(held, actions.Delete(held[0].id, True), w)
    assert len(kept.forms) == browser.MOST - 1 and kept.octets <= browser.MOST_BYTES


def test_a_table_that_no_spreadsheet_computes(base: Scholarship) -> None:
    w = world_of(base)
    text = table(planned(w, saved(w, FIRST, notes='=HYPERLINK("http://evil")', reference="+1", portal_status="@x")))
    assert text.startswith("\ufeffscholarship_id,")
    assert "\"'=HYPERLINK(" in text and ",'+1," in text and ",'@x," in text


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_card_is_six_lines_with_a_date_that_is_certain_or_says_so(
    search: Search, catalogue: Catalogue, language: str
) -> None:
    for record in catalogue.scholarships:
        hit = search.hit(record.id, Profile(), NOW)
        assert hit is not None
        lines = card(hit, language)
        assert len(lines) == 6 and all(lines) and not any("\n" in line for line in lines)
        assert record.source_url in lines[4]
        assert (
            record.application_url in lines[5]
        ) == record.application_url_official or not record.application_url_official
        if not hit.deadline.is_open:
            assert not lines[2].startswith(("Last date: Open until", "अंतिम तिथि: खुली"))


def test_papers_are_named_in_hindi_wherever_they_stand(base: Scholarship) -> None:
    w = world_of(base)
    plans = planned(w, saved(w, FIRST))
    wanted = planner(plans)
    starts = [e for e in timeline(plans, wanted, TODAY, "hi") if e.kind == "start"]
    assert {e.name for e in starts} == {x.named("hi") for x in wanted} == {"आय प्रमाण पत्र", "फ़ोटो और हस्ताक्षर"}
    assert all(e.name in e.text for e in starts)
    assert {e.name for e in timeline(plans, wanted, TODAY, "en") if e.kind == "start"} == {x.name for x in wanted}
    assert "शुरू कीजिए: आय प्रमाण पत्र" in calendar(w, plans, None, True, "hi").replace("\r\n ", "")
    step = next_step(plans[0], "hi")
    assert step is not None and "आय प्रमाण पत्र (Income certificate)" in step.text
    shown = application(plans[0], "hi")
    assert shown["items"][0]["name"] == "आय प्रमाण पत्र (Income certificate)"
    assert shown["checklist"][0]["text"] == "Income certificate"  # what the student edits


def test_documents_and_stages_have_their_hindi() -> None:
    for kind in documents().values():
        assert re.search("[\u0900-\u097f]", kind.name_hi) and bool(kind.note) == bool(kind.note_hi), kind.id
    english, hindi = stage_sets("en"), stage_sets("hi")
    for key, stages in hindi.items():
        for own, other in zip(stages, english[key], strict=True):
            texts = (own.label, own.meaning, own.next, own.call)
            assert all(re.search("[\u0900-\u097f]", text) for text in texts), other


def test_the_history_is_said_in_hindi(base: Scholarship) -> None:
    w = world_of(base)
    a = saved(w, FIRST, status="preparing", notes="x", credited=False, renewal_due=date(2027, 1, 1), add_item="Photo")
    a = changed(a, {"ticks": {a.checklist[0].id: True}, "status": "submitted", "portal_status": "institute"}, w)
    a = undone(a, w)
    for event in a.events:
        assert event_text(event.what, "en") == event.what
        assert any("\u0900" <= c <= "\u097f" for c in event_text(event.what, "hi")), event.what
