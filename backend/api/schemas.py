"""What callers may send, one model an operation: the same fields, limits and texts on every door.

REST and JSON write the names in camelCase, Gradio endpoints and MCP tools in snake_case; both are accepted.
"""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from backend.catalogue import CATEGORIES, PROVIDER_TYPES
from backend.plain_text import PlainText
from backend.profile import FIELDS, GENDERS, LEVELS, NO_SOCIAL_GROUP, SOCIAL_GROUPS, Profile
from backend.tracker.state import MOST_ITEMS, MOST_NOTES, Money, Status

Level = Literal[LEVELS]  # type: ignore[valid-type]
StudyField = Literal[FIELDS]  # type: ignore[valid-type]
Gender = Literal[GENDERS]  # type: ignore[valid-type]
SocialGroup = Literal[(NO_SOCIAL_GROUP, *SOCIAL_GROUPS)]  # type: ignore[valid-type]
Category = Literal[CATEGORIES]  # type: ignore[valid-type]
ProviderType = Literal[PROVIDER_TYPES]  # type: ignore[valid-type]
_READ_FIELDS = tuple(to_camel(f.name) for f in fields(Profile) if f.name != "income_currency")
ProfileField = Literal[_READ_FIELDS]  # type: ignore[valid-type]
Reason = Literal["wrong_fact", "does_not_fit", "misunderstood", "unclear", "other"]


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty", "must not be empty")
    return text.strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _separated(value: object) -> object:
    """A list, or its items in one text separated by commas."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Id = Annotated[PlainText, Field(min_length=1, max_length=100)]
ChatTitle = Annotated[PlainText, AfterValidator(_one_line), AfterValidator(_not_blank), Field(max_length=100)]
Country = Annotated[str, BeforeValidator(_upper), Field(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, BeforeValidator(_upper), Field(pattern=r"^[A-Z]{3}$")]
Page = Annotated[int, Field(ge=1, le=10**9, description="Page number, from 1.")]
PageSize = Annotated[int, Field(ge=1, le=100, description="Rows a page, at most 100.")]
Marks = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Age = Annotated[int, Field(ge=3, le=100)]
StudentId = Annotated[
    Id | None,
    Field(description="The student of the account that it is about; otherwise the one chosen for this sign-in."),
]
Language = Annotated[Literal["en", "hi"], Field(description="Language of computed sentences.")]
ScholarshipId = Annotated[Id, Field(description="A scholarship's id, as search results carry it.")]


class Input(BaseModel):
    """Base of all inputs: camelCase or snake_case names; unknown names are refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Lenient(Input):
    """Inputs of questions: an empty or null value counts as not given."""

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, values: Any) -> Any:
        return {k: v for k, v in values.items() if v not in ("", None)} if isinstance(values, dict) else values


class ForStudent(Lenient):
    """Which student of the account."""

    student_id: StudentId = None


class Nothing(Input):
    """An operation without input."""


class ProfileInput(Lenient):
    """What is known of the student; leave out what is not known."""

    level: Level | None = Field(None, description="Level studied while holding the award.")
    year_of_study: int | None = Field(None, ge=1, le=12, description="Year of the course, from 1.")
    fields: list[StudyField] | None = Field(None, max_length=19, description="Fields of study.")
    gender: Gender | None = Field(None, description="The student's gender, as they state it.")
    citizenship: Country | None = Field(None, description="ISO 3166 alpha-2 code of the citizenship, e.g. IN.")
    state: Annotated[PlainText, Field(max_length=60)] | None = Field(
        None, description="Home state or province, e.g. Bihar."
    )
    study_in: list[Country] | None = Field(None, max_length=50, description='Countries of study wanted, e.g. ["GB"].')
    social_groups: list[SocialGroup] | None = Field(
        None, max_length=15, description='Groups that the student belongs to; ["general"] means none of them.'
    )
    disability: bool | None = Field(None, description="Whether the student has a disability.")
    marks_percent: Marks | None = Field(None, description="Marks in percent.")
    family_income: Money | None = Field(None, description="Family income a year, in income_currency.")
    income_currency: Currency | None = Field(None, description="ISO 4217 code; INR is assumed for Indian citizens.")
    age: Age | None = Field(None, description="Age in years.")

    def profile(self) -> Profile:
        """The values as the backend's Profile."""
        return Profile.of({name: getattr(self, name) for name in ProfileInput.model_fields})


class MatchInput(ProfileInput):
    """A profile and the page wanted."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"level": "undergraduate", "fields": ["engineering"], "state": "Bihar", "citizenship": "IN"}]
        }
    )

    page: Page = 1
    page_size: PageSize = 20


class VerdictInput(ProfileInput):
    """A profile, or the student of the account whose stored one is meant."""

    student_id: StudentId = None


class EligibilityInput(VerdictInput):
    """A scholarship and a profile."""

    id: ScholarshipId


class ListInput(Lenient):
    """The page wanted."""

    page: Page = 1
    page_size: PageSize = 20


class FilterInput(Lenient):
    """Filters over the catalogue; a row that breaks a given value is left out."""

    category: Category | None = Field(None, description="Kind of scholarship.")
    level: Level | None = Field(None, description="Level of study.")
    field: StudyField | None = Field(None, description="Field of study.")
    state: Annotated[PlainText, Field(max_length=60)] | None = Field(None, description="Home state or province.")
    gender: Gender | None = Field(None, description="The student's gender.")
    social_group: SocialGroup | None = Field(None, description="The student's social group.")
    disability: bool | None = Field(None, description="Whether the student has a disability.")
    citizenship: Country | None = Field(None, description="ISO 3166 alpha-2 code of the citizenship.")
    study_in: Country | None = Field(None, description="ISO 3166 alpha-2 code of the country of study.")
    provider_type: ProviderType | None = Field(None, description="Who gives it.")
    marks: Marks | None = Field(None, description="Marks in percent.")
    income: Money | None = Field(None, description="Family income a year; INR unless the citizenship is another.")
    age: Age | None = Field(None, description="Age in years.")


class SearchInput(FilterInput):
    """Words and filters."""

    keywords: Annotated[PlainText, Field(max_length=500)] | None = Field(
        None, description="A scheme's name, or what the student says, in English, Hinglish or Hindi."
    )
    q: Annotated[PlainText, Field(max_length=500)] | None = Field(None, description="The same as keywords.")
    deadline: Literal["any", "open", "upcoming"] = Field(
        "any", description="open: a confirmed date today or later; upcoming: also those expected to open or close next."
    )
    ignore: Annotated[list[ProfileField], BeforeValidator(_separated)] = Field(
        [], max_length=20, description="Fields of the profile that are not to be read from the words."
    )
    eligible_only: bool = Field(False, description="Only rows whose every stated rule is satisfied.")
    sort: Literal["relevance", "deadline", "award"] = Field("relevance", description="Order of the rows.")
    page: Page = 1
    page_size: PageSize = 20


class DeadlinesInput(FilterInput):
    """A span of days and filters."""

    within: int = Field(60, ge=1, le=366, description="How many days ahead to look.")


class CompareInput(Input):
    """Two to four scholarships."""

    ids: list[Id] = Field(min_length=2, max_length=4, description="Two to four different scholarship ids.")
    student_id: StudentId = None


class CalendarInput(Input):
    """One to twenty scholarships."""

    ids: list[Id] = Field(min_length=1, max_length=20, description="One to twenty scholarship ids.")
    language: Language = "en"


class CardInput(Lenient):
    """The language of a text card."""

    language: Language = "en"


class ScholarshipInput(Input):
    """One scholarship."""

    id: ScholarshipId
    student_id: StudentId = None


class ReportInput(Input):
    """A mistake that somebody saw in a record."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "The link is dead", "details": "It answers 404."}]}
    )

    reason: Annotated[PlainText, AfterValidator(_not_blank), Field(max_length=200)]
    details: Annotated[PlainText, Field(max_length=2000)] | None = None


class ChatInput(Input):
    """One message of a student."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"message": "Scholarships for girls in engineering in Bihar?"}]}
    )

    message: Annotated[PlainText, AfterValidator(_not_blank), Field(min_length=1, max_length=2000)] = Field(
        description="What the student says, in English, Hinglish or Hindi; 1 to 2,000 characters."
    )
    session_id: Id | None = Field(
        None, description="The chat to go on with, from the last reply; none starts a new one."
    )
    user_id: Id | None = Field(None, description="The signed-in caller's own id; not needed.")
    profile: ProfileInput | None = Field(
        None, description="What is already known of the student, or a correction of it."
    )
    forget: Annotated[list[ProfileField], BeforeValidator(_separated)] = Field(
        [], max_length=20, description="Fields of the profile that this chat must not remember from before."
    )
    language: Literal["en", "hi", "hinglish"] | None = Field(
        None, description="Language of the answer; otherwise that of the message."
    )
    student_id: StudentId = None


class HistoryInput(Lenient):
    """Which stored messages to give."""

    user_id: Id | None = Field(None, description="The signed-in caller's own id; not needed.")
    session_id: Id | None = Field(None, description="Only this chat.")
    limit: int = Field(50, ge=1, le=200, description="Messages at most.")
    offset: int = Field(0, ge=0, le=10**9, description="Messages to pass over.")
    student_id: StudentId = None


class SessionsInput(Lenient):
    """Which stored chats to give."""

    q: Annotated[PlainText, Field(max_length=200)] = Field(
        "", description="Only chats that hold every one of these words, in their title or in a message."
    )
    limit: int = Field(50, ge=1, le=200, description="Chats at most.")
    offset: int = Field(0, ge=0, le=10**9, description="Chats to pass over.")
    student_id: StudentId = None


class ChatChangesInput(Input):
    """A chat's new title, and whether it is kept for longer than 90 days after its last turn; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "B.Tech in Bihar"}, {"kept": True}]})

    title: ChatTitle | None = None
    kept: bool | None = None


class ImportedTurn(Input):
    """A question and its answer as the browser kept them."""

    question: Annotated[PlainText, AfterValidator(_not_blank), Field(max_length=2000)]
    answer: Annotated[PlainText, AfterValidator(_not_blank), Field(max_length=20_000)]
    profile: ProfileInput = Field(ProfileInput(), description="What was known of the student after it.")
    scholarship_ids: list[Id] = Field([], max_length=50, description="The scholarships that the answer showed.")


class ImportInput(Input):
    """A guest's chat that is taken over."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "5d41402abc4b2a76", "createdAt": "2026-11-23T09:00:00Z",
                    "turns": [
                        {"question": "Last date of NMMSS?", "answer": "**NMMSS** ...", "scholarshipIds": ["nmmss"]}
                    ],
                }
            ]
        }
    )  # fmt: skip

    id: Id = Field(description="The browser's own id of the chat; sent again, it is the same chat.")
    title: ChatTitle | None = Field(None, description="The title that the student gave it.")
    created_at: AwareDatetime | None = Field(None, description="When it began.")
    turns: list[ImportedTurn] = Field(min_length=1, max_length=60, description="Oldest first.")
    student_id: StudentId = None


class TakeBackInput(Lenient):
    """How much of a chat to take back."""

    last: int = Field(1, ge=1, le=50, description="How many of the last questions to forget, with their answers.")


class ExportInput(Lenient):
    """The form of a chat's copy."""

    format: Literal["md", "json"] = Field("md", description="md: a Markdown file to read; json: as JSON.")


class FeedbackInput(Input):
    """A thumb up or down for one answer: a stored one by its id, a guest's by what was asked and answered."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"messageId": "9f2c", "rating": "down", "reasons": ["wrong_fact"], "comment": "The date is old."}
            ]
        }
    )

    message_id: Id | None = Field(None, description="The answer's messageId; needs the student's token.")
    rating: Literal["up", "down"]
    reasons: list[Reason] = Field([], max_length=5, description="Why.")
    comment: Annotated[PlainText, Field(max_length=2000)] | None = Field(None, description="More, in own words.")
    question: Annotated[PlainText, Field(min_length=1, max_length=2000)] | None = Field(
        None, description="Without messageId: what was asked."
    )
    answer: Annotated[PlainText, Field(min_length=1, max_length=10_000)] | None = Field(
        None, description="Without messageId: what was answered."
    )


class SignUpInput(Input):
    """A new account."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"email": "asha@example.com", "password": "a long phrase of mine", "name": "Asha"}]
        }
    )

    email: Annotated[PlainText, Field(max_length=254)] = Field(description="E-mail address.")
    password: Annotated[str, Field(max_length=4096)] = Field(
        description="8 to 1,024 characters; a long phrase is best."
    )
    name: Annotated[PlainText, Field(max_length=100)] | None = Field(None, description="What to call you.")


class SignInInput(Input):
    """E-mail and password of an account."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "asha@example.com", "password": "a long phrase of mine"}]}
    )

    email: Annotated[PlainText, Field(max_length=254)] = Field(description="E-mail address.")
    password: Annotated[str, Field(max_length=4096)] = Field(description="The account's password.")


class ForgotInput(Input):
    """Whose password is forgotten."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "asha@example.com"}]})

    email: Annotated[PlainText, Field(max_length=254)] = Field(description="E-mail address of the account.")


class NewPasswordInput(Input):
    """What a link by mail carries, and the new password."""

    token: Annotated[str, Field(max_length=100)] = Field(description="What stands behind #new-password= in the link.")
    new_password: Annotated[str, Field(max_length=4096)] = Field(description="8 to 1,024 characters.")


class MeInput(Input):
    """What to change in one's account."""

    name: Annotated[PlainText, Field(max_length=100)] | None = None
    profile: ProfileInput | None = None
    remember_profile: bool | None = Field(None, description="Whether chats may add to the profile what they learn.")
    current_password: Annotated[str, Field(max_length=4096)] | None = None
    new_password: Annotated[str, Field(max_length=4096)] | None = None
    student_id: StudentId = None


StudentName = Annotated[PlainText, AfterValidator(_one_line), AfterValidator(_not_blank), Field(max_length=60)]


class NewStudentInput(Input):
    """One more student of the account."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Meena", "profile": {"level": "school"}}]})

    name: StudentName = Field(description="A name or nickname.")
    profile: ProfileInput = Field(ProfileInput(), description="What is known of them.")


class StudentInput(Input):
    """What to change of a student."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Meena", "chosen": True}]})

    name: StudentName | None = None
    profile: ProfileInput | None = None
    remember_profile: bool | None = Field(None, description="Whether chats may add to the profile what they learn.")
    chosen: Literal[True] | None = Field(None, description="The calls of this sign-in are about them from now on.")


class DeleteMeInput(Input):
    """The password again, so that nobody else deletes the account."""

    password: Annotated[str, Field(max_length=4096)] | None = Field(
        None, description="Of an account that has one; else the sign-in must be ten minutes old at most."
    )


class ChecklistItemInput(Input):
    """One thing to prepare; without an id it is new."""

    id: Id | None = None
    text: Annotated[PlainText, AfterValidator(_not_blank), Field(max_length=300)]
    done: bool = False
    lead_days: int | None = Field(None, ge=0, le=366)


class ApplicationChanges(Input):
    """What to change in an application; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"status": "submitted", "portalStatus": "institute", "reference": "BR202627001234567"},
                {"ticks": {"a1b2c3d4": True}},
                {"status": "awarded", "amountAwarded": 12000, "creditedOn": "2027-02-10", "renewalDue": "2027-10-31"},
            ]
        }
    )

    status: Status | None = Field(None, description="Stage of the application.")
    portal_status: Annotated[PlainText, Field(max_length=100)] | None = Field(
        None, description="The id of a stage of its portal (stageSets of the board), or what the portal says."
    )
    target_date: date | None = Field(None, description="The student's own date, YYYY-MM-DD.")
    checklist: list[ChecklistItemInput] | None = Field(
        None, max_length=MOST_ITEMS, description="The whole checklist, anew."
    )
    ticks: dict[Id, bool] | None = Field(
        None, max_length=MOST_ITEMS, description="Items of the checklist that are done or not, by id; others stay."
    )
    add_item: Annotated[PlainText, AfterValidator(_not_blank), Field(max_length=300)] | None = Field(
        None, description="One more thing to prepare."
    )
    notes: Annotated[PlainText, Field(max_length=MOST_NOTES)] | None = Field(None, description="The student's notes.")
    reference: Annotated[PlainText, Field(max_length=100)] | None = Field(None, description="Application number.")
    amount_awarded: Money | None = Field(None, description="Money awarded, in the record's currency.")
    credited: bool | None = Field(None, description="Whether the money has arrived.")
    credited_on: date | None = Field(None, description="The day the money arrived, YYYY-MM-DD.")
    renewal_due: date | None = Field(
        None, description="When the renewal is due, YYYY-MM-DD; 60 days before, the application opens again."
    )
    reopen: Literal[True] | None = Field(
        None, description="Begin next year's round now; this year's outcome is kept in pastRounds."
    )

    def changes(self) -> dict[str, Any]:
        """Only what was sent, by name."""
        sent = {n: getattr(self, n) for n in ApplicationChanges.model_fields if n in self.model_fields_set}
        if sent.get("checklist"):
            sent["checklist"] = [item.model_dump() for item in self.checklist or ()]
        if sent.get("add_item", "") is None:
            del sent["add_item"]
        return sent


class SaveApplicationInput(ApplicationChanges):
    """The scholarship to save, and what is already known of the application."""

    scholarship_id: ScholarshipId
    student_id: StudentId = None


class ApplicationInput(Input):
    """One application."""

    id: Id = Field(description="The application's id, as list_applications gives it.")


class UpdateApplicationInput(ApplicationChanges):
    """An application and what to change."""

    id: Id = Field(description="The application's id, as list_applications gives it.")
    undo: Literal[True] | None = Field(None, description="Take the last change back, instead of changing something.")
    restore: Literal[True] | None = Field(None, description="Bring a deleted application back (within 30 days).")

    @model_validator(mode="after")
    def _one_thing(self) -> "UpdateApplicationInput":
        if sum((bool(self.undo), bool(self.restore), bool(self.changes()))) > 1:
            raise PydanticCustomError("alone", "undo or restore come alone, without changes")
        return self


class DeleteApplicationInput(ApplicationInput):
    """One application, and how it is deleted."""

    forever: bool = Field(False, description="At once and for good; otherwise it can be restored for 30 days.")
    confirm: bool = Field(
        False, description="Agents only: true once the student has said yes to deleting this very application."
    )


class ShownInput(ForStudent):
    """Whose applications, and in which language their computed sentences are."""

    language: Language = "en"


class ListApplicationsInput(ShownInput):
    """Whose applications, and which part of the list."""

    limit: int | None = Field(None, ge=1, le=2000, description="Applications at most; otherwise all of them.")
    offset: int = Field(0, ge=0, le=10**6, description="Applications to pass over.")


class ExportCalendarInput(ShownInput):
    """Whose dates, of one application or of all."""

    id: Id | None = Field(None, description="Only this application.")
    start_by: bool = Field(False, description="Also the days to start documents by.")


class ExportApplicationsInput(ForStudent):
    """The form of an export."""

    format: Literal["csv", "json"] = Field("json", description="csv: for spreadsheets; json: can be imported again.")
