"""Composed answers: every fact is written here, by code, from the records that the reply carries."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.deadlines import MONTHS, DeadlineState
from backend.eligibility import ELIGIBLE, NEEDS_INFO, NOT_ELIGIBLE, Match
from backend.phrases import MONTH_NAMES, phrase, rule_name
from backend.profile import Profile
from backend.search import Hit

MOST_SHOWN = 5


@dataclass(frozen=True)
class Citation:
    """Where one stated fact stands: the record's field, its value, the page read and that page's date."""

    scholarship_id: str
    field: str
    value: str
    source_url: str
    source_date: str | None


@dataclass(frozen=True)
class Answer:
    """Markdown in the student's language, the records it speaks of, its citations and follow-up messages."""

    text: str
    hits: tuple[Hit, ...] = ()
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()


def list_answer(
    hits: Sequence[Hit], profile: Profile, language: str, intro: str | None = None, closing: str | None = None
) -> Answer:
    """The best few records, each with award, deadline and verdict, and at most two questions that would narrow it;
    `intro` and `closing` are phrases before and after them."""
    shown = tuple(hits[:MOST_SHOWN])
    if not shown:
        return Answer(phrase("no_fit", language), suggestions=_texts(language, "sug_engineering", "sug_girls"))
    opening = phrase(intro or ("list_intro" if profile.known() else "list_general"), language)
    lines = [opening, ""]
    for number, hit in enumerate(shown, 1):
        verdict = f" · {_verdict(hit.match, language)}" if hit.match else ""
        lines += [f"{number}. **{_plain(hit.record.name)}**{verdict}"]
        lines += [f"   - {phrase('award', language)}: {_plain(hit.record.award)}"]
        lines += [f"   - {phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}"]
    if closing:
        lines += ["", phrase(closing, language)]
    question = _question(profile, language)
    if question:
        lines += ["", question]
    return Answer(
        "\n".join(lines), shown, _citations(shown, "award", "deadline"),
        _texts(language, "sug_first", "sug_open", "sug_engineering", "sug_girls"),
    )  # fmt: skip


def detail_answer(hit: Hit, language: str) -> Answer:
    """Everything about one record."""
    record = hit.record
    lines = [f"**{_plain(record.name)}**", "", _plain(record.description), ""]
    lines += [
        f"- {phrase('provider', language)}: {_plain(record.provider)}",
        f"- {phrase('award', language)}: {_plain(record.award)}",
        f"- {phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}",
        f"- {phrase('renewable', language)}: {_renewal(hit, language)}",
    ]
    lines += _bullets("who", record.eligibility, language) + _bullets("documents", record.requirements, language)
    if hit.match:
        lines += ["", _verdict_text(hit.match, language)]
    lines += ["", _link(hit, language)]
    return Answer("\n".join(lines), (hit,), _citations((hit,), "award", "deadline", "applicationUrl"),
                  _texts(language, "sug_deadline", "sug_documents", "sug_apply", "sug_eligible"))  # fmt: skip


def field_answer(intent: str, hits: Sequence[Hit], language: str) -> Answer:
    """One asked thing (deadline, amount, documents, site ...) of one or a few records."""
    blocks = [*(_asked(intent, hit, language) for hit in hits), phrase("check", language)]
    field = {"amount": "award", "deadline": "deadline", "open_now": "deadline"}.get(intent, "applicationUrl")
    return Answer("\n\n".join(blocks), tuple(hits), _citations(hits, field),
                  _texts(language, "sug_deadline", "sug_documents", "sug_apply", "sug_eligible"))  # fmt: skip


def compare_answer(hits: Sequence[Hit], language: str) -> Answer:
    """Two to four records as a table."""

    def row(label: str, cells: Sequence[str]) -> str:
        return f"| {label} | " + " | ".join(c.replace("|", "/") for c in cells) + " |"

    lines = [
        phrase("compare_intro", language),
        "",
        row(" ", [f"**{_plain(h.record.name)}**" for h in hits]),
        row("---", ["---"] * len(hits)),
        row(phrase("provider", language), [_plain(h.record.provider) for h in hits]),
        row(phrase("award", language), [_plain(h.record.award) for h in hits]),
        row(phrase("deadline", language), [deadline_sentence(h.deadline, language) for h in hits]),
        row(phrase("who", language), [_plain("; ".join(h.record.eligibility[:4])) for h in hits]),
        row(phrase("official_page", language), [_link(h, language) for h in hits]),
    ]
    return Answer(
        "\n".join(lines),
        tuple(hits),
        _citations(hits, "award", "deadline"),
        _texts(language, "sug_eligible", "sug_apply"),
    )


def several_answer(hits: Sequence[Hit], language: str) -> Answer:
    """Several records carry the name that was meant."""
    return list_answer(hits, Profile(), language, "several")


def unknown_answer(hits: Sequence[Hit], language: str) -> Answer:
    """A name that is not in the catalogue: it cannot be confirmed; the nearest real ones."""
    if not hits:
        return fixed_answer("nothing", language)
    shown = tuple(hits[:3])
    lines = [phrase("unknown", language), "", *(f"- {_plain(h.record.name)}" for h in shown)]
    return Answer("\n".join(lines), shown, _citations(shown, "name"), _texts(language, "sug_engineering", "sug_girls"))


def fixed_answer(key: str, language: str) -> Answer:
    """An answer that speaks of no record."""
    return Answer(phrase(key, language), suggestions=_texts(language, "sug_engineering", "sug_girls"))


def deadline_sentence(state: DeadlineState, language: str) -> str:
    """The deadline state in the student's language; it says no more than the state's own text."""
    if language == "en":
        return state.text
    hindi = language == "hi"
    months = MONTH_NAMES["hi"] if hindi else MONTHS

    def month(number: int | None) -> str:
        return months[(number or 1) - 1]

    on = f"{state.closes_on.day} {month(state.closes_on.month)} {state.closes_on.year}" if state.closes_on else ""
    check = "आधिकारिक पेज पर जाँच लें।" if hindi else "Official page par check kar lein."
    if state.is_open:
        return f"{on} तक खुली है।" if hindi else f"{on} tak open hai."
    if state.opens_month and state.closes_month:
        usual = (
            f"आमतौर पर {month(state.opens_month)} से {month(state.closes_month)} तक खुलती है"
            if hindi
            else f"aam taur par {month(state.opens_month)} se {month(state.closes_month)} tak khulti hai"
        )
    elif state.opens_month or state.closes_month:
        verb = ("खुलती" if hindi else "khulti") if state.opens_month else ("बंद होती" if hindi else "band hoti")
        named = month(state.opens_month or state.closes_month)
        usual = f"आमतौर पर {named} में {verb} है" if hindi else f"aam taur par {named} me {verb} hai"
    else:
        usual = ""
    if state.state == "closed":
        closed = f"{on} को बंद हो चुकी" if hindi else f"{on} ko band ho chuki"
        return f"{closed}{'; ' + usual if usual else ''}{'।' if hindi else '.'} {check}"
    if state.state == "rolling":
        return (
            f"स्रोत के अनुसार साल भर आवेदन लिए जाते हैं। {check}"
            if hindi
            else f"Source ke hisaab se saal bhar apply ho sakta hai. {check}"
        )
    unsure = "इस साल की तारीख की पुष्टि नहीं है" if hindi else "is saal ki date confirm nahi hai"
    return f"{usual + '; ' if usual else ''}{unsure}{'।' if hindi else '.'} {check}"


def _asked(intent: str, hit: Hit, language: str) -> str:
    record, name = hit.record, f"**{_plain(hit.record.name)}**"
    if intent in ("deadline", "open_now"):
        return f"{name}\n\n{phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}\n\n{_link(hit, language)}"
    if intent == "amount":
        lines = [name, f"{phrase('award', language)}: {_plain(record.award)}", *_about(hit, language)]
        return "\n\n".join([*lines, _link(hit, language)])
    if intent == "site":
        return f"{name}\n\n{_link(hit, language)}"
    if intent == "documents":
        needed = record.requirements or (phrase("not_stated", language),)
        return "\n".join([name, *_bullets("documents", needed, language), "", _link(hit, language)])
    if intent == "save":
        dates = f"{phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}"
        return "\n\n".join([name, phrase("save", language), dates])
    if intent == "selection":
        return "\n".join([
            name, "", *_about(hit, language), *_bullets("who", record.eligibility, language), "", _link(hit, language),
        ])  # fmt: skip
    if intent == "renewal":
        return "\n".join([
            name, "", f"{phrase('renewable', language)}: {_renewal(hit, language)}",
            *_about(hit, language), *_bullets("who", record.eligibility, language), "", _link(hit, language),
        ])  # fmt: skip
    if intent in ("eligible", "why_not"):
        verdict = [_verdict_text(hit.match, language)] if hit.match else []
        return "\n".join([name, "", *verdict, *_bullets("who", record.eligibility, language), "", _link(hit, language)])
    needed = record.requirements or (phrase("not_stated", language),)
    steps = [phrase("how_to_apply", language), *(f"- {_plain(r)}" for r in needed)]
    dates = f"{phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}"
    return "\n".join([name, "", *steps, "", dates, "", _link(hit, language)])


def _about(hit: Hit, language: str) -> list[str]:
    """The record's description; not in a Hindi answer, for it is in English."""
    return [] if language == "hi" else [f"{phrase('about', language)}: {_plain(hit.record.description)}"]


def _verdict(match: Match, language: str) -> str:
    findings = match.failed if match.status == NOT_ELIGIBLE else match.unknown
    rules = ", ".join(dict.fromkeys(rule_name(f.rule, language) for f in findings))
    return phrase(f"mark_{match.status}", language, rules=rules)


def _verdict_text(match: Match, language: str) -> str:
    findings = {ELIGIBLE: (), NEEDS_INFO: match.unknown, NOT_ELIGIBLE: match.failed}[match.status]
    lines = [f"- {rule_name(f.rule, language)}: {f.stated}" for f in findings]
    return "\n".join([phrase(match.status, language), *lines])


def _question(profile: Profile, language: str) -> str:
    """Asks for the two things that decide most and are not known yet."""
    missing = [
        key
        for key, known in (
            ("ask_level", profile.level),
            ("ask_state", profile.state or profile.study_in or profile.citizenship not in (None, "IN")),
            ("ask_income", profile.family_income is not None),
            ("ask_group", profile.social_groups),
        )
        if not known
    ]
    if not missing:
        return ""
    what = phrase("and", language).join(phrase(key, language) for key in missing[:2])
    return phrase("ask", language, what=what)


def _renewal(hit: Hit, language: str) -> str:
    key = {True: "yes_renewable", False: "not_renewable", None: "not_stated"}[hit.record.renewable]
    return phrase(key, language)


def _link(hit: Hit, language: str) -> str:
    record = hit.record
    if record.application_url_official:
        return f"{phrase('official_page', language)}: {record.application_url}"
    return f"{phrase('not_official', language)} {phrase('source', language)}: {record.source_url}"


def _bullets(heading: str, items: Sequence[str], language: str) -> list[str]:
    return ["", f"{phrase(heading, language)}:", *(f"- {_plain(item)}" for item in items)] if items else []


def _citations(hits: Sequence[Hit], *fields: str) -> tuple[Citation, ...]:
    def value(hit: Hit, field: str) -> str:
        record = hit.record
        return {
            "name": record.name, "award": record.award, "deadline": hit.deadline.text, "applicationUrl": record.application_url,
        }[field]  # fmt: skip

    return tuple(
        Citation(h.record.id, field, value(h, field), h.record.source_url, h.record.source_date)
        for h in hits
        for field in fields
    )


def _texts(language: str, *keys: str) -> tuple[str, ...]:
    return tuple(phrase(key, language) for key in keys)


def _plain(text: str) -> str:
    """Catalogue text with Markdown's own signs made harmless."""
    return "".join("\\" + c if c in "*_`[]" else c for c in text)
