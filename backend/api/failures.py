"""Turns any exception into the contract's error: code, status and a sentence; a bug shows only a request id."""

import logging
import re
from secrets import token_hex

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from backend.errors import AppError, InternalError, ValidationFailed

log = logging.getLogger(__name__)

_KEYS = (
    *((name, name) for name in ("missing", "extra_forbidden", "empty", "control_characters", "alone")),
    *((name, name) for name in ("greater_than_equal", "greater_than", "less_than_equal", "less_than")),
    ("string_too_short", "too_short"), ("int_", "number"), ("float_", "number"), ("finite_number", "number"), ("date", "date"),
)  # fmt: skip
"""How Pydantic's names of what is wrong begin, and the keys of their sentences."""


def as_app_error(error: Exception, *, snake: bool = False) -> AppError:
    """The error for the caller, who writes names in camelCase or in snake_case. Unexpected ones are logged with their traceback under a request id."""
    if isinstance(error, AppError):
        return error
    if isinstance(error, ValidationError):
        return invalid(error.errors(include_url=False, include_input=False), snake=snake)
    request_id = token_hex(6)
    log.error("Request %s failed", request_id, exc_info=error)
    return InternalError("internal", number=request_id)


def invalid(details: list[ErrorDetails], *, snake: bool = False) -> ValidationFailed:
    """One sentence that names the first bad field and what was expected; never the value."""
    first = details[0]
    if first["type"] == "json_invalid":
        return ValidationFailed("no_json", where="body")
    places = [str(p) for p in first["loc"] if p not in ("body", "query", "path")]
    where = ".".join(_snake(p) if snake else p for p in places) or "body"
    key, values = _what_is_wrong(first)
    return ValidationFailed(key, where=where, **values)


def _what_is_wrong(detail: ErrorDetails) -> tuple[str, dict[str, object]]:
    """The key of its sentence (backend.error_words) and what is filled in."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in ("too_long", "string_too_long") and "max_length" in context:
        unit = "items" if context.get("field_type") in ("List", "Tuple", "Set") else "characters"
        actual = context.get("actual_length")
        key = f"most_{unit}_not" if actual else f"most_{unit}"
        return key, {"most": context["max_length"], "actual": actual}
    if kind == "literal_error":
        return "one_of", {"expected": context.get("expected", "")}
    figures = {name: int(x) if isinstance(x, float) and x.is_integer() else x for name, x in context.items()}
    message = str(detail["msg"]).removeprefix("Value error, ")
    values = {**figures, "message": f"{message[:1].lower()}{message[1:]}"}
    return next((key for start, key in _KEYS if kind.startswith(start)), "other"), values


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
