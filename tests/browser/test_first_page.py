"""The page before Gradio is there, and what stands around every tab."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import BOTH, PHONE
from ui.strings_en import English

PLACES = """(names) => names.map((name) => { const place = [...document.querySelectorAll(name)].find((x) => x.checkVisibility()).getBoundingClientRect();
  return [place.x, place.y, place.width, place.height].map(Math.round); })"""
EARLY = [".shell .top-bar", ".shell .title", ".shell-tabs", ".shell .chips", "#shell-box", ".shell-form .btn"]
READY = [".top .top-bar", ".top h1", "#tabs [role=tablist]", "#chat-chips .chips", "#chat-box textarea", "#chat-send"]


class Gate:
    """Holds back Gradio's own files until it is opened."""

    def __init__(self, page: Page) -> None:
        self._waiting: list[Route] = []
        self._open = False
        page.route(re.compile("/assets/"), self._come)

    def _come(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._waiting.append(route)

    def open(self) -> None:
        self._open = True
        for route in self._waiting:
            route.continue_()


def first(page: Page, site: str, query: str = "") -> Gate:
    gate = Gate(page)
    page.goto(f"{site}/{query}", wait_until="commit")
    expect(page.locator("#shell")).to_be_visible()
    return gate


@BOTH
def test_the_first_page_stands_where_gradio_s_will_stand(page: Page, site: str) -> None:
    gate = first(page, site)
    expect(page.locator("#shell-box")).to_be_editable()
    before = page.evaluate(PLACES, EARLY)
    gate.open()
    expect(page.locator("html.early")).to_have_count(0)
    expect(page.locator("#chat-cards article.card").first).to_be_attached()
    after = page.evaluate(PLACES, READY)
    for name, early, ready in zip(EARLY, before, after, strict=True):
        if name != ".shell-tabs":  # a row of links and a list of tabs have other edges
            assert max(abs(a - b) for a, b in zip(early, ready, strict=True)) <= 6, (name, early, ready)


@BOTH
def test_a_question_asked_before_gradio_is_there_is_answered(page: Page, site: str) -> None:
    gate = first(page, site)
    page.locator("#shell-box").fill("PhD in Kerala")
    page.keyboard.press("Enter")
    expect(page.locator(".shell-question")).to_have_text("PhD in Kerala")
    expect(page.locator("#shell [role=status]")).to_have_text(English.SHELL_WAITING)
    page.keyboard.type("and with")  # what is typed meanwhile waits in the box
    gate.open()
    expect(page.locator("#chat-window .user").last).to_have_text("PhD in Kerala")
    expect(page.locator("#chat-note p")).to_be_visible()


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_what_is_being_typed_stays_in_the_box_with_the_cursor(page: Page, site: str) -> None:
    gate = first(page, site)
    page.locator("#shell-box").fill("I live in Bihar")
    page.keyboard.press("ArrowLeft")
    gate.open()
    box = page.locator("#chat-box textarea")
    expect(box).to_have_value("I live in Bihar")
    expect(box).to_be_focused()
    assert box.evaluate("(box) => box.selectionStart") == len("I live in Biha")


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_a_starter_and_a_tab_can_be_tapped_before_gradio_is_there(page: Page, site: str) -> None:
    gate = first(page, site)
    page.locator(".shell .chip").first.click()
    page.locator(".shell-tabs a").nth(1).click()
    assert "tab=scholarships" in page.url
    gate.open()
    expect(page.get_by_role("tab", name=English.TAB_SEARCH)).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name=English.TAB_CHAT, exact=True).click()
    expect(page.locator("#chat-window .user").last).to_have_text(English.STARTERS[0])


def test_each_part_that_a_visit_fetches_is_named_beforehand(page: Page, site: str) -> None:
    fetched: set[str] = set()
    page.on("request", lambda r: fetched.add(r.url.rpartition("/assets/")[2]) if "/assets/" in r.url else None)
    page.goto(site)
    expect(page.locator("#chat-cards article.card").first).to_be_attached()
    html = urllib.request.urlopen(site).read().decode()
    named = set(re.findall(r'(?:modulepreload|as="style")[^>]*href="\./assets/([^"]+)"', html))
    look = set(re.findall(r'id="gradio-look"[^>]*href="\./assets/([^"]+)"', html))
    assert len(named) > 30
    assert fetched - named - look == set()


def test_light_and_dark_are_remembered(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator("html.early")).to_have_count(0)
    dark = page.locator("body.dark")
    expect(dark).to_have_count(0)
    page.get_by_role("button", name=English.LIGHT_OR_DARK).click()
    expect(dark).to_have_count(1)
    page.reload()
    expect(page.locator("html.early")).to_have_count(0)
    expect(dark).to_have_count(1)


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_all_four_tabs_are_at_the_thumb(page: Page, site: str, language: str) -> None:
    page.goto(f"{site}/?lang={language}")
    expect(page.locator("html.early")).to_have_count(0)
    boxes = [tab.bounding_box() for tab in page.get_by_role("tab").all()]
    assert len(boxes) == 4
    for box in boxes:
        assert box and box["height"] >= 44 and box["width"] >= 44
        assert box["y"] + box["height"] <= 740 and box["x"] >= 0 and box["x"] + box["width"] <= 360


def test_other_sites_and_phones_see_our_name(page: Page, site: str) -> None:
    page.goto(site)
    head = page.evaluate("""() => Object.fromEntries([...document.head.querySelectorAll('meta[property], meta[name]')]
      .map((x) => [x.getAttribute('property') || x.name, x.content]))""")
    assert English.PROMISE in head["og:title"] and head["description"] == English.DESCRIPTION
    assert head["og:image"] == f"{site}/brand/preview.png"
    assert not any("radio" in value for value in head.values())
    for path, kind in ((f"{site}/brand/preview.png", "image/png"), (f"{site}/favicon.ico", "image/png")):
        with urllib.request.urlopen(path) as answer:
            assert answer.headers["content-type"] == kind
    with urllib.request.urlopen(f"{site}/manifest.json?lang=hi") as answer:
        about = json.loads(answer.read())
    assert about["lang"] == "hi" and about["display"] == "standalone"
    for icon in about["icons"]:
        with urllib.request.urlopen(f"{site}/{icon['src'].removeprefix('./')}") as answer:
            assert answer.headers["content-type"] == icon["type"]


def test_without_a_network_the_page_says_so(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name=English.OFFLINE)).to_be_visible()
    page.context.set_offline(False)
