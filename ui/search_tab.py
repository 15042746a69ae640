"""The Scholarships tab: search, filters, cards, pages."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.catalogue import CATEGORIES
from backend.profile import FIELDS, LEVELS
from backend.services import Services
from ui import strings as t
from ui.cards import CARD_SCRIPT, card_list, empty_state, known_line, loading
from ui.common import PRIVATE, choices, countries, html, indian_states, warn, with_any

PAGE_SIZE = 12
_NAMES = (
    "level", "field", "state", "gender", "social_group", "category", "study_in", "deadline", "sort", "marks", "income",
    "eligible_only",
)  # fmt: skip


@dataclass(frozen=True)
class SearchTab:
    """What the page wires to other tabs; `run` fills `outputs` from `inputs` (words, filters, page).

    `numbers` must be set to None at load: Gradio would show an empty number as 0.
    """

    cards: gr.HTML
    words: gr.Textbox
    numbers: list[gr.Number]
    inputs: list[Any]
    outputs: list[Any]
    run: Any


def build(services: Services) -> SearchTab:
    """Build the tab inside the open Blocks; the events come with `wire`."""
    page = gr.State(1)
    with gr.Row(elem_classes="composer", equal_height=False):
        words = gr.Textbox(
            label=t.SEARCH_LABEL, placeholder=t.SEARCH_PLACEHOLDER, scale=5, min_width=180, max_length=500, max_lines=1,
            elem_id="search-box",
        )  # fmt: skip
        go = gr.Button(t.SEARCH_BUTTON, variant="primary", scale=0, min_width=100, elem_id="search-go")
    with gr.Accordion(t.FILTERS, open=False, elem_id="filters"):
        with gr.Row(elem_classes="filter-grid"):
            level = gr.Dropdown(
                with_any(choices(t.LEVELS, LEVELS)), value="", label=t.LEVEL, min_width=150, elem_id="filter-level"
            )
            fields = {v: t.field_name(v) for v in FIELDS}
            field = gr.Dropdown(with_any(choices(fields)), value="", label=t.FIELD, min_width=150)
            state = gr.Dropdown(with_any([(n, n) for n in indian_states()]), value="", label=t.STATE, min_width=150)
            gender = gr.Dropdown(with_any(choices(t.GENDERS)), value="", label=t.GENDER, min_width=150)
            group = gr.Dropdown(with_any(choices(t.SOCIAL_GROUPS)), value="", label=t.GROUP, min_width=150)
            category = gr.Dropdown(with_any([(c, c) for c in CATEGORIES]), value="", label=t.CATEGORY, min_width=150)
            country = gr.Dropdown(with_any(countries()), value="", label=t.COUNTRY, min_width=150)
            deadline = gr.Dropdown(choices(t.DEADLINES), value="any", label=t.DEADLINE, min_width=150)
            marks = gr.Number(label=t.MARKS, value=None, min_width=150)
            income = gr.Number(label=t.INCOME, value=None, min_width=150)
            sort = gr.Dropdown(choices(t.SORTS), value="relevance", label=t.SORT, min_width=150)
            eligible = gr.Checkbox(label=t.ELIGIBLE_ONLY, value=False, min_width=150, elem_classes="tick")
        clear = gr.Button(t.CLEAR_FILTERS, size="sm", elem_classes="quiet-button")
    understood = html("", "search-read")
    total = gr.Markdown("", elem_classes="total", elem_id="search-total")
    cards = html(loading(t.LOADING), "search-cards", CARD_SCRIPT)
    with gr.Row(elem_classes="pager"):
        back = gr.Button(t.PREVIOUS, interactive=False, scale=0, min_width=110)
        where = gr.Markdown("", elem_classes="where")
        on = gr.Button(t.NEXT, interactive=False, scale=0, min_width=110, elem_id="search-next")

    filters: list[Any] = [
        level,
        field,
        state,
        gender,
        group,
        category,
        country,
        deadline,
        sort,
        marks,
        income,
        eligible,
    ]
    inputs = [words, *filters, page]
    outputs = [cards, total, understood, where, back, on, page]

    def run(text: str, *values: Any, request: gr.Request) -> tuple[Any, ...]:
        *chosen, number = values
        try:
            given = {name: v for name, v in zip(_NAMES, chosen, strict=True) if v not in (None, "")}
            query = s.SearchInput.model_validate(
                {**given, "keywords": text or None, "page": number, "page_size": PAGE_SIZE}
            )
            found = do.search_scholarships(services, caller_of(services, request), query)
        except Exception as error:
            warn(error)
            return (gr.skip(),) * len(outputs)
        count, pages = found["total"], max(1, -(-found["total"] // PAGE_SIZE))
        read = known_line(found["profile"]).replace(t.KNOWN, t.READ_AS) if text else ""
        return (
            card_list(found["scholarships"], empty_state(t.NOTHING_FOUND, t.NOTHING_FOUND_ADVICE)),
            "**" + (t.FOUND_ONE if count == 1 else t.FOUND_MANY.format(total=count)) + "**", read,
            t.PAGE_OF.format(page=found["page"], pages=pages) if count else "",
            gr.Button(interactive=found["page"] > 1), gr.Button(interactive=found["page"] < pages), found["page"],
        )  # fmt: skip

    def at(step: int | None) -> Any:
        def handler(request: gr.Request, *values: Any) -> tuple[Any, ...]:
            *rest, number = values
            return run(*rest, 1 if step is None else max(1, number + step), request=request)

        return handler

    first_page = at(None)
    gr.on(
        [words.submit, go.click, *(f.input for f in filters if not isinstance(f, gr.Number)), marks.submit, marks.blur, income.submit, income.blur],
        first_page, inputs, outputs, trigger_mode="always_last", **PRIVATE,
    )  # fmt: skip
    top = "() => document.querySelector('#search-total')?.scrollIntoView({block: 'start'})"
    for button, step in ((back, -1), (on, 1)):
        button.click(at(step), inputs, outputs, **PRIVATE).then(None, None, None, js=top, **PRIVATE)

    def cleared() -> tuple[Any, ...]:
        return ("", *[f.value for f in filters])

    clear.click(cleared, None, [words, *filters], queue=False, **PRIVATE).then(first_page, inputs, outputs, **PRIVATE)
    return SearchTab(cards, words, [marks, income], inputs, outputs, first_page)
