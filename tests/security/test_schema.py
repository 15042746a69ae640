"""Schemathesis against /openapi.json: no 5xx, no answer that is not documented, also for odd input."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mailbox import Mailbox
from tests.running_app import App, RestDoor, new_student, running_app

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
CHECKS = [
    "--phases", "examples,coverage,fuzzing,stateful", "--mode", "all", "--checks", "all",
    # The contract answers NOT_FOUND to a verb that a path does not have; schemathesis wants 405.
    # Rules beyond JSON Schema (an unassigned e-mail domain, a common password) refuse what the schema allows.
    # An empty value in an address and null in a body count as not given, where the schema would refuse them.
    "--exclude-checks", "unsupported_method,positive_data_acceptance,negative_data_rejection",
    "--max-examples", "50", "--continue-on-failure", "--no-color",
]  # fmt: skip


@pytest.fixture(scope="module")
def sending(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[App]:
    """The app with a mail server: without one a forgotten password is answered by 503, on purpose."""
    with running_app(tmp_path_factory.mktemp("sending"), **mailbox.settings) as started:
        yield started


@pytest.mark.parametrize("who", ["a student", "a guest"])
def test_the_documented_api_keeps_to_its_documentation(sending: App, who: str, tmp_path: Path) -> None:
    asha = new_student(RestDoor(sending.url))
    # sign-out would end the token that the whole run is about
    mine = ["-H", f"Authorization: Bearer {asha.token}", "--exclude-path", "/api/auth/signout"]
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{sending.url}/openapi.json", *CHECKS]
    command += mine if who == "a student" else []
    ended = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=850, env={**os.environ, "NO_COLOR": "1"}
    )
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
