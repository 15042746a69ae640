"""S24, S34 to S38, S42: what the page shows, loads and keeps."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.api.identity import COOKIE
from backend.catalogue import Catalogue
from tests.browser.conftest import playwright_api
from tests.running_app import ROOT, App, running_app
from ui.render import safe_markdown

pytestmark = pytest.mark.walks

PlaywrightError = playwright_api.Error
markup = st.lists(
    st.sampled_from(["<", ">", "![", "](", ")", "!", "[", "<img src=x>", "\x00", "\x9b", "\u202e", "&lt;", "\r", "a"])
    | st.text(max_size=6),
    max_size=20,
).map("".join)
C0_C1 = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@settings(max_examples=500, deadline=None)
@given(markup)
def test_s36_nothing_that_is_rendered_opens_a_tag_or_loads_an_image(text: str) -> None:
    shown = safe_markdown(text, {"scholarships.gov.in"})
    assert "<" not in shown and "![" not in shown and not C0_C1.search(shown)


BAD_LINKS = (
    "https://evil.example/x", "http://scholarships.gov.in/", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
    "https://scholarships.gov.in@evil.example/", "https://scholarships.gov.in.evil.example/", "//evil.example/x",
    "https://evil.example#scholarships.gov.in", "https://evil.example?https://scholarships.gov.in",
    "https://scholarships.gov.in:443@evil.example", "https:evil.example", "https:/evil.example", "https:///evil.example",
    "https://schоlarships.gov.in/", "ftp://evil.example", "vbscript:x", "https://scholarships.gov.in\\@evil.example",
    "www.evil.example", "mailto:someone@evil.example",
)  # fmt: skip


def sink() -> tuple[ThreadingHTTPServer, list[str]]:
    """A server on another port that writes down what it is asked for."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, seen


@dataclass(frozen=True)
class Hostile:
    """The app, the attacker's address, what it was asked for, and the links that may be shown."""

    url: str
    sink: str
    seen: list[str]
    good: list[str]


def payload(base: str) -> str:
    """Twelve ways to load something from elsewhere, cover the page or send a form."""
    return "\n\n".join(
        (
            f"![x]({base}/1.png)", f"<img src={base}/2.png>", f'<div style="background:url({base}/3)">x</div>',
            f"<video src={base}/4 autoplay></video>", f"<audio src={base}/5 autoplay></audio>",
            f"<iframe src={base}/6></iframe>", f"<style>body{{background:url({base}/7)}}</style>",
            f"<link rel=stylesheet href={base}/8>", f"<script src={base}/9></script>",
            '<div style="position:fixed;inset:0;z-index:9999">cover</div>', f"<form action={base}/11><input></form>",
            f"[x]: {base}/12\n\n![y][x] [z][x]\n\n[v]: //evil.example/13\n\n[w][v] [v]",
        )
    )  # fmt: skip


TALKING_APP = """
import os, sys
from backend.chat import Chat, Reply
from backend.profile import Profile
import app

def talk(self, message, **given):
    said = os.environ["SAID"]
    yield said
    yield Reply(said, (), (), (), "other", Profile(), "model", "x", None)

Chat.stream = talk
sys.exit(app.main())
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Hostile]:
    """The app whose answers are what an attacker would have the model say, and the attacker's server."""
    server, seen = sink()
    base = f"http://127.0.0.1:{server.server_port}"
    good = sorted(
        {s.application_url for s in catalogue.scholarships if re.fullmatch(r"https://[a-z./-]+", s.application_url)}
    )[:5]
    parts = [payload(base), *(f"[bad]({u}) {u}" for u in BAD_LINKS), *(f"[good]({u})" for u in good)]
    try:
        said = "\n\n".join(parts)
        with running_app(tmp_path_factory.mktemp("hostile"), program=TALKING_APP, SAID=said) as started:
            yield Hostile(started.url, base, seen, good)
    finally:
        server.shutdown()


@pytest.mark.parametrize("policy", ["on", "off"])
def test_s35_s37_a_reply_loads_nothing_covers_nothing_and_links_only_to_the_catalogue(
    chromium: Any,
    hostile: Hostile,
    policy: str,
) -> None:
    context = chromium.new_context(bypass_csp=policy == "off")
    page = context.new_page()
    page.goto(hostile.url)
    page.locator("#chat-box textarea").fill("hello " + payload(hostile.sink))
    page.locator("#chat-send").click()
    page.locator("#chat-note p").wait_for()
    window = page.locator("#chat-window")
    links = window.locator(".bot a").evaluate_all("(all) => all.map((a) => a.href)")
    fixed = window.locator(".message *").evaluate_all(
        "(all) => all.filter((n) => getComputedStyle(n).position === 'fixed').length"
    )
    forms = window.locator(".message form, .message img, .message iframe, .message video, .message audio").count()
    context.close()
    assert hostile.seen == [] and fixed == 0 and forms == 0
    hosts = {urlsplit(link).hostname for link in hostile.good} | {"scholarships.gov.in"}
    assert [x for x in links if not x.startswith("https://") or "@" in x or urlsplit(x).hostname not in hosts] == []
    assert {link.rstrip("/") for link in links} >= {link.rstrip("/") for link in hostile.good}


def test_s24_s34_passwords_and_tokens_stay_out_of_the_browsers_stores(chromium: Any, app: App) -> None:
    context = chromium.new_context()
    page, urls, problems = context.new_page(), [], []
    page.on("request", lambda r: urls.append(r.url))
    page.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)
    page.goto(app.url)
    page.get_by_role("tab", name="Account", exact=True).click()
    page.locator("#signup-email input").fill(f"{uuid4().hex}@example.com")
    page.locator("#signup-password input").fill("PASSWORD-x is long")
    page.locator("#signup-agree input").check()
    page.locator("#signup-go").click()
    page.get_by_text("Signed in as").wait_for()
    [cookie] = [c for c in context.cookies() if c["name"] == COOKIE]
    assert cookie["httpOnly"] and cookie["value"].count(".") == 2
    stores = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    kept = "\n".join((stores, page.content(), *urls, app.log.read_text(), httpx.get(f"{app.url}/config").text))
    context.close()
    assert "PASSWORD-x" not in kept and cookie["value"] not in kept and "run-history" not in stores
    assert httpx.get(f"{app.url}/gradio_api/runs").status_code == 404
    assert problems == [], "a script or style of the page itself is against its policy (S38)"


@pytest.mark.parametrize(
    ("generator", "different"), [("", 2), ("crypto.getRandomValues = (a) => a.fill(0x9e3779b9);", 1)]
)
def test_s23_a_pages_session_hash_comes_from_the_secure_generator(
    chromium: Any, app: App, generator: str, different: int
) -> None:
    """It differs from page to page; where the generator is made to repeat itself it repeats itself too."""
    hashes: list[str] = []
    for _ in range(2):
        context = chromium.new_context()
        context.add_init_script(generator)
        page = context.new_page()
        with page.expect_request(lambda r: "/queue/join" in r.url) as joined:
            page.goto(app.url)
        hashes.append(joined.value.post_data_json["session_hash"])
        context.close()
    assert len(set(hashes)) == different and all(len(h) >= 8 for h in hashes), hashes


def test_s38_the_page_is_framed_by_an_allowed_parent_only(chromium: Any, app: App) -> None:
    """Another origin is refused; pages of these names are put in front of the browser."""
    context = chromium.new_context()
    context.grant_permissions(["local-network-access"])  # the parents stand for public sites, the app for another
    frame, framed = f"<iframe allow=local-network-access src={app.url}></iframe>", {}
    for parent in ("https://huggingface.co/spaces/x", "https://evil.example/"):
        page = context.new_page()
        page.route(parent, lambda route: route.fulfill(content_type="text/html", body=frame))
        page.goto(parent)
        inside = page.frame_locator("iframe")
        try:
            inside.locator("#chat-box textarea").wait_for(timeout=8000)
            framed[parent] = True
        except PlaywrightError:
            framed[parent] = False
        page.close()
    context.close()
    assert list(framed.values()) == [True, False]


FILES = (
    "app.py", ".env", "data/app.db", "/etc/passwd", "../etc/passwd", "..%2f..%2fetc/passwd", "data/scholarships.csv",
    "http://169.254.169.254/latest/meta-data", "http://127.0.0.1:1/", "file:///etc/passwd", "/proc/self/environ",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_s42_no_file_is_served(http: httpx.Client, app: App, path: str) -> None:
    for asked in (path, str(app.data_dir / "app.db")):
        for prefix in ("/gradio_api/file=", "/file=", "/gradio_api/file/", "/static/", "/assets/"):
            answer = http.get(prefix + asked)
            assert answer.status_code in (400, 403, 404), (prefix, asked, answer.status_code)


def test_s42_no_part_of_gradio_that_reads_files_or_addresses_is_used(http: httpx.Client) -> None:
    kinds = {c["type"] for c in http.get("/config").json()["components"]}
    assert not kinds & {
        "file",
        "image",
        "audio",
        "video",
        "gallery",
        "uploadbutton",
        "multimodaltextbox",
        "fileexplorer",
    }
    source = "".join(p.read_text() for folder in ("backend", "ui") for p in (ROOT / folder).rglob("*.py"))
    assert "gr.load(" not in source and "allowed_paths" not in source + (ROOT / "app.py").read_text()
