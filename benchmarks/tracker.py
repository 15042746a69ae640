"""How long the server works on a student's list, board and calendar of 1,000 applications. `make bench-tracker`; the goal is a
p95 under 50 ms for list and calendar.

In one process, through the operations that every door calls, with a real SQLite database: what a call costs from the question
to the bytes of the answer, without the network. Each call begins with nothing kept from the one before but what the app keeps.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from backend.api import operations as do
from backend.api import schemas as s
from backend.api import tracker
from backend.catalogue import Catalogue
from backend.services import Services, build_services
from backend.sessions import Caller
from backend.settings import Settings
from benchmarks.catalogues import write_catalogue
from tests.running_app import PASSWORD

APPLICATIONS, CALLS, GOAL_MS = 1_000, 40, 50
CHANGES = (
    {"status": "preparing"},
    {"notes": "asked the school"},
    {"status": "submitted", "portal_status": "institute"},
)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=APPLICATIONS)
    count = parser.parse_args().applications
    with tempfile.TemporaryDirectory() as folder:
        services = prepared(Path(folder), count)
        caller = filled(services, services.catalogue, count)
        print(
            f"{count:,} applications, each with a checklist and {len(CHANGES) + 1} events or fewer; {CALLS} calls each"
        )
        for name, call in calls(services, caller).items():
            begun = time.perf_counter()
            call()
            first = (time.perf_counter() - begun) * 1000
            times, work, size = measured(call)
            found = "  ".join(
                f"{what} p50 {statistics.median(x):6.1f} p95 {statistics.quantiles(x, n=20)[-1]:6.1f}"
                for what, x in (("ms", times), ("of which this process worked", work))
            )
            print(f"{name:28} first {first:6.1f} ms  then {found}  {size / 1024:6.0f} KB")
        services.database.close()


def prepared(folder: Path, count: int) -> Services:
    """The app's parts over a catalogue of so many rows at least."""
    path = folder / "scholarships.csv"
    write_catalogue(max(count, 500), path)
    settings = Settings(
        data_dir=folder, catalogue=path, llm_model="none", rate_limits="off", bcrypt_cost=4, database_url=None
    )
    return build_services(settings)


def filled(services: Services, catalogue: Catalogue, count: int) -> Caller:
    """A student with so many applications, some of them changed a few times."""
    account = services.accounts.sign_up("asha@example.com", PASSWORD, "Asha")
    for number, record in enumerate(catalogue.scholarships[:count]):
        saved = services.applications.save(account.id, record.id)
        for changes in CHANGES[: number % (len(CHANGES) + 1)]:
            services.applications.update(account.id, saved.id, changes)
    return services.sessions.resolve(services.sessions.issue(account.id))


def calls(services: Services, caller: Caller) -> dict[str, Callable[[], bytes]]:
    """What is measured, each to the bytes that are sent."""

    def as_bytes(value: Any) -> bytes:
        return value.encode() if isinstance(value, str) else orjson.dumps(value)

    every = s.ListApplicationsInput()
    page = s.ListApplicationsInput(limit=50)
    shown, dates = s.ShownInput(), s.ExportCalendarInput()
    return {
        "list (GET /api/applications)": lambda: do.list_applications_json(services, caller, every),
        "a page of 50": lambda: do.list_applications_json(services, caller, page),
        "calendar": lambda: as_bytes(do.export_calendar(services, caller, dates)),
        "board": lambda: as_bytes(tracker.board(services, caller, shown)),
    }


def measured(call: Callable[[], bytes]) -> tuple[list[float], list[float], int]:
    """Milliseconds of each call after a first one; those in which this process had a core; the answer's octets."""
    size, times, work = len(call()), [], []
    for _ in range(CALLS):
        begun, worked = time.perf_counter(), time.process_time()
        call()
        times.append((time.perf_counter() - begun) * 1000)
        work.append((time.process_time() - worked) * 1000)
    return times, work, size


if __name__ == "__main__":
    main()
