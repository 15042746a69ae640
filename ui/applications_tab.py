"""The Applications tab: what was saved, its stage, checklist, notes and dates."""

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.services import Services
from ui import record_words
from ui.cards import badge, empty_state, page_link
from ui.common import PRIVATE, Json, event_text, event_value, html, plain_errors, sentence, warn
from ui.strings import t

SCRIPT = """
const idOf = (node) => node.closest('[data-app]').dataset.app;
element.addEventListener('change', (event) => {
  const node = event.target;
  if (node.matches('select.status')) {
    node.closest('[data-app]').dataset.status = node.value;
    trigger('stage', {id: idOf(node), status: node.value});
  } else if (node.matches('input.tick')) {
    const app = node.closest('[data-app]');
    const ticks = [...app.querySelectorAll('input.tick')];
    const done = ticks.filter((x) => x.checked);
    app.querySelector('.bar > span').style.width = (100 * done.length / ticks.length) + '%';
    app.querySelector('.done-count').textContent = app.dataset.count.replace('{done}', done.length).replace('{all}', ticks.length);
    trigger('tick', {id: idOf(node), done: done.map((x) => x.value)});
  }
});
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (!button) return;
  const act = button.dataset.act;
  if (act === 'go') { trigger('go', {tab: button.dataset.tab}); return; }
  const app = button.closest('[data-app]');
  if (act === 'delete') trigger('remove', {id: idOf(button)});
  if (act === 'edit') {
    const value = (name) => app.querySelector(`[name="${name}"]`).value;
    trigger('edit', {id: idOf(button), notes: value('notes'), reference: value('reference'),
      target: value('target'), item: value('item')});
  }
});
"""


@dataclass(frozen=True)
class ApplicationsTab:
    """What the page wires: `show` gives the list's HTML for the caller of a request."""

    view: gr.HTML
    show: Any


def build(services: Services, tabs: gr.Tabs) -> ApplicationsTab:
    """Build the tab inside the open Blocks."""
    view = html("", "applications", SCRIPT)

    def show(request: gr.Request) -> str:
        try:
            caller = caller_of(services, request)
            if caller is None:
                return empty_state(t.SIGNED_OUT_TITLE, t.SIGNED_OUT_TEXT, _go("account", t.GO_TO_ACCOUNT))
            found = do.list_applications(services, caller, s.ListApplicationsInput())
        except Exception as error:
            return empty_state(t.APPLICATIONS_TITLE, sentence(error))
        if not found:
            return empty_state(t.NO_APPLICATIONS_TITLE, t.NO_APPLICATIONS_TEXT, _go("scholarships", t.GO_TO_SEARCH))
        return _page(found)

    def change(request: gr.Request, event: gr.EventData, changes: Json) -> None:
        values = {"id": event_text(event, "id"), **changes}
        do.update_application(services, caller_of(services, request), s.UpdateApplicationInput.model_validate(values))

    def checklist(request: gr.Request, event: gr.EventData) -> list[Json]:
        given = s.ApplicationInput(id=event_text(event, "id"))
        found: list[Json] = do.get_application(services, caller_of(services, request), given)["checklist"]
        return found

    def stage(event: gr.EventData, request: gr.Request) -> Any:
        try:
            change(request, event, {"status": event_text(event, "status")})
        except Exception as error:
            warn(error)
            return show(request)
        gr.Info(t.CHANGES_SAVED, duration=2)
        return gr.skip()

    def tick(event: gr.EventData, request: gr.Request) -> Any:
        try:
            done = event_value(event, "done")
            ticked = set(map(str, done)) if isinstance(done, list) else set()
            change(request, event, {"checklist": [{**i, "done": i["id"] in ticked} for i in checklist(request, event)]})
        except Exception as error:
            warn(error)
            return show(request)
        return gr.skip()

    def edit(event: gr.EventData, request: gr.Request) -> Any:
        with plain_errors():  # the form keeps what was typed
            changes: Json = {
                "notes": event_text(event, "notes"), "reference": event_text(event, "reference"),
                "target_date": event_text(event, "target") or None,
            }  # fmt: skip
            item = event_text(event, "item").strip()
            if item:
                changes["checklist"] = [*checklist(request, event), {"text": item}]
            change(request, event, changes)
        gr.Info(t.CHANGES_SAVED, duration=2)
        return show(request)

    def remove(event: gr.EventData, request: gr.Request) -> Any:
        with plain_errors():
            do.delete_application(
                services, caller_of(services, request), s.DeleteApplicationInput(id=event_text(event, "id"))
            )
        gr.Info(t.DELETED, duration=2)
        return show(request)

    def go(event: gr.EventData) -> Any:
        tab = event_text(event, "tab")
        return gr.Tabs(selected=tab) if tab in ("account", "scholarships") else gr.skip()

    view.stage(stage, None, view, **PRIVATE)
    view.tick(tick, None, view, concurrency_limit=1, **PRIVATE)
    view.edit(edit, None, view, **PRIVATE)
    view.remove(remove, None, view, **PRIVATE)
    view.go(go, None, tabs, queue=False, **PRIVATE)
    return ApplicationsTab(view, show)


def _go(tab: str, label: str) -> str:
    return f'<button type="button" class="btn main" data-act="go" data-tab="{tab}">{escape(label)}</button>'


def _page(applications: list[Json]) -> str:
    return f"""<div class="section-head"><h2>{escape(t.APPLICATIONS_TITLE)}</h2>
<div><a class="btn link" href="./api/applications/calendar.ics" download="scholarships.ics">{escape(t.CALENDAR)}</a>
<p class="hint">{escape(t.CALENDAR_HINT)}</p></div></div>
<div class="apps">{"".join(map(_application, applications))}</div>"""


def _application(a: Json) -> str:
    record, key = a["scholarship"], escape(a["id"])
    name = record["name"] if record else str(a.get("savedFacts", {}).get("name", ""))
    options = "".join(
        f'<option value="{v}"{" selected" if v == a["status"] else ""}>{escape(label)}</option>'
        for v, label in t.STATUSES.items()
    )
    items = a["checklist"]
    done = sum(bool(i["done"]) for i in items)
    state = record["deadlineState"] if record else None
    deadline = (
        f'<p class="deadline">{escape(record_words.deadline(state))}</p>'
        if state
        else f'<p class="deadline">{escape(t.OUT_OF_CATALOGUE)}</p>'
    )
    link = f'<p class="app-link">{page_link(record)}</p>' if record else ""
    bar = f'<div class="bar"><span style="width:{100 * done // len(items)}%"></span></div>' if items else ""
    count = escape(t.CHECKLIST_DONE.format(done=done, all=len(items)))
    ticks = (
        f"""<details class="more" open><summary>{escape(t.CHECKLIST)} <span class="done-count">{count}</span></summary>{bar}
<ul class="ticks">{"".join(map(_item, items))}</ul></details>"""
        if items
        else ""
    )
    return f"""<article class="card tracked" data-app="{key}" data-status="{escape(a["status"])}" data-count="{escape(t.CHECKLIST_DONE)}">
<div class="card-top">{badge(state) if state else ""}</div>
<h3>{escape(name)}</h3>{deadline}
<label class="row-label">{escape(t.STATUS)}<select class="status" aria-label="{escape(t.STATUS)}: {escape(name)}">{options}</select></label>
{ticks}
<details class="more"><summary>{escape(t.NOTES_AND_DATES)}</summary>
<label>{escape(t.NOTES)}<textarea name="notes" rows="3" maxlength="5000">{escape(a["notes"] or "")}</textarea></label>
<label>{escape(t.REFERENCE)}<input name="reference" maxlength="100" value="{escape(a["reference"] or "")}"></label>
<label>{escape(t.TARGET_DATE)}<input type="date" name="target" value="{escape(a["targetDate"] or "")}"></label>
<label>{escape(t.NEW_ITEM)}<input name="item" maxlength="300"></label>
<button type="button" class="btn main" data-act="edit">{escape(t.SAVE_CHANGES)}</button>
</details>{link}
<details class="more delete"><summary>{escape(t.DELETE)}</summary><p>{escape(t.DELETE_SURE)}</p>
<button type="button" class="btn danger" data-act="delete">{escape(t.DELETE_YES)}</button></details>
</article>"""


def _item(item: Json) -> str:
    days = (
        f' <span class="hint">{escape(t.LEAD_DAYS.format(days=item["leadDays"]))}</span>'
        if item.get("leadDays")
        else ""
    )
    ticked = " checked" if item["done"] else ""
    return f'<li><label><input type="checkbox" class="tick" value="{escape(item["id"])}"{ticked}><span>{escape(item["text"])}{days}</span></label></li>'
