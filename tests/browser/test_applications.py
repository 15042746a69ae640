"""The Applications tab in a real browser: a guest's tracker and an account's, board, list, papers, dates, money, sheet."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from backend.api.identity import COOKIE
from tests.browser.axe import bad_violations
from tests.browser.conftest import ARTIFACTS, DESKTOP, PHONE
from tests.browser.test_page import PASSWORD, SCROLLS, sign_up, tab

pytestmark = pytest.mark.walks

KEPT = "JSON.parse(localStorage.getItem('scholarship-tracker') || '[]')"
IDS = ("nmmss", "sitaram-jindal", "aicte-pragati-degree", "google-phd-fellowship-india")


def student(page: Page, site: str, saved: tuple[str, ...] = IDS) -> dict[str, str]:
    """A new account, signed in in this browser, with scholarships saved; the applications' ids by scholarship."""
    given = {"email": f"{uuid4().hex[:12]}@example.org", "password": PASSWORD}
    token = httpx.post(f"{site}/api/auth/signup", json=given).json()["data"]["token"]
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": site, "httpOnly": True, "sameSite": "Lax"}])
    return {x: rest(page, site, "POST", "applications", {"scholarshipId": x})["id"] for x in saved}


def rest(page: Page, site: str, method: str, path: str, body: Any = None) -> Any:
    """What the REST door gives to the student of this browser."""
    [token] = [x["value"] for x in page.context.cookies(site) if x["name"] == COOKIE]
    answer = httpx.request(method, f"{site}/api/{path}", json=body, headers={"authorization": f"Bearer {token}"})
    assert answer.is_success, answer.text
    return answer.json()["data"]


def column(page: Page, status: str) -> Locator:
    return page.locator(f".track-column[data-status={status}] .track-card")


def drag(page: Page, card: Locator, place: Locator) -> None:
    """By the mouse, straight across: a scroll in the middle would take hold of another card."""
    card.hover()
    start, end = card.bounding_box(), place.bounding_box()
    assert start and end
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, start["y"] + start["height"] / 2, steps=4)
    page.mouse.up()


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of your applications").get_by_role("button", name=name).click()


def said(page: Page) -> Locator:
    return page.locator(".said-bar:visible")


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_a_guests_tracker_lives_in_the_browser_and_moves_into_the_account(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships")
    card = page.locator("#search-cards article.card").first
    name = card.get_attribute("data-name")
    card.locator("button.save").click()
    expect(card.locator("button.save")).to_have_attribute("aria-pressed", "true")
    expect(said(page)).to_contain_text("Saved in this browser")
    other = page.context.new_page()
    other.goto(f"{site}/?tab=applications")
    expect(other.locator(".track-open")).to_have_text([name])
    said(page).get_by_role("button", name="Open").click()
    sheet = page.locator("#application")
    expect(sheet.get_by_role("heading", level=2)).to_have_text(name)
    assert "application=" in page.url
    assert page.evaluate(SCROLLS) <= 0
    sheet.locator(".track-items input[type=checkbox]").first.check()
    expect(said(page)).to_contain_text("is ready")
    sheet.get_by_text("Notes and application number").click()
    sheet.get_by_label("Notes", exact=True).fill("Ask <b>the principal</b>")
    sheet.get_by_label("Notes", exact=True).blur()
    expect(said(page)).to_contain_text("Saved.")
    page.reload()
    expect(sheet.get_by_role("heading", level=2)).to_have_text(name)
    expect(sheet.locator(".track-items input[type=checkbox]").first).to_be_checked()
    page.go_back()
    expect(sheet).to_be_hidden()
    tab(page, "Applications")
    expect(page.locator(".track-guest")).to_contain_text("Kept only in this browser")
    expect(page.locator(".track-guest")).to_contain_text("1 of 40")
    page.get_by_role("combobox", name="Move to").select_option("preparing")
    expect(page.locator(".track-group[data-status=preparing] .track-open")).to_have_text([name])
    expect(other.locator(".track-group[data-status=preparing] .track-open")).to_have_text([name])
    other.close()
    sign_up(page, "tracker-guest@example.org")
    offer = page.locator("#takeover")
    expect(offer.get_by_role("heading")).to_have_text("Take the scholarship saved in this browser into your account?")
    offer.get_by_role("button", name="Yes, take them over").click()
    expect(offer.get_by_role("button")).to_have_count(0)
    assert page.evaluate(KEPT) == []
    tab(page, "Applications")
    expect(page.locator(".track-group[data-status=preparing] .track-open")).to_have_text([name])
    expect(page.locator(".track-guest")).to_have_count(0)
    [mine] = rest(page, site, "GET", "applications")
    assert (mine["notes"], sum(x["done"] for x in mine["checklist"])) == ("Ask <b>the principal</b>", 1)
    page.locator(".track-open").click()
    sheet.get_by_text("Notes and application number").click()
    expect(sheet.get_by_label("Notes", exact=True)).to_have_value("Ask <b>the principal</b>")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    tab(page, "Account")
    page.locator("#signout-go").click()
    expect(page.locator("#signin-go")).to_be_visible()
    tab(page, "Applications")
    expect(page.locator("#applications")).to_contain_text("Nothing saved yet")
    assert "principal" not in page.content()


CHANGES = """([id, name]) => Promise.all([1, 2, 3, 4].map((n) => window.tracker.act({do: 'change', id, changes: {[name]: `${name} ${n}`}})))"""


def test_two_windows_of_a_guest_lose_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=applications")
    expect(page.locator("#applications")).to_contain_text("Nothing saved yet")
    for scholarship in IDS[:2]:
        page.evaluate("(id) => window.tracker.act({do: 'save', scholarshipId: id}).then(() => 1)", scholarship)
    other = page.context.new_page()
    other.goto(f"{site}/?tab=applications")
    expect(other.locator(".track-card")).to_have_count(2)
    one, two = page.evaluate(f"{KEPT}.map((x) => x.id)")
    page.evaluate(f"(given) => {{ window.done = ({CHANGES})(given); }}", [one, "notes"])
    other.evaluate(f"(given) => {{ window.done = ({CHANGES})(given); }}", [two, "reference"])
    for each in (page, other):
        each.evaluate("() => window.done.then(() => 1)")
    kept = {x["id"]: x for x in page.evaluate(KEPT)}
    assert (kept[one]["notes"], kept[two]["reference"]) == ("notes 4", "reference 4")
    assert [len(kept[x]["events"]) for x in (one, two)] == [5, 5]


def test_the_board_by_mouse_and_by_keyboard_with_the_way_back(page: Page, site: str) -> None:
    student(page, site)
    page.goto(f"{site}/?tab=applications")
    expect(column(page, "saved")).to_have_count(4)
    name = column(page, "saved").first.locator(".track-open").inner_text()
    drag(page, column(page, "saved").first, page.locator(".track-column[data-status=submitted]"))
    expect(column(page, "submitted").locator(".track-open")).to_have_text([name])
    expect(said(page)).to_contain_text(f"“{name}” is now under Submitted.")
    said(page).get_by_role("button", name="Undo").click()
    expect(column(page, "saved")).to_have_count(4)
    expect(column(page, "submitted")).to_have_count(0)
    mover = page.get_by_role("combobox", name=f"Move to …: {name}")
    mover.focus()
    page.keyboard.press("ArrowDown")
    expect(column(page, "preparing").locator(".track-open")).to_have_text([name])
    expect(mover).to_be_focused()
    page.get_by_role("button", name="List", exact=True).click()
    expect(page.locator(".track-group[data-status=preparing] .track-open")).to_have_text([name])
    page.get_by_role("button", name="By date").click()
    expect(page.locator(".track-card")).to_have_count(4)


def test_one_application_from_checklist_to_money(page: Page, site: str) -> None:
    ids = student(page, site)
    rest(page, site, "PATCH", f"applications/{ids['nmmss']}", {"targetDate": "2035-01-31", "status": "submitted"})
    page.goto(f"{site}/?tab=applications&application={ids['nmmss']}")
    sheet = page.locator("#application")
    expect(sheet.get_by_text("Next step")).to_be_visible()
    sheet.get_by_label("One more thing to get ready").fill("Photo")
    sheet.get_by_role("button", name="Add", exact=True).click()
    expect(sheet.locator(".track-items li").last).to_contain_text("Photo")
    sheet.get_by_text("Change or remove: Photo").locator("xpath=ancestor::summary").click()
    item = sheet.locator(".track-items li").last
    item.get_by_label("What", exact=True).fill("Two photos")
    item.get_by_label("Days that it takes").fill("4")
    item.get_by_role("button", name="Save").click()
    expect(item).to_contain_text("Two photos")
    expect(item).to_contain_text("about 4 days (my own time)")
    stage = sheet.get_by_label("What its portal or office shows")
    stage.select_option("institute")
    expect(sheet.locator(".track-stage")).to_contain_text("Whom to call next")
    sheet.get_by_role("combobox", name="Stage", exact=True).select_option("awarded")
    sheet.get_by_label("Amount awarded").fill("-5")
    sheet.get_by_label("Amount awarded").blur()
    expect(sheet.locator(".track-fields .form-error")).to_be_visible()
    expect(sheet.get_by_label("Amount awarded")).to_have_value("-5")
    sheet.get_by_label("Amount awarded").fill("12000")
    sheet.get_by_label("Amount awarded").blur()
    expect(sheet.locator(".track-fields .form-error")).to_have_count(0)
    sheet.get_by_label("Has the money arrived?").select_option("no")
    sheet.get_by_text("History").click()
    expect(sheet.locator(".track-history li").first).to_contain_text("not credited yet")
    sheet.get_by_role("button", name="Undo: ").click()
    expect(sheet.get_by_label("Has the money arrived?")).to_have_value("")
    sheet.get_by_text("Share with friends").click()
    assert len(sheet.locator(".track-share").inner_text().splitlines()) == 6
    sheet.get_by_text("Delete", exact=True).click()
    sheet.get_by_role("button", name="Yes, delete").click()
    expect(sheet).to_be_hidden()
    expect(page.locator(".track-card")).to_have_count(3)
    said(page).get_by_role("button", name="Undo").click()
    expect(column(page, "awarded")).to_have_count(1)
    part(page, "Money")
    expect(page.locator(".money").first.get_by_role("row", name="Won")).to_contain_text("₹12,000")


def test_papers_calendar_copies_and_import(page: Page, site: str) -> None:
    student(page, site)
    page.goto(f"{site}/?tab=applications")
    part(page, "Papers")
    paper = page.locator(".track-papers li", has_text="Income certificate").first
    paper.get_by_role("checkbox").check()
    expect(said(page)).to_contain_text("ready in every application")
    board = rest(page, site, "GET", "applications/board")
    assert next(x for x in board["planner"] if x["document"] == "income-certificate")["done"]
    part(page, "Dates")
    expect(page.get_by_role("heading", name="The next 90 days")).to_be_visible()
    page.get_by_role("button", name="Show my private address").click()
    address = page.get_by_label("Private address for your calendar app").input_value()
    assert "BEGIN:VCALENDAR" in httpx.get(address).text
    expect(page.get_by_role("link", name="Open in my calendar app")).to_have_attribute(
        "href", address.replace("http:", "webcal:")
    )
    page.get_by_role("button", name="New address").click()
    expect(page.get_by_label("Private address for your calendar app")).not_to_have_value(address)
    assert httpx.get(address).status_code == 401
    page.locator("summary", has_text="Copies, import").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="JSON").click()
    copy = Path(started.value.path()).read_bytes()
    assert {x["scholarshipId"] for x in json.loads(copy)["applications"]} == set(IDS)
    for application in rest(page, site, "GET", "applications")[:2]:
        rest(page, site, "DELETE", f"applications/{application['id']}?forever=true")
    page.reload()
    expect(page.locator(".track-card")).to_have_count(2)
    page.locator("summary", has_text="Copies, import").click()
    chooser = page.get_by_label("Bring in a copy")
    chooser.set_input_files({"name": "notes.json", "mimeType": "application/json", "buffer": b"[1, 2]"})
    expect(page.locator("#applications .form-error")).to_contain_text("no copy from here")
    chooser.set_input_files({"name": "applications.json", "mimeType": "application/json", "buffer": copy})
    expect(page.locator("#applications").get_by_text("2 new, 0 brought together, 2 unchanged").first).to_be_visible()
    expect(page.locator(".track-card")).to_have_count(4)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_is_accessible_and_never_scrolls_sideways(chromium: Browser, site: str, scheme: Any) -> None:
    context = chromium.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en-IN", color_scheme=scheme
    )
    try:
        page = context.new_page()
        page.set_default_timeout(15_000)
        ids = student(page, site)
        for name, changes in zip(
            IDS,
            ({"targetDate": "2030-01-05"}, {"status": "awarded", "amountAwarded": 9000}, {"status": "submitted"}),
            strict=False,
        ):
            rest(page, site, "PATCH", f"applications/{ids[name]}", changes)
        page.goto(f"{site}/?tab=applications&__theme={scheme}")
        for kind, (width, height) in (("phone", PHONE), ("desktop", DESKTOP)):
            page.set_viewport_size({"width": width, "height": height})
            for name in ("Papers", "Dates", "Money", "Stages"):
                part(page, name)
                _check(page, f"applications-{kind}-{scheme}-{name.lower()}")
            page.locator(".track-open").first.click()
            for summary in page.locator("#application .sheet-body > .track-fold > summary").all():
                summary.click()
            _check(page, f"applications-{kind}-{scheme}-sheet")
            page.keyboard.press("Escape")
            expect(page.locator("#application")).to_be_hidden()
    finally:
        context.close()


def _check(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png")
    assert page.evaluate(SCROLLS) <= 0, name
    assert bad_violations(page, "#applications") == [], name
