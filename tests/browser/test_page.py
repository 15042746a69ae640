"""What a visitor does, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ARTIFACTS, BOTH, PHONE

PASSWORD = "a long phrase for tests 42"
TABS = ("Chat", "Scholarships", "Applications", "Account")
SCROLLS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def last_answer(page: Page) -> str:
    """What it says, without the folded sources under it, which speak the page's language."""
    return page.locator("#chat-window .bot").last.evaluate(
        "(n) => { const sources = n.querySelector('.sources'); return n.innerText.replace(sources?.innerText ?? '', ''); }"
    )


def ask(page: Page, text: str) -> None:
    page.locator("#chat-box textarea").fill(text)
    page.locator("#chat-send").click()
    expect(page.locator("#chat-note p")).to_be_visible()


def choose(page: Page, form: str) -> None:
    """Choose between the two forms of the Account tab, where the page is narrow."""
    expect(page.locator("html[data-account-form]")).to_have_count(1)
    if page.get_by_role("button", name=form).is_visible():
        page.get_by_role("button", name=form).click()


def sign_up(page: Page, email: str) -> None:
    tab(page, "Account")
    choose(page, "I am new here")
    page.locator("#signup-email input").fill(email)
    page.locator("#signup-password input").fill(PASSWORD)
    page.locator("#signup-agree input").check()
    page.locator("#signup-go").click()
    expect(page.locator("#who")).to_contain_text("Signed in as")


@BOTH
def test_a_starter_question_answers_in_one_tap(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator("h1")).to_have_text("Find scholarships you can really get")
    page.locator("#chat-chips .chip").first.click()
    expect(page.locator("#chat-cards article.card").first).to_be_visible()
    expect(page.locator("#chat-note")).to_contain_text("without the language model")
    assert len(last_answer(page)) > 40
    expect(page.locator("#chat-chips .chip").first).to_be_visible()


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_a_phone_shows_the_chosen_form_of_the_account_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=account")
    for wanted, form, other in (("I have an account", "signin", "signup"), ("I am new here", "signup", "signin")):
        page.get_by_role("button", name=wanted).click()
        expect(page.locator(f"#{form}-go")).to_be_visible()
        expect(page.locator(f"#{other}-go")).to_be_hidden()


def test_from_sign_up_to_sign_out(page: Page, site: str) -> None:
    page.goto(site)
    sign_up(page, "asha@example.org")
    tab(page, "Chat")
    ask(page, "scholarship for girls in engineering")
    card = page.locator("#chat-cards article.card").first
    name = card.locator("h3").inner_text()
    card.locator("button.save").click()
    expect(card.locator("button.save")).to_have_attribute("aria-pressed", "true")
    tab(page, "Applications")
    expect(page.locator("#applications .track-open")).to_have_text([name])
    page.get_by_role("combobox", name="Move to").select_option("submitted")
    expect(page.locator(".track-column[data-status=submitted] .track-open")).to_have_text([name])
    with page.expect_response("**/api/auth/renew") as renewed:  # S19: the page keeps its cookie fresh
        page.reload()
    assert renewed.value.status == 200 and "scholar_session=" in renewed.value.all_headers()["set-cookie"]
    tab(page, "Applications")
    expect(page.locator(".track-column[data-status=submitted] .track-open")).to_have_text([name])
    assert page.evaluate("document.cookie") == ""
    tab(page, "Account")
    expect(page.locator("#who")).to_contain_text("asha@example.org")
    page.locator("#signout-go").click()
    expect(page.locator("#signin-go")).to_be_visible()
    tab(page, "Applications")
    expect(page.locator("#applications")).to_contain_text("Nothing saved yet")
    page.reload()
    tab(page, "Account")
    expect(page.locator("#signin-go")).to_be_visible()


def test_the_form_of_a_new_account_says_what_is_wrong(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=account")
    page.locator("#signup-email input").fill("ben@example.org")
    page.locator("#signup-password input").fill("short")
    page.locator("#signup-go").click()
    expect(page.locator("#signup-agree-said")).to_contain_text("tick the box")
    page.locator("#signup-agree input").check()
    page.locator("#signup-go").click()
    expect(page.locator("#signup-password-said")).to_contain_text("Use 8 to")
    expect(page.locator("#signup-password input")).to_be_focused()
    expect(page.locator("#signup-password input")).to_have_attribute("aria-describedby", "signup-password-said")
    page.get_by_role("button", name="Show password").last.click()
    expect(page.locator("#signup-password input")).to_have_attribute("type", "text")
    expect(page.locator("#signup-email input")).to_have_value("ben@example.org")
    page.locator("#signup-password input").fill(PASSWORD)
    page.locator("#signup-go").click()
    expect(page.locator("#who")).to_contain_text("ben@example.org")


def test_search_with_filter_and_pages(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&q=engineering")
    expect(page.locator("#search-words")).to_have_value("engineering")
    total = page.locator("#search-total strong")
    expect(total).to_contain_text("scholarships")
    everything = int(re.sub(r"\D", "", total.inner_text()))
    page.locator("#filter-level").select_option("doctoral")
    expect(total).not_to_have_text(f"{everything} scholarships")
    fewer = int(re.sub(r"\D", "", total.inner_text()))
    assert 0 < fewer < everything
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("#search-words")).to_have_value("")
    first = page.locator("#search-cards h3").first.inner_text()
    page.locator("#search-next").click()
    expect(page.locator(".where", has_text="Page 2 of")).to_be_visible()
    expect(page.locator("#search-cards h3").first).not_to_have_text(first)


def test_typed_words_survive_an_error(page: Page, site: str) -> None:
    page.goto(site)
    tab(page, "Account")
    page.locator("#signin-email input").fill("nobody@example.org")
    page.locator("#signin-password input").fill("wrong password here")
    page.locator("#signin-go").click()
    expect(page.locator("#signin-message p")).to_be_visible()
    expect(page.locator("#signin-email input")).to_have_value("nobody@example.org")


def test_s35_markup_in_a_message_stays_text(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "hi <img src=http://outside.invalid/x.png> ![x](http://outside.invalid/y.png) <b>bold</b>")
    assert page.locator("#chat-window .message img").count() == 0
    assert page.locator("#chat-window .user b").count() == 0
    assert page.locator("#chat-window a[href*=outside]").count() == 0


@pytest.mark.walks
@BOTH
def test_screenshots_without_sideways_scrolling(page: Page, site: str, request: pytest.FixtureRequest) -> None:
    kind = "phone" if "phone" in request.node.callspec.id else "desktop"
    ARTIFACTS.mkdir(exist_ok=True)
    page.goto(site)
    for name in TABS:
        tab(page, name)
        if name == "Scholarships":
            expect(page.locator("#search-cards article.card").first).to_be_visible()
        _shot(page, ARTIFACTS / f"{kind}-{name.lower()}.png")
    tab(page, "Chat")
    ask(page, "BTech first year, Bihar, OBC, income 2 lakh")
    _shot(page, ARTIFACTS / f"{kind}-answer.png")
    sign_up(page, f"{kind}@example.org")
    _shot(page, ARTIFACTS / f"{kind}-profile.png")
    tab(page, "Scholarships")
    page.locator("#search-cards button.save").first.click()
    expect(page.locator("#search-cards button.save").first).to_have_attribute("aria-pressed", "true")
    if kind == "phone":
        page.locator("#filters-open").click()
    _shot(page, ARTIFACTS / f"{kind}-filters.png")
    page.keyboard.press("Escape")
    tab(page, "Applications")
    expect(page.locator("#applications .track-card")).to_be_visible()
    _shot(page, ARTIFACTS / f"{kind}-tracker.png")
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}/?__theme=dark")
    expect(page.locator("#chat-cards article.card").first).to_be_visible()
    _shot(page, ARTIFACTS / f"{kind}-dark.png")


def _shot(page: Page, path: Path) -> None:
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    assert page.evaluate(SCROLLS) <= 0, path.stem


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_buttons_are_large_enough_for_fingers(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships")
    expect(page.locator("#search-cards article.card").first).to_be_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll('main button, main .btn, main summary, main input')].filter((n) => n.checkVisibility()
        && n.getBoundingClientRect().height > 1 && !n.closest('label')?.querySelector('[type=checkbox]'))
        .filter((n) => n.getBoundingClientRect().height < 43.5).map((n) => n.outerHTML.slice(0, 120))"""
    )
    assert small == []
