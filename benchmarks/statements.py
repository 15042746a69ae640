"""What an answer states that nothing supports: figures, months and links that are in no record of the reply, in no deadline
state of theirs, and in nothing that the student wrote."""

import re
import unicodedata
from collections.abc import Iterable

SMALLEST = 20
"""Whole numbers up to here count things and steps."""
HELPLINES = frozenset({112.0, 1098.0, 1800.0, 1930.0, 14416.0})
OFFICIAL = ("https://scholarships.gov.in", "https://cybercrime.gov.in", "https://pfms.nic.in")
_LINK = re.compile(r"https?://[^\s)\]>\"']+")
_NUMBERING = re.compile(r"^\s*(?:\d+[.)]|#+)\s", re.MULTILINE)
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(lakh|lac|लाख|crore|करोड़|million|k\b)?", re.IGNORECASE)
_TIMES = {"lakh": 1e5, "lac": 1e5, "लाख": 1e5, "crore": 1e7, "करोड़": 1e7, "million": 1e6, "k": 1e3}
_MONTH = re.compile(
    r"\b(january|february|march|april|June|july|august|september|october|november|december)\b|\bMay\b", re.IGNORECASE
)
_HINDI_MONTHS = {
    "जनवरी": "january", "फरवरी": "february", "मार्च": "march", "अप्रैल": "april", "मई": "may", "जून": "june",
    "जुलाई": "july", "अगस्त": "august", "सितंबर": "september", "अक्टूबर": "october", "नवंबर": "november", "दिसंबर": "december",
}  # fmt: skip


def unsupported(message: str, sources: Iterable[str]) -> list[str]:
    """The statements of a message that stand in none of the sources."""
    known = set().union(*map(statements, sources))
    return sorted(
        f"{kind} {value}"
        for kind, value in statements(message) - known
        if not (kind == "figure" and isinstance(value, float) and _is_plain(value))
        and not (kind == "link" and str(value).startswith(OFFICIAL))
    )


def statements(text: str) -> set[tuple[str, float | str]]:
    """The figures, months and links of a text in a form that can be compared, whatever the script and unit."""
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in unicodedata.normalize("NFKC", text))
    found: set[tuple[str, float | str]] = {("link", link.rstrip(".,;/")) for link in _LINK.findall(text)}
    text = _NUMBERING.sub(" ", _LINK.sub(" ", text))
    for digits, unit in _NUMBER.findall(text):
        found.add(("figure", float(digits.replace(",", "")) * _TIMES.get(unit.lower(), 1)))
    found |= {("month", month[0].lower()) for month in _MONTH.finditer(text) if month[0] != "may"}
    return found | {
        ("month", month) for name, month in _HINDI_MONTHS.items() if re.search(rf"(?<!\w){name}(?!\w)", text)
    }


def _is_plain(value: float) -> bool:
    return value in HELPLINES or (value.is_integer() and value <= SMALLEST)
