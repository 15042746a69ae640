"""Which operations are named endpoints and MCP tools, under which names, with which input: one table for both doors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.api import operations as do
from backend.api import schemas as s


@dataclass(frozen=True)
class Door:
    """A public operation: `run(services, caller, given)`; account doors are not offered to agents (MCP). `by_agent` is what
    agents call instead, where a student must be asked first."""

    name: str
    run: Callable[..., Any]
    takes: type[s.Input]
    for_agents: bool = True
    by_agent: Callable[..., Any] | None = None


DOORS = (
    Door("chat", do.whole_chat, s.ChatInput),
    Door("chat_history", do.chat_history, s.HistoryInput),
    Door("search_scholarships", do.search_scholarships, s.SearchInput),
    Door("list_scholarships", do.list_scholarships, s.ListInput),
    Door("get_scholarship", do.get_scholarship, s.ScholarshipInput),
    Door("match_profile", do.match_profile, s.MatchInput),
    Door("check_eligibility", do.check_eligibility, s.EligibilityInput),
    Door("compare_scholarships", do.compare_scholarships, s.CompareInput),
    Door("upcoming_deadlines", do.upcoming_deadlines, s.DeadlinesInput),
    Door("sign_up", do.sign_up, s.SignUpInput, for_agents=False),
    Door("sign_in", do.sign_in, s.SignInInput, for_agents=False),
    Door("sign_out", do.sign_out, s.Nothing, for_agents=False),
    Door("me", do.me, s.ForStudent),
    Door("save_application", do.save_application, s.SaveApplicationInput),
    Door("list_applications", do.list_applications, s.ListApplicationsInput),
    Door("update_application", do.update_application, s.UpdateApplicationInput),
    Door("delete_application", do.delete_application, s.DeleteApplicationInput, by_agent=do.delete_for_student),
    Door("export_calendar", do.export_calendar, s.ExportCalendarInput),
    Door("health", do.health, s.Nothing),
)
