"""The open chat is opened again when the page is loaded anew: by hand, or for the other language."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_chat import ask, known, new_chat, questions, titles
from tests.browser.test_first_page import first
from tests.browser.test_page import sign_up, tab
from ui.strings_en import English
from ui.strings_hi import Hindi

pytestmark = pytest.mark.walks

OPEN = "sessionStorage.getItem('scholarship-open')"


def loaded(page: Page) -> None:
    expect(page.locator("html.early")).to_have_count(0)


@pytest.mark.parametrize("page", [(360, 740)], ids=["phone"], indirect=True)
def test_a_guest_who_switches_the_language_goes_on(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "PhD in Kerala")
    page.locator("#chat-box textarea").fill("and for")
    page.locator("a[data-language=hi]").click()
    expect(page.locator("h1")).to_have_text(Hindi.PROMISE)
    loaded(page)
    expect(questions(page)).to_have_text(["PhD in Kerala"])
    expect(page.locator("#chat-box textarea")).to_have_value("and for")
    expect(page.locator("#chat-known")).to_contain_text("केरल")
    expect(page.locator("#chat-cards article.card").first).to_be_attached()
    ask(page, "last date of NMMSS?")
    page.reload()
    loaded(page)
    expect(questions(page)).to_have_text(["PhD in Kerala", "last date of NMMSS?"])
    expect(titles(page)).to_have_count(1)
    page.locator("a[data-language=en]").click()
    expect(page.locator("h1")).to_have_text(English.PROMISE)
    loaded(page)
    expect(questions(page)).to_have_count(2)


def test_a_student_s_chat_until_they_sign_out(page: Page, site: str) -> None:
    page.goto(site)
    sign_up(page, "open-again@example.org")
    tab(page, "Chat")
    ask(page, "PhD in Kerala")
    page.locator("a[data-language=hi]").click()
    expect(page.locator("h1")).to_have_text(Hindi.PROMISE)
    loaded(page)
    expect(questions(page)).to_have_text(["PhD in Kerala"])
    expect(page.locator("#chats li.current")).to_have_count(1)
    page.goto(f"{site}/?tab=account&lang=en")
    loaded(page)
    page.locator("#signout-go").click()
    expect(page.locator("#signin-go")).to_be_visible()
    expect(questions(page)).to_have_count(0)
    page.wait_for_function(f"{OPEN} === null")
    page.reload()
    loaded(page)
    tab(page, "Chat")
    expect(questions(page)).to_have_count(0)


def test_a_new_chat_stays_new_and_one_that_is_gone_is_not_missed(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "PhD in Kerala")
    new_chat(page)
    page.wait_for_function(f"{OPEN} === null")
    page.reload()
    loaded(page)
    expect(titles(page)).to_have_text(["PhD in Kerala"])
    expect(questions(page)).to_have_count(0)
    titles(page).click()
    expect(questions(page)).to_have_count(1)
    page.wait_for_function(f"{OPEN} !== null")
    page.evaluate("localStorage.removeItem('scholarship-chats')")
    page.reload()
    loaded(page)
    page.wait_for_function(f"{OPEN} === null")
    expect(questions(page)).to_have_count(0)
    expect(page.locator(".toast-body")).to_have_count(0)


def test_what_is_asked_before_the_page_is_there_goes_on_in_the_open_chat(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "PhD in Kerala")
    gate = first(page, site)
    page.locator("#shell-box").fill("last date of NMMSS?")
    page.keyboard.press("Enter")
    gate.open()
    loaded(page)
    expect(questions(page)).to_have_text(["PhD in Kerala", "last date of NMMSS?"])
    expect(page.locator("#chat-note p")).to_be_visible()
    expect(known(page, "State: Kerala")).to_be_visible()
