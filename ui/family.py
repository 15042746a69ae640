"""Above the tabs, for whom the page is: one of the account's students, or another one to be added."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from backend.accounts import FIRST_STUDENT
from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.services import Services
from ui.common import PRIVATE, View, plain_errors
from ui.strings import t

TELL = "() => { window.account.tell(); return []; }"
"""The other windows share the sign-in, hence the choice."""


@dataclass(frozen=True)
class Family:
    """What the page wires: the events that, where they succeed, make the page another student's; for whom it is shown
    (their id); the view for a request, which leaves what was begun alone while that stays the same."""

    changes: list[Any]
    shown_for: gr.State
    outputs: list[Any]
    show: Any


def build(services: Services) -> Family:
    """Build the switcher inside the open Blocks."""
    with gr.Row(visible=False, elem_classes="family") as bar:
        choice = gr.Dropdown([], label=t.FOR, min_width=200, scale=0, elem_id="family-choice", filterable=False)
        more = gr.Button(t.ANOTHER_STUDENT, scale=0, min_width=260, elem_id="family-more")
        name = gr.Textbox(label=t.STUDENT_NAME, max_length=60, max_lines=1, visible=False, elem_id="family-name")
        add = gr.Button(t.ADD_STUDENT, visible=False, scale=0, min_width=120, elem_id="family-add")
        remove = gr.Button(t.DELETE_STUDENT, visible=False, scale=0, min_width=160, elem_id="family-remove")
        sure = gr.Button(t.DELETE_STUDENT_YES, visible=False, variant="stop", min_width=200, elem_id="family-sure")
    shown_for = gr.State(None)
    outputs = [bar, choice, more, name, add, remove, sure, shown_for]

    def form(is_open: bool) -> View:
        return {
            more: gr.Button(visible=not is_open), name: gr.Textbox("", visible=is_open), add: gr.Button(visible=is_open),
        }  # fmt: skip

    def show(request: gr.Request, before: str | None) -> View:
        caller = caller_of(services, request)
        students = do.students(services, caller) if caller else []
        pairs = [(t.ME if x["name"] == FIRST_STUDENT else x["name"], x["id"]) for x in students]
        chosen = next((x["id"] for x in students if x["chosen"]), None)
        view: View = {
            bar: gr.Row(visible=caller is not None), shown_for: chosen,
            choice: gr.Dropdown(pairs, value=chosen, visible=len(pairs) > 1),
        }  # fmt: skip
        if chosen and chosen == before:
            return view
        removable = bool(students) and not students[0]["chosen"]
        return {**view, remove: gr.Button(visible=removable), sure: gr.Button(visible=False), **form(False)}

    def choose(wanted: str, request: gr.Request) -> None:
        with plain_errors():
            do.update_student(services, caller_of(services, request), wanted, s.StudentInput(chosen=True))

    def create(given: str, request: gr.Request) -> None:
        with plain_errors():
            caller = caller_of(services, request)
            student = do.add_student(services, caller, s.NewStudentInput(name=given))
            do.update_student(services, caller, student["id"], s.StudentInput(chosen=True))

    def delete(chosen: str, request: gr.Request) -> None:
        with plain_errors():
            do.delete_student(services, caller_of(services, request), chosen)

    remove.click(
        lambda: (gr.Button(visible=False), gr.Button(visible=True)), None, [remove, sure], queue=False, **PRIVATE
    )
    more.click(lambda: form(True), None, [more, name, add], queue=False, **PRIVATE)
    changes = [
        choice.input(choose, [choice], None, **PRIVATE),
        sure.click(delete, [choice], None, **PRIVATE),
        *(on(create, [name], None, **PRIVATE) for on in (add.click, name.submit)),
    ]
    return Family(changes, shown_for, outputs, show)
