"""The texts of the page: all there in each language, safe to put in anywhere, read only where they are shown."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.strings import LANGUAGES, UNSAFE, Marker, preferred, speaking, spoken, t
from ui.strings_en import English

UI = Path(__file__).resolve().parents[2] / "ui"
MODULES = [path for path in sorted(UI.glob("*.py")) if not path.name.startswith("strings")]
NAMES = [name for name in vars(English) if name.isupper()]
DEVANAGARI = re.compile("[\u0900-\u097f]")
NOT_HINDI = re.compile(
    r"(APP_NAME|OTHER_CODE|OTHER_LANGUAGE|QUOTED|MONTH_YEAR|AND_MORE|STARTERS\.2|FITTING\..*|LEVELS\.doctoral|PRIVACY_PAGE\.2\.1\.1)"
)
"""Names, placeholders alone, and what stands in another language on purpose."""


def texts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text below a value with its place."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from texts(f"{name}.{key}", part)
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from texts(f"{name}.{place}", part)
    else:
        yield name, value


def all_texts(language: str) -> dict[str, str]:
    own = vars(type(LANGUAGES[language]))
    return dict(text for name in own if name.isupper() for text in texts(name, own[name]))


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_no_text_is_missing_and_placeholders_are_the_same(language: str) -> None:
    english, other = all_texts("en"), all_texts(language)
    assert english.keys() == other.keys()

    def places(text: str) -> set[str | None]:
        return {place for _, place, _, _ in Formatter().parse(text) if place}

    assert {n for n in english if places(english[n]) != places(other[n])} == set()


def test_hindi_texts_are_in_hindi() -> None:
    assert [n for n, x in all_texts("hi").items() if not DEVANAGARI.search(x) and not NOT_HINDI.fullmatch(n)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_can_be_put_in_anywhere(language: str) -> None:
    assert [(n, x) for n, x in all_texts(language).items() if not isinstance(x, str) or UNSAFE.search(x)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_marker_becomes_its_text(language: str) -> None:
    markers = {n: m for name in NAMES for n, m in texts(name, getattr(t, name))}
    assert all(isinstance(m, Marker) for m in markers.values())
    assert {n: spoken(m, language) for n, m in markers.items()} == all_texts(language)


@given(st.text(st.characters(exclude_characters="\"'\\<>&", exclude_categories=("Cc", "Cs")), max_size=30))
def test_a_marker_carries_what_is_filled_in(what: str) -> None:
    if "~t:" not in what:
        assert spoken(f"<b>{t.REMOVE.format(what=what)}</b>", "en") == f"<b>Remove {what}</b>"


def test_a_marker_in_a_marker_is_replaced_too() -> None:
    marker = t.REMOVE.format(what=t.FILTERS)
    assert [spoken(marker, language) for language in LANGUAGES] == ["Remove Filters", "फ़िल्टर हटाएँ"]


@pytest.mark.parametrize(
    "wrong", ["~t:NO_SUCH~", "~t:LEVELS.none~", "~t:STARTERS.9~", "~t:LEVELS~", "~t:save~", "~t:SA"]
)
def test_a_marker_without_a_text_is_an_error(wrong: str) -> None:
    with pytest.raises(LookupError):
        spoken(f"<p>{wrong}</p>", "hi")


def test_what_is_filled_in_cannot_open_a_tag() -> None:
    with pytest.raises(LookupError):
        spoken(t.REMOVE.format(what="<script>"), "en")


def test_texts_are_read_in_the_language_that_is_spoken() -> None:
    with speaking("hi"):
        assert t.SAVE == "सहेजें" and t.LEVELS["diploma"] == "डिप्लोमा, ITI"
    with speaking("en"):
        assert t.SAVE == "Save"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"), ("hi", "hi"), ("hi-IN,hi;q=0.9,en-IN;q=0.8", "hi"), ("en-IN,hi;q=0.9", "en"), ("bn-IN, hi;q=0.6, en;q=0.5", "hi"),
        ("ta-IN", "en"), ("en;q=0.1,hi;q=0", "en"), ("hi;q=wrong", "en"), ("*", "en"), ("HI", "hi"), ("hi;q=0.5,en;q=0.7", "en"),
    ],
)  # fmt: skip
def test_the_language_that_a_browser_prefers(header: str, language: str) -> None:
    assert preferred(header) == language


def test_no_text_is_read_before_somebody_looks_at_it() -> None:
    """A text that a module or a default value keeps would stay a marker when an event shows it."""
    assert [f"{path.name}:{line}" for path in MODULES for line in _outside(ast.parse(path.read_text("utf-8")))] == []


def _outside(node: ast.AST) -> Iterator[int]:
    if isinstance(node, ast.FunctionDef):
        kept = [*node.args.defaults, *filter(None, node.args.kw_defaults), *node.decorator_list]
    elif isinstance(node, ast.Lambda):
        kept = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    else:
        kept = list(ast.iter_child_nodes(node))
    for part in kept:
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "t":
            yield part.lineno
        yield from _outside(part)


def test_every_text_is_used() -> None:
    used = set(re.findall(r"\bt\.([A-Z_]+)\b", "\n".join(path.read_text("utf-8") for path in UI.glob("*.py"))))
    assert set(NAMES) - used == set()
    assert used <= set(NAMES)
