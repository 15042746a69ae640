"""An OpenID provider on loopback, standing for Hugging Face: it issues real codes, once each, and signed tokens."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Form, Header, HTTPException, Request
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.running_app import free_port

CLIENT_ID, CLIENT_SECRET = "scholarship-space", "a secret of the space"


class Provider:
    """What a test may change: who is signed in there, what the tokens claim, and whether the user says yes."""

    def __init__(self) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self.key = self.published = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.reset()

    def reset(self) -> None:
        """Somebody new, who says yes, and honest tokens."""
        self.user: dict[str, Any] = {
            "sub": secrets.token_hex(12), "email": f"{secrets.token_hex(6)}@example.com", "email_verified": True,
            "name": "Asha of the hub",
        }  # fmt: skip
        self.key, self.says_yes = self.published, True
        self.claims: dict[str, Any] = {}
        self.only_userinfo: tuple[str, ...] = ()
        self.has_id_token = True
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, str]] = []

    @property
    def settings(self) -> dict[str, str]:
        """What a Space sets for an app that offers the sign-in."""
        return {
            "OAUTH_CLIENT_ID": CLIENT_ID, "OAUTH_CLIENT_SECRET": CLIENT_SECRET, "OPENID_PROVIDER_URL": self.url,
        }  # fmt: skip

    def app(self) -> FastAPI:
        """Its four routes and the keys."""
        api = FastAPI()

        @api.get("/.well-known/openid-configuration")
        def metadata() -> dict[str, Any]:
            return {
                "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo", "jwks_uri": f"{self.url}/jwks",
                "id_token_signing_alg_values_supported": ["RS256"],
            }  # fmt: skip

        @api.get("/jwks")
        def jwks() -> dict[str, Any]:
            return {"keys": [self.published.as_dict(private=False) | {"use": "sig", "alg": "RS256"}]}

        @api.get("/authorize")
        def authorize(request: Request) -> RedirectResponse:
            asked = dict(request.query_params)
            assert asked["client_id"] == CLIENT_ID and asked["response_type"] == "code"
            assert asked["code_challenge_method"] == "S256" and asked["state"] and asked["nonce"]
            self.asked.append(asked)
            answer = {"state": asked["state"]}
            if self.says_yes:
                answer["code"] = secrets.token_urlsafe(16)
                self.codes[answer["code"]] = asked
            else:
                answer["error"] = "access_denied"
            return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 302)

        @api.post("/token")
        def token(
            code: str = Form(), redirect_uri: str = Form(), code_verifier: str = Form(), authorization: str = Header()
        ) -> dict[str, Any]:
            expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
            asked = self.codes.pop(code, None)  # good once
            challenge = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
            if (
                authorization != f"Basic {expected}" or asked is None or asked["redirect_uri"] != redirect_uri
                or asked["code_challenge"] != challenge
            ):  # fmt: skip
                raise HTTPException(400, {"error": "invalid_grant"})
            access, now = secrets.token_urlsafe(16), int(time.time())
            self.tokens[access] = self.user
            claims = {k: v for k, v in self.user.items() if k not in self.only_userinfo} | {
                "iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 600, "nonce": asked["nonce"],
            } | self.claims  # fmt: skip
            issued = {"access_token": access, "token_type": "bearer", "expires_in": 600}
            if self.has_id_token:
                issued["id_token"] = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
            return issued

        @api.get("/userinfo")
        def userinfo(authorization: str = Header()) -> dict[str, Any]:
            return self.tokens[authorization.removeprefix("Bearer ")]

        return api


@contextmanager
def running_provider() -> Iterator[Provider]:
    """The provider, answering."""
    provider = Provider()
    port = int(provider.url.rpartition(":")[2])
    server = uvicorn.Server(uvicorn.Config(provider.app(), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield provider
    server.should_exit = True
    thread.join(10)
