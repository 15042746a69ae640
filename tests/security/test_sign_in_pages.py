"""The page: sign in with Hugging Face, alone and inside another site, and a new password by mail."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from backend.api.identity import COOKIE
from tests.browser.conftest import Watch, playwright_api
from tests.mailbox import Mailbox, link_in
from tests.openid_provider import Provider
from tests.running_app import PASSWORD, App, RestDoor, new_student

pytestmark = pytest.mark.walks

expect = playwright_api.expect
NEW = "a boat on the lake"


@pytest.fixture
def page(chromium: Any, connected: App, provider: Provider) -> Iterator[Any]:
    """A fresh visitor's page; nothing but the provider was asked for outside, and no script failed."""
    provider.reset()
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en-IN")
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    watch = Watch(opened, connected.url)
    yield opened
    context.close()
    assert [url for url in watch.outside if not url.startswith(provider.url)] == [] and watch.errors == []


def signed_in_as(page: Any, email: str) -> None:
    """The Account tab shows somebody."""
    expect(page.locator("#who")).to_contain_text(email)


def test_a_click_signs_in_with_hugging_face_and_a_password_may_be_set(
    page: Any, connected: App, provider: Provider
) -> None:
    provider.user["name"] = ""
    page.goto(f"{connected.url}/?tab=account")
    other = page.context.new_page()
    other.goto(f"{connected.url}/?tab=account")
    expect(other.locator("#account-choice")).to_be_visible()
    page.get_by_role("link", name="Sign in with Hugging Face").click()
    signed_in_as(page, provider.user["email"])
    assert page.url == f"{connected.url}/?tab=account"
    signed_in_as(other, provider.user["email"])
    [cookie] = [c for c in page.context.cookies() if c["name"] == COOKIE]
    assert cookie["httpOnly"] and cookie["value"] not in page.content()
    page.reload()
    signed_in_as(page, provider.user["email"])
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("button", name="Delete for good")).to_be_visible()
    expect(page.locator("#delete-password")).to_be_hidden()
    expect(page.get_by_role("link", name="Sign in with Hugging Face once more")).to_be_visible()
    page.get_by_role("button", name="Change my password").first.click()
    expect(page.locator("#now-password")).to_be_hidden()
    page.locator("#change-password input").fill(NEW)
    page.locator("#change-go").click()
    expect(page.locator("#change-said")).to_contain_text("Your password is set")
    expect(page.locator("#now-password")).to_be_visible()
    expect(page.locator("#delete-password")).to_be_visible()
    page.locator("#signout-go").click()
    page.get_by_role("button", name="I have an account").click()
    page.locator("#signin-email input").fill(provider.user["email"])
    page.locator("#signin-password input").fill(NEW)
    page.locator("#signin-go").click()
    signed_in_as(page, provider.user["email"])


def test_what_went_wrong_at_hugging_face_is_said(page: Any, connected: App, provider: Provider) -> None:
    provider.user["email_verified"] = False
    page.goto(f"{connected.url}/?tab=account")
    page.get_by_role("link", name="Sign in with Hugging Face").click()
    expect(page.get_by_text("has not checked your e-mail yet")).to_be_visible()
    expect(page.get_by_text("as you said no at Hugging Face")).to_be_hidden()
    expect(page.locator("#account-choice")).to_be_visible()
    assert "#" not in page.url


def test_inside_another_site_a_window_signs_the_frame_in(chromium: Any, connected: App, provider: Provider) -> None:
    """The browser keeps no cookie for the frame; the window is another matter."""
    provider.reset()
    provider.user["name"] = ""
    context = chromium.new_context(viewport={"width": 1000, "height": 800}, permissions=["local-network-access"])
    try:
        body = f'<iframe src="{connected.url}/?tab=account" style="width:980px;height:760px"></iframe>'
        context.route("https://huggingface.co/**", lambda r: r.fulfill(content_type="text/html", body=body))
        outer = context.new_page()
        outer.set_default_timeout(15_000)
        outer.goto("https://huggingface.co/spaces/someone/scholarships")
        frame = outer.frame_locator("iframe")
        with outer.expect_popup() as opened:
            frame.get_by_role("link", name="Sign in with Hugging Face").click()
        expect(frame.locator("#who")).to_contain_text(provider.user["email"])
        expect(frame.get_by_text("You are signed in until you close or reload it")).to_be_visible()
        outer.wait_for_timeout(300)
        assert opened.value.is_closed()
    finally:
        context.close()


def test_a_new_password_by_mail(page: Any, connected: App, mailbox: Mailbox) -> None:
    asha = new_student(RestDoor(connected.url))
    page.goto(f"{connected.url}/?tab=account")
    page.get_by_role("button", name="I have an account").click()
    page.get_by_role("button", name="Forgot your password?").click()
    page.locator("#forgot-email input").fill(asha.email)
    page.locator("#forgot-go").click()
    expect(page.locator("#forgot-said")).to_contain_text("the link is on its way")
    link = link_in(mailbox.to(asha.email)[0])
    asked: list[str] = []
    page.on("request", lambda r: asked.append(f"{r.url} {r.headers.get('referer', '')}"))
    page.goto("about:blank")
    page.goto(link)
    page.locator("#link-password input").fill("12345678")
    page.locator("#link-go").click()
    expect(page.locator("#link-password-said")).to_contain_text("easy to guess")
    page.locator("#link-password input").fill(NEW)
    page.locator("#link-go").click()
    expect(page.locator("#signin-said")).to_contain_text("Your new password is set")
    expect(page.locator("#link-go")).to_be_hidden()
    assert "#" not in page.url
    secret = urlsplit(link).fragment.partition("=")[2]
    stores = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert secret not in "\n".join(asked) + stores
    page.locator("#signin-email input").fill(asha.email)
    page.locator("#signin-password input").fill(NEW)
    page.locator("#signin-go").click()
    expect(page.locator("#who")).to_contain_text("Asha")
    assert (
        httpx.post(f"{connected.url}/api/auth/signin", json={"email": asha.email, "password": PASSWORD}).status_code
        == 401
    )


def test_without_mail_and_hugging_face_the_page_says_whom_to_ask(chromium: Any, app: App) -> None:
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(f"{app.url}/?tab=account")
    opened.get_by_role("button", name="Forgot your password?").click()
    expect(opened.get_by_text("Please ask the person who runs it")).to_be_visible()
    expect(opened.get_by_role("link", name="Hugging Face")).to_have_count(0)
    context.close()
