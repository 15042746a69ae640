"""How quickly the app answers while students chat with its model, beside the same calls on the idle app."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

from backend.phrases import phrase

PER_SECOND = 20
"""Calls, besides the chats: few, since they and their measuring share the cores with the app."""
WARM_UP_S = 4.0
TURNS_ALONE = 8
SEARCH, HEALTH, APPLICATIONS = "GET /api/scholarships/search", "GET /health", "GET /api/applications"
MATCH = "POST /api/scholarships/match"
ROUTES = (SEARCH, HEALTH, APPLICATIONS, MATCH)
PROFILE = {"level": "undergraduate", "citizenship": "IN", "state": "Bihar", "gender": "female"}
SAVED = ("nmmss", "wb-kanyashree", "rotary-peace-fellowship")
_TIP = f"{phrase('tip', 'en')}: ".encode()
"""What stands before the model's first sentence."""
_BUSY = phrase("model_busy", "en").encode()
PAUSE_S = 1.0
"""How long who was refused waits before the next question."""


class ChatFailed(Exception):
    """A chat ended with an error, which is the message."""


@dataclass(frozen=True)
class Turn:
    """A streamed turn: milliseconds to the first text, to the model's first sentence (None: there was none), to the end.

    `is_refused` where the model was busy with others.
    """

    first: float
    sentence: float | None
    whole: float
    is_refused: bool


@dataclass(frozen=True)
class Figures:
    """Milliseconds of the calls by route, and the turns of chats: one after another, and many at the same time."""

    idle: Mapping[str, Sequence[float]]
    busy: Mapping[str, Sequence[float]]
    alone: Sequence[Turn]
    together: Sequence[Turn]


async def measure(address: str, chats: int, seconds: float, questions: Sequence[str]) -> Figures:
    """Call the idle app for so long, chat alone, then call it while so many chats are kept going."""
    numbers = count(1)
    limits = httpx.Limits(max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as http:
        signed = await _student(http)
        await _calls(http, signed, 1.0, questions, numbers)
        idle = await _calls(http, signed, seconds, questions, numbers)
        alone = [await _turn(http, question) for question in questions[:TURNS_ALONE]]
        together: list[Turn] = []
        talks = [asyncio.create_task(_talk(http, questions[n:] + questions[:n], together)) for n in range(chats)]
        await asyncio.sleep(WARM_UP_S)
        busy = await _calls(http, signed, seconds, questions, numbers)
        for talk in talks:
            talk.cancel()
        ended = await asyncio.gather(*talks, return_exceptions=True)
    for error in ended:
        if not isinstance(error, asyncio.CancelledError):
            raise error
    return Figures(idle, busy, alone, together)


async def _student(http: httpx.AsyncClient) -> dict[str, str]:
    """The header of a new student with a few applications."""
    account = {"email": f"{uuid4().hex[:12]}@example.com", "password": "a quite long pass phrase 47", "name": "Asha"}
    signed_up = (await http.post("/api/auth/signup", json=account)).raise_for_status()
    header = {"authorization": f"Bearer {signed_up.json()['data']['token']}"}
    for saved in SAVED:
        (await http.post("/api/applications", json={"scholarshipId": saved}, headers=header)).raise_for_status()
    return header


async def _calls(
    http: httpx.AsyncClient, signed: dict[str, str], seconds: float, questions: Sequence[str], numbers: "count[int]"
) -> dict[str, list[float]]:
    """Milliseconds of each call; one starts when it is due, whether or not those before it are answered."""
    taken: dict[str, list[float]] = {route: [] for route in ROUTES}

    async def call(number: int) -> None:
        route = ROUTES[number % len(ROUTES)]
        # No address twice: replies to guests' searches are kept.
        words: dict[str, Any] = {"keywords": questions[number % len(questions)], "income": 100_000 + number}
        begun = time.perf_counter()
        method, path = route.split()
        answer = await http.request(
            method,
            path,
            params=words if route == SEARCH else None,
            json=PROFILE if route == MATCH else None,
            headers=signed if route == APPLICATIONS else None,
        )
        taken[route].append((time.perf_counter() - begun) * 1000)
        answer.raise_for_status()

    begun, running = time.perf_counter(), []
    for turn in range(int(seconds * PER_SECOND)):
        await asyncio.sleep(max(0.0, begun + turn / PER_SECOND - time.perf_counter()))
        running.append(asyncio.create_task(call(next(numbers))))
    await asyncio.gather(*running)
    return taken


async def _talk(http: httpx.AsyncClient, questions: Sequence[str], turns: list[Turn]) -> None:
    """Ask one question after another until cancelled."""
    while True:
        for question in questions:
            turns.append(await _turn(http, question))
            if turns[-1].is_refused:
                await asyncio.sleep(PAUSE_S)


async def _turn(http: httpx.AsyncClient, question: str) -> Turn:
    begun = time.perf_counter()
    first = sentence = None
    is_refused = False
    async with http.stream("POST", "/api/chat/stream", json={"message": question}) as answer:
        answer.raise_for_status()
        async for chunk in answer.aiter_raw():
            now = (time.perf_counter() - begun) * 1000
            first = first or now
            if sentence is None and _TIP in chunk:
                sentence = now
            is_refused = is_refused or _BUSY in chunk
            if b"event: error" in chunk:
                raise ChatFailed(chunk.decode())
    whole = (time.perf_counter() - begun) * 1000
    return Turn(first or whole, sentence, whole, is_refused)
