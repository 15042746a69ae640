"""The REST door: routes, documentation, errors. Each handler calls one operation."""

import json
import time
from collections.abc import AsyncIterator, Callable, Generator
from typing import Annotated, Any

import anyio
import orjson
from fastapi import Depends, FastAPI, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from backend import VERSION
from backend.api import operations as do
from backend.api import schemas as s
from backend.api.documentation import ERRORS, add_pages, document, query_parameters
from backend.api.failures import as_app_error, invalid
from backend.api.hugging_face import BEGIN, CALLBACK, HuggingFace, SignInProblem, problem_of
from backend.api.identity import cookie_header, has_credentials, identify
from backend.api.language import preferred
from backend.api.middleware import error_body
from backend.api.replies import Replies
from backend.api.rest_parts import Envelope, calendar_response, enveloped, given_by
from backend.api.rest_tracker import add_tracker
from backend.errors import AppError, NotFound, RateLimited, ValidationFailed
from backend.index.dates import stamp
from backend.services import Services
from backend.sessions import Caller

Ids = Annotated[list[str], Query(description="Scholarship ids, repeated or separated by commas.")]


def _several(ids: list[str]) -> list[str]:
    return [part.strip() for item in ids for part in item.split(",") if part.strip()]


def create_api(services: Services) -> FastAPI:
    """The API with its own /docs, /redoc and /openapi.json; its routes are handed to the server that Gradio starts."""
    api = FastAPI(
        title="Scholarship Chatbot API", version=VERSION, docs_url=None, redoc_url=None, redirect_slashes=False,
        responses={status: {"description": text} for status, (_, text) in ERRORS.items()},
        description="Scholarships from a checked catalogue: search, eligibility, chat, applications. The same functions "
        "are Gradio named endpoints and MCP tools.",
    )  # fmt: skip

    replies = Replies()
    hugging_face = HuggingFace(services.settings) if services.settings.oauth_client_id else None
    add_pages(api)
    document(api)

    async def caller_of(request: Request) -> Caller | None:
        if not has_credentials(request.headers):
            return None
        return await run_in_threadpool(identify, services, request.headers, request.cookies)

    Who = Annotated[Caller | None, Depends(caller_of)]
    ForStudent = Annotated[s.ForStudent, Depends(given_by(s.ForStudent))]
    whose = query_parameters(s.ForStudent)

    def signed(request: Request, content: Any, status: int = 200) -> Response:
        response = Envelope(content, status)
        set_cookie(request, response, content["token"])
        return response

    @api.get("/health", tags=["health"])
    def health() -> Response:
        data = do.health(services, None, s.Nothing())
        return Response(orjson.dumps(data), 200 if data["status"] == "healthy" else 503, media_type="application/json")

    @api.get("/api", tags=["health"])
    def root() -> Response:
        return Envelope(do.root(services))

    @api.post("/api/auth/signup", status_code=201, tags=["account"], description=do.sign_up.__doc__)
    def sign_up(given: s.SignUpInput, request: Request) -> Response:
        return signed(request, do.sign_up(services, None, given), 201)

    @api.post("/api/auth/signin", tags=["account"], description=do.sign_in.__doc__)
    def sign_in(given: s.SignInInput, request: Request) -> Response:
        return signed(request, do.sign_in(services, None, given))

    @api.post("/api/auth/renew", tags=["account"], description=do.renew.__doc__)
    def renew(who: Who, request: Request) -> Response:
        return signed(request, do.renew(services, who))

    def offered() -> HuggingFace:
        if hugging_face is None:
            raise NotFound("no_hugging_face")
        return hugging_face

    @api.get(
        BEGIN, tags=["account"], response_class=RedirectResponse, status_code=302,
        description="Where the Space offers it: send a browser to Hugging Face, to sign in there.",
    )  # fmt: skip
    async def hugging_face_begin(request: Request) -> Response:
        there = offered()
        await run_in_threadpool(services.limits.spend, "other_sign_in")
        return await there.begin(request)

    @api.get(
        CALLBACK, tags=["account"], response_class=RedirectResponse, status_code=302,
        description="Where Hugging Face sends the browser back to; signs it in and goes on to the page.",
    )  # fmt: skip
    async def hugging_face_callback(request: Request) -> Response:
        there = offered()
        try:
            user = await there.finish(request)
            signed = await run_in_threadpool(do.sign_in_with_hugging_face, services, user)
        except SignInProblem as problem:
            return there.back(problem.why)
        except AppError as error:
            return there.back(problem_of(error))
        response = there.back()
        set_cookie(request, response, signed["token"])
        return response

    @api.post("/api/auth/forgot", status_code=202, tags=["account"], description=do.forgot_password.__doc__)
    def forgot(given: s.ForgotInput) -> Response:
        do.forgot_password(services, None, given)
        return Envelope(None, 202)

    @api.post("/api/auth/new-password", tags=["account"], description=do.set_new_password.__doc__)
    def new_password(given: s.NewPasswordInput) -> Response:
        do.set_new_password(services, None, given)
        return Envelope(None)

    @api.post("/api/auth/signout", tags=["account"], description=do.sign_out.__doc__)
    def sign_out(who: Who, request: Request) -> Response:
        do.sign_out(services, who, s.Nothing())
        response = Envelope(None)
        set_cookie(request, response, "")
        return response

    @api.get("/api/auth/me", tags=["account"], openapi_extra=whose, description=do.me.__doc__)
    def me(about: ForStudent, who: Who) -> Response:
        return Envelope(do.me(services, who, about))

    @api.patch("/api/auth/me", tags=["account"], description=do.update_me.__doc__)
    def update_me(given: s.MeInput, who: Who) -> Response:
        return Envelope(do.update_me(services, who, given))

    @api.delete("/api/auth/me", tags=["account"], description=do.delete_me.__doc__)
    def delete_me(given: s.DeleteMeInput, who: Who, request: Request) -> Response:
        do.delete_me(services, who, given)
        response = Envelope(None)
        set_cookie(request, response, "")
        return response

    @api.get("/api/students", tags=["account"], description=do.students.__doc__)
    def students(who: Who) -> Response:
        return Envelope(do.students(services, who))

    @api.post("/api/students", status_code=201, tags=["account"], description=do.add_student.__doc__)
    def add_student(given: s.NewStudentInput, who: Who) -> Response:
        return Envelope(do.add_student(services, who, given), 201)

    @api.patch("/api/students/{id}", tags=["account"], description=do.update_student.__doc__)
    def update_student(id: s.Id, given: s.StudentInput, who: Who) -> Response:
        return Envelope(do.update_student(services, who, id, given))

    @api.delete("/api/students/{id}", tags=["account"], description=do.delete_student.__doc__)
    def delete_student(id: s.Id, who: Who) -> Response:
        do.delete_student(services, who, id)
        return Envelope(None)

    @api.get("/api/auth/me/export", tags=["account"], description=do.export_me.__doc__)
    def export_me(who: Who) -> Response:
        return Envelope(do.export_me(services, who))

    @api.post("/api/chat", tags=["chat"], description=do.chat.__doc__)
    async def chat(given: s.ChatInput, request: Request, who: Who) -> Response:
        reply: Any = None
        async for item in _steps(lambda: do.chat(services, who, given), request):
            if not isinstance(item, str):
                reply = item
        return Envelope(reply)

    @api.post(
        "/api/chat/stream", tags=["chat"], response_class=StreamingResponse,
        description="The same as POST /api/chat as server-sent events: `delta` (text), then `done` (ChatReply) or `error`.",
    )  # fmt: skip
    async def chat_stream(given: s.ChatInput, request: Request, who: Who) -> Response:
        steps = _steps(lambda: do.chat(services, who, given), request)
        first = await anext(steps, None)  # errors before the first word get their own status
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(
            _events(first, steps, language_of(request)), media_type="text/event-stream", headers=headers
        )

    @api.get(
        "/api/chat/history",
        tags=["chat"],
        openapi_extra=query_parameters(s.HistoryInput),
        description=do.chat_history.__doc__,
    )
    def chat_history(given: Annotated[s.HistoryInput, Depends(given_by(s.HistoryInput))], who: Who) -> Response:
        return Envelope(do.chat_history(services, who, given))

    @api.get(
        "/api/chat/sessions",
        tags=["chat"],
        openapi_extra=query_parameters(s.SessionsInput),
        description=do.chat_sessions.__doc__,
    )
    def chat_sessions(given: Annotated[s.SessionsInput, Depends(given_by(s.SessionsInput))], who: Who) -> Response:
        return Envelope(do.chat_sessions(services, who, given))

    @api.delete("/api/chat/sessions", tags=["chat"], openapi_extra=whose, description=do.delete_chat_sessions.__doc__)
    def delete_chat_sessions(about: ForStudent, who: Who) -> Response:
        do.delete_chat_sessions(services, who, about)
        return Envelope(None)

    @api.post("/api/chat/sessions/import", status_code=201, tags=["chat"], description=do.import_chat.__doc__)
    def import_chat(given: s.ImportInput, who: Who) -> Response:
        return Envelope(do.import_chat(services, who, given), 201)

    @api.get("/api/chat/sessions/{id}", tags=["chat"], description=do.chat_session.__doc__)
    def chat_session(id: s.Id, who: Who) -> Response:
        return Envelope(do.chat_session(services, who, id))

    @api.patch("/api/chat/sessions/{id}", tags=["chat"], description=do.change_chat_session.__doc__)
    def change_chat_session(id: s.Id, given: s.ChatChangesInput, who: Who) -> Response:
        return Envelope(do.change_chat_session(services, who, id, given))

    @api.get(
        "/api/chat/sessions/{id}/export",
        tags=["chat"],
        openapi_extra=query_parameters(s.ExportInput),
        description=do.export_chat.__doc__,
    )
    def export_chat(id: s.Id, given: Annotated[s.ExportInput, Depends(given_by(s.ExportInput))], who: Who) -> Response:
        if given.format == "json":
            return Envelope(do.chat_session(services, who, id, do.EXPORTED))
        headers = {"content-disposition": 'attachment; filename="chat.md"', "cache-control": "private, no-store"}
        return Response(do.export_chat(services, who, id), media_type="text/markdown; charset=utf-8", headers=headers)

    @api.delete(
        "/api/chat/sessions/{id}/turns",
        tags=["chat"],
        openapi_extra=query_parameters(s.TakeBackInput),
        description=do.take_back.__doc__,
    )
    def take_back(
        id: s.Id, given: Annotated[s.TakeBackInput, Depends(given_by(s.TakeBackInput))], who: Who
    ) -> Response:
        do.take_back(services, who, id, given)
        return Envelope(None)

    @api.delete("/api/chat/sessions/{id}", tags=["chat"], description=do.delete_chat_session.__doc__)
    def delete_chat_session(id: s.Id, who: Who) -> Response:
        do.delete_chat_session(services, who, id)
        return Envelope(None)

    @api.post("/api/chat/feedback", tags=["chat"], description=do.chat_feedback.__doc__)
    def chat_feedback(given: s.FeedbackInput, who: Who) -> Response:
        do.chat_feedback(services, who, given)
        return Envelope(None)

    @api.get(
        "/api/scholarships",
        tags=["scholarships"],
        openapi_extra=query_parameters(s.ListInput),
        description=do.list_scholarships.__doc__,
    )
    def list_scholarships(given: Annotated[s.ListInput, Depends(given_by(s.ListInput))], who: Who) -> Response:
        return Envelope(do.list_scholarships(services, who, given))

    @api.get(
        "/api/scholarships/search",
        tags=["scholarships"],
        openapi_extra=query_parameters(s.SearchInput),
        description=do.search_scholarships.__doc__,
    )
    async def search_scholarships(
        given: Annotated[s.SearchInput, Depends(given_by(s.SearchInput))], who: Who
    ) -> Response:
        if who is not None:
            return Envelope(await run_in_threadpool(do.search_scholarships, services, who, given))
        begun = time.perf_counter()
        key = given.model_dump_json(exclude_defaults=True), stamp(services.clock())
        if services.settings.redis_url:  # then counting waits for another machine
            await run_in_threadpool(do.count_search, services, who, given)
        else:
            do.count_search(services, who, given)
        found = replies.get(key)
        if found is None:
            data = await run_in_threadpool(do.searched, services, None, given)
            found = orjson.dumps({name: value for name, value in data.items() if name != "tookMs"})
            replies.keep(key, found)
        took = round((time.perf_counter() - begun) * 1000, 2)
        return Response(enveloped(found[:-1] + b',"tookMs":%.2f}' % took), media_type="application/json")

    @api.get(
        "/api/scholarships/deadlines",
        tags=["scholarships"],
        openapi_extra=query_parameters(s.DeadlinesInput),
        description=do.upcoming_deadlines.__doc__,
    )
    def upcoming_deadlines(
        given: Annotated[s.DeadlinesInput, Depends(given_by(s.DeadlinesInput))], who: Who
    ) -> Response:
        return Envelope(do.upcoming_deadlines(services, who, given))

    @api.get(
        "/api/scholarships/compare", tags=["scholarships"], openapi_extra=whose,
        description=do.compare_scholarships.__doc__,
    )  # fmt: skip
    def compare_scholarships(
        about: ForStudent,
        who: Who,
        ids: Ids = [],  # noqa: B006
    ) -> Response:
        return Envelope(
            do.compare_scholarships(services, who, s.CompareInput(ids=_several(ids), student_id=about.student_id))
        )

    @api.get("/api/scholarships/calendar.ics", tags=["scholarships"], description=do.scholarships_calendar.__doc__)
    def scholarships_calendar(
        ids: Ids = [],  # noqa: B006
        language: s.Language = "en",
    ) -> Response:
        given = s.CalendarInput(ids=_several(ids), language=language)
        return calendar_response(do.scholarships_calendar(services, given))

    @api.post("/api/scholarships/match", tags=["scholarships"], description=do.match_profile.__doc__)
    def match_profile(given: s.MatchInput, who: Who) -> Response:
        return Envelope(do.match_profile(services, who, given))

    @api.get(
        "/api/scholarships/{id}", tags=["scholarships"], openapi_extra=whose, description=do.get_scholarship.__doc__
    )
    def get_scholarship(id: s.Id, about: ForStudent, who: Who) -> Response:
        given = s.ScholarshipInput(id=id, student_id=about.student_id)
        return Envelope(do.get_scholarship(services, who, given))

    @api.post(
        "/api/scholarships/{id}/eligibility",
        tags=["scholarships"],
        description=do.check_eligibility.__doc__,
    )
    def check_eligibility(id: s.Id, given: s.VerdictInput, who: Who) -> Response:
        whole = s.EligibilityInput(id=id, **given.model_dump())
        return Envelope(do.check_eligibility(services, who, whole))

    @api.put(
        "/api/scholarships/{id}/bookmark",
        tags=["applications"],
        openapi_extra=whose,
        description=do.save_application.__doc__,
    )
    def bookmark(id: s.Id, about: ForStudent, who: Who) -> Response:
        given = s.SaveApplicationInput(scholarship_id=id, student_id=about.student_id)
        return Envelope(do.save_application(services, who, given))

    @api.delete(
        "/api/scholarships/{id}/bookmark", tags=["applications"], openapi_extra=whose, description=do.unbookmark.__doc__
    )
    def unbookmark(id: s.Id, about: ForStudent, who: Who) -> Response:
        do.unbookmark(services, who, id, about)
        return Envelope(None)

    @api.post("/api/scholarships/{id}/report", status_code=201, tags=["scholarships"], description=do.report.__doc__)
    def report(id: s.Id, given: s.ReportInput, who: Who) -> Response:
        return Envelope(do.report(services, who, id, given), 201)

    @api.get(
        "/api/applications", tags=["applications"], openapi_extra=query_parameters(s.ListApplicationsInput),
        description=do.list_applications.__doc__,
    )  # fmt: skip
    def list_applications(
        given: Annotated[s.ListApplicationsInput, Depends(given_by(s.ListApplicationsInput))], who: Who
    ) -> Response:
        found = do.list_applications_json(services, who, given)
        return Response(enveloped(found), media_type="application/json")

    @api.post("/api/applications", status_code=201, tags=["applications"], description=do.save_application.__doc__)
    def save_application(given: s.SaveApplicationInput, who: Who) -> Response:
        return Envelope(do.save_application(services, who, given), 201)

    @api.get(
        "/api/applications/calendar.ics", tags=["applications"], openapi_extra=query_parameters(s.ExportCalendarInput),
        description=do.export_calendar.__doc__,
    )  # fmt: skip
    def calendar(
        given: Annotated[s.ExportCalendarInput, Depends(given_by(s.ExportCalendarInput))], who: Who,
        key: Annotated[str | None, Query(max_length=100)] = None,
    ) -> Response:  # fmt: skip
        if key:
            text = do.calendar_of(services, services.accounts.account_for_calendar_key(key), given)
        else:
            text = do.export_calendar(services, who, given)
        return calendar_response(text)

    @api.get("/api/applications/calendar-key", tags=["applications"], description=do.calendar_key.__doc__)
    def calendar_key(who: Who) -> Response:
        return Envelope(do.calendar_key(services, who))

    @api.post("/api/applications/calendar-key", tags=["applications"], description="Renew the private calendar key.")
    def renew_calendar_key(who: Who) -> Response:
        return Envelope(do.calendar_key(services, who, fresh=True))

    add_tracker(api, services, caller_of)

    @api.get("/api/applications/{id}", tags=["applications"], description=do.get_application.__doc__)
    def get_application(id: s.Id, who: Who) -> Response:
        return Envelope(do.get_application(services, who, s.ApplicationInput(id=id)))

    @api.patch("/api/applications/{id}", tags=["applications"], description=do.update_application.__doc__)
    def update_application(id: s.Id, given: s.ApplicationChanges, who: Who) -> Response:
        whole = s.UpdateApplicationInput(id=id, **given.model_dump(exclude_unset=True))
        return Envelope(do.update_application(services, who, whole))

    @api.delete("/api/applications/{id}", tags=["applications"], description=do.delete_application.__doc__)
    def delete_application(id: s.Id, who: Who, forever: bool = False) -> Response:
        do.delete_application(services, who, s.DeleteApplicationInput(id=id, forever=forever))
        return Envelope(None)

    @api.get("/api/stats", tags=["health"], description=do.stats.__doc__)
    def stats() -> Response:
        return Envelope(do.stats(services, None, s.Nothing()))

    @api.api_route("/api/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def unknown(rest: str) -> Response:
        raise NotFound("no_route", route=repr(rest[:40]))

    return api


def exception_handlers() -> dict[Any, Callable[..., Any]]:
    """Handlers for the server: every error of our routes in the contract's envelope."""

    def failed(request: Request, error: Exception) -> Response:
        return error_response(as_app_error(error), request)

    def invalid_input(request: Request, error: RequestValidationError) -> Response:
        return error_response(invalid(list(error.errors())), request)

    def http_error(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return error_response(NotFound("no_page"), request)
        if request.url.path.startswith("/api") and error.status_code in (400, 405):
            return error_response(ValidationFailed("no_method", method=request.method), request)
        body = json.dumps({"detail": error.detail})
        return Response(body, error.status_code, headers=dict(error.headers or {}), media_type="application/json")

    return {
        AppError: failed, RequestValidationError: invalid_input, HTTPException: http_error, ValidationError: failed,
        Exception: failed,
    }  # fmt: skip


def error_response(error: AppError, request: Request) -> Response:
    """The contract's error with its status, in the language that the caller's Accept-Language prefers."""
    language = language_of(request)
    response = Response(error_body(error, language), error.status, media_type="application/json")
    response.headers["content-language"] = language
    if isinstance(error, RateLimited):
        response.headers["retry-after"] = str(error.retry_after)
    if error.status == 401:
        response.headers["www-authenticate"] = "Bearer"
    return response


def language_of(request: Request) -> str:
    """The language of what is said to the caller; English where none is asked for."""
    return preferred(request.headers.get("accept-language", ""))


def set_cookie(request: Request, response: Response, value: str) -> None:
    """Keep the page signed in, or with an empty value sign it out.

    Only for browsers, which say where they call from: a program that keeps cookies would otherwise stay signed in
    behind the back of its author, who sends the token where it is meant.
    """
    if not {"sec-fetch-site", "origin", "cookie"} & set(request.headers):
        return
    protocol = request.headers.get("x-forwarded-proto", request.url.scheme).split(",")[0].strip()
    response.headers.append("set-cookie", cookie_header(value, protocol == "https"))


async def _steps(make: Callable[[], Generator[Any, None, None]], request: Request) -> AsyncIterator[Any]:
    """The items of a blocking generator, one step a time in a worker thread; closed when the client goes away."""
    generator, end = make(), object()
    try:
        while (item := await anyio.to_thread.run_sync(next, generator, end)) is not end:
            if await request.is_disconnected():
                return
            yield item
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(generator.close)


async def _events(first: Any, steps: AsyncIterator[Any], language: str) -> AsyncIterator[bytes]:
    try:
        item = first
        while item is not None:
            if isinstance(item, str):
                if item:
                    yield _event("delta", {"text": item})
            else:
                yield _event("done", item)
            item = await anext(steps, None)
    except Exception as error:  # the status is sent already: the contract's error travels as an event
        failure = as_app_error(error)
        yield _event("error", {"message": failure.said(language), "code": failure.code})
    finally:
        await steps.aclose()  # type: ignore[attr-defined]


def _event(name: str, data: Any) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"
