"""Cards of scholarships as HTML in which every value is escaped; cards.js turns their buttons into events."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from backend.catalogue import Catalogue, Scholarship
from backend.money import money
from ui import record_words
from ui.common import country_name, state_name
from ui.strings import t

Json = dict[str, Any]

CSS = Path(__file__).with_name("cards.css").read_text(encoding="utf-8")
CARD_SCRIPT = "window.cards.mount(element, trigger, watch, ['ask', 'report', 'pick']);"
"""For a part of the page that holds cards or questions to tap; Gradio wants the names of its events in the script."""
TONES = {
    "open": "good", "closing_soon": "soon", "expected_open": "likely", "closed": "off", "rolling": "good",
    "unconfirmed": "unknown",
}  # fmt: skip


def chips(texts: Sequence[str], title: str) -> str:
    """Buttons that send their text to the chat."""
    if not texts:
        return ""
    buttons = "".join(
        f'<button type="button" class="chip" data-act="pick" data-text="{escape(x)}">{escape(x)}</button>'
        for x in texts
    )
    return f'<div class="chips" role="group" aria-label="{escape(title)}"><span class="chips-title">{escape(title)}</span>{buttons}</div>'


def profile_value(name: str, profile: Json) -> str:
    """A field of a profile as people read it, or '' where it is not known."""
    value: Any = profile.get(name)
    if value in (None, [], ""):
        return ""
    if name == "level":
        return str(t.LEVELS.get(value, value))
    if name == "gender":
        return str(t.GENDERS.get(value, value))
    if name == "fields":
        return ", ".join(t.FIELDS.get(v, v) for v in value)
    if name == "socialGroups":
        return ", ".join(t.SOCIAL_GROUPS.get(v, v) for v in value)
    if name == "citizenship":
        return country_name(value)
    if name == "studyIn":
        return ", ".join(map(country_name, value))
    if name == "disability":
        return t.YES if value else t.NO
    if name == "marksPercent":
        return f"{value:g}%"
    if name == "familyIncome":
        return money(value, profile.get("incomeCurrency"))
    return state_name(value) if name == "state" else str(value)


def card_list(catalogue: Catalogue, scholarships: Sequence[Json], empty: str = "") -> str:
    """Cards of scholarships, or the given HTML where there are none."""
    if not scholarships:
        return empty
    return f'<div class="cards">{"".join(card(catalogue.by_id[s["id"]], s) for s in scholarships)}</div>'


def empty_state(title: str, text: str, extra: str = "") -> str:
    """A friendly box where there is nothing to show; `extra` is trusted HTML."""
    return f'<div class="empty"><h3>{escape(title)}</h3><p>{escape(text)}</p>{extra}</div>'


def loading(text: str) -> str:
    """Grey shapes where cards will come."""
    return (
        f'<div class="cards"><span class="visually-hidden">{escape(text)}</span>{"<div class=ghost></div>" * 4}</div>'
    )


def badge(state: Json) -> str:
    """The deadline's state as a word with a colour and a sign."""
    name = str(state.get("state"))
    return (
        f'<span class="badge {TONES.get(name, "unknown")} is-{escape(name)}">{escape(t.STATES.get(name, name))}</span>'
    )


def card(record: Scholarship, s: Json) -> str:
    """One scholarship: the record, and what the API says of it for this student now."""
    return f"""<article class="card" data-id="{escape(s["id"])}" data-name="{escape(s["name"])}">
<div class="card-top">{badge(s["deadlineState"])}<span class="category">{escape(category(s))}</span></div>
<h3><a class="card-name" href="{address(s)}" data-act="look">{escape(s["name"])}</a></h3>
<p class="provider">{escape(s["provider"])}</p>
<p class="award">{escape(record_words.award(record))}</p>
<p class="deadline">{escape(record_words.deadline(s["deadlineState"]))}</p>
{standing(record, s)}
<div class="card-actions">{save_button(s)}{page_link(s)}{compare_button(s)}</div>
<div class="card-foot">{source_link(s["source"])}{_act("look", "", t.DETAILS, s, "quiet")}{_act("share", "i i-share", t.SHARE, s, "quiet")}{report_button(s)}</div>
</article>"""


def category(s: Json) -> str:
    """Its category as people read it."""
    name = str(s["category"])
    return t.CATEGORIES.get(name, name)


def address(s: Json) -> str:
    """Where everything about a scholarship is shown, to be shared."""
    return f"?scholarship={quote(s['id'], safe='')}"


def save_button(s: Json) -> str:
    """Saves, or takes that back."""
    pressed = "true" if s.get("isBookmarked") else "false"
    return (
        f'<button type="button" class="btn save i i-save" data-act="save" aria-pressed="{pressed}"><span class="if-off">{escape(t.SAVE)}</span>'
        f'<span class="if-on">{escape(t.SAVED)}</span><span class="visually-hidden">: {escape(s["name"])}</span></button>'
    )


def compare_button(s: Json) -> str:
    """Puts the scholarship among those to be compared, or takes it out."""
    return _act("compare", "i i-compare", t.COMPARE, s, more='aria-pressed="false"')


def report_button(s: Json) -> str:
    """Opens the form to report a mistake in the record."""
    return _act("report", "i i-flag", t.REPORT, s, "quiet")


def ask_button(s: Json) -> str:
    """Asks the chat about the scholarship."""
    return _act("ask", "i i-ask", t.ASK, s)


def share_button(s: Json) -> str:
    """Hands on the scholarship's address."""
    return _act("share", "i i-share", t.SHARE, s)


def _act(act: str, icon: str, text: str, s: Json, look: str = "", more: str = "") -> str:
    """A button about one scholarship; what it does comes first in its name, then for which."""
    return (
        f'<button type="button" class="btn {look} {icon}" data-act="{act}" {more}>{escape(text)}'
        f'<span class="visually-hidden">: {escape(s["name"])}</span></button>'
    )


def page_link(s: Json) -> str:
    """The link to apply; called official only where it is."""
    label = t.OFFICIAL_PAGE if s.get("applicationUrlIsOfficial") else t.SOURCE
    return _anchor(s["applicationUrl"], label, f"{label}: {s['name']}", "btn link")


def _anchor(url: object, label: str, description: str, css: str) -> str:
    if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https"):
        return ""
    return (
        f'<a class="{css}" href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow" '
        f'aria-label="{escape(description)}">{escape(label)} ↗</a>'
    )


def source_link(source: Json) -> str:
    """Where the record was read, and when."""
    host = (urlsplit(source["url"]).hostname or "").removeprefix("www.")
    checked = record_words.month_year(source["date"])
    words = t.SOURCE_AS_OF.format(host=host, date=checked) if checked else t.SOURCE_NO_DATE.format(host=host)
    return _anchor(source["url"], words, words, "source-link")


def standing(record: Scholarship, s: Json) -> str:
    """How the student stands to the rules in one line, and under it every rule; without a student, who can apply."""
    verdict = s.get("match")
    if not verdict:
        who = record_words.who(record)
        return f'<p class="who"><b>{escape(t.FOR_WHOM)}</b> {escape(who)}</p>' if who else ""
    tone, line = _verdict(record, verdict)
    signs = (("✓", "satisfied", t.MET), ("✕", "failed", t.NOT_MET), ("?", "unknown", t.NOT_KNOWN))
    rules = "".join(
        f'<li><span aria-hidden="true">{sign}</span><span class="visually-hidden">{escape(word)}:</span> '
        f"{escape(record_words.rule(record, r))}</li>"
        for sign, kind, word in signs
        for r in verdict[kind]
    )
    if not rules:
        return f'<p class="why {tone}"><span>{escape(line)}</span></p>'
    return (
        f'<details class="why {tone}"><summary><span>{escape(line)}</span><span class="why-word">{escape(t.WHY)}'
        f'<span class="visually-hidden">: {escape(s["name"])}</span></span></summary><ul class="rules">{rules}</ul></details>'
    )


def _verdict(record: Scholarship, verdict: Mapping[str, Any]) -> tuple[str, str]:
    if verdict["status"] == "eligible":
        return "yes", f"✓ {t.ELIGIBLE}"
    if verdict["status"] == "needs_info":
        rules = ", ".join(dict.fromkeys(t.RULES.get(r["rule"], r["rule"]) for r in verdict["unknown"]))
        return "maybe", f"? {t.NEEDS_INFO.format(rules=rules)}"
    why = "; ".join(record_words.rule(record, r) for r in verdict["failed"])
    return "no", f"✕ {t.NOT_ELIGIBLE.format(why=why)}"
