"""What callers of the tracker's own routes may send: actions, and what a browser or an export holds (docs/tracker.md)."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from backend.api.schemas import ApplicationChanges, ForStudent, Id, Input, Language, PlainText, ScholarshipId, StudentId
from backend.tracker import actions
from backend.tracker.browser import MOST_HELD
from backend.tracker.state import Application

ApplicationId = Annotated[Id, Field(description="The application's id.")]
Stored = Annotated[
    list[Application], Field(max_length=MOST_HELD, description="Applications in the stored form (docs/tracker.md).")
]
DocumentId = Annotated[PlainText, Field(min_length=1, max_length=300, description="A planner entry's `document`.")]


class ViewInput(Input):
    """Only look."""

    do: Literal["view"] = "view"

    def action(self) -> actions.Action:
        """The action."""
        return actions.View()


class SaveInput(Input):
    """Save a scholarship."""

    do: Literal["save"]
    scholarship_id: ScholarshipId
    changes: ApplicationChanges = ApplicationChanges()

    def action(self) -> actions.Action:
        """The action."""
        return actions.Save(self.scholarship_id, self.changes.changes())


class ChangeInput(Input):
    """Change an application."""

    do: Literal["change"]
    id: ApplicationId
    changes: ApplicationChanges

    def action(self) -> actions.Action:
        """The action."""
        return actions.Change(self.id, self.changes.changes())


class UndoFields(Input):
    """Which change to take back."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}, {"change": "0f3c9a1e5b7d4c22"}]})

    change: Annotated[PlainText, Field(max_length=64)] | None = Field(
        None, description="Only if this change still is the last one (`undo.change`)."
    )


class UndoInput(UndoFields):
    """Take the last change of an application back."""

    do: Literal["undo"]
    id: ApplicationId

    def action(self) -> actions.Action:
        """The action."""
        return actions.Undo(self.id, self.change)


class DeleteInput(Input):
    """Delete an application."""

    do: Literal["delete"]
    id: ApplicationId
    forever: bool = False

    def action(self) -> actions.Action:
        """The action."""
        return actions.Delete(self.id, self.forever)


class RestoreInput(Input):
    """Bring a deleted application back."""

    do: Literal["restore"]
    id: ApplicationId

    def action(self) -> actions.Action:
        """The action."""
        return actions.Restore(self.id)


class DocumentFields(ForStudent):
    """A document that is there now, or not any more."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"document": "income-certificate", "done": True}]})

    document: DocumentId
    done: bool
    language: Language = "en"


class DocumentInput(Input):
    """Tick a document in every open application."""

    do: Literal["document"]
    document: DocumentId
    done: bool

    def action(self) -> actions.Action:
        """The action."""
        return actions.Tick(self.document, self.done)


class SeenFields(ForStudent):
    """Whose changes are known now."""

    ids: list[Id] = Field([], max_length=2000, description="Only these applications; otherwise all.")


class SeenInput(Input):
    """Mark what has changed as known."""

    do: Literal["seen"]
    ids: list[Id] = Field([], max_length=MOST_HELD)

    def action(self) -> actions.Action:
        """The action."""
        return actions.Seen(tuple(self.ids))


class ImportFields(Input):
    """Applications that a browser kept, or of our own export; send many in parts of at most 64 KB."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "applications": [
                        {
                            "id": "3f0c9a1e5b7d4c22", "scholarshipId": "nmmss", "status": "preparing", "portalStatus": None,
                            "targetDate": None, "checklist": [], "notes": "ask the school", "reference": None, "amountAwarded": None,
                            "events": [{"id": "a1", "at": "2026-11-28T04:00:00Z", "what": "saved", "kind": "saved"}],
                            "createdAt": "2026-11-28T04:00:00Z", "updatedAt": "2026-11-28T04:00:00Z", "savedFacts": {},
                        }
                    ]
                }
            ]
        }
    )  # fmt: skip

    applications: Annotated[list[Application], Field(max_length=500)]
    student_id: StudentId = None


class ImportInput(Input):
    """Merge applications from a file."""

    do: Literal["import"]
    applications: Stored

    def action(self) -> actions.Action:
        """The action."""
        return actions.Import(tuple(self.applications))


ActionInput = Annotated[
    ViewInput
    | SaveInput
    | ChangeInput
    | UndoInput
    | DeleteInput
    | RestoreInput
    | DocumentInput
    | SeenInput
    | ImportInput,
    Field(discriminator="do"),
]


class ActInput(ForStudent):
    """One action on an account's tracker."""

    action: ActionInput = ViewInput()
    language: Language = "en"


class ApplyInput(Input):
    """What a guest's browser keeps, and one action on it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"applications": [], "action": {"do": "save", "scholarshipId": "nmmss"}}]}
    )

    applications: Stored
    action: ActionInput = ViewInput()
    language: Language = "en"


class BrowserCalendarInput(Input):
    """What a guest's browser keeps, as a calendar."""

    applications: Stored
    id: Id | None = Field(None, description="Only this application.")
    start_by: bool = Field(False, description="Also the days to start documents by.")
    language: Language = "en"


class BrowserExportInput(Input):
    """What a guest's browser keeps, as a file."""

    applications: Stored
    format: Literal["csv", "json"] = "json"
