"""A chat as a Markdown file to keep."""

from collections.abc import Sequence

from backend.history import ChatSummary, StoredMessage

_ADVICE = "Check the official page before you apply."


def markdown_file(chat: ChatSummary, messages: Sequence[StoredMessage]) -> str:
    """Title, day and all messages; what the student wrote is quoted, so that it cannot pass for a heading or an answer."""
    parts = [f"# {chat.title}", f"{chat.created_at:%Y-%m-%d}. {_ADVICE}"]
    for message in messages:
        text = message.content.strip()
        parts.append("\n".join(f"> {line}".rstrip() for line in text.splitlines()) if message.role == "user" else text)
    return "\n\n".join(parts) + "\n"
