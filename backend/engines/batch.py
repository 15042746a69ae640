"""Answers written together by one model: each step gives every one of them its next token.

Why not the continuous batching of transformers 5.23: its attention packs the keys of all answers into one row and masks
what belongs to others, which costs their square. Measured with the small model on one core, prompts of 500 tokens (the
table is in docs/decisions/0009): a step for 8 answers takes 51 ms here and 120 there, and its repetition penalty is off.
So the model and its numbers are transformers', the key-value cache is ours, with two habits of the manager: requests join
and leave between two steps, and a prompt that begins as another one did takes over that part of its keys and values.

Imports torch and transformers: import it only where a model is loaded.
"""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from transformers.cache_utils import Cache, CacheLayerMixin

from backend.engines.generation import REPETITION_PENALTY, ChatModel

SLOTS = {"cpu": 8, "cuda": 16}
"""Answers written at the same time: on a CPU more gain little (8: 156 tokens a second together, 16: 194)."""
LONGEST = 4096
"""Tokens of a prompt with its answer, where the model itself reads that far."""
ROOM = 256
"""Tokens a slot has room for at first; the room doubles when a longer conversation comes."""
CHUNK = 256
"""Tokens of a prompt read in one go (0.3 s on one core); between two goes the others get their next token."""
NEWEST = 0.2
"""How much the latest measurement counts in a speed."""


class Unsupported(Exception):
    """This cache cannot serve the model; the text is a sentence for people."""


@dataclass(eq=False)
class Answer:
    """One answer: `tokens` are the prompt's, then those written; it ends after `most` of these."""

    id: str
    tokens: list[int]
    most: int
    prompt_length: int = field(init=False)
    ended: bool = False

    def __post_init__(self) -> None:
        self.prompt_length = len(self.tokens)

    @property
    def written(self) -> list[int]:
        """The tokens of the answer so far."""
        return self.tokens[self.prompt_length :]

    @property
    def to_write(self) -> int:
        """How many tokens may follow."""
        return self.most - (len(self.tokens) - self.prompt_length)


@dataclass(eq=False)
class _Slot:
    """A row of the cache: the tokens whose keys and values it holds (also after their answer ended), and its answer."""

    held: list[int] = field(default_factory=list)
    answer: Answer | None = None

    @property
    def unread(self) -> int:
        """Tokens of the answer that the model has not read; one, if it is to write the next."""
        return len(self.answer.tokens) - len(self.held) if self.answer else 0


class _Where:
    """Where in the cache this forward pass reads and writes: which slots, at which positions, up to which."""

    slots: slice
    rows: torch.Tensor
    positions: torch.Tensor
    top: int


class _Layer(CacheLayerMixin):
    """Keys and values of one layer: [slot, head, position, size]."""

    keys: torch.Tensor
    values: torch.Tensor

    def __init__(self, where: _Where, slots: int) -> None:
        super().__init__()
        self._where, self._slots = where, slots

    def lazy_initialization(self, key_states: torch.Tensor, value_states: torch.Tensor) -> None:
        """Room for all slots, of the shape that the model shows."""
        self.keys, self.values = (
            x.new_zeros(self._slots, x.shape[1], ROOM, x.shape[3]) for x in (key_states, value_states)
        )
        self.is_initialized = True

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *_: Any, **__: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Keep what is new; all that this pass may look at."""
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        where = self._where
        while self.keys.shape[2] < where.top:
            self.keys, self.values = (torch.cat((x, torch.zeros_like(x)), dim=2) for x in (self.keys, self.values))
        for kept, new in ((self.keys, key_states), (self.values, value_states)):
            kept[where.rows, :, where.positions] = new.transpose(1, 2)
        return self.keys[where.slots, :, : where.top], self.values[where.slots, :, : where.top]

    def copy(self, source: int, target: int, length: int) -> None:
        """Give one slot what another holds of its first tokens."""
        for kept in (self.keys, self.values):
            kept[target, :, :length] = kept[source, :, :length]

    def get_mask_sizes(self, query_length: int) -> tuple[int, int]:
        """Not asked: the mask is given."""
        return self._where.top, 0

    def get_seq_length(self) -> int:
        """Not asked: the positions are given."""
        return 0

    def get_max_length(self) -> int:
        """No fixed one."""
        return -1


class Batch:
    """The answers that are being written and those that wait for a slot. For one thread."""

    def __init__(self, chat: ChatModel) -> None:
        """Raises Unsupported for a model that does not simply attend to all tokens before."""
        self._model = chat.model
        self._device: torch.device = chat.model.device
        _check(chat.model.config.get_text_config())
        ends = chat.model.generation_config.eos_token_id
        self._ends = frozenset(ends if isinstance(ends, list) else [ends])
        self._vocabulary: int = chat.model.get_output_embeddings().weight.shape[0]
        self.count = 0
        self.clear()

    def clear(self) -> None:
        """Forget all answers and speeds, and give the memory back."""
        self._fill_s = self._step_s = 0.0  # seconds a token of a prompt, seconds a step
        self._where = _Where()
        slots = SLOTS[self._device.type]
        layers = self._model.config.get_text_config().num_hidden_layers
        self._layers = [_Layer(self._where, slots) for _ in range(layers)]
        self._cache = Cache(layers=[*self._layers])
        self._slots = [_Slot() for _ in range(slots)]
        self._said = torch.zeros(slots, self._vocabulary, dtype=torch.bool, device=self._device)
        self._waiting: deque[Answer] = deque()
        self._filling: deque[_Slot] = deque()

    @property
    def busy(self) -> bool:
        """Whether a step has something to do."""
        return bool(self._waiting) or any(slot.answer for slot in self._slots)

    def ids(self) -> list[str]:
        """The ids of all answers that have not ended."""
        return [answer.id for answer in (*(s.answer for s in self._slots if s.answer), *self._waiting)]

    def add(self, answer: Answer) -> None:
        """Begin an answer, as soon as a slot is free."""
        self._waiting.append(answer)

    def drop(self, answer_id: str) -> None:
        """Write no more of this answer; does nothing if it has ended."""
        self._waiting = deque(a for a in self._waiting if a.id != answer_id)
        for slot in self._slots:
            if slot.answer and slot.answer.id == answer_id:
                self._free(slot)

    def wait_s(self, prompt: Sequence[int]) -> float:
        """Estimated seconds until the first word of an answer to this prompt, from what is to be done before it and the
        speeds measured last; 0 if nothing is."""
        if not self.busy:
            return 0.0
        shared = max(_alike(slot.held, prompt) for slot in self._slots)
        unread = sum(slot.unread - 1 for slot in self._slots if slot.answer)
        unread += sum(len(answer.tokens) for answer in self._waiting) + len(prompt) - shared
        # All slots taken: those that end first make room for those that wait, then for this one.
        left = sorted(slot.answer.to_write if slot.answer else 0 for slot in self._slots)
        queue = len(self._waiting)
        rounds, place = divmod(queue, len(left))
        steps = left[place] + rounds * left[-1]
        return unread * self._fill_s + (steps + unread / CHUNK + 1) * self._step_s

    @torch.inference_mode()
    def step(self) -> list[Answer]:
        """Read a piece of a prompt, if one is unread, and write the next token of each answer whose prompt is read; these
        answers, some of them `ended`."""
        self._seat()
        if self._filling:
            self._fill(self._filling[0])
        return self._write()

    def _seat(self) -> None:
        """Give those that wait the first free slots (low ones: a step costs by the highest that is in use)."""
        for index, slot in enumerate(self._slots):
            if not self._waiting:
                return
            if slot.answer is not None:
                continue
            answer = self._waiting.popleft()
            lengths = [_alike(other.held, answer.tokens) for other in self._slots]
            shared = max(lengths)
            source = index if lengths[index] == shared else lengths.index(shared)
            if source != index:
                for layer in self._layers:
                    layer.copy(source, index, shared)
            slot.held, slot.answer = answer.tokens[:shared], answer
            self._said[index] = False
            self._said[index, torch.tensor(answer.tokens, device=self._device)] = True
            if slot.unread > 1:
                self._filling.append(slot)

    def _fill(self, slot: _Slot) -> None:
        """Read the next piece of a prompt, all but its last token: that one is read with the first step of writing."""
        assert slot.answer is not None
        begun = time.monotonic()
        start = len(slot.held)
        piece = slot.answer.tokens[start : min(start + CHUNK, len(slot.answer.tokens) - 1)]
        end = start + len(piece)
        index = self._slots.index(slot)
        positions = torch.arange(start, end, device=self._device)[None]
        self._forward(self._model.base_model, [piece], positions, slice(index, index + 1))
        slot.held += piece
        if slot.unread == 1:
            self._filling.popleft()
        self._fill_s = _newer(self._fill_s, (time.monotonic() - begun) / len(piece), len(piece) / CHUNK)

    def _write(self) -> list[Answer]:
        rows = [i for i, slot in enumerate(self._slots) if slot.answer and slot.unread == 1]
        if not rows:
            return []
        begun = time.monotonic()
        top = rows[-1] + 1
        # A slot in between that writes nothing now gets a token too: it lands after what the slot holds, and is written over.
        last = [[slot.answer.tokens[-1]] if slot.answer and slot.unread == 1 else [0] for slot in self._slots[:top]]
        positions = torch.tensor([[len(slot.held)] for slot in self._slots[:top]], device=self._device)
        logits = self._forward(self._model, last, positions, slice(0, top)).logits
        chosen = _choose(logits[rows, -1].float(), self._said[rows]).tolist()
        answers = []
        for index, token in zip(rows, chosen, strict=True):
            slot = self._slots[index]
            assert slot.answer is not None
            answer = slot.answer
            slot.held.append(answer.tokens[-1])
            answer.tokens.append(token)
            self._said[index, token] = True
            answer.ended = token in self._ends or answer.to_write <= 0
            if answer.ended:
                self._free(slot)
            answers.append(answer)
        self.count += len(answers)
        self._step_s = _newer(self._step_s, time.monotonic() - begun)
        return answers

    def _forward(self, model: Any, tokens: list[list[int]], positions: torch.Tensor, slots: slice) -> Any:
        """One pass over `tokens` at `positions` of these slots, each looking at its own slot up to itself."""
        where = self._where
        where.slots, where.positions, where.top = slots, positions, int(positions.max()) + 1
        where.rows = torch.arange(slots.start, slots.stop, device=self._device)[:, None]
        mask = torch.arange(where.top, device=self._device) <= positions[:, None, :, None]
        ids = torch.tensor(tokens, device=self._device)
        return model(
            input_ids=ids, position_ids=positions, attention_mask=mask, past_key_values=self._cache, use_cache=True
        )

    def _free(self, slot: _Slot) -> None:
        slot.answer = None
        if slot in self._filling:
            self._filling.remove(slot)


def _check(config: Any) -> None:
    kinds = set(getattr(config, "layer_types", None) or ["full_attention"])
    window = getattr(config, "sliding_window", None) or LONGEST
    if not kinds <= {"full_attention", "sliding_attention"} or ("sliding_attention" in kinds and window < LONGEST):
        raise Unsupported("The language model reads in a way that this app does not know; choose another LLM_MODEL.")


def _choose(logits: torch.Tensor, said: torch.Tensor) -> torch.Tensor:
    """The likeliest token of each row, those said before made less likely (as RepetitionPenaltyLogitsProcessor does)."""
    less = torch.where(logits < 0, logits * REPETITION_PENALTY, logits / REPETITION_PENALTY)
    return torch.where(said, less, logits).argmax(-1)


def _alike(held: Sequence[int], prompt: Sequence[int]) -> int:
    """How many tokens both begin with; the last one of the prompt has to be read in any case."""
    length = min(len(held), len(prompt) - 1)
    return next((i for i in range(length) if held[i] != prompt[i]), length)


def _newer(speed: float, measured: float, weight: float = 1.0) -> float:
    return measured if not speed else speed + NEWEST * weight * (measured - speed)
