"""The Account tab: sign up, sign in, sign out, profile, one's own data."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from backend.api import operations as do
from backend.api import schemas as s
from backend.api.endpoints import caller_of
from backend.api.hugging_face import BEGIN as HUB
from backend.services import Services
from ui import privacy_page, profile_form
from ui.common import PRIVATE, html, plain_errors, tell
from ui.strings import t

CSS = Path(__file__).with_name("account.css").read_text(encoding="utf-8")
"""The tab's look."""
SIGN_IN = "(email, password) => window.accountForms.send('signin', 'POST', 'signin', {email, password})"
SIGN_UP = """(name, email, password, agree) =>
  window.accountForms.send('signup', 'POST', 'signup', {name: name || null, email, password, agree})"""
SIGN_OUT = "() => window.accountForms.leave()"
DELETE_ME = "(password) => window.accountForms.remove(password)"
FORGOT = "(email) => window.accountForms.forgot(email)"
BY_LINK = "(password) => window.accountForms.byLink(password)"
CHANGE = "(now, password) => window.accountForms.change(now, password)"
KEEP_SIGNED_IN = """async (who) => {
  window.signedIn = Boolean(who);
  if (!who) return [];
  const renew = () => {
    if (!window.signedIn || Date.now() - window.renewedAt < 3600000) return;
    window.renewedAt = Date.now();
    fetch('./api/auth/renew', {method: 'POST', credentials: 'same-origin'}).catch(() => { window.renewedAt = 0; });
  };
  if (window.renewedAt === undefined) {
    window.renewedAt = 0;
    for (const use of ['pointerdown', 'keydown']) addEventListener(use, renew);
  }
  renew();
  return [];
}"""
"""Renews the cookie's token when the page opens and at most once an hour while the student uses it. No timer does: a
page that is only left open must reach the end of its idle days."""


@dataclass(frozen=True)
class AccountTab:
    """What the page wires: the events after which who is signed in may differ, the view for a request, the event after
    which the profile may differ, the consent's box."""

    changes: list[Any]
    outputs: list[Any]
    show: Any
    saved: Any
    remember: gr.Checkbox


def build(services: Services) -> AccountTab:
    """Build the tab inside the open Blocks."""
    with gr.Column(elem_classes=["narrow", "sheet", "link-only"]):
        gr.Markdown(f"## {t.NEW_PASSWORD_TITLE}")
        link_password = _password("link", "new-password", t.PASSWORD_HINT, t.NEW_PASSWORD)
        _said("link")
        link_set = gr.Button(t.NEW_PASSWORD_TITLE, variant="primary", elem_id="link-go")
    with gr.Column(visible=True, elem_classes="narrow") as guest:
        html(_choice(), "account-choice", _mounted())
        with gr.Row(elem_classes="two-columns"):
            with gr.Column(min_width=280, elem_classes="sheet", elem_id="signin-form"):
                gr.Markdown(f"## {t.SIGN_IN}")
                in_email = _email("signin")
                in_password = _password("signin", "current-password")
                _said("signin", elem_id="signin-message")
                sign_in = gr.Button(t.SIGN_IN, variant="primary", elem_id="signin-go")
                with gr.Accordion(t.FORGOT, open=False, elem_id="forgot"):
                    _forgot(services)
            with gr.Column(min_width=280, elem_classes="sheet", elem_id="signup-form"):
                gr.Markdown(f"## {t.SIGN_UP}")
                up_name = gr.Textbox(
                    label=t.NAME,
                    max_length=100,
                    max_lines=1,
                    elem_id="signup-name",
                    html_attributes=gr.InputHTMLAttributes(autocomplete="name"),
                )
                up_email = _email("signup")
                up_password = _password("signup", "new-password", t.PASSWORD_HINT)
                agree = gr.Checkbox(label=t.AGREE, value=False, elem_id="signup-agree", elem_classes="tick")
                _said("signup", "agree")
                _said("signup", elem_id="signup-message")
                sign_up = gr.Button(t.SIGN_UP, variant="primary", elem_id="signup-go")
        html(_hub_button(services, t.HUB_SIGN_IN, t.HUB_HINT))
    with gr.Column(visible=False, elem_classes="narrow") as member:
        with gr.Row(elem_classes="section-head"):
            who = html("", "who")
            sign_out = gr.Button(t.SIGN_OUT, scale=0, min_width=120, elem_id="signout-go")
        html(
            f'<p class="hint page-only-note">{escape(t.PAGE_ONLY)} '
            f'<a href="./" target="_blank" rel="noopener">{escape(t.OWN_TAB)}</a></p>'
        )
        with gr.Column(elem_classes="sheet"):
            gr.Markdown(f"## {t.PROFILE_TITLE}\n{t.PROFILE_TEXT}")
            form = profile_form.build("profile")
            remember = gr.Checkbox(label=t.REMEMBER_HERE, value=False, elem_id="profile-remember", elem_classes="tick")
            save = gr.Button(t.SAVE_PROFILE, variant="primary", elem_id="profile-save")
        with gr.Column(elem_classes="sheet"):
            html(
                f'<h2>{t.YOUR_DATA}</h2><p><a class="btn link" href="./api/auth/me/export" download="my-data.json">{t.EXPORT}</a></p>'
            )
            again = html("", "hub-again")
            with gr.Accordion(t.CHANGE_PASSWORD, open=False, elem_classes="danger-zone", elem_id="change"):
                with gr.Column() as now_field:
                    now_password = _password("now", "current-password", None, t.NOW_PASSWORD)
                new_password = _password("change", "new-password", t.PASSWORD_HINT, t.NEW_PASSWORD)
                _said("change")
                change = gr.Button(t.CHANGE_PASSWORD, elem_id="change-go")
            with gr.Accordion(t.DELETE_ACCOUNT, open=False, elem_classes="danger-zone"):
                gr.Markdown(t.DELETE_ACCOUNT_TEXT)
                with gr.Column() as gone_field:
                    gone_password = _password("delete", "current-password")
                _said("delete")
                delete = gr.Button(t.DELETE_ACCOUNT_YES, variant="stop")
    with gr.Column(elem_classes=["narrow", "privacy"]):
        html(f"<h3>{escape(t.PRIVACY_TITLE)}</h3><p>{escape(t.PRIVACY)} {privacy_page.link()}</p>")

    def show(request: gr.Request) -> tuple[Any, ...]:
        caller = caller_of(services, request)
        if caller is None:
            shown = gr.Column(visible=True), gr.Column(visible=False), "", False
            return *shown, *with_password(True), *profile_form.shown({})
        user = do.me(services, caller, s.ForStudent())
        name = escape(t.SIGNED_IN_AS.format(who=user["name"] or user["email"]))
        return (
            gr.Column(visible=False), gr.Column(visible=True), f"<h2>{name}</h2>", user["rememberProfile"],
            *with_password(user["hasPassword"]), *profile_form.shown(user["profile"]),
        )  # fmt: skip

    def password_fields(request: gr.Request) -> tuple[Any, ...]:
        caller = caller_of(services, request)
        return with_password(caller is None or do.me(services, caller, s.ForStudent())["hasPassword"])

    def with_password(has_one: bool) -> tuple[Any, ...]:
        text = "" if has_one else f'<p class="hint">{escape(t.BY_HUB_ONLY)}</p>{_hub_button(services, t.HUB_AGAIN)}'
        return text, gr.Column(visible=has_one), gr.Column(visible=has_one)

    def save_profile(request: gr.Request, *values: Any) -> None:
        with plain_errors():
            caller = caller_of(services, request)
            given = profile_form.given(values, do.me(services, caller, s.ForStudent())["profile"])
            do.update_me(services, caller, s.MeInput(profile=s.ProfileInput.model_validate(given)))
        tell(t.PROFILE_SAVED)

    saved = save.click(save_profile, form, None, **PRIVATE)
    changes = [
        *(on(None, [in_email, in_password], [in_password], js=SIGN_IN, **PRIVATE) for on in (sign_in.click, in_password.submit)),
        *(on(None, [up_name, up_email, up_password, agree], [up_password], js=SIGN_UP, **PRIVATE) for on in (sign_up.click, up_password.submit)),
        sign_out.click(None, None, None, js=SIGN_OUT, **PRIVATE),
        delete.click(None, [gone_password], [gone_password], js=DELETE_ME, **PRIVATE),
    ]  # fmt: skip
    for on in (link_set.click, link_password.submit):
        on(None, [link_password], [link_password], js=BY_LINK, **PRIVATE)
    for on in (change.click, new_password.submit):
        on(None, [now_password, new_password], [now_password, new_password], js=CHANGE, **PRIVATE).then(
            password_fields, None, [again, now_field, gone_field], **PRIVATE
        )
    who.change(None, [who], None, js=KEEP_SIGNED_IN, **PRIVATE)
    outputs = [guest, member, who, remember, again, now_field, gone_field, *form]
    return AccountTab(changes, outputs, show, saved, remember)


def _hub_button(services: Services, label: str, hint: str = "") -> str:
    """The way to Hugging Face, where the Space offers it, and what may go wrong on it, shown by the page's styles."""
    settings = services.settings
    if not settings.oauth_client_id:
        return ""
    problems = "".join(
        f'<p class="form-error hub-{why}" role="alert">{escape(text)}</p>' for why, text in t.HUB_PROBLEMS.items()
    )
    return (
        f'<div class="hub">{problems}<a class="btn link" data-apart href="{escape(settings.public_url + HUB)}">'
        f"{escape(label)}</a>" + (f'<p class="hint">{escape(hint)}</p>' if hint else "") + "</div>"
    )


def _forgot(services: Services) -> None:
    """Ask for a link by mail; where there is no mail server, say whom to ask."""
    if not services.password_mail.is_set_up:
        contact = services.settings.contact
        html(f'<p class="hint">{escape(t.FORGOT_ASK.format(contact=contact) if contact else t.FORGOT_ASK_OWNER)}</p>')
        return
    html(f'<p class="hint">{escape(t.FORGOT_TEXT)}</p>')
    email = _email("forgot")
    _said("forgot")
    send = gr.Button(t.FORGOT_SEND, elem_id="forgot-go")
    for on in (send.click, email.submit):
        on(None, [email], None, js=FORGOT, **PRIVATE)


def _choice() -> str:
    """The two ways in; a phone shows the form of the chosen one."""
    buttons = "".join(
        f'<button type="button" class="btn" data-choose="{form}" aria-pressed="false">{escape(text)}</button>'
        for form, text in (("signup", t.NEW_HERE), ("signin", t.HAVE_ACCOUNT))
    )
    return (
        f'<p class="lead">{escape(t.WHY_ACCOUNT)}</p><div class="choice" role="group" '
        f'aria-label="{escape(t.TAB_ACCOUNT)}">{buttons}</div>'
    )


def _mounted() -> str:
    words = {
        "no_email": t.EMAIL_MISSING,
        "no_password": t.PASSWORD_MISSING,
        "agree": t.AGREE_FIRST,
        "failed": t.NO_ANSWER,
        "sent": t.FORGOT_SENT,
        "set": t.NEW_PASSWORD_SET,
        "changed": t.PASSWORD_CHANGED,
    }
    return f"window.accountForms.mount(element, {json.dumps(words)});"


def _said(form: str, name: str = "", elem_id: str | None = None) -> None:
    """Where what is wrong is said, and announced: beside a field, or for the whole form."""
    place = f"{form}-{name}-said" if name else f"{form}-said"
    html(f'<p class="form-error" id="{place}" data-form="{form}" role="alert"></p>', elem_id)


def _email(form: str) -> gr.Textbox:
    box = gr.Textbox(
        label=t.EMAIL,
        type="email",
        max_length=254,
        max_lines=1,
        elem_id=f"{form}-email",
        html_attributes=gr.InputHTMLAttributes(autocomplete="email"),
    )
    _said(form, "email")
    return box


def _password(form: str, purpose: Any, hint: str | None = None, label: str | None = None) -> gr.Textbox:
    box = gr.Textbox(
        label=label or t.PASSWORD,
        type="password",
        info=hint,
        max_lines=1,
        elem_id=f"{form}-password",
        html_attributes=gr.InputHTMLAttributes(autocomplete=purpose),
    )
    html(
        f'<button type="button" class="linklike eye" data-eye="{form}-password" aria-pressed="false">'
        f"{escape(t.SHOW_PASSWORD)}</button>"
    )
    _said(form, "password")
    return box
