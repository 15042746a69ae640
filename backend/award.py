"""What a record gives, in the student's language: its own words, its amount, what it covers."""

from backend.catalogue import Scholarship
from backend.money import money
from backend.vocabulary import name_of


def award_words(record: Scholarship, language: str) -> str:
    """The award in the record's own words; in Hindi its amount and what it covers before them, which
    stand alone where the record says no more than the amount."""
    if language != "hi":
        return record.award
    covers = covers_words(record, language)
    parts = [
        amount_words(record, language),
        f"इसमें शामिल: {covers}" if covers else "",
        f"स्रोत के शब्दों में: {record.award}" if record.award != amount_words(record, "en") else "",
    ]
    return "; ".join(filter(None, parts))


def amount_words(record: Scholarship, language: str) -> str:
    """The amount that the record states, from least to most, and for which period; '' where it states none."""
    low, high = record.award_min, record.award_max
    ends = list(dict.fromkeys(money(x, record.currency) for x in (low, high) if x is not None))
    if not ends:
        return ""
    period = f" {name_of('period', record.award_period, language)}" if record.award_period else ""
    if language == "hi":
        return " से ".join(ends) + (" तक" if low is None else " या ज़्यादा" if high is None else "") + period
    return ("up to " if low is None else "from " if high is None else "") + " to ".join(ends) + period


def covers_words(record: Scholarship, language: str) -> str:
    """What the award covers, '' where that is not stated."""
    return ", ".join(name_of("covers", c, language) for c in record.covers)
