"""A new password by mail, through a real mail server."""

import time
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from backend.clock import system_clock
from backend.database import Database, default_url
from backend.errors import Unavailable
from backend.password_mail import PasswordMail
from backend.proven_emails import ProvenEmails
from backend.settings import Settings
from tests.mailbox import SENDER, Mailbox, link_in
from tests.running_app import PASSWORD, App, McpDoor

NEW = "a boat on the lake"


def signed_up(url: str) -> tuple[str, str]:
    """Somebody's address and token."""
    email = f"{uuid4().hex[:12]}@example.com"
    made = httpx.post(f"{url}/api/auth/signup", json={"email": email, "password": PASSWORD})
    return email, made.json()["data"]["token"]


def test_a_forgotten_password_is_set_anew_by_mail_once(connected: App, mailbox: Mailbox) -> None:
    email, token = signed_up(connected.url)
    asked = httpx.post(f"{connected.url}/api/auth/forgot", json={"email": f" {email.upper()}"})
    assert asked.status_code == 202 and asked.json()["data"] is None
    [message] = mailbox.to(email)
    assert message["From"] == SENDER and "30 minutes" in message.get_content() and "मिनट" in message.get_content()
    link = urlsplit(link_in(message))
    assert f"{link.scheme}://{link.netloc}" == connected.url
    name, _, secret = link.fragment.partition("=")  # browsers send a fragment to no server, and in no Referer
    assert name == "new-password" and secret not in link.query + link.path
    given = {"token": secret, "newPassword": NEW}
    for answer, status in ((httpx.post(f"{connected.url}/api/auth/new-password", json=given), s) for s in (200, 403)):
        assert answer.status_code == status, answer.text
    assert httpx.get(f"{connected.url}/api/auth/me", headers={"authorization": f"Bearer {token}"}).status_code == 401
    with pytest.raises(Exception, match="UNAUTHORIZED"):
        McpDoor(connected.url).call("me", token=token)
    for password, status in ((PASSWORD, 401), (NEW, 200)):
        signed = httpx.post(f"{connected.url}/api/auth/signin", json={"email": email, "password": password})
        assert signed.status_code == status
    log = connected.log.read_text()
    assert not [x for x in (email, secret, NEW) if x in log]


def test_known_and_unknown_addresses_are_told_the_same(connected: App, mailbox: Mailbox) -> None:
    known, _ = signed_up(connected.url)
    unknown = f"{uuid4().hex[:12]}@example.com"
    answers = [httpx.post(f"{connected.url}/api/auth/forgot", json={"email": x}) for x in (known, unknown)]
    assert answers[0].status_code == answers[1].status_code == 202
    bodies = [{k: v for k, v in x.json().items() if k != "timestamp"} for x in answers]
    assert bodies[0] == bodies[1]
    names = [sorted(k for k in x.headers if k != "date") for x in answers]
    assert names[0] == names[1]
    mailbox.to(known)
    mailbox.to(unknown, 0)


def test_another_host_in_the_request_is_not_the_one_in_the_mail(connected: App, mailbox: Mailbox) -> None:
    email, _ = signed_up(connected.url)
    headers = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    assert httpx.post(f"{connected.url}/api/auth/forgot", json={"email": email}, headers=headers).status_code == 202
    assert link_in(mailbox.to(email)[0]).startswith(connected.url)


def test_without_a_mail_server_it_says_whom_to_ask(http: httpx.Client) -> None:
    answer = http.post("/api/auth/forgot", json={"email": "asha@example.com"})
    assert answer.status_code == 503
    assert answer.json()["error"]["message"] == "This site cannot send mail. Please ask the person who runs this site."
    assert http.post("/api/auth/forgot", json={"email": "no address"}).status_code == 422


def test_a_mail_server_that_fails_is_said_to_the_next_who_ask(tmp_path, caplog: pytest.LogCaptureFixture) -> None:
    database = Database(default_url(tmp_path))
    database.migrate()
    proven = ProvenEmails(database, system_clock, 4)
    from backend.accounts import Accounts

    Accounts(database, system_clock, 4).sign_up("asha@example.com", PASSWORD)
    mail = PasswordMail(Settings(smtp_url="smtp://127.0.0.1:1", mail_from="help@example.org"), proven)
    mail.ask("asha@example.com")
    until = time.monotonic() + 10
    while "could not be sent" not in caplog.text and time.monotonic() < until:
        time.sleep(0.02)
    assert "could not be sent" in caplog.text and "asha@" not in caplog.text
    for email in ("asha@example.com", "nobody@example.com"):
        with pytest.raises(Unavailable, match="right now"):
            mail.ask(email)
    database.close()
