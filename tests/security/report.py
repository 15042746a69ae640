"""`make security`: a table of the checklist's rows from the tests that are named after them. A pytest plugin.

A row of ours without a test, or with a test that was skipped, is a failure; the rows of backups are later work.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest

LATER = {33: "make load (ten minutes)", **dict.fromkeys(range(52, 56), "backup target not configured")}
ROWS = range(1, 61)
_NAME = re.compile(r"\btest((?:_s\d+)+)_")
_results: dict[int, list[str]] = defaultdict(list)


def rows_of(nodeid: str) -> list[int]:
    """The rows that a test's name names: `test_s35_s37_…` is for two."""
    found = _NAME.search(nodeid)
    return [int(number) for number in re.findall(r"\d+", found[1])] if found else []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only the rows' tests, this folder's and the slow ones run."""
    here = Path(__file__).parent
    chosen = [i for i in items if rows_of(i.nodeid) or i.path.parent == here or i.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep what came of each test."""
    if report.when == "call" or report.outcome != "passed":
        for row in rows_of(report.nodeid):
            _results[row].append(report.outcome)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    terminalreporter.section("security rows")
    for row in ROWS:
        terminalreporter.write_line(f"S{row:<3} {_said(row)}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A row that is missing fails the run."""
    if any(_said(row).startswith(("FAIL", "MISSING")) for row in ROWS):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _said(row: int) -> str:
    outcomes = _results.get(row)
    if not outcomes:
        return f"later: {LATER[row]}" if row in LATER else "MISSING: no test bears its name"
    wrong = [outcome for outcome in outcomes if outcome != "passed"]
    return (
        f"FAIL: {len(wrong)} of {len(outcomes)} ({', '.join(sorted(set(wrong)))})"
        if wrong
        else f"pass ({len(outcomes)})"
    )
