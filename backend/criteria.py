"""A record's stated rules as short sentences in the student's language, made from its columns, never from its prose."""

from backend.catalogue import ANY_COUNTRY, Relaxation, Scholarship
from backend.eligibility import RULES
from backend.money import money
from backend.profile import GENDERS
from backend.vocabulary import name_of

MOST_NAMED = 6
"""Countries or states that are named one by one."""
_SENTENCES: dict[str, tuple[str, str, str]] = {
    "level": ("For {what}.", "{what} के लिए।", "{what} ke liye."),
    "field": ("For {what}.", "विषय: {what}।", "Subject: {what}."),
    "gender": ("For {what}.", "{what} ही।", "Sirf {what}."),
    "citizenship": ("Open to citizens of {what}.", "नागरिकता: {what}।", "Nagrikta: {what}."),
    "state": ("For students of {what}.", "{what} के विद्यार्थियों के लिए।", "{what} ke students ke liye."),
    "studyIn": ("For study in {what}.", "पढ़ाई का देश: {what}।", "Padhai ka desh: {what}."),
    "socialGroup": ("For {what}.", "वर्ग: {what}।", "Category: {what}."),
    "disability": ("For students with a disability.", "दिव्यांग विद्यार्थियों के लिए।", "Divyang students ke liye."),
    "marks": ("At least {what} marks.", "कम से कम {what} अंक।", "Kam se kam {what} marks."),
    "income": (
        "Family income up to {what} a year.", "परिवार की सालाना आय {what} तक।", "Parivaar ki saalana income {what} tak.",
    ),
    "age": ("Age {what}.", "आयु: {what}।", "Umar: {what}."),
}  # fmt: skip
_WORDS: dict[str, tuple[str, str, str]] = {
    "or": (" or ", " या ", " ya "),
    "others": ("{what} and others", "{what} और कुछ अन्य", "{what} aur kuch anya"),
    "not": ("{what}, not {those}", "{what} ({those} नहीं)", "{what} ({those} nahi)"),
    "most": ("most countries", "ज़्यादातर देश", "zyadatar desh"),
    "looser": ("{what} ({who}: {limit})", "{what} ({who}: {limit})", "{what} ({who}: {limit})"),
    "no limit": ("no limit", "कोई सीमा नहीं", "koi limit nahi"),
    "some": ("some others", "कुछ अन्य", "kuch aur"),
    "disability": ("with a disability", "दिव्यांग", "divyang"),
    "up to": ("up to {n}", "{n} वर्ष तक", "{n} saal tak"),
    "from": ("{n} or more", "{n} वर्ष या ज़्यादा", "{n} saal ya zyada"),
    "between": ("{low} to {high}", "{low} से {high} वर्ष", "{low} se {high} saal"),
}
_LANGUAGES = ("en", "hi", "hinglish")


def criteria(record: Scholarship, language: str) -> tuple[str, ...]:
    """Every rule that the record states, in the contract's order."""
    found = (criterion(record, rule.name, language) for rule in RULES)
    return tuple(sentence for sentence in found if sentence)


def criterion(record: Scholarship, rule: str, language: str) -> str | None:
    """One rule of a record; None where the record does not state it."""
    what = stated(record, rule, language)
    return None if what is None else _SENTENCES[rule][_LANGUAGES.index(language)].format(what=what)


def stated(record: Scholarship, rule: str, language: str) -> str | None:
    """What a record states for a rule, without a sentence around it; '' for a disability that is required, None where the
    rule is not stated or lets everybody in."""
    match rule:
        case "level":
            return _any_of("level", record.levels, language)
        case "field":
            return None if "any" in record.fields else _any_of("field", record.fields, language)
        case "gender":
            return None if record.gender == "any" else name_of("gender", record.gender, language)
        case "citizenship":
            return _citizenship(record, language)
        case "state":
            return _any_of("state", record.states, language) if record.states else None
        case "studyIn":
            return None if ANY_COUNTRY in record.study_in else _any_of("country", record.study_in, language)
        case "socialGroup":
            return None if "any" in record.social_groups else _any_of("group", record.social_groups, language)
        case "disability":
            return "" if record.disability == "required" else None
        case "marks":
            limit = record.min_marks_percent
            return None if limit is None else _relaxed(record, rule, f"{limit:g}%", language)
        case "income":
            if record.max_family_income is None:
                return None
            return _relaxed(record, rule, money(record.max_family_income, record.income_currency), language)
        case _:
            return _age(record, language)


def _citizenship(record: Scholarship, language: str) -> str | None:
    everyone = ANY_COUNTRY in record.open_to
    if everyone and not record.closed_to:
        return None
    what = _word("most", language) if everyone else _any_of("country", record.open_to, language)
    if not record.closed_to:
        return what
    return _word("not", language, what=what, those=_any_of("country", record.closed_to, language))


def _age(record: Scholarship, language: str) -> str | None:
    low, high = record.min_age, record.max_age
    if low is None and high is None:
        return None
    if high is None:
        return _word("from", language, n=str(low))
    if not low:
        return _relaxed(record, "age", _word("up to", language, n=str(high)), language)
    return _relaxed(record, "age", _word("between", language, low=str(low), high=str(high)), language)


def _any_of(kind: str, values: tuple[str, ...], language: str) -> str:
    names = [name_of(kind, value, language) for value in values]
    if kind in ("state", "country") and len(names) > MOST_NAMED:
        return _word("others", language, what=", ".join(names[:MOST_NAMED]))
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + _word("or", language) + names[-1]


def _relaxed(record: Scholarship, rule: str, what: str, language: str) -> str:
    """The limit, and the looser ones that the record states, each with whom it is for."""
    for relaxation in record.relaxations:
        if relaxation.rule == rule:
            limit = _limit(record, relaxation, language)
            who = ", ".join(_who(one, language) for one in relaxation.who)
            what = _word("looser", language, what=what, who=who, limit=limit)
    return what


def _limit(record: Scholarship, relaxation: Relaxation, language: str) -> str:
    if relaxation.limit is None:
        return _word("no limit", language)
    if relaxation.rule == "income":
        return money(relaxation.limit, record.income_currency)
    return f"{relaxation.limit:g}{'%' if relaxation.rule == 'marks' else ''}"


def _who(one: str, language: str) -> str:
    if one in ("other", "disability"):
        return _word({"other": "some"}.get(one, one), language)
    return name_of("gender" if one in GENDERS else "group", one, language)


def _word(key: str, language: str, **parts: str) -> str:
    return _WORDS[key][_LANGUAGES.index(language)].format(**parts)
