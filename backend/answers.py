"""Composed answers: every fact is written here, by code, from the records that the reply carries."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.award import award_words
from backend.criteria import criteria, criterion
from backend.deadlines import MONTHS, DeadlineState
from backend.eligibility import ELIGIBLE, NEEDS_INFO, NOT_ELIGIBLE, Match
from backend.essay import findings
from backend.holding import on_holding
from backend.money import money
from backend.passages import dated, holding
from backend.phrases import MONTH_NAMES, phrase, rule_name
from backend.profile import Profile
from backend.search import Hit
from backend.vocabulary import name_of, worded

MOST_SHOWN = 5
_FIGURE = re.compile(r"\d")
_MONEY, _SENTENCE = re.compile(r"[₹$£€₩]\s?\d"), re.compile(r"(?<=[.;])\s+(?=[A-Z₹])")
OWN_WORDS = 7
"""From so many words on, a question about an essay says something of the student."""
ASKED = {
    "level": "ask_level", "state": "ask_state", "income": "ask_income", "socialGroup": "ask_group", "field": "ask_field",
    "gender": "ask_gender", "marks": "ask_marks", "age": "ask_age", "disability": "ask_disability",
    "citizenship": "ask_citizenship",
}  # fmt: skip
"""What is asked for where a rule cannot be judged; the country of study is not: it is the student's wish."""


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
        lines += [f"   - {phrase('award', language)}: {_award(hit, language)}"]
        lines += [f"   - {phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}"]
    if closing:
        lines += ["", phrase(closing, language)]
    question = _question(hits, profile, language)
    if question:
        lines += ["", question]
    return Answer(
        "\n".join(lines), shown, _citations(shown, "award", "deadline"),
        _texts(language, "sug_first", "sug_compare", "sug_open", "sug_plan"),
    )  # fmt: skip


def detail_answer(hit: Hit, language: str) -> Answer:
    """Everything about one record."""
    record = hit.record
    lines = [f"**{_plain(record.name)}**", "", *([_plain(record.description), ""] if language != "hi" else [])]
    lines += [
        f"- {phrase('provider', language)}: {_plain(record.provider)}",
        f"- {phrase('award', language)}: {_award(hit, language)}",
        *(f"- {line}" for line in _places(hit, language)),
        f"- {phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}",
        f"- {phrase('renewable', language)}: {_renewal(hit, language)}",
    ]
    lines += _rules(hit, language) + _documents(hit, language)
    if hit.match:
        lines += ["", _verdict_text(hit, language)]
    lines += ["", link_text(hit, language)]
    return Answer("\n".join(lines), (hit,), _citations((hit,), "award", "deadline", "applicationUrl"),
                  _texts(language, "sug_deadline", "sug_documents", "sug_apply", "sug_eligible"))  # fmt: skip


def field_answer(
    intent: str, hits: Sequence[Hit], language: str, also: Sequence[str] = (), words: Sequence[str] = ()
) -> Answer:
    """One asked thing (deadline, amount, documents, site ...) of one or a few records, what else was asked, and what the
    records say with the `words` of the question."""
    blocks = [*(_asked((intent, *also), hit, language, words) for hit in hits), phrase("check", language)]
    field = {"amount": "award", "deadline": "deadline", "open_now": "deadline"}.get(intent, "applicationUrl")
    return Answer("\n\n".join(blocks), tuple(hits), _citations(hits, field),
                  _texts(language, "sug_deadline", "sug_documents", "sug_apply", "sug_eligible"))  # fmt: skip


def plan_answer(hits: Sequence[Hit], language: str) -> Answer:
    """What the records that were named ask for and until when, and the steps to take."""
    found = field_answer("documents", hits, language)
    return replace(found, text=f"{found.text}\n\n{phrase('plan_named', language)}")


def conversion_answer(said: Profile, language: str) -> Answer:
    """How marks and incomes are converted, after what the message's own figures make (read by backend.reader)."""
    values = [f"{said.marks_percent:g} %"] if said.marks_percent is not None else []
    if said.family_income is not None:
        values.append(
            f"{money(said.family_income, said.income_currency or 'INR')} {name_of('period', 'year', language)}"
        )
    how = fixed_answer("conversion", language)
    result = f"{phrase('converted', language, values=', '.join(values))} " if values else ""
    return Answer(result + how.text, suggestions=how.suggestions)


def compare_answer(hits: Sequence[Hit], language: str, by_award: bool = False) -> Answer:
    """Two to four records as a table; `by_award`: the largest first, where all state amounts of one currency a period."""
    largest = _largest_first(hits) if by_award else ()
    hits = largest or hits

    def row(label: str, cells: Sequence[str]) -> str:
        return f"| {label} | " + " | ".join(c.replace("|", "/") for c in cells) + " |"

    lines = [
        phrase(("compare_largest" if largest else "compare_unlike") if by_award else "compare_intro", language),
        "",
        row(" ", [f"**{_plain(h.record.name)}**" for h in hits]),
        row("---", ["---"] * len(hits)),
        row(phrase("provider", language), [_plain(h.record.provider) for h in hits]),
        row(phrase("award", language), [_award(h, language) for h in hits]),
        row(phrase("deadline", language), [deadline_sentence(h.deadline, language) for h in hits]),
        row(phrase("who", language), [_plain(" ".join(criteria(h.record, language))) for h in hits]),
        row(phrase("in_words", language), [_plain("; ".join(h.record.eligibility)) or "–" for h in hits]),
        row(phrase("official_page", language), [link_text(h, language) for h in hits]),
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
    shown = tuple(hits)
    lines = [phrase("unknown", language), "", *(f"- {_plain(h.record.name)}" for h in shown)]
    return Answer("\n".join(lines), shown, _citations(shown, "name"), _texts(language, "sug_engineering", "sug_girls"))


def fixed_answer(key: str, language: str) -> Answer:
    """An answer that speaks of no record."""
    return Answer(phrase(key, language), suggestions=_texts(language, "sug_engineering", "sug_girls"))


def about_answer(rows: int, language: str) -> Answer:
    """Who answers here, and from how many records."""
    return Answer(
        phrase("about", language, rows=str(rows)), suggestions=_texts(language, "sug_engineering", "sug_girls")
    )


def essay_answer(hits: Sequence[Hit], language: str, asked: str) -> Answer:
    """An outline, after what the student `asked` and wrote, for that is all that may be said of them; with the record that it
    is for, what that asks."""
    own = " ".join(asked.split())
    said = [phrase("essay_yours", language, words=_plain(own))] if len(own.split()) >= OWN_WORDS else []
    blocks = [*said, phrase("essay", language)]
    for hit in hits:
        blocks.append(_paragraphs(hit, ["\n".join(_documents(hit, language)).strip(), link_text(hit, language)]))
    return Answer("\n\n".join(blocks), tuple(hits), _citations(hits, "applicationUrl"), _texts(language, "sug_draft"))


def draft_answer(draft: str, language: str) -> Answer:
    """Feedback on a student's own essay (backend.essay)."""
    lines = [f"- {phrase(f'essay_{key}', language)}" for key in findings(draft)]
    return Answer("\n".join([phrase("essay_intro", language), "", *lines]))


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
    if state.opens_month and state.opens_month == state.closes_month:
        named = month(state.opens_month)
        usual = (
            f"आमतौर पर {named} में खुलती और बंद होती है" if hindi else f"aam taur par {named} me khulti aur band hoti hai"
        )
    elif state.opens_month and state.closes_month:
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


def _asked(intents: Sequence[str], hit: Hit, language: str, words: Sequence[str]) -> str:
    """The block of one record: its name, what was asked, its link."""
    parts: list[str] = []
    for intent in intents:
        said = set("\n".join(parts).splitlines())
        parts.append("\n".join(line for line in _lines(intent, hit, language) if not line or line not in said).strip())
    stated = [x for x in holding(hit.record, words) if _plain(x) not in "\n".join(parts)]
    parts.append("\n".join(_bullets("in_words", [_plain(x) for x in stated], language)).strip())
    link = [] if intents[0] == "save" else [link_text(hit, language)]
    return _paragraphs(hit, [*filter(None, parts), *link])


def _lines(intent: str, hit: Hit, language: str) -> list[str]:
    """The lines that answer one question about a record; its link is not among them."""
    dates = [f"{phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}"]
    if intent in ("deadline", "open_now"):
        return [*dates, *_bullets("in_words", [_plain(x) for x in dated(hit.record, hit.deadline)], language)]
    if intent == "amount":
        award = f"{phrase('award', language)}: {_award(hit, language)}"
        return [award, *_places(hit, language), *_about(hit, language), *_by_class(hit, language)]
    if intent == "site":
        return []
    if intent == "documents":
        stated = _documents(hit, language)
        return [*(stated or [f"{phrase('documents', language)}: {phrase('not_stated', language)}"]), "", *dates]
    if intent == "save":
        return [phrase("save", language), "", *dates]
    if intent == "hold":
        stated = [f"- {_plain(x)}" for x in on_holding(hit.record)]
        return [phrase("hold_stated" if stated else "hold_not_stated", language), *stated]
    if intent == "selection":
        return [*_about(hit, language), *_rules(hit, language), *_documents(hit, language)]
    if intent == "renewal":
        renewal = f"{phrase('renewable', language)}: {_renewal(hit, language)}"
        return [renewal, *_about(hit, language), *_rules(hit, language)]
    if intent in ("eligible", "why_not"):
        rules = _rules(hit, language)
        about = _about(hit, language) if _FIGURE.search(hit.record.description) else []
        return [*([_verdict_text(hit, language)] if hit.match else []), *rules, *(["", *about] if about else [])]
    needed = _items(hit.record.requirements, language) or [f"- {phrase('not_stated', language)}"]
    return [phrase("how_to_apply", language), *needed, "", *dates]


def _paragraphs(hit: Hit, parts: Sequence[str]) -> str:
    return "\n\n".join([f"**{_plain(hit.record.name)}**", *parts])


def _award(hit: Hit, language: str) -> str:
    return _plain(award_words(hit.record, language))


def _places(hit: Hit, language: str) -> list[str]:
    """How many are awarded a year, where the record states it."""
    number = hit.record.awards_per_year
    return [] if number is None else [f"{phrase('places', language)}: {money(number, 'INR').removeprefix('₹')}"]


def _about(hit: Hit, language: str) -> list[str]:
    """The record's description; not in a Hindi answer, for it is in English."""
    return [] if language == "hi" else [f"{phrase('description', language)}: {_plain(hit.record.description)}"]


def _by_class(hit: Hit, language: str) -> list[str]:
    """In a Hindi answer those sentences of the description that have amounts which the award's words lack (by class, by
    course), in its own words."""
    if language != "hi":
        return []
    known = _figures(_award(hit, language))
    own = [x for x in _SENTENCE.split(hit.record.description) if _MONEY.search(x) and not _figures(x) <= known]
    return _bullets("in_words", [_plain(x) for x in own], language)


def _rules(hit: Hit, language: str) -> list[str]:
    """Who can apply, in the record's own words; in Hindi its stated rules, then those of its words that say a number,
    which a rule may not have."""
    if language != "hi":
        words = [_plain(x) for x in hit.record.eligibility]
        limits = (criterion(hit.record, rule, language) for rule in ("marks", "income", "age"))
        return _bullets("who", [*words, *(x for x in limits if x and not _says(words, x))], language)
    own = [_plain(x) for x in (*hit.record.eligibility, hit.record.description) if any(c.isdigit() for c in x)]
    return _bullets("who", [*criteria(hit.record, language)], language) + _bullets("in_words", own, language)


def _says(words: Sequence[str], limit: str) -> bool:
    """Whether the words have every number of a limit already."""
    return _figures(limit) <= _figures(" ".join(words))


def _figures(text: str) -> set[float]:
    found = re.findall(r"(\d[\d,]*(?:\.\d+)?)( lakh| crore)?", text)
    return {float(n.replace(",", "")) * {" lakh": 1e5, " crore": 1e7}.get(unit, 1) for n, unit in found}


def _documents(hit: Hit, language: str) -> list[str]:
    items = _items(hit.record.requirements, language)
    return ["", f"{phrase('documents', language)}:", *items] if items else []


def _items(items: Sequence[str], language: str) -> list[str]:
    return [f"- {_plain(worded(item, language))}" for item in items]


def _largest_first(hits: Sequence[Hit]) -> list[Hit]:
    """By falling award; empty where the records do not state amounts that can be compared."""
    kinds = {(h.record.currency, h.record.award_period) for h in hits}
    if len(kinds) != 1 or any(h.record.award_max is None for h in hits):
        return []
    return sorted(hits, key=lambda h: -(h.record.award_max or 0))


def _verdict(match: Match, language: str) -> str:
    findings = match.failed if match.status == NOT_ELIGIBLE else match.unknown
    rules = ", ".join(dict.fromkeys(rule_name(f.rule, language) for f in findings))
    return phrase(f"mark_{match.status}", language, rules=rules)


def _verdict_text(hit: Hit, language: str) -> str:
    match = hit.match
    assert match is not None
    findings = {ELIGIBLE: (), NEEDS_INFO: match.unknown, NOT_ELIGIBLE: match.failed}[match.status]
    lines = [f"- {criterion(hit.record, f.rule, language)}" for f in findings]
    if any(f.rule == "marks" for f in match.failed) and any("CGPA" in x for x in hit.record.eligibility):
        lines.append(phrase("or_cgpa", language))
    return "\n".join([phrase(match.status, language), *lines])


def _question(hits: Sequence[Hit], profile: Profile, language: str) -> str:
    """Asks for the two things not known yet that decide on most of the records; nothing where none would."""
    open_rules = Counter(f.rule for hit in hits for f in (hit.match.unknown if hit.match else ()))
    if not profile.known():
        open_rules.update(dict.fromkeys(("level", "state"), 1))
    asked = [rule for rule, _ in open_rules.most_common() if rule in ASKED][:2]
    if not asked:
        return ""
    what = phrase("and", language).join(phrase(ASKED[rule], language) for rule in asked)
    return phrase("ask", language, what=what)


def _renewal(hit: Hit, language: str) -> str:
    key = {True: "yes_renewable", False: "not_renewable", None: "not_stated"}[hit.record.renewable]
    return phrase(key, language)


def link_text(hit: Hit, language: str) -> str:
    """The official page, or that none is known and the page that was read."""
    record = hit.record
    if record.application_url_official:
        return f"{phrase('official_page', language)}: {record.application_url}"
    return f"{phrase('not_official', language)} {phrase('source', language)}: {record.source_url}"


def _bullets(heading: str, items: Sequence[str], language: str) -> list[str]:
    return ["", f"{phrase(heading, language)}:", *(f"- {item}" for item in items)] if items else []


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
