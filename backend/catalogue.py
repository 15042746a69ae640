"""The catalogue: a CSV file or a dataset, read into validated, frozen Scholarship records.

The columns and vocabularies are described in docs/catalogue.md. A broken row stops the start and names
file, line, column and what was expected.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from backend.errors import CatalogueError
from backend.profile import FIELDS, GENDERS, LEVELS, SOCIAL_GROUPS

COLUMNS = (
    "id", "name", "provider", "provider_type", "category", "study_in", "open_to", "closed_to", "states", "levels",
    "fields", "gender", "social_groups", "disability", "min_marks_percent", "max_family_income", "income_currency",
    "min_age", "max_age", "relaxations", "award", "award_min", "award_max", "currency", "award_period", "covers",
    "opens_month", "closes_month", "last_deadline", "deadline", "renewable", "awards_per_year", "description",
    "eligibility", "requirements", "application_url", "application_url_official", "source_url", "source_date",
)  # fmt: skip
PROVIDER_TYPES = ("government", "corporate", "foundation", "university", "association")
CATEGORIES = (
    "Merit-Based", "Need-Based", "Merit-cum-Means", "Women", "Minority", "Social Category", "Disability", "Sports",
    "Research Fellowship", "Study Abroad", "Field-Specific", "Defence and Wards",
)  # fmt: skip
AWARD_PERIODS = ("once", "month", "year", "course")
COVERS = ("tuition", "stipend", "books", "travel", "accommodation", "insurance", "fees", "equipment", "training")
RELAXED_RULES = ("marks", "income", "age")
RELAXED_WHO = (*SOCIAL_GROUPS, *GENDERS, "disability", "other")
ANY = "any"
ANY_COUNTRY = "ANY"
MOST_PROBLEMS = 50
"""Problems of a catalogue that are told at a time."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A looser limit for some: `limit` None means no limit; one of `who` suffices."""

    rule: str
    limit: float | None
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scholarship:
    """One award as it was read from its source; None or () means "not stated", never "no limit".

    `marks` are percent, ages years, `max_family_income` a year's amount in `income_currency`, `award_min` and
    `award_max` money per `award_period` in `currency`, months 1 to 12.
    """

    id: str
    name: str
    provider: str
    provider_type: str
    category: str
    study_in: tuple[str, ...]
    open_to: tuple[str, ...]
    closed_to: tuple[str, ...]
    states: tuple[str, ...]
    levels: tuple[str, ...]
    fields: tuple[str, ...]
    gender: str
    social_groups: tuple[str, ...]
    disability: str
    min_marks_percent: float | None
    max_family_income: float | None
    income_currency: str | None
    min_age: int | None
    max_age: int | None
    relaxations: tuple[Relaxation, ...]
    award: str
    award_min: float | None
    award_max: float | None
    currency: str | None
    award_period: str | None
    covers: tuple[str, ...]
    opens_month: int | None
    closes_month: int | None
    last_deadline: date | None
    deadline: str
    renewable: bool | None
    awards_per_year: int | None
    description: str
    eligibility: tuple[str, ...]
    requirements: tuple[str, ...]
    application_url: str
    application_url_official: bool
    source_url: str
    source_date: str | None


class _BadCell(Exception):
    """What was expected of a cell."""


def _text(cell: str) -> str:
    if not cell:
        raise _BadCell("some text, not an empty cell")
    return cell


def _optional(parse: Callable[[str], object]) -> Callable[[str], object]:
    return lambda cell: parse(cell) if cell else None


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if cell not in allowed:
            raise _BadCell(f"one of {', '.join(allowed)}")
        return cell

    return parse


def _list_of(parse: Callable[[str], object], least: int = 0) -> Callable[[str], tuple[object, ...]]:
    def parse_list(cell: str) -> tuple[object, ...]:
        items = tuple(parse(part) for part in cell.split("|")) if cell else ()
        if len(items) < least:
            raise _BadCell(f"at least {least} value(s), separated by |")
        return items

    return parse_list


def _matching(pattern: str, expected: str) -> Callable[[str], str]:
    whole = re.compile(pattern).fullmatch

    def parse(cell: str) -> str:
        if not whole(cell):
            raise _BadCell(expected)
        return cell

    return parse


def _number(cell: str) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?", cell, re.ASCII):
        raise _BadCell("a number such as 250000 or 67.5, without signs, commas or units")
    return float(cell)


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(cell: str) -> int:
        if not re.fullmatch(r"\d{1,12}", cell, re.ASCII) or not lowest <= int(cell) <= highest:
            raise _BadCell(f"a whole number from {lowest} to {highest}")
        return int(cell)

    return parse


def _percent(cell: str) -> float:
    value = _number(cell)
    if value > 100:
        raise _BadCell("a percentage from 0 to 100")
    return value


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(_matching(r"\d{4}-\d{2}-\d{2}", "")(cell))
    except (ValueError, _BadCell):
        raise _BadCell("a date such as 2026-10-31") from None


def _yes(cell: str) -> bool:
    return _one_of(("yes", "no"))(cell) == "yes"


def _relaxation(cell: str) -> Relaxation:
    match = re.fullmatch(r"(\w+) (none|\d+(?:\.\d+)?) ([\w,-]+)", cell, re.ASCII)
    if not match or match[1] not in RELAXED_RULES or not set(match[3].split(",")) <= set(RELAXED_WHO):
        raise _BadCell(f"RULE LIMIT WHO with rule in {', '.join(RELAXED_RULES)} and who in {', '.join(RELAXED_WHO)}")
    return Relaxation(match[1], None if match[2] == "none" else float(match[2]), tuple(match[3].split(",")))


_slug = _matching(r"[a-z0-9]+(-[a-z0-9]+)*", "a slug of lower-case letters, digits and single hyphens")
_country = _matching(r"ANY|[A-Z]{2}", "an ISO 3166 alpha-2 code such as IN, or ANY")
_currency = _matching(r"[A-Z]{3}", "an ISO 4217 code such as INR")
_link = _matching(r"https?://[^\s]+\.[^\s]+", "a link that starts with http:// or https://")
_month = _whole(1, 12)

_PARSERS: dict[str, Callable[[str], object]] = {
    "id": _slug,
    "name": _text,
    "provider": _text,
    "provider_type": _one_of(PROVIDER_TYPES),
    "category": _one_of(CATEGORIES),
    "study_in": _list_of(_country, 1),
    "open_to": _list_of(_country, 1),
    "closed_to": _list_of(_country),
    "states": _list_of(_text),
    "levels": _list_of(_one_of(LEVELS), 1),
    "fields": _list_of(_one_of((ANY, *FIELDS)), 1),
    "gender": _one_of((ANY, *GENDERS)),
    "social_groups": _list_of(_one_of((ANY, *SOCIAL_GROUPS)), 1),
    "disability": _one_of((ANY, "required")),
    "min_marks_percent": _optional(_percent),
    "max_family_income": _optional(_number),
    "income_currency": _optional(_currency),
    "min_age": _optional(_whole(0, 120)),
    "max_age": _optional(_whole(0, 120)),
    "relaxations": _list_of(_relaxation),
    "award": _text,
    "award_min": _optional(_number),
    "award_max": _optional(_number),
    "currency": _optional(_currency),
    "award_period": _optional(_one_of(AWARD_PERIODS)),
    "covers": _list_of(_one_of(COVERS)),
    "opens_month": _optional(_month),
    "closes_month": _optional(_month),
    "last_deadline": _optional(_date),
    "deadline": _text,
    "renewable": _optional(_yes),
    "awards_per_year": _optional(_whole(1, 10**9)),
    "description": _text,
    "eligibility": _list_of(_text, 1),
    "requirements": _list_of(_text),
    "application_url": _link,
    "application_url_official": _yes,
    "source_url": _link,
    "source_date": _optional(_matching(r"\d{4}(-\d{2})?", "a year or a month such as 2025 or 2025-10")),
}


def _trim(parse: Callable[[str], object]) -> Callable[[str], object]:
    def parse_trim(cell: str) -> object:
        if cell != cell.strip() or "\n" in cell:
            raise _BadCell("no white space around the value and no line break in it")
        return parse(cell)

    return parse_trim


_OWN = ("id", "name", "award", "description", "eligibility", "requirements", "application_url", "source_url")
"""Columns whose cells differ from row to row; the others' repeat, so that each is parsed once and shared."""
PARSERS = {c: _trim(p) if c in _OWN else lru_cache(maxsize=4096)(_trim(p)) for c, p in _PARSERS.items()}


@dataclass(frozen=True)
class Catalogue:
    """All records in file order, by id, with a version that changes when any fact does (12 hex digits)."""

    scholarships: Sequence[Scholarship]
    by_id: Mapping[str, Scholarship]
    version: str

    def __len__(self) -> int:
        return len(self.scholarships)


@dataclass(frozen=True)
class Source:
    """Where a catalogue comes from: its name for messages, a digest of its content, and its rows (line number and cells
    by column), read anew with each call; `path` where it is a CSV file."""

    name: str
    digest: str
    rows: Callable[[], Iterator[tuple[int, Mapping[str, str]]]]
    path: Path | None = None

    @property
    def version(self) -> str:
        """The version of the catalogue that is read from it."""
        return self.digest[:12]


def read_csv(path: Path) -> Catalogue:
    """Read and validate a catalogue file into memory; raises CatalogueError as csv_source and records do."""
    return read(csv_source(path))


def read(source: Source) -> Catalogue:
    """Read and validate a catalogue into memory; raises CatalogueError as records does."""
    scholarships = tuple(records(source))
    return Catalogue(scholarships, {r.id: r for r in scholarships}, source.version)


def csv_source(path: Path) -> Source:
    """A catalogue file. Raises CatalogueError where it cannot be read; its rows raise it for a broken file."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read ({error.strerror}); expected a CSV file") from None
    return Source(str(path), digest, lambda: _csv_rows(path), path)


def csv_part(path: Path, chunk: int, part: int, parts: int) -> Source:
    """Of a catalogue file every chunk of so many rows whose number is `part`, modulo `parts`."""
    return Source(str(path), "", lambda: _csv_rows(path, lambda number: number // chunk % parts == part), path)


def _csv_rows(
    path: Path, wanted: Callable[[int], bool] = lambda number: True
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows whose number, from 0, is wanted."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            _check_header(path, next(reader, []))
            line = reader.line_num
            for number, cells in enumerate(reader):
                first_line, line = line + 1, reader.line_num
                if not wanted(number):
                    continue
                if len(cells) != len(COLUMNS):
                    raise CatalogueError(f"{path}:{first_line}: {len(cells)} cells; expected {len(COLUMNS)}")
                yield first_line, dict(zip(COLUMNS, cells, strict=True))
        except csv.Error as error:
            raise CatalogueError(f"{path}:{reader.line_num}: broken CSV ({error})") from None
        except UnicodeDecodeError:
            raise CatalogueError(f"{path}:{_undecodable_line(path)}: wrong encoding; expected UTF-8") from None


def _check_header(path: Path, header: list[str]) -> None:
    if tuple(header) != COLUMNS:
        missing, extra = [c for c in COLUMNS if c not in header], [c for c in header if c not in COLUMNS]
        raise CatalogueError(
            f"{path}:1: columns differ; missing: {', '.join(missing) or 'none'}; "
            f"not known: {', '.join(extra) or 'none'}; expected, in this order: {','.join(COLUMNS)}"
        )


def _undecodable_line(path: Path) -> int:
    """The number of the first line that is not UTF-8."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1


def dataset_source(name: str) -> Source:
    """A Hugging Face dataset: a hub id, or a local folder (CSV files or `save_to_disk`) with the columns of the CSV.

    Raises CatalogueError where it cannot be loaded; lines count the rows from 1.
    """
    import datasets  # heavy, and needed only where this setting is used

    folder = Path(name)
    try:
        if (folder / "dataset_info.json").exists() or (folder / "dataset_dict.json").exists():
            loaded = datasets.load_from_disk(name)
        else:
            loaded = datasets.load_dataset(name)  # nosec B615
        split = next(iter(loaded.values())) if isinstance(loaded, dict) else loaded
    except (OSError, ValueError, RuntimeError, datasets.exceptions.DatasetsError) as error:
        raise CatalogueError(f"CATALOGUE_DATASET {name}: cannot be loaded ({type(error).__name__}: {error})") from None
    missing = [c for c in COLUMNS if c not in split.column_names]
    if missing:
        raise CatalogueError(f"CATALOGUE_DATASET {name}: columns are missing: {', '.join(missing)}")

    def rows() -> Iterator[tuple[int, Mapping[str, str]]]:
        return ((i, {c: _cell_text(row[c]) for c in COLUMNS}) for i, row in enumerate(split, 1))

    digest = hashlib.sha256()
    for _, row in rows():
        digest.update(repr(list(row.values())).encode())
    return Source(f"dataset {name}", digest.hexdigest(), rows)


def _cell_text(value: object) -> str:
    """A dataset's typed cell as the CSV would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return "|".join(map(str, value))
    return str(value)[:10] if hasattr(value, "isoformat") else str(value)


def records(source: Source) -> Iterator[Scholarship]:
    """The validated records of a source, one by one.

    Raises CatalogueError, in the end or after 50 problems, with a line for each: file, line, column, what was found and
    what was expected.
    """
    problems: list[str] = []
    lines: dict[str, int] = {}
    for line, row in source.rows():
        record = _record(source.name, line, row, problems)
        if record is not None:
            known = lines.setdefault(record.id, line)
            if known != line:
                problems.append(
                    f"{source.name}:{line}: column id: {record.id!r} stands at line {known} too; expected a unique id"
                )
            elif not problems:
                yield record
        if len(problems) >= MOST_PROBLEMS:
            problems.append("Further rows were not read.")
            break
    if not lines and not problems:
        problems.append(f"{source.name}: no rows; expected at least one scholarship")
    if problems:
        raise CatalogueError("\n".join(problems))


def _record(source: str, line: int, row: Mapping[str, str], problems: list[str]) -> Scholarship | None:
    try:
        values = {column: parse(row[column]) for column, parse in PARSERS.items()}
    except _BadCell:
        problems += _bad_cells(source, line, row)
        return None
    record = Scholarship(**values)  # type: ignore[arg-type]
    for wrong, column, wanted in (
        (
            record.max_family_income is not None and not record.income_currency,
            "income_currency",
            "a currency for the income",
        ),
        (_above(record.award_min, record.award_max), "award_max", "at least award_min"),
        (_above(record.min_age, record.max_age), "max_age", "at least min_age"),
    ):
        if wrong:
            problems.append(f"{source}:{line}: column {column}: got {row[column]!r}; expected {wanted}")
    return record


def _bad_cells(source: str, line: int, row: Mapping[str, str]) -> Iterator[str]:
    for column, parse in PARSERS.items():
        cell = row[column]
        try:
            parse(cell)
        except _BadCell as bad:
            shown = cell if len(cell) <= 60 else cell[:57] + "..."
            yield f"{source}:{line}: column {column}: got {shown!r}; expected {bad}"


def _above(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low > high
