"""The document of the page in each language, as the running app sends it."""

import gzip
import json
import re

import brotli
import httpx
import pytest

from ui.document import document
from ui.strings_en import English
from ui.strings_hi import Hindi

WORDS = {"en": English, "hi": Hindi}


def settings(page: str) -> dict[str, object]:
    found = re.search(r"window\.gradio_config = (.*?);</script>", page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


@pytest.mark.parametrize("language", WORDS)
def test_the_document_is_in_one_language_without_a_marker(http: httpx.Client, language: str) -> None:
    answer = http.get("/", params={"lang": language})
    words, others = WORDS[language], next(w for code, w in WORDS.items() if code != language)
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}"' in answer.text
    assert "~t:" not in answer.text
    shown = json.dumps(settings(answer.text)["components"], ensure_ascii=False)
    assert all(x in shown for x in (words.PROMISE, words.TAB_SEARCH, words.STARTERS[0], words.LEVELS["diploma"]))
    assert not any(x in shown for x in (others.PROMISE, others.TAB_SEARCH, others.STARTERS[0]))


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "en"),
        ("/", {"accept-language": "hi-IN,hi;q=0.9,en;q=0.8"}, "hi"),
        ("/", {"accept-language": "hi", "cookie": "a=b; lang=en"}, "en"),
        ("/", {"cookie": "lang=hi"}, "hi"),
        ("/?lang=en&tab=account", {"cookie": "lang=hi", "accept-language": "hi"}, "en"),
        ("/?lang=klingon", {"cookie": "lang=<script>"}, "en"),
        ("/config", {"accept-language": "hi"}, "hi"),
        ("/config/?lang=hi", {}, "hi"),
    ],
)  # fmt: skip
def test_the_address_then_the_cookie_then_the_browser_decide(
    http: httpx.Client, address: str, headers: dict[str, str], language: str
) -> None:
    answer = http.get(address, headers=headers, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["content-language"] == language
    assert WORDS[language].PROMISE in answer.text and "~t:" not in answer.text


@pytest.mark.parametrize(("accepted", "sent"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_the_document_comes_compressed(http: httpx.Client, accepted: str, sent: str | None) -> None:
    with http.stream("GET", "/?lang=en", headers={"accept-encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == sent
    assert int(answer.headers["content-length"]) == len(raw)
    whole = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[sent](raw)
    assert whole == http.get("/?lang=en").content
    assert "Accept-Encoding" in answer.headers["vary"] and "Cookie" in answer.headers["vary"]


def test_only_the_head_is_asked_for(http: httpx.Client) -> None:
    answer = http.head("/")
    assert answer.status_code == 200 and answer.content == b""


def test_built_files_are_kept_by_the_browser(http: httpx.Client) -> None:
    name = re.search(r'src="\./(assets/index-[^"]+\.js)"', http.get("/").text)
    assert name
    assert "immutable" in http.get(f"/{name[1]}").headers["cache-control"]
    assert "immutable" not in http.get("/assets/no-such-12345678.js").headers.get("cache-control", "")


def test_other_pages_and_errors_are_left_alone(http: httpx.Client) -> None:
    assert http.get("/health").json()["status"] == "healthy"
    assert http.get("/?lang=hi&page=2").status_code == 200
    assert http.post("/config").status_code == 405


def test_a_page_with_an_unknown_marker_is_never_sent() -> None:
    with pytest.raises(LookupError):
        document("<!doctype html><html><head></head>~t:NO_SUCH~</html>", "hi")
