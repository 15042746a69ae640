"""What errors say: each in English and Hindi, whoever raises it and however a field is wrong."""

import ast
import re
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from backend import errors
from backend.api import schemas as s
from backend.api.failures import as_app_error
from backend.api.tracker_schemas import ActInput
from backend.error_words import SENTENCES, waiting
from backend.errors import AppError, RateLimited, ValidationFailed
from backend.limits import LIMITS, Limit, Limits, What

ROOT = Path(__file__).resolve().parents[2]
CODE = [path for part in ("backend", "ui") for path in sorted((ROOT / part).rglob("*.py"))]
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, AppError)}
DEVANAGARI = re.compile("[\u0900-\u097f]")
LATIN = re.compile("[A-Za-z]{2,}")


def places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_each_error_has_a_sentence_in_hindi() -> None:
    assert [key for key, (_, hindi) in SENTENCES.items() if not DEVANAGARI.search(hindi)] == []


def test_what_is_filled_in_is_the_same() -> None:
    """But for what Pydantic words itself."""
    assert [k for k, (en, hi) in SENTENCES.items() if places(en) != places(hi) and en != "{message}."] == []


def test_each_error_that_the_code_raises_has_its_sentence() -> None:
    """Also those of the page itself; a key that is worked out is met by the tests below."""
    raised = {
        call.args[0].value
        for path in CODE
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KINDS
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert len(raised) > 40
    assert raised - set(SENTENCES) == set()


def test_no_sentence_is_left_over() -> None:
    own = (ROOT / "backend" / "error_words.py").resolve()
    code = "\n".join(path.read_text("utf-8") for path in CODE if path != own)
    units = {"most_characters", "most_characters_not", "most_items", "most_items_not"}
    assert {key for key in SENTENCES.keys() - units if f'"{key}"' not in code} == set()


@pytest.mark.parametrize("what", LIMITS)
def test_whoever_asks_too_often_is_told_in_hindi_too(what: What) -> None:
    limits = Limits(table={what: [Limit("1/hour")]})
    limits.spend(what, "asha")
    with pytest.raises(RateLimited) as refused:
        limits.spend(what, "asha")
    assert "60 minutes" in refused.value.message
    assert "60 मिनट" in refused.value.said("hi") and not LATIN.search(refused.value.said("hi"))


@pytest.mark.parametrize(
    ("seconds", "english", "hindi"),
    [
        (1, "1 second", "1 सेकंड"),
        (120, "120 seconds", "120 सेकंड"),
        (121, "3 minutes", "3 मिनट"),
        (9000, "3 hours", "3 घंटे"),
    ],
)
def test_how_long_to_wait(seconds: int, english: str, hindi: str) -> None:
    assert (waiting(seconds, "en"), waiting(seconds, "hi")) == (english, hindi)


WRONG: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (s.ProfileInput, {"marksPercent": 101}),
    (s.ProfileInput, {"marksPercent": -1}),
    (s.ProfileInput, {"age": 2.5}),
    (s.ProfileInput, {"age": "old"}),
    (s.ProfileInput, {"yearOfStudy": 99}),
    (s.ProfileInput, {"familyIncome": "nan"}),
    (s.ProfileInput, {"state": "x" * 61}),
    (s.ProfileInput, {"studyIn": ["IN"] * 51}),
    (s.ProfileInput, {"citizenship": "India"}),
    (s.NewStudentInput, {"name": "  "}),
    (s.NewStudentInput, {"name": "x\x00"}),
    (s.NewStudentInput, {"name": "x" * 61}),
    (s.NewStudentInput, {}),
    (s.ChatInput, {"message": "x" * 2001}),
    (s.ChatInput, {"message": ""}),
    (s.ReportInput, {"reason": " "}),
    (ActInput, {"action": {"do": "change", "id": "x", "changes": {"amountAwarded": -1}}}),
    (ActInput, {"action": {"do": "change", "id": "x", "changes": {"targetDate": "soon"}}}),
    (ActInput, {"action": {"do": "change", "id": "x", "changes": {"notes": "x" * 10_001}}}),
    (ActInput, {"action": {"do": "change", "id": "x", "changes": {"addItem": " "}}}),
    (ActInput, {"action": {"do": "dance"}}),
]  # fmt: skip


@pytest.mark.parametrize(("model", "given"), WRONG, ids=lambda x: getattr(x, "__name__", str(x)[:50]))
def test_what_is_wrong_with_a_field_is_said_in_hindi_too(model: type[BaseModel], given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(given)
    error = as_app_error(refused.value)
    assert isinstance(error, ValidationFailed) and error.where
    assert error.message.startswith(f"{error.where}: ") and not DEVANAGARI.search(error.message)
    assert DEVANAGARI.search(error.why("hi")) and not LATIN.search(error.why("hi"))


def test_figures_of_a_field_stand_in_both_languages() -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Annotated[float, Field(le=100)]).validate_python(101)
    error = as_app_error(refused.value)
    assert isinstance(error, ValidationFailed)
    assert error.why("en") == "input should be less than or equal to 100."
    assert error.why("hi") == "100 या उससे कम लिखिए।"


def test_what_may_be_chosen_is_quoted() -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Literal["up", "down"]).validate_python("left")
    error = as_app_error(refused.value)
    assert error.message == "body: use one of 'up' or 'down'."
    assert "'up'" in error.said("hi")


def test_a_fault_of_ours_has_its_number_in_hindi_too() -> None:
    error = as_app_error(RuntimeError("secret"))
    number = error.message.rstrip(".").split()[-1]
    assert number in error.said("hi") and "secret" not in error.said("hi")
