"""What browsers, phones and other sites show of the page: icons, preview, manifest, and what stands there without a network.

The pictures lie in ui/brand/; `make pictures` draws them anew (docs/brand.py).
"""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ui.document import language_of
from ui.icons import LOGO
from ui.strings import speaking, t

FOLDER = Path(__file__).with_name("brand")
LIGHT, DARK = "#f7f5f0", "#14181a"
_ICONS: list[dict[str, Any]] = [
    {"src": "./brand/logo.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
    {"src": "./brand/icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
    {"src": "./brand/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
    {"src": "./brand/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]


def routes() -> list[Any]:
    """For the app, before Gradio's own."""
    return [
        Route("/manifest.json", manifest),
        Route("/favicon.ico", favicon),
        Route("/worker.js", worker),
        Route("/offline", offline),
        *(Route(f"/brand/{path.name}", picture) for path in sorted(FOLDER.glob("*.*"))),
    ]


def manifest(request: Request) -> Response:
    """The page as an app on the home screen (W3C Web Application Manifest)."""
    language = _language(request)
    with speaking(language):
        about = {
            "id": "/", "name": t.APP_NAME, "short_name": t.SHORT_NAME, "description": t.DESCRIPTION, "lang": language, "dir": "ltr",
            "start_url": "./", "scope": "./", "display": "standalone", "background_color": LIGHT, "theme_color": LIGHT,
            "categories": ["education"], "icons": _ICONS,
            "shortcuts": [{"name": t.TAB_SEARCH, "url": "./?tab=scholarships"}, {"name": t.TAB_APPLICATIONS, "url": "./?tab=applications"}],
        }  # fmt: skip
    return JSONResponse(about, media_type="application/manifest+json")


def picture(request: Request) -> Response:
    """One of the pictures."""
    return _file(Path(request.url.path).name)


def favicon(_: Request) -> Response:
    """For those who ask for it by habit."""
    return _file("icon-192.png")


def worker(_: Request) -> Response:
    """The script that shows the offline page; it keeps nothing else, so no old date is ever shown."""
    return FileResponse(
        Path(__file__).with_name("worker.js"), media_type="text/javascript", headers={"cache-control": "no-cache"}
    )


def offline(request: Request) -> Response:
    """What stands there without a network."""
    language = _language(request)
    with speaking(language):
        page = f"""<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{t.APP_NAME}</title><style>body{{margin:0;min-height:100vh;display:grid;place-content:center;justify-items:center;gap:14px;padding:24px;text-align:center;font:17px/1.5 system-ui,sans-serif;background:{LIGHT};color:#1f2a2c}}
@media(prefers-color-scheme:dark){{body{{background:{DARK};color:#e8ecec}}}}.logo{{width:64px}}h1{{font-size:22px;margin:0}}p{{margin:0;max-width:40ch}}
a{{display:inline-flex;align-items:center;min-height:44px;padding:4px 22px;border-radius:12px;background:#0f766e;color:#fff;font-weight:600;text-decoration:none}}</style>
{LOGO}<h1>{t.OFFLINE}</h1><p>{t.OFFLINE_TEXT}</p><a href="./">{t.TRY_AGAIN}</a></html>"""
    return HTMLResponse(page)


def _language(request: Request) -> str:
    return language_of(request.url.query, dict(request.headers))


def _file(name: str) -> Response:
    return FileResponse(FOLDER / name, headers={"cache-control": "public, max-age=604800"})
