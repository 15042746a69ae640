"""The page in Hindi: switched, remembered, in an address; every event answers in it too."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_page import PASSWORD, ask, last_answer
from ui.strings_en import English
from ui.strings_hi import Hindi

pytestmark = pytest.mark.walks

DEVANAGARI = re.compile("[\u0900-\u097f]")
LANG = "document.documentElement.lang"
MARKER = "() => document.documentElement.outerHTML.includes('~t:')"


def opened(page: Page) -> None:
    """Wait until Gradio's page stands in the place of the first one."""
    expect(page.locator("html.early")).to_have_count(0)


def tabs(page: Page) -> list[str]:
    opened(page)
    return [name for name in page.get_by_role("tab").all_inner_texts() if name]


def names(words: type[English]) -> list[str]:
    return [words.TAB_CHAT, words.TAB_SEARCH, words.TAB_APPLICATIONS, words.TAB_ACCOUNT]


def test_hindi_and_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&q=engineering")
    assert tabs(page) == names(English)
    page.locator("a[data-language=hi]").click()
    expect(page.locator("h1")).to_have_text(Hindi.PROMISE)
    assert tabs(page) == names(Hindi)
    assert page.evaluate(LANG).startswith("hi")
    expect(page.locator("#search-total")).to_contain_text("छात्रवृत्ति")
    expect(page.locator("#search-words")).to_have_value("engineering")
    assert "q=engineering" in page.url and "lang=" not in page.url
    card = page.locator("#search-cards article.card").first
    expect(card.locator(".deadline")).to_have_text(DEVANAGARI)
    expect(card.locator("button.save")).to_contain_text(Hindi.SAVE)
    card.locator("button.save").click()
    expect(page.get_by_text(Hindi.TRACKER["saved_here"])).to_be_visible()
    page.get_by_role("tab", name=Hindi.TAB_APPLICATIONS, exact=True).click()
    expect(page.locator("#applications h2")).to_have_text(Hindi.TRACKER["title"])
    expect(page.locator("#applications .track-column h3").first).to_contain_text(Hindi.TRACKER["status_saved"])
    page.get_by_role("tab", name=Hindi.TAB_ACCOUNT, exact=True).click()
    page.locator("#signup-go").click()
    expect(page.locator("#signup-email-said")).to_have_text(Hindi.EMAIL_MISSING)
    page.reload()
    assert tabs(page) == names(Hindi)
    assert page.evaluate(MARKER) is False
    opened(page)
    page.locator("a[data-language=en]").click()
    expect(page.locator("h1")).to_have_text(English.PROMISE)
    assert tabs(page) == names(English)
    assert page.evaluate(LANG).startswith("en")


def test_an_address_in_hindi_and_a_chat_in_the_student_s_own_language(page: Page, site: str) -> None:
    page.goto(f"{site}/?lang=hi")
    expect(page.locator("h1")).to_have_text(Hindi.PROMISE)
    ask(page, "SC student Bihar ke liye scholarship batao")
    expect(page.locator("#chat-note")).to_contain_text(Hindi.FROM_CATALOGUE)
    assert not DEVANAGARI.search(last_answer(page))
    expect(page.locator("#chat-known")).to_contain_text(f"{Hindi.PROFILE_NAMES['state']}: बिहार")
    ask(page, Hindi.STARTERS[0])
    expect(page.locator("#chat-window .bot").last).to_have_text(DEVANAGARI)
    assert page.evaluate(MARKER) is False
    assert page.evaluate("document.cookie") == ""  # an address that somebody gave chooses for one visit


@pytest.fixture
def hindi_browser(chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(locale="hi-IN", viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_a_browser_in_hindi_gets_hindi(hindi_browser: Page, site: str) -> None:
    hindi_browser.goto(site)
    expect(hindi_browser.locator("#chat-chips .chip").first).to_have_text(Hindi.STARTERS[0])


@pytest.mark.parametrize("page", [(360, 740)], ids=["phone"], indirect=True)
def test_what_went_wrong_is_said_in_hindi(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=account&lang=hi")
    opened(page)
    page.get_by_role("button", name=Hindi.HAVE_ACCOUNT, exact=True).click()
    page.locator("#signin-email input").fill("nobody@example.org")
    page.locator("#signin-password input").fill("some long words")
    page.locator("#signin-go").click()
    expect(page.locator("#signin-said")).to_have_text("ई-मेल या पासवर्ड ग़लत है।")
    page.get_by_role("button", name=Hindi.NEW_HERE, exact=True).click()
    page.locator("#signup-email input").fill("hindi-errors@example.org")
    page.locator("#signup-password input").fill("short")
    page.locator("#signup-agree input").check()
    page.locator("#signup-go").click()
    expect(page.locator("#signup-password-said")).to_have_text("8 से 1,024 अक्षर रखिए; लंबा वाक्य सबसे अच्छा है।")
    page.locator("#signup-password input").fill(PASSWORD)
    page.locator("#signup-go").click()
    expect(page.locator("#profile-save")).to_be_visible()
    page.locator("#profile-marksPercent input").fill("101")
    page.locator("#profile-save").click()
    expect(page.get_by_text(f"{Hindi.PROFILE_LABELS['marksPercent']}: 100 या उससे कम लिखिए।").first).to_be_visible()
    page.locator("#family-more").click()
    page.locator("#family-name input, #family-name textarea").fill(" ")
    page.locator("#family-add").click()
    expect(page.get_by_text("इसे ख़ाली मत छोड़िए।").first).to_be_visible()


def test_the_tracker_says_in_hindi_what_it_does_not_take(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&q=nmmss&lang=hi")
    page.locator("#search-cards article.card button.save").first.click()
    page.get_by_role("tab", name=Hindi.TAB_APPLICATIONS, exact=True).click()
    page.locator("#applications .track-open").first.click()
    sheet = page.locator("dialog#application")
    expect(sheet.locator(".track-items")).to_contain_text("ऑनलाइन आवेदन (Online application)")
    sheet.locator("summary", has_text=Hindi.TRACKER["outcome"]).click()
    amount = sheet.get_by_label(re.compile(Hindi.TRACKER["amount_awarded"].partition("{")[0]))
    amount.fill("-1")
    amount.blur()
    expect(sheet.locator(".form-error")).to_have_text("0 या उससे ज़्यादा लिखिए।")


def test_places_to_choose_are_in_hindi(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&lang=hi")
    opened(page)
    for name, state in (("#filter-study-in", "जर्मनी"), ("#filter-state", "बिहार")):
        expect(page.locator(f"{name} option").nth(9)).to_be_attached()
        offered = page.locator(f"{name} option").all_inner_texts()
        assert any(x.startswith(state) for x in offered), offered[:5]
        assert [x for x in offered if not DEVANAGARI.search(x)] == []
