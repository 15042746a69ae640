"""Sign in with Hugging Face, where the Space offers it (OAUTH_CLIENT_ID): OpenID Connect's code flow with state, nonce and
PKCE, all by Authlib. Here is only what it needs of us: a place for the flow's secrets, and what comes out of it.

The secrets of a flow that was begun lie for ten minutes in a signed cookie of the browser that began it, so a forged or
stolen answer, or one that comes a second time, finds none.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from itsdangerous import BadData, URLSafeTimedSerializer
from joserfc.errors import JoseError

from backend.api.identity import cookie_header
from backend.errors import AppError
from backend.proven_emails import HuggingFaceUser
from backend.settings import Settings

BEGIN = "/api/auth/huggingface"
CALLBACK = f"{BEGIN}/callback"
COOKIE = "scholar_oauth"
FLOW_LIFE = timedelta(minutes=10)
TIMEOUT_S = 10
LONGEST_ID = 64


class SignInProblem(Exception):
    """Nobody was signed in; `why` is refused, again, unverified, taken, busy or unavailable."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class HuggingFace:
    """The way to Hugging Face and back."""

    def __init__(self, settings: Settings) -> None:
        self._page = settings.public_url
        self._signer = URLSafeTimedSerializer(settings.signing_key(), salt=COOKIE)
        self._client = OAuth().register(
            "huggingface", client_id=settings.oauth_client_id, client_secret=settings.oauth_client_secret,
            server_metadata_url=f"{settings.openid_provider_url}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": TIMEOUT_S},
        )  # fmt: skip

    async def begin(self, request: Request) -> Response:
        """Send the browser to Hugging Face."""
        flow: dict[str, Any] = {}
        request.scope["session"] = flow
        try:
            answer: Response = await self._client.authorize_redirect(request, self._page + CALLBACK)
        except (httpx2.HTTPError, AuthlibBaseError, KeyError, ValueError):
            return self.back("unavailable")
        keep(answer, self._signer.dumps(flow), self._page)
        return answer

    async def finish(self, request: Request) -> HuggingFaceUser:
        """Who came back; raises SignInProblem."""
        request.scope["session"] = self._flow(request.cookies)
        try:
            token = await self._client.authorize_access_token(request)
            claims: Mapping[str, Any] = token.get("userinfo") or {}  # of the id_token, which was checked
            if claims and "email" not in claims:
                more = await self._client.userinfo(token=token)
                claims = {**more, **claims} if more.get("sub") == claims["sub"] else claims
        except httpx2.HTTPError:
            raise SignInProblem("unavailable") from None
        except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
            raise SignInProblem("refused" if getattr(error, "error", "") == "access_denied" else "again") from None
        return _user(claims)

    def back(self, problem: str = "") -> Response:
        """Send the browser to the page's account tab; the flow's secrets are of no more use."""
        answer = RedirectResponse(f"{self._page}/?tab=account#huggingface{'=' if problem else ''}{problem}", 302)
        keep(answer, "", self._page)
        return answer

    def _flow(self, cookies: Mapping[str, str]) -> dict[str, Any]:
        try:
            found = self._signer.loads(cookies.get(COOKIE, ""), max_age=int(FLOW_LIFE.total_seconds()))
        except BadData:
            return {}
        return found if isinstance(found, dict) else {}


def problem_of(error: AppError) -> str:
    """Why an operation did not sign in, in a word for the page."""
    return {409: "taken", 429: "busy", 503: "unavailable"}.get(error.status, "again")


def keep(answer: Response, value: str, page: str) -> None:
    """Set the flow's cookie, or with an empty value take it away."""
    is_https = page.startswith("https:")
    answer.headers.append("set-cookie", cookie_header(value, is_https, COOKIE, FLOW_LIFE, CALLBACK.rpartition("/")[0]))


def _user(claims: Mapping[str, Any]) -> HuggingFaceUser:
    subject, email = claims.get("sub"), claims.get("email")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_ID or not subject.isprintable():
        raise SignInProblem("again")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        raise SignInProblem("unverified")
    name = str(claims.get("name") or claims.get("preferred_username") or "")
    return HuggingFaceUser(subject, email, "".join(c for c in name if c.isprintable()).strip()[:100] or None)
