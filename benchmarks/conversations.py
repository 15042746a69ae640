"""Conversations (benchmarks/cases/chat.jsonl), written by people who had not seen the code, through the chat alone.

    python -m benchmarks.conversations [--cases FILE] [--show N] [--write]

A case is {"turns": [{"user", "expect"}]}; `expect` may have `must` and `mustNot` (ids among the records of the reply), `rule`
(a profile that no record of the reply may break), `none` (no record), `contains` and `notContains` (regular expressions on
the message) and `script` (latin or devanagari). Besides, each figure, month and link of a reply must be in its records or in
the student's own words (benchmarks/statements.py). Prints one figure a line, `name value`, then the cases that failed.
"""

import argparse
import csv
import json
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.api import shapes
from backend.catalogue import read_csv
from backend.chat import Chat, Reply
from backend.database import Database
from backend.eligibility import NOT_ELIGIBLE, status_of
from backend.engines import NoEngine
from backend.evaluation import write_down
from backend.history import ChatHistory
from backend.profile import Profile
from backend.search import Search
from benchmarks.statements import unsupported

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MOST_LATIN, LEAST_HINDI = 0.2, 0.3
SNAKE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=Path, default=HERE / "cases" / "chat.jsonl")
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--write", action="store_true", help="keep the figures for the quality page")
    args = parser.parse_args()
    cases = [json.loads(line) for line in args.cases.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/chats.db")
        catalogue = HERE.parent / "data" / "scholarships.csv"
        search = Search(read_csv(catalogue))
        with catalogue.open(encoding="utf-8", newline="") as file:
            rows = {row["id"]: " ".join(row.values()) for row in csv.DictReader(file)}
        chat = Chat(search, NoEngine(), ChatHistory(database, lambda: NOW), lambda: NOW)
        problems = [talk(chat, case["turns"], rows) for case in cases]
    failed = [(case, found) for case, found in zip(cases, problems, strict=True) if found]
    print(f"chat.cases {len(cases)}\nchat.turns {sum(len(c['turns']) for c in cases)}")
    passed = 1 - len(failed) / len(cases)
    print(f"chat.passed {passed:.4f}")
    if args.write:
        figures = {"chat.cases": len(cases), "chat.passed": passed}
        write_down("chat", figures, len(rows), datetime.now(UTC).date())
    for kind in ("lacks id", "has id", "breaks", "lacks", "has", "script", "unsupported"):
        print(f"chat.{kind.replace(' ', '_')} {sum(p.startswith(f'{kind}:') for found in problems for p in found)}")
    for case, found in failed[: args.show]:
        print([t["user"] for t in case["turns"]], found)


def talk(chat: Chat, turns: list[dict[str, Any]], rows: dict[str, str]) -> list[str]:
    """What is wrong with the replies to one conversation; `rows` are the catalogue's, as text, by id."""
    session, said, found = None, "", []
    for turn in turns:
        pieces = chat.stream(turn["user"], account_id=None, session_id=session, profile=Profile(), language=None)
        reply = list(pieces)[-1]
        assert isinstance(reply, Reply)
        session, said = reply.session_id, f"{said} {turn['user']}"
        texts = [
            text
            for hit in reply.hits
            for text in (rows[hit.record.id], json.dumps(shapes.deadline_state(hit.deadline)))
        ]
        found += [f"unsupported: {what}" for what in unsupported(reply.message, [said, str(len(rows)), *texts])]
        found += problems_of(reply, turn.get("expect", {}))
    return found


def problems_of(reply: Reply, expect: dict[str, Any]) -> list[str]:
    """What one reply lacks or has too much."""
    ids = [hit.record.id for hit in reply.hits]
    found = [f"lacks id: {i}" for i in expect.get("must", []) if i not in ids]
    found += [f"has id: {i}" for i in expect.get("mustNot", []) if i in ids]
    if expect.get("none") and ids:
        found.append(f"has id: {ids[0]}")
    if "rule" in expect:
        student = Profile.of({SNAKE.sub("_", key).lower(): value for key, value in expect["rule"].items()})
        found += [f"breaks: {h.record.id}" for h in reply.hits if status_of(h.record, student) == NOT_ELIGIBLE]
    found += [f"lacks: {p}" for p in expect.get("contains", []) if not re.search(p, reply.message, re.IGNORECASE)]
    found += [f"has: {p}" for p in expect.get("notContains", []) if re.search(p, reply.message, re.IGNORECASE)]
    hindi = len(re.findall("[\u0900-\u097f]", reply.message)) / max(1, len(re.findall(r"\w", reply.message)))
    wrong = {"devanagari": hindi < LEAST_HINDI, "latin": hindi > MOST_LATIN}.get(expect.get("script", ""), False)
    return [*found, *(["script: another"] if wrong else [])]


if __name__ == "__main__":
    main()
