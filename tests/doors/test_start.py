"""What stops the start: a bad setting, a broken catalogue, a port that is taken. Each is named, without a traceback."""

import socket
import subprocess
import sys
from pathlib import Path

from tests.running_app import ROOT, environment, free_port


def start(tmp_path: Path, port: int, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the app that is expected to end by itself."""
    env = {**environment(tmp_path, port), **settings}
    return subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def test_s1_bad_settings_are_named_and_secrets_not_shown(tmp_path: Path) -> None:
    ended = start(tmp_path, free_port(), JWT_SECRET="2short2", RATE_LIMITS="maybe")
    assert ended.returncode == 2 and "Traceback" not in ended.stderr
    assert all(word in ended.stderr for word in ("JWT_SECRET", "32 bytes", "RATE_LIMITS", "'maybe'", "'on'"))
    assert "2short2" not in ended.stderr


def test_a_catalogue_that_is_not_there_is_named(tmp_path: Path) -> None:
    ended = start(tmp_path, free_port(), CATALOGUE="no-such-file.csv")
    assert ended.returncode == 2 and "no-such-file.csv" in ended.stderr and "Traceback" not in ended.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = start(tmp_path, port)
    assert ended.returncode == 2
    assert "GRADIO_SERVER_PORT" in ended.stderr and str(port) in ended.stderr and "Traceback" not in ended.stderr
