"""No text of a user may become a control token of the model."""

import re
from collections.abc import Iterable, Sequence

from backend.engines.base import Message

# For a server whose tokenizer is not here: the forms that chat templates of common models use.
COMMON_CONTROL = re.compile(r"<\|[^<>|\n]*\|>|</?s>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>")


def control_pattern(strings: Iterable[str]) -> re.Pattern[str]:
    """A pattern of these strings, the longest first, so that none hides a piece of another. One at least is needed."""
    return re.compile("|".join(re.escape(s) for s in sorted(strings, key=len, reverse=True)))


def without(text: str, control: re.Pattern[str]) -> str:
    """`text` with no match of `control` left, also none that taking another one out puts together."""
    while (shorter := control.sub("", text)) != text:
        text = shorter
    return text


def plain_messages(messages: Sequence[Message], control: re.Pattern[str]) -> list[dict[str, str]]:
    """Copies of the messages whose contents hold no control string."""
    return [{"role": m["role"], "content": without(m["content"], control)} for m in messages]
