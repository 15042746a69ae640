"""`make pictures`: draws the icons and the preview picture of ui/brand/ from the logo and the page's own words, in Chromium."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from ui.icons import LOGO
from ui.strings_en import English
from ui.strings_hi import Hindi

FOLDER = Path(__file__).resolve().parents[1] / "ui" / "brand"
FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", sans-serif'
ICON = "<style>*{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>" + LOGO
MASKABLE = f"""<style>*{{margin:0}}body{{background:#0f766e;display:grid;place-content:center;height:512px}}svg{{display:block;width:400px}}</style>{LOGO}"""
PREVIEW = f"""<style>*{{margin:0;box-sizing:border-box}}body{{width:1200px;height:630px;padding:72px 80px;background:#f7f5f0;color:#1f2a2c;font-family:{FONT};display:flex;flex-direction:column;justify-content:space-between}}
.brand{{display:flex;align-items:center;gap:24px;font-size:38px;font-weight:700}}.logo{{width:92px}}h1{{font-size:76px;line-height:1.1;letter-spacing:-.025em;max-width:15ch;font-weight:800}}
.hi{{font-size:36px;color:#0b5f58;font-weight:600;margin-top:20px}}.chips{{display:flex;gap:18px}}.chips span{{border:2px solid #0f766e;color:#0b5f58;background:#fff;border-radius:40px;padding:14px 26px;font-size:25px;white-space:nowrap;font-weight:500}}</style>
<div class="brand">{LOGO}{English.APP_NAME}</div><div><h1>{English.PROMISE}</h1><p class="hi">{Hindi.PROMISE}</p></div>
<div class="chips"><span>{English.STARTERS[4]}</span><span>{Hindi.STARTERS[2]}</span></div>"""


def main() -> None:
    """Draw all of them."""
    logo = LOGO.replace('<svg class="logo"', '<svg xmlns="http://www.w3.org/2000/svg"').replace(
        ' aria-hidden="true"', ""
    )
    (FOLDER / "logo.svg").write_text(f"{logo}\n", encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, page_html, width, height in (
            ("icon-192", ICON.format(size=192), 192, 192), ("icon-512", ICON.format(size=512), 512, 512),
            ("icon-maskable-512", MASKABLE, 512, 512), ("preview", PREVIEW, 1200, 630),
        ):  # fmt: skip
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_content(page_html)
            page.screenshot(
                path=FOLDER / f"{name}.png", omit_background=name.startswith("icon-") and "mask" not in name
            )
        browser.close()


if __name__ == "__main__":
    main()
