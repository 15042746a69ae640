"""Keeps numbers that nobody should send in a chat out of storage, prompts and answers.

Covered: Aadhaar-like numbers (12 digits), bank account and card numbers (9 to 18 digits, spaces or hyphens allowed),
and a code or PIN after the words OTP, PIN, CVV or password. Not covered: such numbers written out in words.
"""

import re

_NUMBER = re.compile(r"(?<![\d.,])(?:\d[ -]?){8,17}\d(?![\d.,]*\d)")
_CODE = re.compile(r"\b(otp|pin|cvv|password)(\W+(?:is\W+|hai\W+|code\W+)?)(\d{3,8})\b", re.IGNORECASE)
MASK = "●●●●"


def mask_private(text: str) -> tuple[str, bool]:
    """The text with such numbers masked, and whether there were any."""
    masked = _CODE.sub(rf"\1\2{MASK}", _NUMBER.sub(MASK, text))
    return masked, masked != text
