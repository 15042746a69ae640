"""Plain feedback on a student's own draft: what is there, what is missing, what is hard to read. It never writes a life.

Covered: drafts in English, by signs that can be counted (length, long sentences, a concrete happening, reasons, plans, a
link to the award, worn-out phrases). Not covered: truth, grammar, and whether it is moving.
"""

import re

DRAFT_WORDS = 60
"""From so many words on, a message is a draft and not a question."""
SHORT_DRAFT, LONG_DRAFT = 150, 800
LONG_SENTENCE = 32
_SENTENCE = re.compile(r"[^.!?।]+")
_SIGNS = {
    "happening": re.compile(r"\b(?:when|once|one day|last year|in (?:class|19|20)\S*|\d+)\b", re.IGNORECASE),
    "reasons": re.compile(r"\b(?:because|since|so that|therefore|that is why|which made)\b", re.IGNORECASE),
    "plans": re.compile(r"\b(?:will|plan|plans|goal|hope to|want to|aim|intend|future|after my)\b", re.IGNORECASE),
    "award": re.compile(r"\b(?:scholarship|award|fellowship|grant|support|fees?|tuition)\b", re.IGNORECASE),
}
_WORN = re.compile(
    r"\b(?:since (?:my )?childhood|always been passionate|hard[- ]?working|dream come true|esteemed|prestigious|golden opportunity"
    r"|passionate about|change the world|sincere and dedicated)\b",
    re.IGNORECASE,
)


def is_draft(text: str) -> bool:
    """Whether a message is long enough to be a draft."""
    return len(text.split()) >= DRAFT_WORDS


def findings(draft: str) -> tuple[str, ...]:
    """Keys of what to say about a draft, in order: its length, then what is missing, then what to change."""
    words = len(draft.split())
    found = ["too_short"] if words < SHORT_DRAFT else ["too_long"] if words > LONG_DRAFT else []
    found += [f"no_{sign}" for sign, pattern in _SIGNS.items() if not pattern.search(draft)]
    if any(len(sentence.split()) > LONG_SENTENCE for sentence in _SENTENCE.findall(draft)):
        found.append("long_sentences")
    if _WORN.search(draft):
        found.append("worn")
    return tuple(found) or ("sound",)
