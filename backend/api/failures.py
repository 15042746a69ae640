"""Turns any exception into the contract's error: code, status and a sentence; a bug shows only a request id."""

import logging
import re
from secrets import token_hex

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from backend.errors import AppError, InternalError, ValidationFailed

log = logging.getLogger(__name__)


def as_app_error(error: Exception, *, snake: bool = False) -> AppError:
    """The error for the caller, who writes names in camelCase or in snake_case. Unexpected ones are logged with their traceback under a request id."""
    if isinstance(error, AppError):
        return error
    if isinstance(error, ValidationError):
        return invalid(error.errors(include_url=False, include_input=False), snake=snake)
    request_id = token_hex(6)
    log.error("Request %s failed", request_id, exc_info=error)
    return InternalError(f"Something went wrong on our side. If it goes on, tell us this number: {request_id}.")


def invalid(details: list[ErrorDetails], *, snake: bool = False) -> ValidationFailed:
    """One sentence that names the first bad field and what was expected; never the value."""
    first = details[0]
    kind, places = first["type"], [str(p) for p in first["loc"] if p not in ("body", "query", "path")]
    if kind == "json_invalid":
        return ValidationFailed("body: this is not valid JSON.")
    where = ".".join(_snake(p) if snake else p for p in places) or "body"
    if kind == "missing":
        return ValidationFailed(f"{where}: this field is required.")
    if kind == "extra_forbidden":
        return ValidationFailed(f"{where}: there is no such field.")
    message = str(first["msg"]).removeprefix("Value error, ")
    if kind in ("too_long", "string_too_long") and "max_length" in first.get("ctx", {}):
        actual = first["ctx"].get("actual_length")
        unit = "items" if first["ctx"].get("field_type") in ("List", "Tuple", "Set") else "characters"
        message = f"at most {first['ctx']['max_length']} {unit}" + (f", not {actual}" if actual else "")
    if kind == "literal_error":
        message = f"use one of {first.get('ctx', {}).get('expected', '')}"
    return ValidationFailed(f"{where}: {message[:1].lower()}{message[1:]}.")


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
