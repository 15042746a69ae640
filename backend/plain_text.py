"""Text that callers may send: without control characters, which no person types and which forge lines elsewhere."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError


def no_control_characters(text: str) -> str:
    """The text; an error where it holds a control character other than line breaks and tabs, or half a character."""
    if any((ord(c) < 32 and c not in "\n\t\r") or 0x7F <= ord(c) <= 0x9F or 0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise PydanticCustomError("control_characters", "control characters are not allowed")
    return text


PlainText = Annotated[str, AfterValidator(no_control_characters)]
