"""Models of real shapes with random weights: as fast as the real ones, with nothing to say."""

import json
from pathlib import Path
from typing import Any

SHAPES: dict[str, dict[str, Any]] = {
    # config.json of Qwen/Qwen3-4B-Instruct-2507
    "qwen3-4b": {
        "vocab_size": 151_936, "hidden_size": 2560, "intermediate_size": 9728, "num_hidden_layers": 36,
        "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128, "max_position_embeddings": 262_144,
        "rope_theta": 5_000_000, "rms_norm_eps": 1e-6,
    },
    "tiny": {
        "vocab_size": 50_000, "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "max_position_embeddings": 32_768,
    },
}  # fmt: skip


def write_random_model(shape: str, tokenizer: Path, folder: Path) -> None:
    """Write a model in bfloat16 to `folder`, with the tokenizer of another folder, whose vocabulary is not larger.

    Invented words fill the vocabulary, so that each token the model may choose is visible text.
    """
    import torch
    from transformers import AutoTokenizer, Qwen3Config, Qwen3ForCausalLM

    small = AutoTokenizer.from_pretrained(tokenizer)
    config = Qwen3Config(
        **SHAPES[shape],
        # Tied, a random model repeats the last token, a line break. What is read for a token is the same.
        tie_word_embeddings=False,
        eos_token_id=small.eos_token_id,
        pad_token_id=small.eos_token_id,
    )
    config.dtype = torch.bfloat16
    with torch.device("cuda" if torch.cuda.is_available() else "cpu"):
        torch.set_default_dtype(torch.bfloat16)
        model = Qwen3ForCausalLM(config)
        torch.set_default_dtype(torch.float32)
    model.save_pretrained(folder)
    small.save_pretrained(folder)
    path = folder / "tokenizer.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    words = content["model"]["vocab"]
    words |= {f"Ġw{number}": number for number in range(len(words), config.vocab_size)}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
