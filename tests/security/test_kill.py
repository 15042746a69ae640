"""S51: the app is killed (SIGKILL) under sign-ups and chats, again and again: what it said yes to is there."""

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.running_app import PASSWORD, ROOT, environment, free_port, wait_for

WRITERS, SECONDS = 4, 1.5


def write(url: str, emails: list[str], answers: list[str]) -> None:
    """Sign up and chat until the app is gone; keep what was acknowledged."""
    with httpx.Client(base_url=url, timeout=10) as client:
        try:
            while True:
                email = f"{uuid4().hex}@example.com"
                made = client.post("/api/auth/signup", json={"email": email, "password": PASSWORD})
                if made.status_code != 201:
                    return
                emails.append(email)
                mine = {"authorization": f"Bearer {made.json()['data']['token']}"}
                for _ in range(3):
                    said = client.post("/api/chat", json={"message": "last date of nmmss"}, headers=mine)
                    if said.status_code == 200:
                        answers.append(said.json()["data"]["messageId"])
        except httpx.TransportError:
            return


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_s51_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    emails: list[str] = []
    answers: list[str] = []
    for _ in range(20):
        port, log = free_port(), tmp_path / "app.log"
        with log.open("w") as out:
            app = subprocess.Popen(
                [sys.executable, "app.py"], cwd=ROOT, env=environment(tmp_path / "data", port), stdout=out, stderr=out
            )
        try:
            wait_for(f"http://127.0.0.1:{port}", app, log)
            args = (f"http://127.0.0.1:{port}", emails, answers)
            writers = [threading.Thread(target=write, args=args) for _ in range(WRITERS)]
            for writer in writers:
                writer.start()
            time.sleep(SECONDS)
        finally:
            app.kill()
            app.wait()
        for writer in writers:
            writer.join(30)
    with closing(sqlite3.connect(tmp_path / "data" / "app.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept_emails = {row[0] for row in database.execute("SELECT email FROM account")}
        kept_answers = {row[0] for row in database.execute("SELECT id FROM chat_message")}
    assert len(emails) >= 20 and len(answers) >= 20
    assert set(emails) <= kept_emails and set(answers) <= kept_answers
