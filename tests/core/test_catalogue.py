"""The catalogue is read whole, and a broken row is named by file, line, column and expectation."""

import csv
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import datasets
import pytest

from backend.catalogue import COLUMNS, Scholarship, dataset_source, read, read_csv
from backend.errors import CatalogueError
from tests.conftest import CATALOGUE, ROOT


def rows() -> list[dict[str, str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, content: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(content)
    return path


def test_every_row_is_read_into_frozen_records(catalogue):
    assert len(catalogue) == 499
    assert [r.id for r in catalogue.scholarships] == [r["id"] for r in rows()]
    with pytest.raises(FrozenInstanceError):
        catalogue.scholarships[0].name = "another"
    assert {f.name for f in fields(Scholarship)} == set(COLUMNS)


def test_facts_are_those_of_the_file(catalogue):
    for row in rows():
        record = catalogue.by_id[row["id"]]
        assert (record.name, record.award, record.deadline, record.application_url) == (
            row["name"], row["award"], row["deadline"], row["application_url"],
        )  # fmt: skip
        assert record.max_family_income == (float(row["max_family_income"]) if row["max_family_income"] else None)
        assert (record.last_deadline.isoformat() if record.last_deadline else "") == row["last_deadline"]
        assert "|".join(record.levels) == row["levels"]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("min_marks_percent", "sixty", "a number"),
        ("min_marks_percent", "160", "a percentage from 0 to 100"),
        ("max_family_income", "2,50,000", "a number"),
        ("max_family_income", "-5", "a number"),
        ("levels", "college", "one of school"),
        ("gender", "woman", "one of any, female"),
        ("category", "Merit", "one of Merit-Based"),
        ("open_to", "India", "ISO 3166"),
        ("currency", "rupees", "ISO 4217"),
        ("last_deadline", "31-10-2025", "a date such as"),
        ("last_deadline", "2025-02-30", "a date such as"),
        ("closes_month", "13", "from 1 to 12"),
        ("id", "Two Words", "a slug"),
        ("name", "", "some text"),
        ("name", " padded ", "no white space"),
        ("relaxations", "marks 50 kings", "RULE LIMIT WHO"),
        ("application_url", "scholarships.gov.in", "http://"),
        ("application_url_official", "maybe", "one of yes, no"),
        ("source_date", "last year", "a year or a month"),
        ("award_min", "99999999", "at least award_min"),
    ],
)
def test_a_broken_cell_is_named(tmp_path, column, value, expected):
    content = rows()[:5]
    content[2][column] = value
    if column == "award_min":
        content[2]["award_max"] = "1"
    with pytest.raises(CatalogueError) as error:
        read_csv(write(tmp_path / "broken.csv", content))
    message = str(error.value)
    assert "broken.csv:4" in message and expected in message
    assert f"column {'award_max' if column == 'award_min' else column}" in message


def test_a_double_id_names_both_lines(tmp_path):
    content = rows()[:3]
    content[2]["id"] = content[0]["id"]
    with pytest.raises(CatalogueError, match=r"double.csv:4: column id: .* stands at line 2"):
        read_csv(write(tmp_path / "double.csv", content))


def test_a_missing_column_is_named(tmp_path):
    columns = tuple(c for c in COLUMNS if c != "award")
    with pytest.raises(CatalogueError, match=r"few.csv:1: columns differ; missing: award"):
        read_csv(write(tmp_path / "few.csv", rows()[:2], columns))


def test_wrong_encoding_names_the_line(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes(CATALOGUE.read_bytes().replace("₹".encode(), b"\xa4", 1))
    with pytest.raises(CatalogueError, match=r"latin.csv:2: wrong encoding; expected UTF-8"):
        read_csv(path)


def test_an_empty_or_absent_file_is_refused(tmp_path):
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_csv(tmp_path / "absent.csv")
    with pytest.raises(CatalogueError, match="no rows"):
        read_csv(write(tmp_path / "empty.csv", []))


def test_check_data_says_the_same_without_starting(tmp_path):
    content = rows()[:3]
    content[1]["min_age"] = "old"
    broken = write(tmp_path / "broken.csv", content)
    run = subprocess.run([sys.executable, "-m", "backend.check_data", broken], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    assert f"{broken}:3: column min_age: got 'old'; expected a whole number" in run.stderr
    good = subprocess.run(
        [sys.executable, "-m", "backend.check_data", CATALOGUE], cwd=ROOT, capture_output=True, text=True
    )
    assert good.returncode == 0 and "499 rows, no problems" in good.stdout


@pytest.mark.parametrize("kind", ["csv folder", "saved dataset"])
def test_a_dataset_gives_the_same_records(tmp_path, catalogue, monkeypatch, kind):
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    folder = tmp_path / "dataset"
    if kind == "csv folder":
        folder.mkdir()
        (folder / "train.csv").write_bytes(CATALOGUE.read_bytes())
    else:
        datasets.Dataset.from_csv(str(CATALOGUE), cache_dir=str(tmp_path / "cache")).save_to_disk(folder)
    loaded = read(dataset_source(str(folder)))
    assert loaded.scholarships == catalogue.scholarships


def test_a_dataset_that_is_not_there_stops_with_its_name(tmp_path):
    with pytest.raises(CatalogueError, match=r"CATALOGUE_DATASET .*nowhere"):
        dataset_source(str(tmp_path / "nowhere"))
