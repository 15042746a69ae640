"""What the REST door's routes share: the envelope, files, query parameters as input models."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import orjson
from fastapi import Request
from fastapi.responses import Response

from backend.api import schemas as s


class Envelope(Response):
    """`{"success": true, "data": ..., "error": null, "timestamp": ...}`."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The envelope's bytes."""
        return enveloped(orjson.dumps(content))


def enveloped(data: bytes) -> bytes:
    """The envelope around data that is JSON already."""
    now = datetime.now(UTC).isoformat().encode()
    return b'{"success":true,"data":' + data + b',"error":null,"timestamp":"' + now + b'"}'


def file_response(text: str, media_type: str, name: str) -> Response:
    """A text as a file to be saved, private to who asked for it."""
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-store"}
    return Response(text, media_type=f"{media_type}; charset=utf-8", headers=headers)


def calendar_response(text: str) -> Response:
    """An iCalendar text as a file."""
    return file_response(text, "text/calendar", "scholarships.ics")


def given_by(model: type[s.Input]) -> Callable[[Request], Awaitable[s.Input]]:
    """Query parameters as an input model: an empty value counts as not given, unknown names are passed over."""
    names = {field.alias or name: name for name, field in model.model_fields.items()}

    async def read(request: Request) -> s.Input:
        values = {
            name: value
            for name, value in request.query_params.items()
            if value != "" and (name in names or name in model.model_fields)
        }
        return model.model_validate(values)

    return read
