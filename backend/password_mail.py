"""The mail with a link that sets a new password (SMTP_URL, MAIL_FROM).

It is looked up and sent in a thread of its own, after the answer: nobody can tell by time or words whether an address has an
account. The link's token stands behind `#`, which browsers send to no server.
"""

import logging
import smtplib
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from backend.accounts import normalised_email
from backend.errors import AppError, Unavailable
from backend.proven_emails import LINK_LIFE, ProvenEmails
from backend.settings import Settings

log = logging.getLogger(__name__)
TIMEOUT_S = 15
AGAIN_S = 60.0
"""After a mail that could not be sent nobody is promised one for so long."""
MOST_WAITING = 100
PORTS = {"smtp": 587, "smtps": 465}
SUBJECT = "A new password for your scholarship account / नया पासवर्ड"
TEXT = """Hello,

somebody, hopefully you, asked for a new password at Scholarship Chatbot. Open this address within {minutes} minutes to set one:

{link}

It works once. If you did not ask, do nothing: your password stays as it is.

नमस्ते,

किसी ने, शायद आपने, Scholarship Chatbot में नया पासवर्ड माँगा है। उसे बनाने के लिए ऊपर का पता {minutes} मिनट के अंदर खोलिए। वह एक ही बार चलता है।
अगर आपने नहीं माँगा, तो कुछ मत कीजिए: आपका पासवर्ड वही रहेगा।
"""


class PasswordMail:
    """Sends links to those who forgot their password, where the settings say how."""

    def __init__(self, settings: Settings, proven: ProvenEmails) -> None:
        self._server = urlsplit(settings.smtp_url) if settings.smtp_url else None
        self._sender, self._page = settings.mail_from or "", settings.public_url
        self._contact, self._proven = settings.contact, proven
        self._thread, self._places = ThreadPoolExecutor(1, "mail"), threading.BoundedSemaphore(MOST_WAITING)
        self._failed_at = -AGAIN_S

    @property
    def is_set_up(self) -> bool:
        """Whether there is a mail server to send by."""
        return self._server is not None

    def link(self, token: str) -> str:
        """The address that sets a new password."""
        return f"{self._page}/?tab=account#new-password={token}"

    def ask(self, email: str) -> None:
        """Send a link to the address if it has an account; what is said is the same for all addresses.

        Raises ValidationFailed for what is no address, Unavailable where mail cannot be sent.
        """
        address = normalised_email(email)
        if self._server is None:
            raise Unavailable("no_mail_but", contact=self._contact) if self._contact else Unavailable("no_mail")
        if time.monotonic() - self._failed_at < AGAIN_S or not self._places.acquire(blocking=False):
            raise Unavailable("mail_fails")
        self._thread.submit(self._send, address, self._server)

    def _send(self, address: str, server: SplitResult) -> None:
        try:
            token = self._proven.link_token(address)
            if token is not None:
                deliver(server, self._message(address, token))
        except smtplib.SMTPRecipientsRefused:
            log.warning("A mail was refused for its recipient.")
        except (OSError, smtplib.SMTPException, AppError) as error:
            self._failed_at = time.monotonic()
            log.error("A mail could not be sent: %s", type(error).__name__)  # the text may hold the address
        finally:
            self._places.release()

    def _message(self, address: str, token: str) -> EmailMessage:
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = SUBJECT, self._sender, address
        minutes = int(LINK_LIFE.total_seconds()) // 60
        message.set_content(TEXT.format(link=self.link(token), minutes=minutes), cte="base64")
        return message


def deliver(server: SplitResult, message: EmailMessage) -> None:
    """Hand a message to the server: by TLS, but for one on this machine. Raises OSError or SMTPException."""
    host, port = server.hostname or "", server.port or PORTS[server.scheme]
    tls = ssl.create_default_context()
    whole_tls = server.scheme == "smtps"
    connect = (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=tls)
        if whole_tls
        else smtplib.SMTP(host, port, timeout=TIMEOUT_S)
    )
    with connect as line:
        if not whole_tls and not _is_here(host):
            line.starttls(context=tls)  # SMTPNotSupportedError where the server has none: a link is a secret
        if server.username:
            line.login(unquote(server.username), unquote(server.password or ""))
        line.send_message(message)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
