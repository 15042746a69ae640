"""One message of a chat with all that is known when it is answered."""

from dataclasses import dataclass

from backend.context import Context
from backend.lexicon import lexicon
from backend.profile import Profile
from backend.reader import Reading, names_an_award

FOLLOW_UP_WORDS = 2
"""A question with at most so many words of its own is about the record in focus, where there is one."""
ABOUT_A_RECORD = (
    "deadline", "open_now", "amount", "apply", "site", "documents", "eligible", "why_not", "renewal", "selection", "save",
    "hold",
)  # fmt: skip
"""Kinds of question that a record answers."""
OF_THE_STUDENT = frozenset(
    "gender state social_groups disability marks_percent family_income income_currency age citizenship".split()
)
"""What a student corrects without asking for another list: "nahi, income 6 lakh hai"."""


@dataclass(frozen=True)
class Turn:
    """One message (`text`, with private numbers masked if `private`), what was read from it, what is known of the student
    after it, what the chat knew before, and the language of the answer."""

    text: str
    private: bool
    reading: Reading
    known: Profile
    context: Context
    language: str
    signed_in: bool

    @property
    def student(self) -> Profile:
        """Whom a list is for: what is known, and where nothing was said of them the gender in which the student speaks and the
        country in whose money the family earns (the first two letters of a currency's code, ISO 4217)."""
        speaks_as = self.reading.speaks_as or self.context.speaks_as
        country = (self.known.income_currency or "")[:2]
        spoken = Profile(gender=speaks_as, citizenship=country if country not in ("", "IN", "EU") else None)
        return spoken.updated(self.known)


def own_words(reading: Reading) -> list[str]:
    """The words that may be a name or topic: no numbers, no words that only say what a number is (class, year) or that a
    scholarship is meant."""
    context = lexicon().context
    return [
        w for w in reading.words if len(w) > 1 and not w[0].isdigit() and w not in context and not names_an_award((w,))
    ]
