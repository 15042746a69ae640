"""What a record states about holding it together with another award: its own sentences, or nothing."""

import re

from backend.catalogue import Scholarship

_OTHER = r"(?:other|another)"
_AID = r"(?:scholarships?|awards?|stipends?|fellowships?|fundings?|grants?|benefits?|reimbursement)"
_HOLDING = re.compile(
    rf"\b(?:no|any|not?|with|without|holds?|held|holding|hold) (?:\w+[ ,-]+){{0,3}}?{_OTHER} (?:\w+[ ,-]+){{0,5}}?{_AID}\b"
    rf"|\bheld (?:together|with)\b|\bcombined with\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def on_holding(record: Scholarship) -> tuple[str, ...]:
    """The record's own sentences about other awards at the same time; empty where it does not state a rule."""
    parts = [*record.eligibility, *record.requirements, *_SENTENCE.split(record.description)]
    return tuple(dict.fromkeys(part for part in parts if _HOLDING.search(part)))
