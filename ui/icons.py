"""The page's icons, drawn for it: lines of one width on a grid of 24, in the colour of the text around them."""

from urllib.parse import quote

_LINES = {
    "chat": "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-5 4v-4.1a2.5 2.5 0 0 1-2-2.4zM8.5 8.5h7M8.5 11.8h4.5",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20.5 20.5",
    "list": "M4 6.5l1.5 1.5L8.2 5M4 12.5 5.5 14l2.7-3M4 18.5 5.5 20l2.7-3M11.5 7H20M11.5 13H20M11.5 19H20",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
    "send": "M4.5 11.8 20 4.5l-4.3 15.5-4-6.2zM11.7 13.8 20 4.5",
    "moon": "M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    "language": "M4 5.5h9M8.5 3.5v2M11 5.5c-.7 3.8-3 6.7-6.5 8.5M6 8.5c1.2 2.3 3 4 5.5 5.2M12.5 20.5l4-10 4 10M13.9 17.2h5.2",
}
LOGO = """<svg class="logo" viewBox="0 0 64 64" aria-hidden="true"><rect width="64" height="64" rx="16" fill="#0f766e"/>
<path fill="#fff" d="M20 15h24a7 7 0 0 1 7 7v16a7 7 0 0 1-7 7H33l-9.5 8.2V45H20a7 7 0 0 1-7-7V22a7 7 0 0 1 7-7z"/>
<path fill="#0f766e" d="M32 20 17.5 26.8 32 33.6l14.5-6.8zM23.5 31.6v5.2c0 2.3 3.8 4 8.5 4s8.5-1.7 8.5-4v-5.2L32 35.7z"/>
<path fill="none" stroke="#f5a524" stroke-width="2.2" stroke-linecap="round" d="M46.5 27v9"/><circle cx="46.5" cy="37.5" r="2.3" fill="#f5a524"/></svg>"""
"""A speech bubble that wears a graduate's cap."""


def icon(name: str) -> str:
    """An icon as HTML; it says nothing to a screen reader, the words beside it do."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{_path(name)}</svg>'


def mask(name: str) -> str:
    """An icon as a CSS image, for what Gradio draws itself."""
    image = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>{_path(name, 'black')}</svg>".replace(
        '"', "'"
    )
    return f'url("data:image/svg+xml,{quote(image, safe=" =:/")}")'


def _path(name: str, colour: str = "currentColor") -> str:
    return (
        f'<path d="{_LINES[name]}" fill="none" stroke="{colour}" stroke-width="1.9" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )
