"""The Chat tab in a real browser: past chats, taking back, what is known of the student, thumbs, consent."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import BOTH, PHONE, ROOT
from tests.browser.test_page import SCROLLS, sign_up, tab

pytestmark = pytest.mark.walks

ENDS = (
    "document.querySelector('.composer').getBoundingClientRect().bottom"
    " - document.querySelector('.chat-columns').getBoundingClientRect().bottom"
)
KEPT = "JSON.parse(localStorage.getItem('scholarship-chats') || '[]')"


def ask(page: Page, text: str) -> None:
    page.locator("#chat-box textarea").fill(text)
    page.locator("#chat-send").click()
    answered(page, text)


def answered(page: Page, text: str) -> None:
    """Wait until the last question is this one and its answer is whole."""
    expect(questions(page).last).to_have_text(text)
    expect(page.locator("#chat-note p")).to_be_visible()


def questions(page: Page):
    return page.locator("#chat-window .user")


def known(page: Page, text: str):
    return page.locator("#chat-known").get_by_role("button", name=f"Remove {text}", exact=True)


def button(page: Page, title: str):
    return page.locator(f"#chat-window button[title={title}]").last


def show_list(page: Page) -> None:
    expect(page.locator("#chats .chats-new")).to_be_visible()
    toggle = page.locator(".chats-toggle")
    if toggle.is_visible() and toggle.get_attribute("aria-expanded") == "false":
        toggle.click()


def new_chat(page: Page) -> None:
    if page.locator("dialog.chats-drawer").is_visible():
        page.keyboard.press("Escape")
    page.locator("#chats .chats-new").click()
    expect(questions(page)).to_have_count(0)


def titles(page: Page):
    return page.locator("#chats .chat-title")


def menu(page: Page, place: int = 0) -> None:
    page.locator("#chats .chat-menu").nth(place).click()


def fits_the_page(page: Page) -> None:
    assert page.evaluate(SCROLLS) <= 0
    small = page.locator("#chats button, #chats a, #chats input, #chat-known button, #chat-thumb button").evaluate_all(
        "(all) => all.filter((n) => n.checkVisibility() && n.getBoundingClientRect().height < 43.5).map((n) => n.outerHTML)"
    )
    assert small == []


@BOTH
def test_a_guests_chats_are_in_the_browser_and_go_on(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "PhD in Kerala, girl")
    ask(page, "which are open?")
    new_chat(page)
    ask(page, "scholarship <b> for boys")
    page.wait_for_function(f"{KEPT}.length === 2")
    page.evaluate(
        f"localStorage.setItem('scholarship-chats', JSON.stringify({KEPT}.map((c) => ({{...c, session: 'gone'}}))))"
    )
    page.reload()
    show_list(page)
    expect(titles(page)).to_have_text(["scholarship <b> for boys", "PhD in Kerala, girl"])
    menu(page)
    page.get_by_role("button", name="Rename", exact=True).click()
    page.get_by_label("New title").fill("Boys & all")
    fits_the_page(page)
    page.get_by_label("New title").press("Enter")
    expect(titles(page)).to_have_text(["Boys & all", "PhD in Kerala, girl"])
    page.get_by_label("Search in your chats").fill("kerala open?")
    expect(titles(page)).to_have_text(["PhD in Kerala, girl"])
    titles(page).click()
    expect(questions(page)).to_have_text(["PhD in Kerala, girl", "which are open?"])
    expect(known(page, "State: Kerala")).to_be_visible()
    expect(page.locator("#chat-cards article.card").first).to_be_visible()
    ask(page, "and which documents?")
    expect(known(page, "Level: PhD")).to_be_visible()
    assert [len(c["turns"]) for c in page.evaluate(KEPT)] == [3, 1]
    show_list(page)
    menu(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Download").click()
    text = Path(started.value.path()).read_text()
    assert started.value.suggested_filename == "PhD in Kerala, girl.md"
    assert text.startswith("# PhD in Kerala, girl\n") and "\n> and which documents?\n" in text
    page.get_by_role("button", name="Delete", exact=True).click()
    fits_the_page(page)
    assert len(page.evaluate(KEPT)) == 2
    page.get_by_role("button", name="Yes, delete").click()
    expect(questions(page)).to_have_count(0)
    assert [c["title"] for c in page.evaluate(KEPT)] == ["Boys & all"]


def test_a_guests_list_is_bounded_and_can_be_cleared(page: Page, site: str) -> None:
    page.goto(site)
    chat = {"id": "x", "title": "t", "session": None, "turns": [], "createdAt": "2026-01-01", "updatedAt": "2026-01-01"}
    many = json.dumps([{**chat, "id": f"x{n}"} for n in range(20)])
    page.evaluate(f"localStorage.setItem('scholarship-chats', {json.dumps(many)})")
    ask(page, "scholarship for girls")
    expect(titles(page)).to_have_count(20)
    assert [c["id"] for c in page.evaluate(KEPT)][1:] == [f"x{n}" for n in range(19)]
    page.get_by_role("button", name="Delete all chats").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.locator("#chats")).to_contain_text("No chats yet")
    assert page.evaluate(KEPT) == []


CHANGED_ELSEWHERE = "() => window.dispatchEvent(new StorageEvent('storage', {key: 'scholarship-chats'}))"
"""Another window of this browser changed the list, as it does after each of its answers."""


def test_what_was_begun_in_the_list_stays_while_it_is_drawn_anew(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "PhD in Kerala, girl")
    page.wait_for_function(f"{KEPT}.length === 1")
    menu(page)
    page.get_by_role("button", name="Rename", exact=True).click()
    page.get_by_label("New title").fill("My PhD")
    page.evaluate(CHANGED_ELSEWHERE)
    ask(page, "which are open?")
    expect(page.get_by_label("New title")).to_have_value("My PhD")
    page.get_by_label("New title").focus()
    page.evaluate(CHANGED_ELSEWHERE)
    expect(page.get_by_label("New title")).to_be_focused()
    page.get_by_label("New title").press("Enter")
    expect(titles(page)).to_have_text(["My PhD"])
    expect(page.get_by_label("New title")).to_have_count(0)
    page.get_by_role("button", name="Delete all chats").click()
    page.evaluate(CHANGED_ELSEWHERE)
    expect(page.get_by_role("button", name="Yes, delete")).to_be_focused()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Delete all chats").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.locator("#chats")).to_contain_text("No chats yet")
    assert page.evaluate(KEPT) == []


def test_what_the_browser_gives_back_is_checked(page: Page, site: str) -> None:
    page.goto(site)
    broken = json.dumps([{"id": "x", "title": "Broken", "turns": [{"question": 1}], "updatedAt": "2026-01-01"}])
    page.evaluate(f"localStorage.setItem('scholarship-chats', {json.dumps(broken)})")
    page.reload()
    titles(page).click()
    expect(page.get_by_text("This chat could not be opened.").first).to_be_visible()


def test_edit_retry_and_undo_take_back_on_the_server_too(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "B.Tech in Bihar")
    ask(page, "I am 19 years old <really>")
    expect(known(page, "Age: 19")).to_be_visible()
    button(page, "Retry").click()
    answered(page, "I am 19 years old <really>")
    expect(questions(page)).to_have_count(2)
    button(page, "Undo").click()
    expect(page.locator("#chat-box textarea")).to_have_value("I am 19 years old <really>")
    expect(questions(page)).to_have_text(["B.Tech in Bihar"])
    expect(known(page, "Age: 19")).to_have_count(0)
    ask(page, "which are open?")
    expect(known(page, "State: Bihar")).to_be_visible()
    expect(known(page, "Age: 19")).to_have_count(0)
    page.locator("#chat-window button[title=Edit]").first.click()
    page.locator("#chat-window textarea").fill("Nursing in Kerala")
    page.locator("#chat-window button[title=Submit]").click()
    answered(page, "Nursing in Kerala")
    expect(questions(page)).to_have_count(1)
    expect(known(page, "State: Kerala")).to_be_visible()
    ask(page, "and for girls?")
    expect(known(page, "Field: Nursing")).to_be_visible()
    expect(page.locator("#chat-known")).not_to_contain_text("Engineering")
    assert page.evaluate(SCROLLS) <= 0


def test_who_takes_back_while_an_answer_is_on_its_way_sees_it_gone(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "B.Tech in Bihar")
    for again in ("I am 19 years old", "I am 20 years old"):
        ask(page, again)
        button(page, "Retry").click()
        button(page, "Undo").click()
        expect(page.locator("#chat-box textarea")).to_have_value(again)
        expect(questions(page)).to_have_text(["B.Tech in Bihar"])
    page.wait_for_timeout(1000)  # nothing comes back later
    expect(questions(page)).to_have_text(["B.Tech in Bihar"])
    expect(page.locator("#chat-stop")).to_be_hidden()


def test_a_stopped_answer_is_nowhere_kept(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "B.Tech in Bihar")
    held: list[Route] = []
    page.route("**/queue/join*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright sets attributes on it
    page.locator("#chat-box textarea").fill("I am 19 years old")
    page.locator("#chat-send").click()
    page.locator("#chat-stop").click()
    expect(page.locator("#chat-window .bot").last).to_contain_text("Stopped before an answer.")
    for route in held:
        route.continue_()
    page.unroute("**/queue/join*")
    ask(page, "which are open?")
    expect(questions(page)).to_have_count(3)
    expect(page.locator("#chat-window .bot").nth(1)).to_contain_text("Stopped before an answer.")
    expect(known(page, "Age: 19")).to_have_count(0)
    button(page, "Undo").click()
    expect(questions(page)).to_have_count(2)
    button(page, "Undo").click()
    expect(questions(page)).to_have_count(1)
    expect(known(page, "State: Bihar")).to_be_visible()


@BOTH
def test_what_is_known_can_be_corrected(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "B.Tech in Bihar, income 2 lakh")
    before = page.locator("#chat-cards h3").all_inner_texts()
    known(page, "State: Bihar").click()
    expect(page.locator("#chat-known")).to_contain_text("counts from the next question")
    fits_the_page(page)
    page.locator("#chat-known").get_by_role("button", name="Which scholarships fit me now?").click()
    answered(page, "Which scholarships fit me now?")
    expect(known(page, "State: Bihar")).to_have_count(0)
    assert page.locator("#chat-cards h3").all_inner_texts() != before
    page.locator("#chat-known .chip.clear").click()
    income = page.locator("#known-familyIncome input")
    expect(income).to_have_value("200000")
    income.fill("")
    page.locator("#known-age input").fill("19")
    assert page.evaluate(SCROLLS) <= 0
    page.locator("#known-use").click()
    expect(known(page, "Age: 19")).to_be_visible()
    expect(page.locator("#chat-known")).not_to_contain_text("Income")
    ask(page, "which are open?")
    expect(page.locator("#chat-known")).not_to_contain_text("counts from the next question")
    expect(known(page, "Age: 19")).to_be_visible()
    expect(page.locator("#chat-known")).not_to_contain_text("Income")


def review(folder: Path) -> str:
    """The review list as its command prints it."""
    environment = {**os.environ, "DATA_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "backend.review"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_a_thumb_reaches_the_review_list_with_its_reason(page: Page, site: str, folder: Path) -> None:
    page.goto(site)
    words = "the fee is not stated"
    page.locator("#chat-box textarea").fill("last date of NMMSS? my account is 123456789012345")
    page.locator("#chat-send").click()
    answered(page, "last date of NMMSS? my account is ●●●●")
    button(page, "Dislike").click()
    page.get_by_label("A wrong amount, date or rule").check()
    page.get_by_label("In your own words").fill(words)
    fits_the_page(page)
    assert words not in review(folder), "nothing is sent before the button is pressed"
    page.locator("#chat-thumb").get_by_role("button", name="Send").click()
    expect(page.locator("#chat-thumb")).to_contain_text("Thank you")
    listed = review(folder)
    assert re.search(rf"thumb down: last date of NMMSS\?.*●.*\n +wrong_fact\n +{re.escape(words)}", listed)
    assert "123456789012345" not in listed


def test_a_student_with_an_account(page: Page, site: str, folder: Path) -> None:
    page.goto(site)
    ask(page, "PhD in Kerala")
    sign_up(page, "chats@example.org")
    tab(page, "Chat")
    expect(questions(page)).to_have_count(1)
    ask(page, "last date of NMMSS?")
    expect(known(page, "State: Kerala")).to_be_visible()
    new_chat(page)
    expect(
        page.locator(".takeover")
    ).to_be_visible()  # takes room, yet all that belongs to the chat stays above the foot
    assert page.evaluate(ENDS) <= 0
    ask(page, "B.Tech, income 2 lakh")
    show_list(page)
    expect(titles(page)).to_have_text(["B.Tech, income 2 lakh", "last date of NMMSS?"])
    fits_the_page(page)
    page.get_by_label("Search in your chats").fill("NMMSS date")
    expect(titles(page)).to_have_text(["last date of NMMSS?"])
    menu(page)
    page.get_by_role("button", name="Rename", exact=True).click()
    page.get_by_label("New title").fill("School money")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(titles(page)).to_have_text(["School money"])
    menu(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Download").click()
    assert Path(started.value.path()).read_text().startswith("# School money\n")
    page.reload()
    show_list(page)
    titles(page).last.click()
    expect(questions(page)).to_have_text(["last date of NMMSS?"])
    ask(page, "which documents?")
    button(page, "Like").click()
    expect(page.locator("#chat-thumb")).to_contain_text("What was good?")
    assert "thumb up: which documents?" in review(folder)
    consent = page.locator("#chat-remember input")
    expect(consent).not_to_be_checked()
    consent.check()
    expect(page.get_by_text("From now on your account").first).to_be_visible()
    ask(page, "I am a girl from Goa")
    tab(page, "Account")
    expect(page.locator("#profile-remember input")).to_be_checked()
    expect(page.locator("#profile-state input")).to_have_value("Goa")
    page.locator("#profile-remember input").uncheck()
    expect(page.get_by_text("do not change your account").first).to_be_visible()
    tab(page, "Chat")
    expect(consent).not_to_be_checked()
    ask(page, "I am from Bihar now")
    page.reload()
    expect(known(page, "State: Bihar")).to_be_visible()
    new_chat(page)
    expect(known(page, "State: Goa")).to_be_visible()
    tab(page, "Account")
    page.locator("#signout-go").click()
    expect(page.locator("#signin-go")).to_be_visible()
    tab(page, "Chat")
    show_list(page)
    expect(titles(page)).to_have_text(["PhD in Kerala"])
    expect(page.locator("#chat-known")).not_to_contain_text("Goa")
    expect(consent).to_have_count(0)
