"""The page: header, four tabs, deep links; the only place where tabs know of each other."""

import json
from typing import Any

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of, register_endpoints
from backend.services import Services
from ui import (
    account_tab,
    applications_tab,
    card_events,
    cards,
    chat_tab,
    family,
    frame,
    over_page,
    privacy_page,
    search_tab,
)
from ui.common import PRIVATE, View, event_value, html, tell, warn
from ui.conversation import filled
from ui.search_url import NAMES
from ui.strings import t
from ui.strings_en import English
from ui.theme import CSS, THEME

_STYLES = (
    CSS,
    cards.CSS,
    over_page.CSS,
    chat_tab.CSS,
    search_tab.CSS,
    account_tab.CSS,
    applications_tab.CSS,
    frame.CSS,
)
LAUNCH: dict[str, Any] = {"theme": THEME, "css": "\n".join(_STYLES)}
"""What the page needs of `launch()`."""
TABS = tuple(frame.TABS)
_WINDOWS = """window.account.onChangeElsewhere(() => trigger('elsewhere', {}));
window.addEventListener('popstate', () => trigger('went', {}));"""
"""A sign-in or sign-out in another window of this browser counts here too; Back and Forward lead to the tab of their address."""


def build_page(services: Services) -> gr.Blocks:
    """The whole page with its private events and the public named endpoints."""
    with gr.Blocks(title=English.APP_NAME, fill_width=True) as demo:
        html(frame.skip() + frame.header())
        students = family.build(services)
        offer = chat_tab.build_offer()
        over = over_page.build(services)
        with gr.Tabs(selected="chat", elem_id="tabs") as tabs:
            places = {name: gr.Tab(title, id=name) for name, title in zip(TABS, frame.titles(), strict=True)}
            with places["scholarships"]:
                search = search_tab.build(services)
            with places["applications"]:
                applications_tab.build()
            with places["account"]:
                account = account_tab.build(services)
            with places["chat"]:
                chat = chat_tab.build(services, tabs, [search, over])
        html(frame.footer(over_page.link(), privacy_page.link()))
        privacy_page.build(services)
        windows = html("", "windows", _WINDOWS)
        applications_tab.build_frame()
        card_events.wire(services, [chat.parts.cards, search, over])

        def everything(request: gr.Request, shown_for: str | None, *state: Any) -> View:
            """What depends on who is there, but for the search, which the page's script asks for."""
            return {**students.show(request, shown_for), **accounts(request), **chat.events.begin(request, *state)}

        def accounts(request: gr.Request) -> View:
            return dict(zip(account.outputs, account.show(request), strict=True))

        def on_remember(consent: bool, request: gr.Request, now: Any = None) -> View:
            """The consent was given or taken back; in the chat it is also for what is known there already."""
            try:
                caller = caller_of(services, request)
                profile = None
                if now and consent:
                    known = do.me(services, caller, s.ForStudent())["profile"] | filled(now.known)
                    profile = s.ProfileInput.model_validate(known)
                do.update_me(services, caller, s.MeInput(remember_profile=consent, profile=profile))
            except Exception as error:
                warn(error)
                return {chat.parts.remember: not consent, account.remember: not consent}
            tell(t.REMEMBERED if consent else t.NOT_REMEMBERED)
            return {**accounts(request), chat.parts.remember: consent}

        def on_taken(event: gr.EventData, request: gr.Request, *state: Any) -> View:
            """A guest's chats lie in the account now; with consent what they said of the student fills the gaps there."""
            try:
                given = event_value(event, "profile")
                if given:
                    caller = caller_of(services, request)
                    kept = filled(do.me(services, caller, s.ForStudent())["profile"])
                    profile = s.ProfileInput.model_validate(given).model_dump(mode="json", by_alias=True)
                    merged = s.ProfileInput.model_validate(filled(profile) | kept)
                    do.update_me(services, caller, s.MeInput(profile=merged))
            except Exception as error:
                warn(error)
            tell(t.TAKEN_OVER)
            return {**accounts(request), **chat.events.taken_over(event_value(event, "ids"), *state, request)}

        state = [chat.parts.owner, chat.parts.conversation, chat.parts.order]
        mine = [*chat.parts.whole, chat.parts.owner, chat.parts.remember]
        shown = [*students.outputs, *account.outputs, *mine]
        switched = [change.success(None, None, None, js=family.TELL, **PRIVATE) for change in students.changes]
        for change in (*account.changes, *switched, windows.elsewhere(None, None, None, **PRIVATE)):
            # always_last: of two changes at once the page shows the second
            changed = change.then(
                everything, [students.shown_for, *state], shown, trigger_mode="always_last", **PRIVATE
            )
            changed.then(None, None, None, js="() => window.search.again()", **PRIVATE)
            changed.then(**chat.tell_list)
        offer.taken(
            on_taken, [chat.parts.conversation, chat.parts.order], [*account.outputs, *chat.parts.whole], **PRIVATE
        ).then(**chat.keep)
        account.saved.then(chat.events.adopt, [chat.parts.conversation], chat.parts.about, **PRIVATE)
        chat.parts.learned.change(accounts, None, account.outputs, **PRIVATE)
        consents = [*account.outputs, chat.parts.remember]
        chat.parts.remember.input(on_remember, [chat.parts.remember, chat.parts.conversation], consents, **PRIVATE)
        account.remember.input(on_remember, [account.remember], consents, **PRIVATE)
        for arrived in (demo.load, windows.went):
            arrived(None, None, tabs, js=f"() => window.openTab({json.dumps(TABS)}, {json.dumps(NAMES)})", **PRIVATE)
        demo.load(everything, [students.shown_for, *state], shown, **PRIVATE).then(**chat.tell_list)
        for name, each in places.items():
            each.select(None, None, None, js=f"() => window.tabOpened('{name}')", **PRIVATE)
        register_endpoints(services)
    return demo
