"""Who is calling: a bearer token, or the page's httpOnly cookie; never a component value, gr.State or session hash."""

from collections.abc import Mapping
from datetime import timedelta

from backend.errors import Unauthorized
from backend.services import Services
from backend.sessions import WHOLE_LIFE, Caller

COOKIE = "scholar_session"
_OWN_PAGE = ("same-origin", "none")


def has_credentials(headers: Mapping[str, str]) -> bool:
    """Whether `identify` would have anything to look at."""
    return "authorization" in headers or "cookie" in headers


def identify(
    services: Services, headers: Mapping[str, str], cookies: Mapping[str, str], token: str | None = None
) -> Caller | None:
    """The caller, or None for a guest.

    A token that was given (argument, or `Authorization: Bearer`) must be good, else Unauthorized. The cookie counts only
    for calls from our own page (`Sec-Fetch-Site` same-origin or none, or no such header); a dead cookie is a guest.
    """
    scheme, _, credentials = (headers.get("authorization") or "").partition(" ")
    given = token or (credentials.strip() if scheme.lower() == "bearer" else None)
    if given:
        return services.sessions.resolve(given)
    cookie = cookies.get(COOKIE)
    if not cookie or headers.get("sec-fetch-site", "same-origin") not in _OWN_PAGE:
        return None
    try:
        return services.sessions.resolve(cookie)
    except Unauthorized:
        return None


def cookie_header(value: str, is_https: bool, name: str = COOKIE, life: timedelta = WHOLE_LIFE, path: str = "/") -> str:
    """The Set-Cookie header that keeps a student signed in, or another secret; an empty value clears it.

    In the Space's iframe the page is third-party: there only a Secure, SameSite=None, Partitioned cookie is kept.
    """
    age = int(life.total_seconds()) if value else 0
    place = "Secure; SameSite=None; Partitioned" if is_https else "SameSite=Lax"
    return f"{name}={value}; Path={path}; Max-Age={age}; HttpOnly; {place}"
