"""What a record states, in words of the page's language; plain text, not HTML."""

from collections.abc import Sequence
from datetime import date

from backend.answers import deadline_sentence
from backend.award import amount_words, award_words, covers_words
from backend.catalogue import Scholarship
from backend.criteria import criteria, criterion, stated
from backend.deadlines import DeadlineState
from backend.eligibility import RULES
from backend.holding import on_holding
from backend.tracker.papers import usual_days
from backend.vocabulary import worded
from ui.common import Json
from ui.strings import page_language, t

ANYBODY = ("gender", "field", "socialGroup", "studyIn", "citizenship", "disability")
"""Rules whose absence in a record means that it is open to all; of the others it means that nothing is stated."""


def deadline(state: Json) -> str:
    """The sentence about the closing date; it says no more than the API's own."""
    if page_language() == "en":
        return str(state["text"])
    closes = date.fromisoformat(state["closesOn"]) if state["closesOn"] else None
    known = DeadlineState(
        state["state"], closes, state["closesMonth"], state["opensMonth"], state["nextExpected"], state["daysLeft"],
        date.fromisoformat(state["asOf"]), state["text"],
    )  # fmt: skip
    return deadline_sentence(known, page_language())


def rule(record: Scholarship, finding: Json) -> str:
    """One line of a verdict (`rule`, `text`)."""
    own = criterion(record, finding["rule"], page_language()) if page_language() != "en" else None
    return own or str(finding["text"])


def near(record: Scholarship, miss: Json) -> str:
    """What one rule, the same for several records, keeps away; `record` is one of them."""
    own = criterion(record, miss["rule"], page_language()) if page_language() != "en" else None
    return str(t.NEARLY_RULE.format(rule=own, total=miss["total"])) if own else str(miss["text"])


def who(record: Scholarship) -> str:
    """Who can apply, in one line."""
    return " ".join(criteria(record, page_language()))


def award(record: Scholarship) -> str:
    """What it gives."""
    return award_words(record, page_language())


def needed(items: Sequence[str]) -> list[str]:
    """Papers and steps of a record, with the days that each usually takes where that is known; in Hindi the words for the
    things in it come first."""
    return [_with_days(worded(item, page_language()), usual_days(item)) for item in items]


def _with_days(item: str, days: int | None) -> str:
    return f"{item} ({t.LEAD_DAYS.format(days=days)})" if days else item


def month(number: int) -> str:
    """A month's name."""
    return str(t.MONTHS[number - 1])


def month_year(text: str | None) -> str | None:
    """`2026-08` or `2026` as people write it; None stays None."""
    if text is None or len(text) < 7:
        return text
    return str(t.MONTH_YEAR.format(month=month(int(text[5:7])), year=text[:4]))


def day(text: str) -> str:
    """`2026-08-31` as people write it."""
    return f"{int(text[8:10])} {month_year(text[:7])}"


def yes_no(value: bool | None) -> str:
    """Yes, no, or that it is not stated."""
    return str(t.NOT_STATED if value is None else t.YES if value else t.NO)


def usual_months(state: Json) -> str:
    """The months in which it usually opens and closes."""
    first, last = state["opensMonth"], state["closesMonth"]
    if first and last:
        return str(t.OPEN_FROM_TO.format(first=month(first), last=month(last)))
    if first or last:
        return str((t.OPENS_IN if first else t.CLOSES_IN).format(month=month(first or last)))
    return str(t.NOT_STATED)


def facts(record: Scholarship, s: Json) -> list[tuple[str, str]]:
    """Every stated fact as (label, value), in the order in which people ask."""
    state = s["deadlineState"]
    number = record.awards_per_year
    return [
        (t.GIVEN_BY, f"{record.provider} ({t.PROVIDERS.get(record.provider_type, record.provider_type)})"),
        (t.AWARD, award(record)),
        (t.AMOUNT, amount_words(record, page_language()) or t.NOT_STATED),
        (t.COVERS, covers_words(record, page_language()) or t.NOT_STATED),
        (t.RENEWABLE, yes_no(record.renewable)),
        (t.PLACES, t.NOT_STATED if number is None else f"{number:,}"),
        (t.LAST_DATE, deadline(state)),
        (t.CONFIRMED_DATE, day(state["closesOn"]) if state["closesOn"] else t.NONE_CONFIRMED),
        (t.USUAL_MONTHS, usual_months(state)),
        (t.NEXT_EXPECTED, month_year(state["nextExpected"]) or t.NOT_STATED),
        (t.DATE_IN_SOURCE, record.deadline),
        *((t.RULES[name].capitalize(), limit(record, name)) for name in (r.name for r in RULES)),
    ]  # fmt: skip


def limit(record: Scholarship, name: str) -> str:
    """What a record states for a rule: the limit with its relaxations, that it is open to all, or that nothing is stated."""
    what = stated(record, name, page_language())
    if what is None:
        return str(t.OPEN_TO_ALL if name in ANYBODY else t.NOT_STATED)
    return what or str(t.REQUIRED)


def holding(record: Scholarship) -> list[str]:
    """What the record states about holding it with another award, or that it states nothing."""
    return list(on_holding(record)) or [str(t.HOLDING_NOT_STATED)]
