"""The parts of Gradio's built page that our page needs, so that a browser can fetch them together.

Gradio's own script finds them in four rounds, each a journey to the server. The names stand in its built files: tables of
parts (`m.f=[...]`) and, beside each import, the places in the table of what that import needs (Vite's `__vite__mapDeps`).
A browser test compares the list with what a visit fetches, as other versions of Gradio may be built in other ways.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import gradio

ASSETS = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
_ENTRY = re.compile(r'src="\./assets/(index-[\w-]+\.js)"')
_SETTINGS = re.compile(r"window\.gradio_config = (.*?);</script>", re.DOTALL)
_TABLE = re.compile(r"m\.f=(\[[^\]]*\])")
_PLACES = r"[^`]*?__vite__mapDeps\(\[([\d,]*)\]\)"


def hints(page: str) -> str:
    """Links that fetch the parts of a document of Gradio's beforehand."""
    entry, settings = _ENTRY.search(page), _SETTINGS.search(page)
    if not entry or not settings:
        return ""
    names = parts(entry[1], frozenset(component["type"] for component in json.loads(settings[1])["components"]))
    return "".join(
        f'<link rel="modulepreload" crossorigin href="./assets/{name}">'
        if name.endswith(".js")
        else f'<link rel="preload" as="style" crossorigin href="./assets/{name}">'
        for name in names
    )


@lru_cache(maxsize=4)
def parts(entry: str, components: frozenset[str]) -> tuple[str, ...]:
    """The entry script and the files behind it, in the order in which they are asked for."""
    first = list(_needed(entry, r"import\(`\./[\w-]+\.js`\)"))
    found = [*first]
    for name in first:
        if name.startswith("Index-") and name.endswith(".js"):
            found += _needed(name, r"import\(`\./Blocks-[\w-]+\.js`\)")
    shown = "|".join(map(re.escape, sorted(components)))
    for name in first:
        if name.startswith("core-") and name.endswith(".js"):
            found += _needed(
                name, rf"[,{{](?:{shown}):\{{[^{{}}]*?component:\(\)=>\w+\(\(\)=>import\(`\./[\w-]+\.js`\)"
            )
    return tuple(dict.fromkeys((entry, *(name for name in found if not name.startswith("index-")))))


def _needed(file: str, imports: str) -> Iterator[str]:
    """What the imports of a built file that match need, themselves included."""
    text = (ASSETS / file).read_text(encoding="utf-8")
    table = _TABLE.search(text)
    names = [name.removeprefix("./") for name in json.loads(table[1])] if table else []
    for found in re.finditer(imports + _PLACES, text):
        for place in filter(None, found[1].split(",")):
            yield names[int(place)]
