"""Turns any exception into the contract's error: code, status and a sentence; a bug shows only a request id."""

import logging
from secrets import token_hex

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from backend.errors import AppError, InternalError, ValidationFailed

log = logging.getLogger(__name__)


def as_app_error(error: Exception) -> AppError:
    """The error for the caller. Unexpected ones are logged with their traceback under a request id."""
    if isinstance(error, AppError):
        return error
    if isinstance(error, ValidationError):
        return invalid(error.errors(include_url=False, include_input=False))
    request_id = token_hex(6)
    log.error("Request %s failed", request_id, exc_info=error)
    return InternalError(f"Something went wrong on our side. If it goes on, tell us this number: {request_id}.")


def invalid(details: list[ErrorDetails]) -> ValidationFailed:
    """One sentence that names the first bad field and what was expected; never the value."""
    first = details[0]
    places = [str(p) for p in first["loc"] if p not in ("body", "query", "path")]
    where = ".".join(places) or "body"
    message = str(first["msg"]).removeprefix("Value error, ")
    if first["type"] == "missing":
        message = "this field is required"
    if first["type"] == "json_invalid":
        where, message = "body", "this is not valid JSON"
    return ValidationFailed(f"{where}: {message[:1].lower()}{message[1:]}.")
