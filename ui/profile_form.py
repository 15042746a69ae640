"""The form about the student: the Account tab stores what it says, the Chat tab corrects with it what it knows."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from backend.profile import FIELDS, LEVELS
from ui.common import Choices, Json, choices, countries, indian_states
from ui.strings import t
from ui.strings_en import English

NAMES = tuple(English.PROFILE_NAMES)
"""The fields (camelCase) in the order of the form's components."""
_SEVERAL = ("fields", "studyIn", "socialGroups")
_NUMBERS = ("yearOfStudy", "marksPercent", "familyIncome", "age")


def build(prefix: str) -> list[Any]:
    """The components, in the open container; their ids begin with `prefix`."""
    with gr.Row(elem_classes="filter-grid"):
        return [_component(name, f"{prefix}-{name}") for name in NAMES]


def shown(profile: Json) -> list[Any]:
    """What the components show of a profile."""
    return [_shown(name, profile.get(name)) for name in NAMES]


def given(values: Sequence[Any], before: Json) -> Json:
    """The profile that the components hold, by field; an income that was changed is in rupees, as its label says."""
    fields = {name: None if value in ("", []) else value for name, value in zip(NAMES, values, strict=True)}
    if fields["disability"] is not None:
        fields["disability"] = fields["disability"] == "yes"
    if fields["familyIncome"] is not None:
        is_same = fields["familyIncome"] == before.get("familyIncome")
        fields["incomeCurrency"] = (before.get("incomeCurrency") if is_same else None) or "INR"
    return fields


def _shown(name: str, value: Any) -> Any:
    if name == "disability":
        return {True: "yes", False: "no"}.get(value, "")
    return value if name in _NUMBERS else value or ([] if name in _SEVERAL else "")


def _component(name: str, elem_id: str) -> Any:
    label = t.PROFILE_LABELS[name]
    if name in _NUMBERS:
        whole = name in ("yearOfStudy", "age")
        return gr.Number(label=label, value=None, min_width=150, precision=0 if whole else None, elem_id=elem_id)
    pairs = _offered(name)
    if name in _SEVERAL:
        return gr.Dropdown(pairs, value=[], multiselect=True, label=label, min_width=150, elem_id=elem_id)
    return gr.Dropdown(
        [(t.NOT_SAID, ""), *pairs], value="", label=label, min_width=150, allow_custom_value=name == "state",
        elem_id=elem_id,
    )  # fmt: skip


def _offered(name: str) -> Choices:
    match name:
        case "level":
            return choices(t.LEVELS, LEVELS)
        case "fields":
            return choices(t.FIELDS, FIELDS)
        case "gender":
            return choices(t.GENDERS)
        case "state":
            return indian_states()
        case "socialGroups":
            return choices(t.SOCIAL_GROUPS)
        case "disability":
            return [(t.YES, "yes"), (t.NO, "no")]
        case _:
            return countries()
