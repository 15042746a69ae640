"""A mail server on loopback that keeps what it is sent, behind a user name and a password."""

import email
import email.policy
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.running_app import free_port

USER, PASSWORD, SENDER = "scholar", "p@ss/1", "Scholarship Chatbot <help@example.org>"


class Mailbox:
    """What was sent, oldest first."""

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []

    @property
    def settings(self) -> dict[str, str]:
        """The app's settings for this server."""
        return {"SMTP_URL": f"smtp://{USER}:p%40ss%2F1@127.0.0.1:{self.port}", "MAIL_FROM": SENDER}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a message."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 kept"

    def to(self, address: str, number: int = 1) -> list[EmailMessage]:
        """The messages to an address, once so many are there."""
        until = time.monotonic() + 10
        while len(found := [m for m in self.messages if m["To"] == address]) < number and time.monotonic() < until:
            time.sleep(0.02)
        assert len(found) == number, [m["To"] for m in self.messages]
        return found


def link_in(message: EmailMessage) -> str:
    """The address in a message."""
    [link] = set(re.findall(r"https?://\S+", message.get_content()))
    return link


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    """The mail server, answering."""
    mailbox = Mailbox()

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(
            success=isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
        )

    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        authenticator=check,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    yield mailbox
    controller.stop()
