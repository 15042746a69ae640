"""Passwords: what is accepted, how they are kept. bcrypt over an HMAC, so that every character counts."""

import base64
import hashlib
import hmac
import logging
import threading
import unicodedata
from functools import lru_cache

import bcrypt

from backend.errors import ValidationFailed
from backend.lexicon import DATA

log = logging.getLogger(__name__)
SHORTEST, LONGEST = 8, 1024
OWN_WORDS = ("scholarship", "chatbot")
_LONGEST_RAW = LONGEST * 4
"""NFKC joins at most a few code points into one: a longer text is no accepted password and is not worth reading."""
_LABEL = b"scholarship-chatbot password v1"
_AT_ONCE = threading.BoundedSemaphore(2)
"""bcrypt takes a core for a fifth of a second at cost 12: two at once leave room for everything else."""


def check_policy(password: str, email: str) -> None:
    """Raise ValidationFailed, with the reason, for a password that is too short, too long or too common.

    8 to 1,024 characters (code points after NFKC); no composition rules (NIST SP 800-63B-4, ASVS 6.2).
    """
    text = _normal(password) if len(password) <= _LONGEST_RAW else ""
    if not SHORTEST <= len(text) <= LONGEST:
        raise ValidationFailed("password_length", where="password", least=SHORTEST, most=LONGEST)
    low = text.lower()
    local = email.partition("@")[0].lower()
    if low in common_passwords() or any(word in low for word in OWN_WORDS) or (len(local) >= 4 and local in low):
        raise ValidationFailed("easy_password", where="password")


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """The most common passwords of eight characters or more, lower case."""
    return frozenset((DATA / "common-passwords.txt").read_text("utf-8").split())


def hash_password(password: str, cost: int) -> str:
    """The hash to store; `cost` is bcrypt's."""
    with _AT_ONCE:
        return bcrypt.hashpw(_digest(password), bcrypt.gensalt(cost)).decode("ascii")


def verify_password(password: str, stored: str | None, cost: int) -> bool:
    """Whether the password is the stored one; an account that does not exist (None) costs the same work."""
    fits = len(password) <= _LONGEST_RAW
    with _AT_ONCE:
        try:
            right = bcrypt.checkpw(_digest(password if fits else ""), (stored or _decoy(cost)).encode())
        except ValueError:
            log.error("A stored password hash is damaged; nobody can sign in with it.")
            return False
    return right and fits and stored is not None


def is_weaker(stored: str, cost: int) -> bool:
    """Whether the stored hash was made with a lower cost."""
    return int(stored.split("$")[2]) < cost


def _decoy(cost: int) -> str:
    """A well-formed hash that no password has."""
    return f"$2b${cost:02d}${'.' * 53}"


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _digest(password: str) -> bytes:
    data = _normal(password).encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.new(_LABEL, data, hashlib.sha256).digest())
