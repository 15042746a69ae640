"""Money, privacy, settings: small pure parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import SettingsError
from backend.money import money
from backend.privacy import MASK, mask_private
from backend.settings import SECRET_NAMES, read_settings


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (250000, "INR", "₹2,50,000"), (999, "INR", "₹999"), (12345678, "INR", "₹1,23,45,678"), (1200.5, "USD", "$1,200.5"),
        (15000, "CAD", "CAD 15,000"), (0, "INR", "₹0"),
    ],
)  # fmt: skip
def test_money(amount, currency, text):
    assert money(amount, currency) == text


@given(st.integers(0, 10**12))
def test_indian_grouping_keeps_the_digits(amount):
    assert money(amount, "INR").lstrip("₹").replace(",", "") == str(amount)


@pytest.mark.parametrize(
    "text", ["mera aadhaar 4821 7733 9054 hai", "khata no 30591827364", "my otp is 482913", "card 4111-1111-1111-1111"]
)
def test_private_numbers_are_masked(text):
    masked, found = mask_private(text)
    assert found and MASK in masked and not any(run.isdigit() and len(run) > 3 for run in masked.split())


@pytest.mark.parametrize("text", ["income 250000", "12th me 78% aur 2 lakh", "class 10 2025-26", "₹1,25,000 a year"])
def test_ordinary_numbers_stay(text):
    assert mask_private(text) == (text, False)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("JWT_SECRET", "short", "at least 32 bytes"), ("JWT_SECRET_OLD", "short", "at least 32 bytes"),
        ("GRADIO_SERVER_PORT", "http", "integer"),
        ("GRADIO_SERVER_PORT", "70000", "65535"), ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("RATE_LIMITS", "maybe", "'on' or 'off'"), ("LOG_LEVEL", "loud", "'DEBUG'"), ("LLM_BASE_URL", "ftp://x", "http://"),
        ("REDIS_URL", "localhost", "redis://"), ("BCRYPT_COST", "99", "16"), ("BCRYPT_COST", "3", "4"),
        ("SMTP_URL", "mail.example.org", "smtp://"), ("SMTP_URL", "smtp://host:port", "smtp://"),
        ("PUBLIC_URL", "example.org", "https://"), ("OPENID_PROVIDER_URL", "hub", "https://"),
    ],
)  # fmt: skip
def test_s2_a_bad_setting_is_named(monkeypatch, name, value, expected):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        read_settings()
    message = str(error.value)
    assert message.startswith(f"{name}: got ") and expected in message
    assert (value in message.partition(";")[0]) == (name not in SECRET_NAMES)


@pytest.mark.parametrize(
    ("given", "missing"),
    [({"SMTP_URL": "smtp://mail.example.org"}, "MAIL_FROM"), ({"OAUTH_CLIENT_ID": "x"}, "OAUTH_CLIENT_SECRET")],
)
def test_s2_what_belongs_to_a_setting_is_asked_for(monkeypatch, given, missing):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=missing):
        read_settings()


def test_s9_passwords_are_hashed_at_cost_12(monkeypatch):
    monkeypatch.delenv("BCRYPT_COST", raising=False)
    assert read_settings().bcrypt_cost == 12


def test_an_empty_setting_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("GRADIO_SERVER_PORT", "")
    monkeypatch.setenv("DATABASE_URL", "")
    assert read_settings().gradio_server_port == 7860
