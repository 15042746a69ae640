"""Model, catalogue and user text made harmless before it reaches the page's Markdown.

Nothing in the result can open a tag, load an image or link to a host that is not in the catalogue.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINK = re.compile(r"\]\(([^)\s]*)(?=[)\s]|$)")
_BARE = re.compile(r"(?i)(?:https?|ftp)://")
_WWW = re.compile(r"(?i)www\.")
_GOOD_HOST = re.compile(r"(?i)https://([a-z0-9.-]+)(?=[/?#]|[)\]}.,;:!'\"*|_]*(?:\s|$))")
_DEFINITION = re.compile(r"\](?=:)")
_ADDRESS = re.compile(r"(?<=[\w.+-])@(?=\w)")
_ZERO_WIDTH = "\u200b"


def catalogue_hosts(links: Collection[str]) -> frozenset[str]:
    """The hosts of the catalogue's https links."""
    parts = (urlsplit(link) for link in links)
    return frozenset(p.hostname for p in parts if p.scheme == "https" and p.hostname)


def as_typed(text: str) -> str:
    """What `safe_markdown` made of a text without links, as it was typed (the page's own editing field holds that)."""
    return text.replace("&lt;", "<").replace(_ZERO_WIDTH, "")


def safe_markdown(text: str, hosts: Collection[str] = ()) -> str:
    """Markdown without tags, images and control characters, with links to `hosts` over https only."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("<", "&lt;")
    while "![" in text:
        text = text.replace("![", "[")

    def link(found: re.Match[str]) -> str:
        target = found[1]
        good = _GOOD_HOST.match(target)
        return found[0] if good and good[1].rstrip(".").lower() in hosts else "] (" + target

    def bare(found: re.Match[str]) -> str:
        good = _GOOD_HOST.match(text, found.start())
        if good and good[1].rstrip(".").lower() in hosts:
            return found[0]
        return found[0].replace("://", f":{_ZERO_WIDTH}//")

    text = _DEFINITION.sub("] ", text)  # `[x]: //host` would name a target for `[y][x]`
    text = _ADDRESS.sub(f"@{_ZERO_WIDTH}", text)  # a bare e-mail address would become a link
    text = _LINK.sub(link, text)
    text = _BARE.sub(bare, text)
    return _WWW.sub(lambda m: m[0] if text[max(0, m.start() - 3) : m.start()] == "://" else f"www{_ZERO_WIDTH}.", text)
