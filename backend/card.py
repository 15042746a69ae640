"""A scholarship as six plain lines for a messenger, written by code from its record."""

from backend.answers import deadline_sentence, link_text
from backend.award import award_words
from backend.criteria import criteria
from backend.phrases import phrase
from backend.search import Hit

LINES = 6


def card(hit: Hit, language: str) -> tuple[str, ...]:
    """Name, award, date with its certainty, who, source and official link, in `en` or `hi`. What the record does not state
    is said to be so; where no official page is known the last line says that."""
    record = hit.record
    who = " ".join(criteria(record, language)) or phrase("not_stated", language)
    dated = f" ({record.source_date})" if record.source_date else ""
    return (
        record.name,
        f"{phrase('award', language)}: {award_words(hit.record, language)}",
        f"{phrase('deadline', language)}: {deadline_sentence(hit.deadline, language)}",
        f"{phrase('who', language)}: {who}",
        f"{phrase('source', language)}: {record.source_url}{dated}",
        link_text(hit, language),
    )
