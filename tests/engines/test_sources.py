"""The packaged model's copy: made whole or not at all, used again, never half."""

import shutil
from pathlib import Path

import pytest

from backend.engines import sources
from backend.engines.sources import unpacked_gguf


def test_the_copy_is_made_once(
    gguf: Path, data_dir: Path, unpack_seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_unpack", lambda *_: pytest.fail("unpacked again"))
    assert unpacked_gguf(gguf, data_dir).is_dir()


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
