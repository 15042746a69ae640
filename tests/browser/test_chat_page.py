"""The chat as a face: first screen on a phone, the box, sources, a lost connection, keys only, axe-core."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import bad_violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_chat import answered, ask, known, questions
from tests.browser.test_page import PASSWORD, SCROLLS, choose, sign_up, tab
from ui.strings_en import English

pytestmark = pytest.mark.walks

SMALL = """() => [...document.querySelectorAll('.chat-columns button, .chat-columns a.btn, .chat-columns summary, .composer textarea')]
  .filter((n) => n.checkVisibility() && n.getBoundingClientRect().height < 43.5 && n.getBoundingClientRect().height > 1).map((n) => n.outerHTML.slice(0, 120))"""
IN_VIEW = "(n) => { const r = n.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.width > 0; }"


def accessible(page: Page, what: str) -> None:
    """No serious violation: wide in light, narrow in dark (colours do not depend on the width, nor markup on the theme)."""
    for (width, height), dark in ((DESKTOP, False), (PHONE, True)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("(dark) => document.body.classList.toggle('dark', dark)", dark)
        assert bad_violations(page) == [], f"{what}, {width}"
    page.evaluate("document.body.classList.remove('dark')")


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_a_phones_first_screen_and_an_answer_with_its_sources(page: Page, site: str) -> None:
    page.goto(site)
    starters = page.locator("#chat-chips .chip")
    expect(starters).to_have_count(6)
    for one in (page.locator("h1"), page.locator("#chat-box textarea"), page.locator("#chat-send"), *starters.all()):
        assert one.evaluate(IN_VIEW), one.inner_text()
    assert len([x for x in starters.all_inner_texts() if re.search("[\u0900-\u097f]|batao", x)]) == 2
    starters.first.click()
    answered(page, English.STARTERS[0])
    expect(page.locator("#chat-cards article.card").first).to_be_attached()
    expect(page.locator("#chat-wait .wait")).to_be_hidden()
    assert questions(page).last.evaluate(IN_VIEW), "reading starts at the question"
    for always in (page.locator("#chats .chats-new"), page.locator("#chat-box textarea")):
        assert always.evaluate(IN_VIEW)
    sources = page.locator("#chat-window .sources")
    expect(sources.locator("li").first).to_be_hidden()
    sources.locator("summary").click()
    first = sources.locator("li").first
    expect(first).to_contain_text(
        re.compile(r"Award: .*Last date: .*(Official source|Source): \S+ ↗ · (as of|date not known)", re.S)
    )
    name = page.locator("#chat-window .bot ol a").first
    assert name.inner_text() == first.locator("strong").inner_text()
    assert re.fullmatch(r"\?scholarship=[\w-]+", str(name.get_attribute("href")))
    assert page.evaluate(SMALL) == [] and page.evaluate(SCROLLS) <= 0
    name.click()
    expect(page.get_by_role("dialog").get_by_role("heading", name=name.inner_text())).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(questions(page)).to_have_count(1)


def test_the_box_and_what_is_sent(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "PhD in Kerala")
    box, note = page.locator("#chat-box textarea"), page.locator("#chat-count .count")
    box.fill("which are")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("open?")
    expect(box).to_have_value("which are\nopen?")
    expect(note).to_be_hidden()
    box.fill("x" * 2100)
    expect(box).to_have_value("x" * 2000)
    expect(note).to_have_text("2,000 of 2,000 characters")
    box.fill("which are open?")
    page.evaluate(
        """() => { window.redrawn = 0; const first = document.querySelector('#chat-window .bot-row');
        new MutationObserver((all) => { window.redrawn += all.length; }).observe(first, {subtree: true, childList: true, characterData: true}); }"""
    )
    held: list[Route] = []
    page.route("**/gradio_api/run/predict*", lambda route: held.append(route))  # noqa: PLW0108 - it sets attributes
    with page.expect_request("**/gradio_api/run/predict*"):
        page.keyboard.press("Enter")
    expect(page.locator("#chat-wait .mine")).to_have_text("which are open?")
    turning = "getComputedStyle(document.querySelector('#chat-wait .theirs'), '::before').animationName"
    assert page.evaluate(turning) != "none"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(turning) == "none"
    with page.expect_response("**/gradio_api/run/predict*") as taken:
        held[0].continue_()
    page.unroute("**/gradio_api/run/predict*")
    assert "PhD in Kerala" not in taken.value.text(), "an earlier turn is not sent again"
    answered(page, "which are open?")
    expect(box).to_be_focused()
    expect(page.locator("#chat-news [role=status]")).to_contain_text("Answered straight from the checked list")
    log = page.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-busy", "false")
    expect(log).to_have_attribute("aria-live", "off")
    assert page.evaluate("window.redrawn") == 0, "earlier answers are not drawn anew"
    page.context.set_offline(True)
    box.fill("and for girls?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="could not be reached")).to_be_visible()
    expect(box).to_have_value("and for girls?")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    answered(page, "and for girls?")
    expect(page.locator("#chat-wait .problem")).to_be_hidden()


def test_a_broken_connection_opens_the_same_chat_with_the_question_in_the_box(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "PhD in Kerala")
    page.route("**/queue/join*", lambda route: route.abort())
    page.locator("#chat-box textarea").fill("and for girls?")
    page.locator("#chat-send").click()
    expect(page.locator("#chat-wait .problem")).to_be_visible()
    page.unroute("**/queue/join*")  # Gradio finds its server again and loads the page anew
    expect(questions(page)).to_have_text(["PhD in Kerala"])
    expect(page.locator("#chat-box textarea")).to_have_value("and for girls?")
    expect(known(page, "State: Kerala")).to_be_visible()


def go_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """Press a key until the wanted place has the focus; on the way each place shows that it has it."""
    for _ in range(90):
        page.keyboard.press(key)
        seen = page.evaluate(
            """(wanted) => { const here = document.activeElement, style = getComputedStyle(here);
            return [here.matches(wanted), here === document.body || style.outlineStyle !== 'none', here.outerHTML.slice(0, 150)]; }""",
            wanted,
        )
        assert seen[1], f"no focus to be seen: {seen[2]}"
        if seen[0]:
            return
    pytest.fail(f"not reached: {wanted}")


def test_keys_alone_lead_from_sign_up_to_an_application(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator("#chat-chips .chip").first).to_be_visible()
    go_to(page, "a.skip")
    page.keyboard.press("Enter")
    expect(page.locator("#chat-box textarea")).to_be_focused()
    go_to(page, "#tabs [role=tab][data-tab-id=account]", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#signup-go")).to_be_visible()
    go_to(page, "#signup-email input")
    page.keyboard.type(f"{uuid4().hex}@example.org")
    go_to(page, "#signup-password input")
    page.keyboard.type(PASSWORD)
    go_to(page, "#signup-agree input")
    page.keyboard.press("Space")
    go_to(page, "#signup-go")
    page.keyboard.press("Enter")
    expect(page.locator("#who")).to_contain_text("Signed in as")
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    go_to(page, "#tabs [role=tab][data-tab-id=chat]")
    page.keyboard.press("Enter")
    go_to(page, "#chat-box textarea")
    page.keyboard.type("BTech first year, Bihar")
    page.keyboard.press("Enter")
    answered(page, "BTech first year, Bihar")
    expect(page.locator("#chat-box textarea")).to_be_focused()
    name = page.locator("#chat-cards article.card h3").first.inner_text()
    go_to(page, "#chat-cards button.save, #chat-cards button[data-act=save]")
    page.keyboard.press("Enter")
    expect(page.locator("#chat-cards [data-act=save][aria-pressed=true]").first).to_be_visible()
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    go_to(page, "#tabs [role=tab][data-tab-id=applications]")
    page.keyboard.press("Enter")
    expect(page.locator("#applications")).to_contain_text(name)


def test_axe_finds_nothing_in_chat_account_and_privacy(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator("#chat-cards article.card").first).to_be_visible()
    accessible(page, "an empty chat")
    ask(page, "compare NMMSS and PM YASASVI, I am in Bihar")
    page.locator("#chat-window .sources summary").click()
    page.locator("#chat-known .chip.clear").click()
    page.locator("#chat-window button[title=Edit]").first.click()
    expect(page.locator("#known-use")).to_be_visible()
    accessible(page, "an answer, its sources, a question being changed, the form")
    page.locator(".chats-toggle").click()
    page.locator("#chats .chat-menu").click()
    assert bad_violations(page) == [], "the drawer"
    page.keyboard.press("Escape")
    expect(page.locator(".chats-toggle")).to_be_focused()
    tab(page, "Account")
    choose(page, "I am new here")
    page.locator("#signup-go").click()
    expect(page.locator("#signup-email-said")).to_have_text("Please type your e-mail.")
    accessible(page, "signed out, with an error")
    sign_up(page, f"{uuid4().hex}@example.org")
    accessible(page, "signed in")
    page.locator(".foot button", has_text="Privacy").click()
    accessible(page, "privacy")
