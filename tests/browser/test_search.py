"""The Scholarships tab in a real browser: chips, address, reasons, ways out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import BOTH

SCROLLS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
BOX = "#search-words"


def opened(page: Page, site: str, query: str) -> int:
    """Open an address of a search; how many scholarships it shows."""
    page.goto(f"{site}/?tab=scholarships&{query}")
    return count(page)


def count(page: Page) -> int:
    total = page.locator("#search-total strong")
    expect(total).to_contain_text("scholarship")
    return int(re.sub(r"\D", "", total.inner_text()))


def changed(page: Page, act: Callable[[], object], before: int) -> int:
    """How many scholarships there are after an act that changes how many."""
    act()
    expect(page.locator("#search-total strong")).not_to_have_text(re.compile(rf"^{before} scholarships?$"))
    return count(page)


def chip(page: Page, name: str) -> None:
    page.locator("#search-read").get_by_role("button", name=name, exact=True).click()


def names(page: Page) -> list[str]:
    return page.locator("#search-cards .cards h3").all_inner_texts()


@BOTH
def test_what_was_read_is_a_chip_that_can_be_dropped_and_brought_back(page: Page, site: str) -> None:
    before = opened(page, site, "q=obc+girl+bihar+engineering")
    after = changed(page, lambda: chip(page, "Remove State: Bihar"), before)
    assert after > before
    expect(page).to_have_url(re.compile(r"[?&]ignore=state(&|$)"))
    assert page.evaluate(SCROLLS) <= 0
    chip(page, "Use State again")
    expect(page).not_to_have_url(re.compile("ignore="))
    assert changed(page, lambda: None, after) == before
    page.go_back()
    expect(page).to_have_url(re.compile("ignore=state"))
    assert changed(page, lambda: None, before) == after


def test_new_words_are_read_anew_and_clear_all_clears_all(page: Page, site: str) -> None:
    opened(page, site, "q=girl+bihar&ignore=state&category=Women")
    expect(page.get_by_role("button", name="Use State again")).to_be_visible()
    page.locator(BOX).fill("girl bihar engineering")
    page.locator(BOX).press("Enter")
    expect(page.get_by_role("button", name="Remove State: Bihar")).to_be_visible()
    expect(page).not_to_have_url(re.compile("ignore="))
    chip(page, "Clear all")
    expect(page.locator(BOX)).to_have_value("")
    expect(page).to_have_url(f"{site}/?tab=scholarships")
    expect(page.locator("#search-read button")).to_have_count(0)


def test_a_filters_chip_clears_the_filter(page: Page, site: str) -> None:
    before = opened(page, site, "level=doctoral&sort=award&marks=55")
    expect(page.locator("#filter-level")).to_have_value("doctoral")
    expect(page.locator("#filter-marks")).to_have_value("55")
    changed(page, lambda: chip(page, "Remove Level: PhD"), before)
    expect(page.locator("#filter-level")).to_have_value("")
    chip(page, "Remove Marks: 55%")
    expect(page.locator("#filter-marks")).to_have_value("")
    chip(page, "Remove Order: Largest award first")
    expect(page).to_have_url(f"{site}/?tab=scholarships")


def test_an_address_opened_elsewhere_shows_the_same(page: Page, site: str) -> None:
    page.goto(f"{site}/?tab=scholarships")
    everything = count(page)
    page.locator(BOX).fill("girl engineering")
    fewer = changed(page, lambda: page.locator("#search-go").click(), everything)
    least = changed(page, lambda: page.locator("#filter-deadline").select_option("upcoming"), fewer)
    expect(page).to_have_url(re.compile("deadline=upcoming"))
    found = names(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(BOX)).to_have_value("girl engineering")
    assert count(other) == least
    assert names(other) == found
    other.close()


@BOTH
def test_a_reload_keeps_the_page(page: Page, site: str) -> None:
    opened(page, site, "q=engineering")
    page.locator("#search-next").click()
    expect(page.locator(".where", has_text="Page 2 of")).to_be_visible()
    expect(page).to_have_url(re.compile("[?&]p=2$"))
    found = names(page)
    page.reload()
    expect(page.locator(".where", has_text="Page 2 of")).to_be_visible()
    assert names(page) == found
    assert page.evaluate(SCROLLS) <= 0


@pytest.mark.parametrize(
    "query", ["level=xyz&state=Atlantis", "p=abc&marks=nan", "p=1000000000000&ignore=shoe", f"q={'a+' * 2500}"]
)
def test_what_cannot_be_used_of_an_address_is_left_out_with_a_notice(page: Page, site: str, query: str) -> None:
    opened(page, site, query)
    expect(page.get_by_text("could not be used")).to_be_visible()
    for name in ("level", "state", "p", "marks", "ignore"):
        expect(page).not_to_have_url(re.compile(rf"[?&]{name}="))


def test_a_page_past_the_end_is_the_last_one_and_markup_stays_text(page: Page, site: str) -> None:
    opened(page, site, "p=900000")
    expect(page.locator("#search-next")).to_be_disabled()
    assert names(page)
    opened(page, site, "q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+xyzzyplugh&category=Sports")
    expect(page.locator(BOX)).to_have_value("<img src=x onerror=alert(1)> xyzzyplugh")
    assert page.locator("#search-cards img, #search-read img").count() == 0


@BOTH
def test_why_a_named_scheme_is_not_shown_and_what_nearly_fits(page: Page, site: str) -> None:
    opened(page, site, "q=pragati+scholarship+boy+55%25")
    notice = page.locator("#search-cards .notice").first
    expect(notice).to_contain_text("is not shown: For female students; you: male.")
    notice.get_by_text("Show it anyway").click()
    expect(notice.locator("article.card h3")).to_contain_text("Pragati")
    nearly = page.locator("#search-cards .nearly")
    expect(nearly).to_contain_text("5% short")
    assert page.evaluate(SCROLLS) <= 0
    small = page.locator(
        "#search-read button, #search-cards summary:visible, #search-cards .chip, .share button"
    ).evaluate_all("(all) => all.filter((n) => n.getBoundingClientRect().height < 43.5).map((n) => n.outerHTML)")
    assert small == []
    name = nearly.locator(".chip").first.inner_text()
    nearly.locator(".chip").first.click()
    expect(page.locator(BOX)).to_have_value(name)
    expect(page.locator("#search-cards .cards h3").first).to_have_text(name)


@BOTH
def test_no_result_says_what_to_take_away(page: Page, site: str) -> None:
    assert opened(page, site, "q=girl+bihar+engineering+btech&category=Defence+and+Wards&deadline=open") == 0
    way_out = page.locator("#search-cards .empty .chip").first
    promised = int(re.findall(r"\((\d+)\)", way_out.inner_text())[-1])
    assert page.evaluate(SCROLLS) <= 0
    assert changed(page, way_out.click, 0) == promised


@BOTH
def test_the_reasons_are_one_tap_away(page: Page, site: str) -> None:
    opened(page, site, "q=obc+girl+bihar")
    why = page.locator("#search-cards details.why").first
    expect(why.locator("li").first).to_be_hidden()
    why.locator("summary").click()
    expect(why.locator("li").first).to_be_visible()


def test_the_place_of_the_cards_is_busy_while_a_search_runs(page: Page, site: str) -> None:
    opened(page, site, "q=engineering")
    held: list[Route] = []
    page.route("**/queue/join*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright sets attributes on it
    page.locator("#search-next").click()
    cards = page.locator("#search-results")
    expect(cards).to_have_attribute("aria-busy", "true")
    for route in held:
        route.continue_()
    expect(page.locator(".where", has_text="Page 2 of")).to_be_visible()
    expect(cards).not_to_have_attribute("aria-busy", "true")


def test_the_link_is_copied_or_shown_to_be_copied_by_hand(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, site, "q=engineering")
    button = page.locator("[data-act=copy]")
    button.click()
    expect(button).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.reload()
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; }"
    )
    button.click()
    expect(page.get_by_label("Copy this address:")).to_have_value(page.url)


def test_an_opened_tab_stands_in_the_address(page: Page, site: str) -> None:
    opened(page, site, "q=engineering")
    page.get_by_role("tab", name="Account", exact=True).click()
    expect(page).to_have_url(re.compile("tab=account&q=engineering|q=engineering&tab=account"))
    page.reload()
    expect(page.locator("#signup-go")).to_be_visible()
    page.go_back()
    page.go_forward()
    expect(page.locator("#signup-go")).to_be_visible()
    page.get_by_role("tab", name="Scholarships", exact=True).click()
    expect(page.locator(BOX)).to_have_value("engineering")
