"""One scholarship with everything that its record states, and up to four beside each other; all values escaped."""

from collections.abc import Sequence
from html import escape

from backend.catalogue import Scholarship
from ui import record_words
from ui.cards import (
    Json,
    address,
    ask_button,
    badge,
    category,
    compare_button,
    page_link,
    report_button,
    save_button,
    share_button,
    source_link,
    standing,
)
from ui.strings import page_language, t


def whole(record: Scholarship, s: Json) -> str:
    """Everything about one scholarship."""
    facts = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in record_words.facts(record, s)
    )
    return f"""<div class="record" data-id="{escape(s["id"])}" data-name="{escape(s["name"])}">
<div class="card-top">{badge(s["deadlineState"])}<span class="category">{escape(category(s))}</span></div>
<p class="provider">{escape(s["provider"])}</p>
<p class="award">{escape(record_words.award(record))}</p>
<p class="deadline">{escape(record_words.deadline(s["deadlineState"]))}</p>
{standing(record, s)}
<div class="card-actions">{save_button(s)}{page_link(s)}{compare_button(s)}{ask_button(s)}{_calendar(s)}{share_button(s)}</div>
<p>{escape(s["description"])}</p>
{_list(t.WHO_CAN_APPLY, s["eligibility"])}{_list(t.YOU_NEED, record_words.needed(s["requirements"]))}
<h3>{escape(t.ALL_FACTS)}</h3><dl class="facts">{facts}</dl>
{_list(t.HOLDING, record_words.holding(record))}
<h3>{escape(t.WHERE_FROM)}</h3><p>{source_link(s["source"])}</p>{_official(s)}
<p class="hint">{escape(t.CHECK_OFFICIAL)}</p>
<div class="card-foot">{report_button(s)}</div></div>"""


def unknown() -> str:
    """There is no scholarship at this address."""
    return (
        f'<p>{escape(t.NO_SUCH_SCHOLARSHIP)}</p><div class="card-actions"><button type="button" class="btn main" '
        f'data-goto="scholarships">{escape(t.GO_TO_SEARCH)}</button></div>'
    )


def comparison(records: Sequence[Scholarship], found: Sequence[Json]) -> str:
    """Two to four scholarships fact by fact; facts that are not the same in all are marked."""
    columns = [_compared(record, s) for record, s in zip(records, found, strict=True)]
    head = "".join(
        f'<th scope="col"><a class="card-name" href="{address(s)}" data-act="look" data-id="{escape(s["id"])}" '
        f'data-name="{escape(s["name"])}">{escape(s["name"])}</a></th>'
        for s in found
    )
    rows = "".join(
        _row(label, [column[place][1] for column in columns], [s["name"] for s in found])
        for place, (label, _) in enumerate(columns[0])
    )
    ends = "".join(
        f'<td data-id="{escape(s["id"])}" data-name="{escape(s["name"])}"><b class="of">{escape(s["name"])}</b>'
        f'<div class="card-actions">{save_button(s)}{page_link(s)}'
        f'<button type="button" class="btn quiet" data-act="compare" aria-pressed="true">{escape(t.TAKE_OUT)}'
        f'<span class="visually-hidden">: {escape(s["name"])}</span></button></div></td>'
        for s in found
    )
    return f"""<label class="only"><input type="checkbox" data-act="only"> {escape(t.ONLY_DIFFERENCES)}</label>
<table class="compared"><caption class="visually-hidden">{escape(t.COMPARISON)}</caption>
<thead><tr><td></td>{head}</tr></thead><tbody>{rows}<tr class="differs"><th scope="row">{escape(t.NEXT_STEP)}</th>{ends}</tr></tbody></table>
<p class="hint">{escape(t.CHECK_OFFICIAL)}</p>"""


def too_few() -> str:
    """Fewer than two of the scholarships at this address are in the list."""
    return (
        f'<p>{escape(t.TOO_FEW_TO_COMPARE)}</p><div class="card-actions"><button type="button" class="btn main" '
        f'data-goto="scholarships">{escape(t.GO_TO_SEARCH)}</button></div>'
    )


def _compared(record: Scholarship, s: Json) -> list[tuple[str, str]]:
    """(label, HTML) of each fact; `facts` has the same labels for all records."""
    verdict = s.get("match")
    state = [(t.DATE_STATE, badge(s["deadlineState"]))]
    mine = [(t.FOR_YOU, standing(record, s))] if verdict else []
    plain = [(label, escape(value)) for label, value in record_words.facts(record, s)]
    needed = "".join(f"<li>{escape(x)}</li>" for x in record_words.needed(s["requirements"]))
    more = [
        (t.YOU_NEED, f"<ul>{needed}</ul>" if needed else escape(t.NOT_STATED)),
        (t.HOLDING, escape(" ".join(record_words.holding(record)))),
        (t.WHERE_FROM, source_link(s["source"])),
    ]
    return [*state, *mine, *plain, *more]


def _row(label: str, cells: Sequence[str], names: Sequence[str]) -> str:
    same = len(set(cells)) == 1
    mark = "" if same else f' <span class="mark">{escape(t.DIFFERS)}</span>'
    shown = "".join(f'<td><b class="of">{escape(name)}</b>{cell}</td>' for cell, name in zip(cells, names, strict=True))
    return f'<tr class="{"same" if same else "differs"}"><th scope="row">{escape(label)}{mark}</th>{shown}</tr>'


def _calendar(s: Json) -> str:
    return (
        f'<a class="btn i i-calendar" href="./api/scholarships/calendar.ics?ids={escape(s["id"])}&amp;language={page_language()}" download>'
        f'{escape(t.CALENDAR_OF_ONE)}<span class="visually-hidden">: {escape(s["name"])}</span></a>'
    )


def _official(s: Json) -> str:
    if s["applicationUrlIsOfficial"]:
        return f'<p class="hint">{escape(t.OFFICIAL_CHECKED)}</p>'
    return f'<p class="hint">{escape(t.NOT_OFFICIAL)}</p>'


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return f"<h3>{escape(title)}</h3><ul>{''.join(f'<li>{escape(i)}</li>' for i in items)}</ul>"
