"""Cards, everything about one scholarship, the comparison and the page on the list's quality, in a real browser."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import bad_violations
from tests.browser.conftest import ARTIFACTS, BOTH, PHONE
from tests.browser.test_page import sign_up, tab
from tests.browser.test_search import SCROLLS

pytestmark = pytest.mark.walks

GIRLS, SCHOOL, DIPLOMA = "aicte-pragati-degree", "nmmss", "aicte-pragati-diploma"
CARD = "#search-cards article.card"
SMALL = """(place) => [...document.querySelectorAll(`${place} :is(button, a, summary, input, select)`)].filter((n) => n.checkVisibility()
  && n.getBoundingClientRect().height > 1 && !n.closest('label, li > p')).filter((n) => n.getBoundingClientRect().height < 43.5)
  .map((n) => n.outerHTML.slice(0, 120))"""


def over(page: Page, title: str) -> None:
    """Wait until a page over the page is drawn."""
    expect(page.locator("#over-title")).to_have_text(re.compile(title))
    expect(page.locator("#over")).not_to_have_attribute("aria-busy", "true")


@BOTH
def test_everything_about_one_has_an_address(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&q=pragati+degree")
    link = page.locator(f"{CARD} a.card-name").first
    name = link.inner_text()
    link.click()
    over(page, re.escape(name))
    expect(page).to_have_url(re.compile(f"scholarship={GIRLS}"))
    expect(page.locator("#over-title")).to_be_focused()
    shown = page.locator("#over .facts")
    for label in (
        "Given by",
        "Amount",
        "Covers",
        "Renewed each year",
        "Awards a year",
        "Usual months",
        "Family income",
        "Age",
    ):
        expect(shown.get_by_text(label, exact=True)).to_be_visible()
    expect(shown).to_contain_text("₹8,00,000")
    expect(page.locator("#over")).to_contain_text("Girl admitted to first year")
    assert page.evaluate(SCROLLS) <= 0 and page.evaluate(SMALL, "#over") == []
    with page.expect_download() as file:
        page.get_by_role("link", name="Calendar file").click()
    assert "BEGIN:VCALENDAR" in file.value.path().read_text()
    page.go_back()
    expect(page.locator("#over")).to_be_hidden()
    assert "scholarship=" not in page.url and page.locator(CARD).count()
    page.go_forward()
    over(page, re.escape(name))
    page.reload()
    over(page, re.escape(name))
    page.keyboard.press("Escape")
    expect(page.locator("#over")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("scholarship="))
    page.go_forward()
    over(page, re.escape(name))
    page.locator("#over").get_by_role("button", name=re.compile("^Ask")).click()
    expect(page.locator("#chat-window .user").last).to_contain_text(name)
    expect(page.locator("#over")).to_be_hidden()
    page.goto(f"{site}/?scholarship=no-such-thing")
    over(page, "Not in the list")
    page.locator("#over").get_by_role("button", name="Look at scholarships").click()
    expect(page.locator(CARD).first).to_be_visible()


@BOTH
def test_up_to_four_are_kept_to_be_compared(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&q=pragati")
    buttons = page.locator(f"{CARD} button[data-act=compare]")
    for place in (0, 1):
        buttons.nth(place).click()
        expect(buttons.nth(place)).to_have_attribute("aria-pressed", "true")
    tray = page.locator("#tray")
    names = page.locator(f"{CARD} h3").all_inner_texts()[:2]
    tab(page, "Account")
    expect(tray.locator("li")).to_have_count(2)
    page.reload()
    expect(tray.locator("li")).to_have_count(2)
    assert page.evaluate(SCROLLS) <= 0 and page.evaluate(SMALL, "#tray") == []
    tray.get_by_role("button", name=re.compile("^Compare")).click()
    over(page, "Comparison")
    expect(page).to_have_url(re.compile("compare="))
    table = page.locator("table.compared")
    assert table.locator("thead a").all_inner_texts() == names
    assert page.evaluate(SCROLLS) <= 0 and page.evaluate(SMALL, "#over") == []
    address, rows = page.url, table.locator("tbody tr:visible").count()
    differing = table.locator("tbody tr.differs:visible").count()
    assert 0 < differing < rows
    page.get_by_label("Only what differs").check()
    expect(table.locator("tbody tr:visible")).to_have_count(differing)
    table.locator("thead a").first.click()
    over(page, re.escape(names[0]))
    page.go_back()
    over(page, "Comparison")
    page.locator("#over .over-close").click()
    expect(page.locator("#over")).to_be_hidden()
    tray.locator("li button").first.click()
    expect(tray.get_by_role("button", name=re.compile("^Compare"))).to_be_disabled()
    tray.get_by_role("button", name="Clear all").click()
    expect(tray).to_be_hidden()
    other = page.context.new_page()  # the address alone brings the same
    other.goto(address)
    over(other, "Comparison")
    assert other.locator("table.compared thead a").all_inner_texts() == names
    other.close()


def test_five_are_too_many_and_broken_addresses_are_said(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships")
    buttons = page.locator(f"{CARD} button[data-act=compare]")
    expect(buttons.first).to_be_visible()
    for place in range(5):
        buttons.nth(place).click()
    expect(buttons.nth(4)).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".said")).to_contain_text("four at most")
    page.goto(f"{site}/?compare={GIRLS},no-such-thing")
    over(page, "Comparison")
    expect(page.locator("#over")).to_contain_text("Fewer than two")
    page.goto(f"{site}/?scholarship=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    over(page, "Not in the list")
    assert page.locator("#over img").count() == 0


def test_a_save_is_taken_back_by_a_second_tap_and_comes_back_as_it_was(page: Page, site: str) -> None:
    page.goto(site)
    sign_up(page, "chitra@example.org")
    tab(page, "Scholarships")
    card = page.locator(CARD).first
    save = card.locator("button.save")
    save.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    tab(page, "Applications")
    page.get_by_role("combobox", name="Move to").select_option("preparing")
    expect(page.get_by_text("is now under Preparing").first).to_be_visible()
    tab(page, "Scholarships")
    card.locator("a.card-name").click()
    inside = page.locator("#over button.save")
    expect(inside).to_have_attribute("aria-pressed", "true")
    inside.click()
    expect(inside).to_have_attribute("aria-pressed", "false")
    expect(save).to_have_attribute("aria-pressed", "false")
    inside.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    tab(page, "Applications")
    expect(page.locator(".track-column[data-status=preparing] .track-card")).to_have_count(1)


def test_a_mistake_is_reported_and_the_address_handed_on(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/?tab=scholarships&q=nmmss")
    card = page.locator(CARD).first
    card.get_by_role("button", name=re.compile("Report a mistake")).click()
    form = page.locator("#report")
    expect(form).to_contain_text(card.locator("h3").inner_text())
    form.get_by_role("button", name="Cancel").click()
    card.get_by_role("button", name=re.compile("Report a mistake")).click()
    form.get_by_label("What is wrong?").fill("The amount is <b>old</b>")
    form.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Somebody will check this record.").first).to_be_visible()
    page.evaluate("() => { navigator.share = (given) => { window.shared = given; return Promise.resolve(); }; }")
    card.get_by_role("button", name=re.compile("Share")).click()
    page.wait_for_function("window.shared")
    shared = page.evaluate("window.shared")
    assert shared["url"] == f"{site}/?scholarship={SCHOOL}" and "₹12,000" in shared["text"]
    page.evaluate("() => { navigator.share = undefined; }")
    card.get_by_role("button", name=re.compile("Share")).click()
    expect(page.locator(".said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/?scholarship={SCHOOL}"


@BOTH
def test_a_card_says_what_it_is_and_only_official_pages_are_called_so(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&q=obc+girl+bihar+btech")
    expect(page.locator(CARD).first).to_be_visible()
    assert page.evaluate(SCROLLS) <= 0 and page.evaluate(SMALL, "#search-results") == []
    with urllib.request.urlopen(f"{site}/api/scholarships/search?q=obc+girl+bihar+btech&pageSize=12") as answer:
        found = json.load(answer)["data"]["scholarships"]
    for card, record in zip(page.locator(CARD).all(), found, strict=True):
        assert card.get_attribute("data-id") == record["id"]
        text = card.inner_text()
        assert record["award"] in text and record["deadlineState"]["text"] in text
        link = card.locator("a.btn.link")
        assert ("Official page" in link.inner_text()) is record["applicationUrlIsOfficial"]
        assert link.get_attribute("href") == record["applicationUrl"]
        assert (record["match"]["status"] == "eligible") is ("You meet every stated rule" in text)


@BOTH
def test_how_good_the_list_is(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="How good is this list?").click()
    over(page, "How good is this list")
    with urllib.request.urlopen(f"{site}/api/stats") as answer:
        stats = json.load(answer)["data"]
    tiles = page.locator("#over .tiles strong").all_inner_texts()
    assert tiles[0] == f"{stats['rows']:,}" and tiles[3] == str(stats["closedShownAsOpen"]) == "0"
    assert tiles[1] == f"{100 * stats['officialLinkShare']:.1f}%".replace(".0%", "%")
    expect(page.locator("#over table").first).to_contain_text("Names as students type them")
    assert page.evaluate(SCROLLS) <= 0 and page.evaluate(SMALL, "#over") == []
    page.go_back()
    expect(page.locator("#over")).to_be_hidden()
    page.goto(f"{site}/?tab=scholarships#quality")
    over(page, "How good is this list")


@BOTH
def test_filters_come_from_below_on_phones_and_say_what_each_value_would_leave(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&gender=female")
    total = page.locator("#search-total")
    expect(total).to_contain_text("scholarships")
    is_phone = (page.viewport_size or {})["width"] == PHONE[0]
    if is_phone:
        opener = page.get_by_role("button", name="Filters")
        expect(opener).to_contain_text("(1)")
        opener.click()
        expect(page.locator("#filter-sheet")).to_be_visible()
        assert page.evaluate(SMALL, "#filter-sheet") == [] and page.evaluate(SCROLLS) <= 0
    option = page.locator("#filter-level option[value=doctoral]")
    promised = int(re.findall(r"\((\d+)\)", option.text_content() or "")[0])
    page.get_by_label("Level").select_option("doctoral")
    expect(total).to_have_text(re.compile(rf"^{promised} scholarships?$"))
    expect(page.locator("#search-said")).to_contain_text(str(promised))
    if is_phone:
        page.locator("[data-sheet=show]").click()
        expect(page.locator("#filter-sheet")).to_be_hidden()
        expect(page.get_by_role("button", name="Filters")).to_contain_text("(2)")


def test_a_new_page_begins_at_its_start_and_back_returns_to_the_place(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships&q=engineering")
    expect(page.locator(CARD).first).to_be_visible()
    page.locator("#search-next").scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    page.locator("#search-next").click()
    expect(page.locator(".where")).to_have_text(re.compile("^Page 2"))
    expect(page.locator("#search-total")).to_be_focused()
    assert page.evaluate("document.querySelector('#search-total').getBoundingClientRect().top") < 120
    page.go_back()
    expect(page.locator(".where")).to_have_text(re.compile("^Page 1"))
    page.wait_for_function("(y) => Math.abs(window.scrollY - y) < 60", arg=before)


@BOTH
def test_nothing_serious_for_axe_and_screenshots(page: Page, site: str, request: pytest.FixtureRequest) -> None:
    kind = request.node.callspec.id
    ARTIFACTS.mkdir(exist_ok=True)
    page.add_init_script(f"sessionStorage.setItem('compare', '{json.dumps([{'id': SCHOOL, 'name': 'NMMSS'}])}')")
    for scheme, language in (("light", "en"), ("dark", "hi")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for name, query in {
            "search": "tab=scholarships&q=obc+girl+bihar&marks=50", "detail": f"scholarship={GIRLS}",
            "compare": f"compare={GIRLS},{SCHOOL},{DIPLOMA}", "quality": "x=1#quality",
        }.items():  # fmt: skip
            page.goto(f"{site}/?__theme={scheme}&lang={language}&{query}")
            if name == "search":
                expect(page.locator(CARD).first).to_be_visible()
            else:
                over(page, "AICTE|Comparison|How good|तुलना|यह सूची")
            page.screenshot(path=ARTIFACTS / f"{kind}-{name}-{language}-{scheme}.png")
            assert bad_violations(page) == [], (name, scheme)
            assert page.evaluate(SCROLLS) <= 0
