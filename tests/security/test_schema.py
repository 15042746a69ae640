"""Schemathesis against /openapi.json: no 5xx, no answer that is not documented, also for odd input."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running_app import App, Student

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
CHECKS = [
    "--phases", "examples,coverage,fuzzing,stateful", "--mode", "all", "--checks", "all",
    # The contract answers NOT_FOUND to a verb that a path does not have; schemathesis wants 405.
    # Rules beyond JSON Schema (an unassigned e-mail domain, a common password) refuse what the schema allows.
    # An empty value in an address and null in a body count as not given, where the schema would refuse them.
    "--exclude-checks", "unsupported_method,positive_data_acceptance,negative_data_rejection",
    "--max-examples", "50", "--continue-on-failure", "--no-color",
]  # fmt: skip


@pytest.mark.parametrize("who", ["a student", "a guest"])
def test_the_documented_api_keeps_to_its_documentation(app: App, asha: Student, who: str, tmp_path: Path) -> None:
    # sign-out would end the token that the whole run is about
    mine = ["-H", f"Authorization: Bearer {asha.token}", "--exclude-path", "/api/auth/signout"]
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{app.url}/openapi.json", *CHECKS]
    command += mine if who == "a student" else []
    ended = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=850, env={**os.environ, "NO_COLOR": "1"}
    )
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
