"""How good the list is, in figures that were measured, with the day of each; all values escaped."""

from html import escape

from ui import record_words
from ui.common import Json
from ui.strings import t

SHOWN = (
    ("grounding", "true.lost", "lost"), ("grounding", "corrupt.stopped", "stopped"),
    ("grounding", "by_hand.true.lost", "lost_by_hand"), ("grounding", "by_hand.corrupt.stopped", "stopped_by_hand"),
    ("names", "names.hit1", "hit1"), ("names", "names.resolved", "resolved"), ("search", "search.profile_exact", "profile"),
    ("search", "search.must_recall10", "recall"), ("chat", "chat.passed", "chat"),
)  # fmt: skip
"""Which figures are shown, in this order: the measurement, the figure (a share of its cases), its name on the page."""


def quality(stats: Json) -> str:
    """The page, from what /api/stats gives."""
    counted = [
        (f"{stats['rows']:,}", t.QUALITY_ROWS),
        (_percent(stats["officialLinkShare"]), t.QUALITY_OFFICIAL),
        (_percent(stats["checkedWithin365DaysShare"]), t.QUALITY_CHECKED),
        (f"{stats['closedShownAsOpen']:,}", t.QUALITY_CLOSED),
    ]
    tiles = "".join(f"<li><strong>{escape(n)}</strong><span>{escape(what)}</span></li>" for n, what in counted)
    made = "".join(f"<li>{escape(line)}</li>" for line in t.QUALITY_MADE)
    groups = stats["perCategory"].items()
    rows = "".join(
        f'<tr><th scope="row">{escape(t.CATEGORIES.get(name, name))}</th><td>{n:,}</td></tr>'
        for name, n in sorted(groups, key=lambda x: -x[1])
    )
    return f"""<p>{escape(t.QUALITY_LEAD.format(date=record_words.day(stats["asOf"])))}</p><ul class="tiles">{tiles}</ul>
<h3>{escape(t.QUALITY_MEASURED)}</h3>{_measured(stats["evaluation"])}
<h3>{escape(t.QUALITY_HOW)}</h3><ul>{made}</ul>
<h3>{escape(t.REPORT)}</h3><p>{escape(t.QUALITY_REPORT)}</p>
<details class="more"><summary>{escape(t.QUALITY_CATEGORIES)}</summary><table class="plain-table"><tbody>{rows}</tbody></table></details>"""


def _measured(evaluation: Json) -> str:
    lines = [
        f'<tr><th scope="row">{escape(t.QUALITY_FIGURES[key])}<span class="hint">{escape(record_words.day(found["on"]))}</span></th>'
        f"<td>{_percent(found['figures'][name])}</td></tr>"
        for kind, name, key in SHOWN
        for found in [evaluation.get(kind, {"figures": {}})]
        if name in found["figures"]
    ]
    if not lines:
        return f"<p>{escape(t.QUALITY_NOT_MEASURED)}</p>"
    return f'<table class="plain-table"><tbody>{"".join(lines)}</tbody></table><p class="hint">{escape(t.QUALITY_CASES)}</p>'


def _percent(share: float) -> str:
    """A share as a percentage that never rounds up to 100 or down to 0 what is not."""
    text = f"{100 * share:.1f}".removesuffix(".0")
    if (text == "100" and share < 1) or (text == "0" and share > 0):
        return f"{100 * share:.3f}%"
    return f"{text}%"
