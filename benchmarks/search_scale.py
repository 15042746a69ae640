"""`make bench-search`: our search beside others over the same catalogue, in one run, and both over HTTP.

Prints Markdown. Every engine builds in one process and reopens and answers in another, so that times and memory are its
own. Build is from the CSV to an index on disk, reopen from there to the first question, with the files in the system's
cache; resident memory counts files that are mapped, not those that are read. Each answer is the first 20 records as
dicts. Ours also reads the student's profile, checks every rule, and counts the matches and facets.
"""

import argparse
import csv
import multiprocessing
import os
import platform
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import orjson

from benchmarks.catalogues import write_catalogue
from benchmarks.http_load import CONNECTIONS, SERVER_LOG, Load, ServerEnded, last_line, load, p95, serving

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
"""When the questions are asked."""
PAGE, ROUNDS = 20, 3
MOST_MEMORY_MB = 6000
"""A process that holds more is stopped and its row says so."""
HTTP_MOST_ROWS = 100_000
SECONDS, WARM_UP_SECONDS = 8, 1

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """What is searched for: words, or filters of our Query where there are none."""

    kind: str
    text: str
    filters: Mapping[str, Any] = field(default_factory=dict)


Answer = Callable[[Question], Sequence[Record]]

NAMES = (
    "PM-USP Central Sector Scheme of Scholarship for College and University Students", "AICTE Swanath Scholarship",
    "Kanyashree Prakalpa", "Kerala State Merit Scholarship", "Mukhyamantri Medhavi Vidyarthi Yojana", "NMMSS",
    "Aditya Birla Capital Scholarship", "Tata Capital Pankh", "Generation Google Scholarship Asia Pacific",
    "Fulbright-Nehru Master's Fellowship", "Rotary Peace Fellowship", "LIC Golden Jubilee Scholarship",
    "pm yashasvi", "pragati scolarship", "kanyashri prokolpo", "reliance foundaton undergraduat",
    "sbi asha scholership", "medhavi vidyarti yojna", "fulbrite nehru", "vidyadhan scolarshp",
    "infosis stem stars", "chevning scholarship",
)  # fmt: skip
TOPICS = (
    "engineering", "medical", "nursing", "law", "agriculture", "girls", "minority", "sports", "PhD", "diploma",
    "hostel", "laptop", "overseas", "disability", "Bihar", "farmers", "trust", "journalism",
)  # fmt: skip
SENTENCES = (
    "me OBC girl bihar se hu 12th me 78% papa ki income 2 lakh bsc karna h",
    "I am a girl from Kerala in the second year of B.Tech, family income 3 lakh, which scholarships can I get?",
    "sc boy up se hu diploma kar raha hu koi scholarship batao",
    "मैं राजस्थान से हूँ, 12वीं में 85% आए हैं, इंजीनियरिंग के लिए छात्रवृत्ति चाहिए",
    "Scholarships for minority students in class 11 in West Bengal with last date in October",
    "mere papa kisan hai maharashtra me, agriculture ki padhai ke liye paisa chahiye",
    "Looking for fully funded masters in Germany for Indian students with 7.8 CGPA",
    "obc girl bihar class 12 income 2 lakh", "Show me scholarships for engineering",
    "papa driver hai, beti ki college fees ke liye scholarship",
    "मेरी बेटी नौवीं कक्षा में पढ़ती है, हम एससी हैं और आय 1.5 लाख है",
    "I have 40% disability and study MBA in Delhi, income 5 lakh a year",
    "phd in physics, age 27, want a fellowship with a monthly stipend",
    "study abroad loan or scholarship for ST student from Jharkhand",
    "12th pass with 92 percent, want to do MBBS, general category, income 7 lakh",
    "ews ladka mp se b.com first year 65% marks", "nursing karna hai assam se st girl income 1 lakh",
    "Is there any scholarship for single girl child after class 10 CBSE?",
    "मैं बिहार की छात्रा हूँ, स्नातक पास किया है, कोई सरकारी योजना है?",
    "scholarship for daughters of ex-servicemen studying engineering in Punjab",
    "transgender student in Tamil Nadu wants to do BA, is there any fee waiver",
    "beedi worker ke bachche class 8 me padhte hai, unke liye scholarship",
    "I want to study computer science in the United States after 12th, need based aid",
    "hockey state level khela hai, sports quota scholarship haryana",
)  # fmt: skip
FILTERS: tuple[Mapping[str, Any], ...] = (
    {"level": "undergraduate"}, {"state": "Bihar", "gender": "female"}, {"category": "Women", "level": "postgraduate"},
    {"field": "engineering", "marks": 78.0}, {"social_group": "OBC", "income": 200_000.0}, {"study_in": "DE"},
    {"provider_type": "corporate", "sort": "award"}, {"citizenship": "IN", "age": 19, "sort": "deadline"},
    {"disability": True}, {"state": "Kerala", "level": "class-11-12", "eligible_only": True}, {"page": 3},
    {"field": "medicine", "gender": "female", "state": "Tamil Nadu", "marks": 91.5, "income": 300_000.0},
)  # fmt: skip
FILTER_KIND = "filters only"
QUESTIONS = (
    *(Question("scheme names", text) for text in NAMES),
    *(Question("single topics", text) for text in TOPICS),
    *(Question("sentences", text) for text in SENTENCES),
    *(Question(FILTER_KIND, "", filters) for filters in FILTERS),
)
KINDS = tuple(dict.fromkeys(q.kind for q in QUESTIONS))


@dataclass(frozen=True)
class Engine:
    """One way to search: `build` an index of a CSV in a folder (None: there is none), `reopen` it to ask questions.

    `modules` are loaded before the clock starts.
    """

    name: str
    build: Callable[[Path, Path], None] | None
    reopen: Callable[[Path, Path], Answer]
    modules: tuple[str, ...] = ()
    answers_filters: bool = False


@dataclass(frozen=True)
class Run:
    """What a process that reopened and answered reports: seconds, MB held after and at most, and milliseconds.

    `milliseconds` are those of each kind of question in the measured rounds; `first` those of questions in words in the
    round to warm up, before anything can be in a cache; `empty` counts the questions in words without any record.
    """

    reopen: float
    milliseconds: Mapping[str, list[float]]
    first: list[float]
    empty: int
    resident: float
    peak: float


@dataclass(frozen=True)
class Build:
    """What a process that built reports: seconds, and MB at most."""

    seconds: float
    peak: float


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a catalogue, one at a time."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def searched_text(row: Record) -> str:
    """What the other engines index of a row: the same columns as ours."""
    columns = (
        "name", "id", "provider", "category", "provider_type", "states", "levels", "fields", "social_groups",
        "description", "eligibility",
    )  # fmt: skip
    return " ".join(row[c] for c in columns).replace("|", " ")


def build_ours(path: Path, folder: Path) -> None:
    """Read, validate and index the catalogue."""
    from backend.storage import open_catalogue

    open_catalogue(path, folder)


def reopen_ours(path: Path, folder: Path) -> Answer:
    """Search as the doors do it, up to the dict that becomes JSON."""
    from backend.api import shapes
    from backend.search import Query, Search
    from backend.storage import open_catalogue

    catalogue, index = open_catalogue(path, folder)
    search = Search(catalogue, index)

    def answer(question: Question) -> Sequence[Record]:
        page = search.find(Query(keywords=question.text, page_size=PAGE, **question.filters), NOW)
        records: Sequence[Record] = shapes.search_result(page, (), catalogue.version, 0.0)["scholarships"]
        return records

    return answer


def build_fts5(path: Path, folder: Path) -> None:
    """The records as JSON, and a full-text table over their words, merged into one segment."""
    database = sqlite3.connect(folder / "fts5.db")
    database.execute("CREATE TABLE records (id INTEGER PRIMARY KEY, record BLOB)")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
    for number, row in enumerate(rows_of(path), 1):
        database.execute("INSERT INTO records VALUES (?, ?)", (number, orjson.dumps(row)))
        database.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, searched_text(row)))
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.commit()
    database.close()


def reopen_fts5(path: Path, folder: Path) -> Answer:
    """The question's words joined by OR, ranked by bm25."""
    database = sqlite3.connect(folder / "fts5.db")
    sql = (
        "SELECT record FROM (SELECT rowid AS found, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?)"
        " JOIN records ON id = found ORDER BY rank"
    )

    def answer(question: Question) -> Sequence[Record]:
        match = " OR ".join('"' + word.replace('"', '""') + '"' for word in question.text.split())
        return [orjson.loads(record) for (record,) in database.execute(sql, (match, PAGE))]

    return answer


def build_tantivy(path: Path, folder: Path) -> None:
    """One field of words with frequencies, without positions; the records stored as JSON."""
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("text", index_option="freq").add_bytes_field("record", stored=True)
    writer = tantivy.Index(schema.build(), path=str(folder)).writer()
    for row in rows_of(path):
        writer.add_document(tantivy.Document(text=searched_text(row), record=orjson.dumps(row)))
    writer.commit()
    writer.wait_merging_threads()


def reopen_tantivy(path: Path, folder: Path) -> Answer:
    """BM25 over the question's words joined by OR, the best 20 without a count."""
    import tantivy

    index = tantivy.Index.open(str(folder))
    schema, searcher = index.schema, index.searcher()
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase()).build()

    def answer(question: Question) -> Sequence[Record]:
        terms = [tantivy.Query.term_query(schema, "text", w, "freq") for w in set(analyzer.analyze(question.text))]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = searcher.search(query, PAGE, count=False).hits
        return [orjson.loads(searcher.doc(place)["record"][0]) for _, place in hits]

    return answer


def build_bm25s(path: Path, folder: Path) -> None:
    """Scores of every word in every row, as its documentation shows; the rows beside them as lines of JSON."""
    import bm25s

    tokens = bm25s.tokenize([searched_text(row) for row in rows_of(path)], show_progress=False)
    index = bm25s.BM25()
    index.index(tokens, show_progress=False)
    index.save(folder, corpus=rows_of(path), show_progress=False)


def reopen_bm25s(path: Path, folder: Path) -> Answer:
    """The best 20; scores and rows are mapped from disk."""
    import bm25s

    index = bm25s.BM25.load(folder, mmap=True, load_corpus=True, show_progress=False)

    def answer(question: Question) -> Sequence[Record]:
        words = bm25s.tokenize(question.text, show_progress=False)
        found = index.retrieve(words, k=PAGE, show_progress=False)
        return [record for record, score in zip(found.documents[0], found.scores[0], strict=True) if score > 0]

    return answer


def reopen_scan(path: Path, folder: Path) -> Answer:
    """A list of dicts in memory, as tutorials have it."""
    rows = list(rows_of(path))
    return lambda question: list(islice(scan(rows, question.text), PAGE))


def scan(rows: Sequence[Record], words: str) -> Iterator[Record]:
    """The rows whose name or description has these words, in file order."""
    words = words.lower()
    return (row for row in rows if words in row["name"].lower() or words in row["description"].lower())


ENGINES = (
    Engine("ours", build_ours, reopen_ours, ("backend.storage", "backend.api.shapes"), answers_filters=True),
    Engine("SQLite FTS5", build_fts5, reopen_fts5),
    Engine("tantivy", build_tantivy, reopen_tantivy, ("tantivy",)),
    Engine("bm25s", build_bm25s, reopen_bm25s, ("bm25s",)),
    Engine("linear scan", None, reopen_scan),
)


def named(name: str) -> Engine:
    """An engine, with its modules loaded."""
    engine = next(e for e in ENGINES if e.name == name)
    for module in engine.modules:
        import_module(module)
    return engine


def build(name: str, path: Path, folder: Path) -> Build:
    """Build one engine's index, in a process of its own."""
    engine = named(name)
    begun = time.perf_counter()
    if engine.build:
        engine.build(path, folder)
    return Build(time.perf_counter() - begun, memory_mb(os.getpid(), "VmHWM"))


def ask(name: str, path: Path, folder: Path) -> Run:
    """Reopen one engine's index in a process of its own, and ask every question in a warm-up and in each round."""
    engine = named(name)
    begun = time.perf_counter()
    answer = engine.reopen(path, folder)
    opened = time.perf_counter() - begun
    milliseconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    first: list[float] = []
    empty = 0
    for number in range(1 + ROUNDS):
        for question in QUESTIONS:
            if question.kind == FILTER_KIND and not engine.answers_filters:
                continue
            begun = time.perf_counter()
            records = answer(question)
            took = (time.perf_counter() - begun) * 1000
            if number:
                milliseconds[question.kind].append(took)
            elif question.text:
                first.append(took)
                empty += not records
    return Run(opened, milliseconds, first, empty, memory_mb(os.getpid(), "VmRSS"), memory_mb(os.getpid(), "VmHWM"))


def idle_mb() -> float:
    """What a process holds before it opens anything."""
    return memory_mb(os.getpid(), "VmRSS")


def memory_mb(process: int, what: str) -> float:
    """MB of a process and those it started: VmRSS (held now) or VmHWM (held at most, each at its own time)."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has ended
        return 0.0
    own = re.search(rf"{what}:\s+(\d+) kB", status)
    return (int(own[1]) / 1024 if own else 0.0) + sum(memory_mb(int(child), what) for child in children)


def in_own_process(target: Callable[..., Any], *given: Any) -> Any:
    """What `target` returns in a fresh process; a str that says why where it fails or needs too much memory."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, target, *given))
    process.start()
    sender.close()
    try:
        while not receiver.poll(0.2):
            if memory_mb(process.pid or 0, "VmRSS") > MOST_MEMORY_MB:
                process.kill()
                return f"stopped: needs more than {MOST_MEMORY_MB / 1000:g} GB"
        return receiver.recv()
    except EOFError:
        process.join()
        return f"failed: the process ended with {process.exitcode}"
    finally:
        process.join()


def _send(sender: Connection, target: Callable[..., Any], *given: Any) -> None:
    try:
        sender.send(target(*given))
    except Exception as error:
        sender.send(f"failed: {type(error).__name__}: {error}".splitlines()[0])


def compare(path: Path, chosen: Sequence[Engine]) -> None:
    """Measure the chosen engines over one catalogue and print two tables."""
    asked = sum(bool(q.text) for q in QUESTIONS)
    print(f"\n{asked} questions in words, {ROUNDS} rounds after one to warm up (the first):\n")
    print(
        "| engine | build s | its peak MB | index MB | reopen s | first p50 ms | p50 ms | p95 ms | no record found"
        " | resident MB | peak MB |\n|---|---|---|---|---|---|---|---|---|---|---|",
        flush=True,
    )
    by_kind: list[str] = []
    for engine in chosen:
        with tempfile.TemporaryDirectory(dir=path.parent) as name:
            folder = Path(name)
            built: Build | str = in_own_process(build, engine.name, path, folder)
            run: Run | str = in_own_process(ask, engine.name, path, folder) if isinstance(built, Build) else built
            size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
        if isinstance(built, str) or isinstance(run, str):
            step, why = ("build", built) if isinstance(built, str) else ("reopen and answer", run)
            print(f"| {engine.name} | {step}: {why}{' |' * 10}", flush=True)
            continue
        words = [ms for kind, some in run.milliseconds.items() if kind != FILTER_KIND for ms in some]
        print(
            f"| {engine.name} |",
            f"{built.seconds:.2f} | {built.peak:.0f} | {size:.0f} |" if engine.build else "none | | |",
            f"{run.reopen:.2f} | {statistics.median(run.first):.2f} | {statistics.median(words):.2f} |",
            f"{p95(words):.2f} | {run.empty} | {run.resident:.0f} | {run.peak:.0f} |",
            flush=True,
        )
        medians = (f"{statistics.median(some):.2f}" if some else "" for some in run.milliseconds.values())
        by_kind.append(f"| {engine.name} | {' | '.join(medians)} |")
    print("\np50 ms by kind of question:\n")
    print(f"| engine | {' | '.join(f'{k} ({sum(q.kind == k for q in QUESTIONS)})' for k in KINDS)} |")
    print("|---" * (1 + len(KINDS)) + "|", *by_kind, sep="\n", flush=True)


def bare_app() -> Any:
    """What a FastAPI tutorial ends with: the CSV named by CATALOGUE in a list, a scan for each call."""
    from fastapi import FastAPI

    app = FastAPI()
    rows = list(rows_of(Path(os.environ["CATALOGUE"])))

    @app.get("/search")
    async def search(keywords: str = "", pageSize: int = PAGE) -> dict[str, Any]:
        return {"scholarships": list(islice(scan(rows, keywords), pageSize))}

    @app.get("/search/counted")
    async def counted(keywords: str = "", pageSize: int = PAGE) -> dict[str, Any]:
        found = list(scan(rows, keywords))
        return {"scholarships": found[:pageSize], "total": len(found)}

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "healthy"}

    return app


def different_texts() -> list[str]:
    """The texts of the questions, then words of real names, 200 in all."""
    words = (word for row in rows_of(ROOT / "data" / "scholarships.csv") for word in re.findall(r"\w{5,}", row["name"]))
    return list(islice(dict.fromkeys((*(q.text for q in QUESTIONS if q.text), *words)), 200))


def compare_http(path: Path) -> None:
    """Load both servers over one catalogue and print a table."""
    print(f"\nOver HTTP, {CONNECTIONS} connections for {SECONDS} s, client and server on the same machine:\n")
    print("| server | GET | asked | requests/s | p50 ms | p99 ms | errors | server MB | client |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    bare = ["-m", "uvicorn", "--factory", "benchmarks.search_scale:bare_app", "--port", "PORT", "--log-level", "error"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {"CATALOGUE": str(path), "DATA_DIR": str(folder / "data"), "GRADIO_SERVER_PORT": "PORT"}
        env |= {"LLM_MODEL": "none", "RATE_LIMITS": "off", "LOG_LEVEL": "ERROR"}
        for server, command, routes in (
            ("bare FastAPI", bare, ("/search", "/search/counted")),
            ("ours", ["app.py"], ("/api/scholarships/search",)),
        ):
            try:
                with serving(command, env, folder) as (process, address):
                    load_server(server, routes, process, address, folder)
            except ServerEnded as ended:
                print(f"| {server} | the server ended: {ended} | | | | | | | |", flush=True)


def load_server(
    server: str, routes: Sequence[str], process: subprocess.Popen[bytes], address: str, folder: Path
) -> None:
    """Every load on one server, a line of the table each. Raises ServerEnded."""
    texts = different_texts()
    loads: list[tuple[str, str, Sequence[str], str]] = []
    for route in routes:
        one, *many = (f"{route}?keywords={quote(t)}&pageSize={PAGE}" for t in ("engineering", *texts))
        loads += [
            (route, "engineering", [one], ""),
            (route, f"{len(many)} different texts in turn", many, ""),
            (route, "the same, no address twice", many, "&income="),
        ]
    for route, asked, paths, numbered in (*loads, ("/health", "", ["/health"], "")):
        try:
            load(address, paths, numbered and numbered + "2", WARM_UP_SECONDS, folder)
            result = load(address, paths, numbered and numbered + "1", SECONDS, folder)
        except (subprocess.CalledProcessError, httpx.TransportError):
            raise ServerEnded(last_line(folder / SERVER_LOG)) from None
        if process.poll() is not None:
            raise ServerEnded(last_line(folder / SERVER_LOG))
        show(server, route, asked, process.pid, result)


def show(server: str, route: str, what: str, process: int, result: Load) -> None:
    """One line of the table."""
    print(
        f"| {server} | {route} | {what} | {result.per_second:.0f} | {result.p50:.1f} | {result.p99:.1f}"
        f" | {result.errors} | {memory_mb(process, 'VmRSS'):.0f} | {result.tool} |",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search_scale", description=__doc__)
    parser.add_argument("--rows", default="450,100000,1000000", help="sizes of the catalogues")
    parser.add_argument("--engines", default=",".join(e.name for e in ENGINES), help="which of them to measure")
    parser.add_argument("--http", action="store_true", help=f"also over HTTP, up to {HTTP_MOST_ROWS:,} rows")
    parser.add_argument("--folder", type=Path, help="where catalogues are kept for the next run; else they are removed")
    given = parser.parse_args()
    unknown = set(given.engines.split(",")) - {engine.name for engine in ENGINES}
    if unknown:
        parser.error(f"no such engine: {', '.join(sorted(unknown))}; expected some of {parser.get_default('engines')}")
    chosen = [engine for engine in ENGINES if engine.name in given.engines.split(",")]
    empty = in_own_process(idle_mb)
    print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}; a process that does nothing holds {empty:.0f} MB."
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for rows in map(int, given.rows.split(",")):
            path = folder / f"catalogue-{rows}.csv"
            if not path.exists():
                part = path.with_suffix(".part")
                write_catalogue(rows, part)
                part.rename(path)
            print(f"\n## {rows:,} rows ({path.stat().st_size / 1e6:.0f} MB)", flush=True)
            compare(path, chosen)
            if given.http and rows <= HTTP_MOST_ROWS:
                compare_http(path)


if __name__ == "__main__":
    main()
