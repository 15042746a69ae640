"""An answer as the page shows it: harmless Markdown, names that open their scholarship, and the source of each fact."""

from collections.abc import Collection, Sequence
from html import escape
from urllib.parse import quote, urlsplit

from backend.catalogue import Scholarship
from ui.common import Json
from ui.record_words import month_year
from ui.render import safe_markdown
from ui.strings import t

_MARKS = str.maketrans({sign: "\\" + sign for sign in "*_`[]"})


def answer_markdown(text: str, records: Sequence[Scholarship], cited: Sequence[Json], hosts: Collection[str]) -> str:
    """The text with links only to `hosts`, each bold name of a record as a link to its page here, and the sources at the
    end, folded; `cited` are the reply's citations, without them only the records' sources are named."""
    shown = safe_markdown(text, hosts)
    for record in sorted(records, key=lambda r: -len(r.name)):
        bold = f"**{safe_markdown(record.name.translate(_MARKS))}**"
        shown = shown.replace(bold, f"[{bold}]({_address(record)})")
    return f"{shown}\n\n{sources(records, cited)}" if records else shown


def sources(records: Sequence[Scholarship], cited: Sequence[Json]) -> str:
    """Where each fact stands: record, field, value, host, date. One line of HTML, so that no Markdown is read in it."""
    items = "".join(_source(r, [c for c in cited if c["scholarshipId"] == r.id]) for r in records)
    title = t.SOURCES_ONE if len(records) == 1 else t.SOURCES_MANY.format(n=len(records))
    return f'<details class="sources"><summary>{escape(title)}</summary><ul>{items}</ul></details>'


def _source(record: Scholarship, cited: Sequence[Json]) -> str:
    facts = "".join(
        f"<div><em>{escape(t.CITED[c['field']])}:</em> {_line(str(c['value']))}</div>"
        for c in cited
        if c["field"] in t.CITED
    )
    host = (urlsplit(record.source_url).hostname or "").removeprefix("www.")
    own = urlsplit(record.application_url).hostname if record.application_url_official else None
    kind = t.SOURCE_OFFICIAL if own and own.removeprefix("www.") == host else t.SOURCE_OTHER
    read_in = month_year(record.source_date)
    when = t.AS_OF.format(date=read_in) if read_in else t.NOT_DATED
    link = _link(record.source_url, host)
    page = ""
    if own:
        page = (
            f"<div><em>{escape(t.OFFICIAL_PAGE)}:</em> {_link(record.application_url, own.removeprefix('www.'))}</div>"
        )
    name = f'<a href="{escape(_address(record))}"><strong>{_line(record.name)}</strong></a>'
    return f"<li>{name}{facts}<div><em>{escape(kind)}:</em> {link} · {escape(when)}</div>{page}</li>"


def _link(url: str, text: str) -> str:
    if urlsplit(url).scheme not in ("http", "https"):
        return escape(text)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">{escape(text)} ↗</a>'


def _line(text: str) -> str:
    return escape(" ".join(text.split()))


def _address(record: Scholarship) -> str:
    return f"?scholarship={quote(record.id, safe='')}"
