"""Privacy page, take-over, family, several windows of one browser, and the page inside another site that may keep no cookie."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_chat import KEPT
from tests.browser.test_page import PASSWORD, SCROLLS, ask, choose, sign_up, tab

pytestmark = pytest.mark.walks

PARENT = "https://huggingface.co/spaces/someone/scholarships"


def test_the_privacy_page_is_reached_from_every_tab_and_by_address(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site}/#privacy")
    over = page.locator("dialog#privacy")
    expect(over).to_be_visible()
    expect(over).to_contain_text("for 2 hours after your last message")
    expect(over).to_contain_text("7 days without a visit and 30 days in all")
    assert "{" not in over.inner_text()
    assert page.evaluate(SCROLLS) <= 0
    over.get_by_role("button", name="Close").click()
    for name in ("Chat", "Scholarships", "Applications"):
        tab(page, name)
        page.locator(".foot button").click()
        expect(over).to_be_visible()
        page.keyboard.press("Escape")
        expect(over).to_be_hidden()
    page.locator(".foot button").click()
    over.get_by_role("button", name="To my account").click()
    expect(over).to_be_hidden()
    expect(page.locator("#signup-go")).to_be_visible()


def test_a_guests_chats_move_into_the_account_with_a_click(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site)
    ask(page, "PhD in Kerala, income 2 lakh")
    page.locator("#chats .chats-new").click()
    expect(page.locator("#chat-window .user")).to_have_count(0)
    ask(page, "last date of NMMSS?")
    offer = page.locator("#takeover")
    expect(offer.get_by_role("button")).to_have_count(0)
    sign_up(page, "moving@example.org")
    expect(offer.get_by_role("heading")).to_have_text("Take the 2 chats of this browser into your account?")
    expect(offer.get_by_role("listitem")).to_have_text(["last date of NMMSS?", "PhD in Kerala, income 2 lakh"])
    assert page.evaluate(SCROLLS) <= 0
    offer.get_by_role("button", name="Leave them here").click()
    expect(offer.get_by_role("button")).to_have_count(0)
    assert page.evaluate(f"{KEPT}.length") == 2
    page.reload()
    tab(page, "Account")
    expect(page.locator("#who")).to_contain_text("moving@example.org")
    expect(offer.get_by_role("button")).to_have_count(0)
    page.locator("#signout-go").click()
    expect(page.locator("#signin-go")).to_be_visible()
    tab(page, "Chat")
    page.locator(".chats-toggle").click()
    page.locator("#chats .chat-title", has_text="PhD in Kerala").click()
    expect(page.locator("#chat-window .user")).to_have_text(["PhD in Kerala, income 2 lakh"])
    tab(page, "Account")
    choose(page, "I have an account")
    page.locator("#signin-email input").fill("moving@example.org")
    page.locator("#signin-password input").fill(PASSWORD)
    page.locator("#signin-go").click()
    offer.get_by_label("Store in my profile too").check()
    offer.get_by_role("button", name="Yes, take them over").click()
    expect(offer.get_by_role("button")).to_have_count(0)
    assert page.evaluate(f"{KEPT}.length") == 0
    tab(page, "Chat")
    expect(page.locator("#chat-window .user")).to_have_text(["PhD in Kerala, income 2 lakh"])
    ask(page, "which are open?")
    page.locator(".chats-toggle").click()
    expect(page.locator("#chats .chat-title")).to_have_text(["PhD in Kerala, income 2 lakh", "last date of NMMSS?"])
    page.keyboard.press("Escape")
    tab(page, "Account")
    expect(page.locator("#profile-state input")).to_have_value("Kerala")
    expect(page.locator("#profile-familyIncome input")).to_have_value("200000")


def test_a_sign_out_in_one_window_signs_out_the_others(page: Page, site: str) -> None:
    page.goto(site)
    other = page.context.new_page()
    other.goto(site)
    sign_up(page, "windows@example.org")
    tab(other, "Account")
    expect(other.locator("#who")).to_contain_text("windows@example.org")
    tab(other, "Chat")
    ask(other, "PhD in Kerala")
    expect(other.locator("#chats .chat-title")).to_have_text(["PhD in Kerala"])
    page.locator("#signout-go").click()
    expect(page.locator("#signin-go")).to_be_visible()
    expect(other.locator("#chats .chat-title")).to_have_count(0)
    expect(other.locator("#chat-window .user")).to_have_count(0)
    expect(other.locator("#chat-known")).not_to_contain_text("Kerala")
    tab(other, "Account")
    expect(other.locator("#signin-go")).to_be_visible()
    assert "windows@example.org" not in other.content()


SLOW = """
const [frame, usual] = [window.requestAnimationFrame.bind(window), window.fetch.bind(window)];
window.requestAnimationFrame = (act) => frame(() => (window.slow ? setTimeout(() => act(performance.now()), 1500) : act(performance.now())));
window.held = new Promise((go) => { window.letGo = go; });
window.fetch = async (...asked) => { if (String(asked[0].url || asked[0]).includes('queue/join')) await window.held; return usual(...asked); };
"""
"""A busy phone: a frame takes 1.5 s while `slow`, and what the page first asks the server waits for `letGo`."""


def test_what_is_typed_while_the_page_still_settles_stays(page: Page, site: str) -> None:
    page.add_init_script(SLOW)
    page.goto(site)
    page.wait_for_function("!document.documentElement.classList.contains('early')")
    page.evaluate("window.slow = true")
    tab(page, "Account")
    page.locator("#signup-email input").wait_for(state="attached")
    page.evaluate("window.letGo()")
    page.wait_for_timeout(500)
    page.evaluate("window.slow = false")
    page.locator("#signup-email input").fill("early@example.org")
    page.wait_for_timeout(2000)
    expect(page.locator("#signup-email input")).to_have_value("early@example.org")


def test_inside_another_site_without_cookies_the_sign_in_lasts_for_the_page(chromium: Browser, site: str) -> None:
    context = chromium.new_context(viewport={"width": 1000, "height": 800}, permissions=["local-network-access"])
    try:
        context.route(
            "https://huggingface.co/**",
            lambda r: r.fulfill(
                content_type="text/html", body=f'<iframe src="{site}" style="width:980px;height:760px"></iframe>'
            ),
        )
        outer = context.new_page()
        outer.set_default_timeout(15_000)
        outer.goto(PARENT)
        frame = outer.frame_locator("iframe")
        frame.get_by_role("tab", name="Account").click()
        frame.locator("#signup-email input").fill("framed@example.org")
        frame.locator("#signup-password input").fill(PASSWORD)
        frame.locator("#signup-agree input").check()
        frame.locator("#signup-go").click()
        expect(frame.locator("#who")).to_contain_text("framed@example.org")
        expect(frame.get_by_text("You are signed in until you close or reload it")).to_be_visible()
        assert context.cookies(site) == [], "the browser kept no cookie"
        with outer.expect_download() as started:
            frame.get_by_text("Download everything stored about me").click()
        assert "framed@example.org" in started.value.path().read_text()
        frame.locator("#signout-go").click()
        expect(frame.locator("#signin-go")).to_be_visible()
        expect(frame.get_by_text("You are signed in until")).to_be_hidden()
    finally:
        context.close()


def test_a_sister_has_her_own_profile_chats_and_applications(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site)
    expect(page.locator("#family-more")).to_be_hidden()
    sign_up(page, "family@example.org")
    tab(page, "Chat")
    ask(page, "PhD in Kerala")
    page.locator("#chat-cards button.save").first.click()
    expect(page.locator("#chat-cards button.save").first).to_have_attribute("aria-pressed", "true")
    page.locator("#family-more").click()
    page.locator("#family-name input, #family-name textarea").fill("Meena")
    page.locator("#family-add").click()
    expect(page.locator("#family-choice input")).to_have_value("Meena")
    expect(page.locator("#chat-window .user")).to_have_count(0)
    expect(page.locator("#chat-known")).not_to_contain_text("Kerala")
    assert page.evaluate(SCROLLS) <= 0
    tab(page, "Applications")
    expect(page.locator("#applications")).to_contain_text("Nothing saved yet")
    page.reload()
    expect(page.locator("#family-choice input")).to_have_value("Meena")
    page.locator("#family-choice input").click()
    page.get_by_role("option", name="Me", exact=True).click()
    expect(page.locator("#family-remove")).to_be_hidden()
    tab(page, "Applications")
    expect(page.locator("#applications .track-card")).to_have_count(1)
    tab(page, "Chat")
    page.locator(".chats-toggle").click()
    expect(page.locator("#chats .chat-title")).to_have_text(["PhD in Kerala"])
    page.keyboard.press("Escape")
    page.locator("#family-choice input").click()
    page.get_by_role("option", name="Meena", exact=True).click()
    page.locator("#family-remove").click()
    page.locator("#family-sure").click()
    expect(page.locator("#family-choice")).to_be_hidden()
    expect(page.locator("#chats .chat-title")).to_have_text(["PhD in Kerala"])
