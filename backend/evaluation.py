"""The figures of the last evaluation, as the commands that measure them wrote them down (`make eval`, `make eval-grounding`
with WRITE=--write)."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "data" / "evaluation.json"


@lru_cache(maxsize=1)
def measured() -> dict[str, Any]:
    """By name of the measurement (names, search, chat, grounding): `on` (the day), `rows` of the catalogue then, and
    `figures` by name. Empty where nothing was written down."""
    return dict(json.loads(FILE.read_text("utf-8"))) if FILE.exists() else {}


def write_down(name: str, figures: Mapping[str, float], rows: int, on: date, file: Path = FILE) -> None:
    """Keep the figures of one measurement in place of its earlier ones."""
    known = json.loads(file.read_text("utf-8")) if file.exists() else {}
    known[name] = {"on": on.isoformat(), "rows": rows, "figures": {k: round(v, 4) for k, v in figures.items()}}
    file.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
