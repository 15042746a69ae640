"""axe-core on an open page: what a screen reader's or a keyboard's user would stumble over."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_RUN = """async (place) => (await axe.run(place || document, {resultTypes: ['violations']})).violations
  .filter((found) => ['serious', 'critical'].includes(found.impact))
  .map((found) => ({rule: found.id, impact: found.impact, where: found.nodes.map((n) => n.target.join(' ')),
                    why: found.nodes[0].failureSummary}))"""
_SETTLED = """async () => { await Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect?.getTiming().iterations !== Infinity).map((each) => each.finished)); }"""


def bad_violations(page: Page, place: str | None = None) -> list[dict[str, Any]]:
    """The serious and critical violations on the page as it is now, or in the part that a CSS selector names: the rule,
    its impact, where, and why for the first place. Running transitions end first, as half-faded text has no contrast."""
    page.evaluate(_SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(_RUN, place)
    return found


@lru_cache(maxsize=1)
def _source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
