"""The real packaged model: streams, stops, keeps its deadline, loads again from its copy, fails with a sentence."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from backend.engines import EngineError, Message, sources
from backend.engines.local import LocalEngine
from backend.engines.sources import unpacked_gguf

LONG: list[Message] = [{"role": "user", "content": "Write a long story about a student who finds a scholarship."}]


@contextmanager
def counted_steps(engine: LocalEngine) -> Iterator[list[float]]:
    """The times of the model's forward passes."""
    steps: list[float] = []
    hook = engine._model.model.register_forward_pre_hook(lambda *_: steps.append(time.monotonic()))  # type: ignore[union-attr]
    try:
        yield steps
    finally:
        hook.remove()


def idle(engine: LocalEngine) -> None:
    assert engine._slot.acquire(timeout=5)
    engine._slot.release()


def test_streams_several_pieces_an_empty_one_first(engine: LocalEngine) -> None:
    pieces = list(engine.stream(LONG, max_new_tokens=20, deadline_s=30))
    assert pieces[0] == ""
    assert len([p for p in pieces if p]) >= 5
    assert "<|im_end|>" not in "".join(pieces)


def test_the_same_question_gets_the_same_answer(engine: LocalEngine) -> None:
    first, second = ("".join(engine.stream(LONG, max_new_tokens=12, deadline_s=30)) for _ in range(2))
    assert first == second


def test_closing_stops_within_two_tokens(engine: LocalEngine) -> None:
    with counted_steps(engine) as steps:
        with closing(engine.stream(LONG, max_new_tokens=400, deadline_s=60)) as stream:
            while not next(stream):
                pass
            at_close = len(steps)
        idle(engine)
        time.sleep(0.3)
        assert len(steps) - at_close <= 2


def test_closing_before_the_first_token_starts_nothing(engine: LocalEngine) -> None:
    with counted_steps(engine) as steps:
        stream = engine.stream(LONG, max_new_tokens=400, deadline_s=60)
        assert next(stream) == ""
        stream.close()
        time.sleep(0.3)
        assert not steps
    idle(engine)


def test_deadline_ends_the_answer(engine: LocalEngine) -> None:
    began = time.monotonic()
    text = "".join(engine.stream(LONG, max_new_tokens=2_000, deadline_s=1.5))
    assert text
    assert 1.0 < time.monotonic() - began < 3.0
    idle(engine)


def test_a_second_caller_waits_then_hears_that_it_is_busy(engine: LocalEngine) -> None:
    assert engine._slot.acquire(timeout=5)
    try:
        began = time.monotonic()
        with pytest.raises(EngineError, match="busy"):
            list(engine.stream(LONG, max_new_tokens=5, deadline_s=30))
        assert 2.5 < time.monotonic() - began < 4.5
    finally:
        engine._slot.release()


def test_two_callers_are_served_one_after_the_other(engine: LocalEngine) -> None:
    answers: list[str] = []

    def ask() -> None:
        answers.append("".join(engine.stream(LONG, max_new_tokens=10, deadline_s=30)))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    assert answers[0] == answers[1] != ""


def test_a_crash_is_a_sentence_and_frees_the_model(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    with monkeypatch.context() as patch:
        patch.setattr(engine._model.model, "generate", crash)  # type: ignore[union-attr]
        with pytest.raises(EngineError, match="stopped with an error"):
            list(engine.stream(LONG, max_new_tokens=5, deadline_s=5))
    assert "".join(engine.stream(LONG, max_new_tokens=5, deadline_s=30))


def test_full_memory_is_a_sentence(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(engine._model.model, "generate", full)  # type: ignore[union-attr]
    with pytest.raises(EngineError, match="out of memory"):
        list(engine.stream(LONG, max_new_tokens=5, deadline_s=5))


def test_too_long_a_prompt_is_refused(engine: LocalEngine) -> None:
    with pytest.raises(EngineError, match="too long"):
        list(engine.stream([{"role": "user", "content": "grant " * 9_000}], max_new_tokens=5, deadline_s=30))


def test_second_load_uses_the_copy_and_is_quicker(
    gguf: Path, data_dir: Path, unpack_seconds: float, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_unpack", lambda *_: pytest.fail("unpacked again"))
    began = time.monotonic()
    second = LocalEngine("again", lambda: unpacked_gguf(gguf, data_dir), frozenset({"en"}))
    assert second.wait(30) == "ready", second.detail
    took = time.monotonic() - began
    assert took < max(unpack_seconds, 5.0)
    assert "".join(second.stream(LONG, max_new_tokens=8, deadline_s=30)) == "".join(
        engine.stream(LONG, max_new_tokens=8, deadline_s=30)
    )
    second.close()
    assert second.state == "off"
    with pytest.raises(EngineError, match="closed"):
        list(second.stream(LONG, max_new_tokens=5, deadline_s=5))


def test_half_a_copy_is_never_used(
    gguf: Path, data_dir: Path, unpack_seconds: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = unpacked_gguf(gguf, data_dir)
    bad = tmp_path / "models" / good.name
    shutil.copytree(good, bad)
    with (bad / "model.safetensors").open("r+b") as weights:
        weights.truncate(1_000_000)
    monkeypatch.setattr(sources, "_unpack", lambda _file, folder: shutil.copytree(good, folder, dirs_exist_ok=True))
    assert unpacked_gguf(gguf, tmp_path) == bad
    assert (bad / "model.safetensors").stat().st_size == (good / "model.safetensors").stat().st_size
    assert [p.name for p in bad.parent.iterdir()] == [bad.name]


def test_unpacking_that_breaks_off_leaves_nothing(gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(_file: Path, folder: Path) -> None:
        (folder / "config.json").write_text("{}")
        raise OSError("disk full")

    monkeypatch.setattr(sources, "_unpack", breaks_off)
    with pytest.raises(OSError, match="disk full"):
        unpacked_gguf(gguf, tmp_path)
    assert list((tmp_path / "models").iterdir()) == []


def failed(engine: LocalEngine) -> str:
    assert engine.wait(30) == "failed"
    with pytest.raises(EngineError):
        list(engine.stream(LONG, max_new_tokens=5, deadline_s=5))
    assert engine.detail.endswith(".")
    return engine.detail


def test_missing_file_fails_with_a_sentence(tmp_path: Path) -> None:
    gone = tmp_path / "gone.gguf"
    assert "missing" in failed(LocalEngine("gone", lambda: unpacked_gguf(gone, tmp_path), frozenset()))


def test_damaged_file_fails_with_a_sentence(gguf: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.gguf"
    with gguf.open("rb") as good:
        damaged.write_bytes(good.read(50_000))
    assert "could not be loaded" in failed(LocalEngine("x", lambda: unpacked_gguf(damaged, tmp_path), frozenset()))


def test_an_empty_folder_fails_with_a_sentence(tmp_path: Path) -> None:
    assert "could not be loaded" in failed(LocalEngine("x", lambda: tmp_path, frozenset()))
