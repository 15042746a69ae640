"""The tracker's REST routes: board, deletion and undo, documents, import and export, and what guests' browsers ask."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.responses import Response

from backend.api import schemas as s
from backend.api import tracker as do
from backend.api import tracker_schemas as ts
from backend.api.documentation import query_parameters
from backend.api.rest_parts import Envelope, calendar_response, file_response, given_by
from backend.services import Services
from backend.sessions import Caller


def add_tracker(api: FastAPI, services: Services, caller_of: Callable[..., Awaitable[Caller | None]]) -> None:
    """Add the routes; those of `/api/applications/…` must come before that of one application. `caller_of` says who
    sent a request."""
    Who = Annotated[Caller | None, Depends(caller_of)]

    @api.get(
        "/api/applications/board", tags=["applications"], openapi_extra=query_parameters(s.ShownInput),
        description=do.board.__doc__,
    )  # fmt: skip
    def board(given: Annotated[s.ShownInput, Depends(given_by(s.ShownInput))], who: Who) -> Response:
        return Envelope(do.board(services, who, given))

    @api.get(
        "/api/applications/deleted", tags=["applications"], openapi_extra=query_parameters(s.ForStudent),
        description=do.deleted_applications.__doc__,
    )  # fmt: skip
    def deleted(given: Annotated[s.ForStudent, Depends(given_by(s.ForStudent))], who: Who) -> Response:
        return Envelope(do.deleted_applications(services, who, given))

    @api.get(
        "/api/applications/export", tags=["applications"], openapi_extra=query_parameters(s.ExportApplicationsInput),
        description=do.export_applications.__doc__,
    )  # fmt: skip
    def export(
        given: Annotated[s.ExportApplicationsInput, Depends(given_by(s.ExportApplicationsInput))], who: Who
    ) -> Response:
        return _file(do.export_applications(services, who, given), given.format)

    @api.post("/api/applications/act", tags=["applications"], description=do.act.__doc__)
    def act(given: ts.ActInput, who: Who) -> Response:
        return Envelope(do.act(services, who, given))

    @api.post("/api/applications/documents", tags=["applications"], description=do.tick_document.__doc__)
    def documents(given: ts.DocumentFields, who: Who) -> Response:
        return Envelope(do.tick_document(services, who, given))

    @api.post("/api/applications/seen", tags=["applications"], description=do.mark_seen.__doc__)
    def seen(given: ts.SeenFields, who: Who) -> Response:
        do.mark_seen(services, who, given)
        return Envelope(None)

    @api.post("/api/applications/import", tags=["applications"], description=do.import_applications.__doc__)
    def import_(given: ts.ImportFields, who: Who) -> Response:
        return Envelope(do.import_applications(services, who, given))

    @api.post("/api/applications/{id}/undo", tags=["applications"], description=do.undo.__doc__)
    def undo(id: s.Id, who: Who, given: ts.UndoFields | None = None) -> Response:
        return Envelope(do.undo(services, who, id, given or ts.UndoFields()))

    @api.post("/api/applications/{id}/restore", tags=["applications"], description=do.restore.__doc__)
    def restore(id: s.Id, who: Who) -> Response:
        return Envelope(do.restore(services, who, id))

    @api.post("/api/tracker/apply", tags=["guests' tracker"], description=do.apply.__doc__)
    def apply(given: ts.ApplyInput, who: Who) -> Response:
        return Envelope(do.apply(services, who, given))

    @api.post("/api/tracker/calendar", tags=["guests' tracker"], description=do.browser_calendar.__doc__)
    def browser_calendar(given: ts.BrowserCalendarInput, who: Who) -> Response:
        return calendar_response(do.browser_calendar(services, who, given))

    @api.post("/api/tracker/export", tags=["guests' tracker"], description=do.browser_export.__doc__)
    def browser_export(given: ts.BrowserExportInput, who: Who) -> Response:
        return _file(do.browser_export(services, who, given), given.format)

    @api.get(
        "/api/scholarships/{id}/card", tags=["scholarships"], openapi_extra=query_parameters(s.CardInput),
        description=do.scholarship_card.__doc__,
    )  # fmt: skip
    def scholarship_card(id: s.Id, given: Annotated[s.CardInput, Depends(given_by(s.CardInput))], who: Who) -> Response:
        return Envelope(do.scholarship_card(services, who, id, given))


def _file(text: str, form: str) -> Response:
    media_type = "text/csv" if form == "csv" else "application/json"
    return file_response(text, media_type, f"applications.{form}")
