"""What happened, in the student's language: the history is kept in English, as it was when it happened, and said in Hindi by
the same patterns that it was written with."""

import re

from backend.vocabulary import HINDI, worded

STATUS_NAMES = {
    "saved": "सहेजा", "preparing": "तैयारी", "submitted": "जमा", "awarded": "मिली", "rejected": "नहीं मिली", "withdrawn": "वापस लिया",
}  # fmt: skip
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), hindi)
    for pattern, hindi in (
        (r"saved", "सहेजा"),
        (r"status: (\w+) → (\w+)", "स्थिति: {0} → {1}"),
        (r"target date: removed", "अपनी तारीख हटाई"),
        (r"target date: (.+)", "अपनी तारीख: {0}"),
        (r"renewal due: removed", "नवीनीकरण की तारीख हटाई"),
        (r"renewal due: (.+)", "नवीनीकरण की तारीख: {0}"),
        (r"checklist: (\d+) of (\d+) done", "सूची: {1} में से {0} तैयार"),
        (r"done: (.+)", "तैयार: {0}"),
        (r"not done: (.+)", "तैयार नहीं: {0}"),
        (r"added: (.+)", "जोड़ा: {0}"),
        (r"portal status changed", "पोर्टल की स्थिति बदली"),
        (r"notes changed", "नोट बदले"),
        (r"reference changed", "आवेदन संख्या बदली"),
        (r"amount awarded changed", "मिली राशि बदली"),
        (r"credited on (.+)", "पैसा आया: {0}"),
        (r"credited", "पैसा आया"),
        (r"not credited yet", "पैसा अभी नहीं आया"),
        (r"credited: not said", "पैसा आया या नहीं: नहीं बताया"),
        (r"deleted", "मिटाया"),
        (r"restored", "वापस लाया"),
        (r"opened again for renewal, due on (.+)", "नवीनीकरण के लिए फिर खोला, तारीख {0}"),
        (r"opened again for renewal", "नवीनीकरण के लिए फिर खोला"),
        (r"merged with another copy", "दूसरी प्रति से मिलाया"),
        (r"taken over from another copy", "दूसरी प्रति से लिया"),
    )
)


def event_text(what: str, language: str) -> str:
    """What happened, in `en` as it was kept or in `hi`; what no pattern knows stays as it is."""
    if language != HINDI:
        return what
    if what.startswith("undone: "):
        return f"वापस किया: {event_text(what.removeprefix('undone: '), language)}"
    return "; ".join(_in_hindi(part) for part in what.split("; "))


def _in_hindi(what: str) -> str:
    for pattern, hindi in _PATTERNS:
        found = pattern.fullmatch(what)
        if found:
            return hindi.format(*(STATUS_NAMES.get(word) or worded(word, HINDI) for word in found.groups()))
    return what
