"""Cards as HTML in which every value is escaped; buttons carry ids, and one small script turns clicks into events."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlsplit

from backend.money import money
from ui.common import country_name, state_name
from ui.strings import t

Json = dict[str, Any]

CARD_SCRIPT = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (!button || button.disabled) return;
  const card = button.closest('[data-id]');
  const id = card ? card.dataset.id : '';
  const act = button.dataset.act;
  if (act === 'save') trigger('save', {id});
  else if (act === 'ask') trigger('ask', {id});
  else if (act === 'pick') trigger('pick', {text: button.dataset.text});
  else if (act === 'refine') trigger('refine', {kind: button.dataset.kind, name: button.dataset.name || ''});
  else if (act === 'report') {
    const box = card.querySelector('textarea.report-text');
    if (!box.value.trim()) { box.focus(); return; }
    trigger('report', {id, text: box.value});
  }
});
"""
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


def card_list(scholarships: Sequence[Json], empty: str = "") -> str:
    """Cards of scholarships, or the given HTML where there are none."""
    if not scholarships:
        return empty
    return f'<div class="cards">{"".join(map(card, scholarships))}</div>'


def empty_state(title: str, text: str, extra: str = "") -> str:
    """A friendly box where there is nothing to show; `extra` is trusted HTML."""
    return f'<div class="empty"><h3>{escape(title)}</h3><p>{escape(text)}</p>{extra}</div>'


def loading(text: str) -> str:
    """Grey shapes where cards will come."""
    return f'<div class="cards" aria-busy="true"><span class="visually-hidden">{escape(text)}</span>{"<div class=ghost></div>" * 4}</div>'


def badge(state: Json) -> str:
    """The deadline's state as a word with a colour."""
    name = str(state.get("state"))
    return f'<span class="badge {TONES.get(name, "unknown")}">{escape(t.STATES.get(name, name))}</span>'


def card(s: Json) -> str:
    """One scholarship."""
    state, category = s["deadlineState"], str(s["category"])
    saved = bool(s.get("isBookmarked"))
    save = f'<button type="button" class="btn save" data-act="save" {"disabled" if saved else ""} aria-label="{escape(t.SAVED if saved else t.SAVE)}: {escape(s["name"])}">{escape(("✓ " + t.SAVED) if saved else t.SAVE)}</button>'
    return f"""<article class="card" data-id="{escape(s["id"])}">
<div class="card-top">{badge(state)}<span class="category">{escape(t.CATEGORIES.get(category, category))}</span></div>
<h3>{escape(s["name"])}</h3>
<p class="provider">{escape(s["provider"])}</p>
<p class="award">{escape(s["award"])}</p>
<p class="deadline">{escape(state["text"])}</p>
{_why(s.get("match"))}
<div class="card-actions">{save}{page_link(s)}<button type="button" class="btn quiet" data-act="ask" aria-label="{escape(t.ASK_LONG.format(name=s["name"]))}">{escape(t.ASK)}</button></div>
<details class="more"><summary>{escape(t.DETAILS)}</summary>
<p>{escape(s["description"])}</p>
{_list(t.WHO_CAN_APPLY, s["eligibility"])}{_list(t.YOU_NEED, s["requirements"])}
<details class="report"><summary>{escape(t.REPORT)}</summary><label>{escape(t.REPORT_LABEL)}
<textarea class="report-text" rows="2" maxlength="200"></textarea></label>
<button type="button" class="btn" data-act="report">{escape(t.REPORT_SEND)}</button></details>
</details>
<p class="source">{_source(s["source"])}</p>
</article>"""


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


def _source(source: Json) -> str:
    host = (urlsplit(source["url"]).hostname or "").removeprefix("www.")
    words = (
        t.SOURCE_AS_OF.format(host=host, date=_month(source["date"]))
        if source["date"]
        else t.SOURCE_NO_DATE.format(host=host)
    )
    return _anchor(source["url"], words, words, "source-link")


def _month(text: str) -> str:
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return text
    return t.MONTH_YEAR.format(month=t.MONTHS[day.month - 1], year=day.year)


def _why(match: Json | None) -> str:
    """How the student stands to the rules: one line, and under it every rule."""
    if not match:
        return ""
    tone, line = _verdict(match)
    signs = (("✓", "satisfied"), ("✕", "failed"), ("?", "unknown"))
    rules = "".join(f"<li>{sign} {escape(r['text'])}</li>" for sign, kind in signs for r in match[kind])
    return (
        f'<details class="why {tone}"><summary><span>{escape(line)}</span><span class="why-word">{escape(t.WHY)}</span></summary>'
        f'<ul class="rules">{rules}</ul></details>'
    )


def _verdict(match: Json) -> tuple[str, str]:
    if match["status"] == "eligible":
        return "yes", f"✓ {t.ELIGIBLE}"
    if match["status"] == "needs_info":
        rules = ", ".join(dict.fromkeys(t.RULES.get(r["rule"], r["rule"]) for r in match["unknown"]))
        return "maybe", f"? {t.NEEDS_INFO.format(rules=rules)}"
    return "no", f"✕ {t.NOT_ELIGIBLE.format(why='; '.join(r['text'] for r in match['failed']))}"


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return f"<h4>{escape(title)}</h4><ul>{''.join(f'<li>{escape(i)}</li>' for i in items)}</ul>"
