"""The Gradio door: every public operation as a named endpoint, its parameters in snake_case from the input model."""

import inspect
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from types import NoneType
from typing import Any, get_origin, get_type_hints

import gradio as gr
from pydantic import BaseModel

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.failures import as_app_error
from backend.api.identity import identify
from backend.api.registry import DOORS, Door
from backend.limits import calling_from
from backend.services import Services
from backend.sessions import Caller

STREAM_EVERY_S = 0.05
"""Each yield sends the whole reply so far, so pieces are gathered for a moment."""
AT_ONCE = 8


def register_endpoints(services: Services) -> None:
    """Register all named endpoints in the Blocks that is being built."""
    for door in DOORS:
        call = _streaming_chat(services) if door.name == "chat" else _endpoint(services, door)
        gr.api(
            _with_parameters(call, door), api_name=door.name, api_description=inspect.getdoc(door.run),
            concurrency_limit=AT_ONCE,
        )  # fmt: skip


def as_gradio_error(error: Exception) -> gr.Error:
    """The contract's error for Gradio callers: the code in `title`, the sentence in `message`."""
    failure = as_app_error(error, snake=True)
    return gr.Error(failure.message, title=failure.code, print_exception=False)


def caller_of(services: Services, request: gr.Request, token: str | None = None) -> Caller | None:
    """Who calls a Gradio event, which runs outside of the request that brought it."""
    calling_from(request.client.host if request.client else None)
    return identify(services, request.headers, dict(request.cookies), token)


def _endpoint(services: Services, door: Door) -> Callable[..., Any]:
    def call(request: gr.Request, token: str | None, **values: Any) -> Any:
        try:
            return door.run(services, caller_of(services, request, token), door.takes.model_validate(_given(values)))
        except Exception as error:
            raise as_gradio_error(error) from None

    return call


def _streaming_chat(services: Services) -> Callable[..., Any]:
    def call(request: gr.Request, token: str | None, **values: Any) -> Iterator[Any]:
        so_far: dict[str, Any] = {
            "message": "",
            "sessionId": values.get("session_id"),
            "suggestions": [],
            "scholarships": [],
        }
        yield so_far
        try:
            caller = caller_of(services, request, token)
            text, sent = "", time.monotonic()
            with closing(do.chat(services, caller, s.ChatInput.model_validate(_given(values)))) as items:
                for item in items:
                    if not isinstance(item, str):
                        yield item
                        return
                    text += item
                    if time.monotonic() - sent >= STREAM_EVERY_S:
                        sent = time.monotonic()
                        yield {**so_far, "message": text}
        except Exception as error:
            raise as_gradio_error(error) from None

    return call


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """What was given: parameters left at None take the model's default."""
    return {name: value for name, value in values.items() if value is not None}


def _with_parameters(call: Callable[..., Any], door: Door) -> Callable[..., Any]:
    """A function with the input model's fields as its own parameters, which is where Gradio reads its schema."""
    fields = dict(sorted(door.takes.model_fields.items(), key=lambda item: not item[1].is_required()))
    names = list(fields)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        *given, token, request = args
        return call(request, token, **dict(zip(names, given, strict=True)), **kwargs)

    def streamed(*args: Any, **kwargs: Any) -> Any:
        *given, token, request = args
        yield from call(request, token, **dict(zip(names, given, strict=True)), **kwargs)

    function = streamed if inspect.isgeneratorfunction(call) else wrapped
    parameters = [
        inspect.Parameter(
            name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=_plain(field.annotation),
            default=inspect.Parameter.empty if field.is_required() else field.default,
        )
        for name, field in fields.items()
    ]  # fmt: skip
    parameters.append(
        inspect.Parameter("token", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=str | None, default=None)
    )
    parameters.append(
        inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request, default=None)
    )
    result = _result(door)
    function.__signature__ = inspect.Signature(parameters, return_annotation=result)  # type: ignore[attr-defined]
    function.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": result}
    function.__name__ = door.name
    function.__doc__ = inspect.getdoc(door.run)
    return function


def _result(door: Door) -> type:
    """What the operation gives, as Gradio's schema knows it; nothing is null in place of an object."""
    declared = get_type_hints(door.run)["return"]
    return dict if declared is NoneType else get_origin(declared) or declared


def _plain(annotation: Any) -> Any:
    """An input model inside an input (a profile) is a plain dict for callers."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return dict
    if any(isinstance(a, type) and issubclass(a, BaseModel) for a in getattr(annotation, "__args__", ())):
        return dict | None
    return annotation
