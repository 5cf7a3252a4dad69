"""The exported network: an ONNX graph for the encoder and its heads, the words' labels, and the weights of the arc
labels.

Runs in ONNX Runtime. Dynamic quantisation takes its scales from the tensor it is given, so sentences that share a batch
or a window change one another's result in the last digits. Sentences are therefore run one at a time, never padded:
what a sentence gives depends on its own words only, not on its neighbours, the batch size or the number of processes.
It costs no time: on seven articles of CRAFT, single sentences took 0.98 of the processor's time of windows of some two
hundred words.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from exomine.nlp.encoder.pieces import Encoded, WordPieces
from exomine.nlp.session import inference_session

__all__ = ["FILES", "EncoderModel", "WindowScores"]

Floats = npt.NDArray[np.float32]

GRAPH, VOCABULARY, CLASSES, LABELS = "encoder.onnx", "vocabulary.txt", "classes.json", "labels.npz"
FILES = (GRAPH, VOCABULARY, CLASSES, LABELS)
_INPUTS = ("ids", "shapes", "first", "last")


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Scores of one window: logits per word (``entities``, ``tags``, ``starts``), ``arcs`` (dependents, 1 + heads;
    column 0 the root), and the vectors of dependents and heads (the root first) that arc labels are computed from."""

    entities: Floats
    tags: Floats
    starts: Floats
    arcs: Floats
    label_dep: Floats
    label_head: Floats


class EncoderModel:
    """The network as it is shipped. The session is made when first used, and again after unpickling."""

    def __init__(self, files: dict[str, bytes], threads: int = 1) -> None:
        missing = [name for name in FILES if name not in files]
        if missing:
            raise ValueError(f"the encoder lacks {', '.join(missing)}; it needs {', '.join(FILES)}")
        self.files = files
        self.threads = threads
        classes = json.loads(files[CLASSES])
        self.bio: list[str] = classes["entities"]
        self.tags: list[str] = classes["tags"]
        self.deps: list[str] = classes["deps"]
        self.pieces = WordPieces(files[VOCABULARY].decode("utf8").split("\n")[:-1])
        with np.load(io.BytesIO(files[LABELS])) as arrays:
            self._label = arrays["label"].astype(np.float32)
        self._session: Any = None

    @classmethod
    def from_folder(cls, folder: Path, threads: int = 1) -> EncoderModel:
        """Read the model's files from a folder."""
        return cls({name: (folder / name).read_bytes() for name in FILES}, threads)

    def to_folder(self, folder: Path) -> None:
        """Write the model's files into a folder, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)

    def __getstate__(self) -> dict[str, Any]:
        """The state without the session, which cannot be pickled."""
        return {**self.__dict__, "_session": None}

    @property
    def session(self) -> Any:
        """The ONNX Runtime session."""
        if self._session is None:
            self._session = inference_session(self.files[GRAPH], self.threads)
        return self._session

    def scores(self, window: Encoded) -> WindowScores:
        """Run one window of at least one word."""
        arrays = (window.ids, window.shapes, window.first, window.last)
        feed = {name: values[None] for name, values in zip(_INPUTS, arrays, strict=True)}
        names = ("entities", "tags", "starts", "arcs", "label_dep", "label_head")
        return WindowScores(*(out[0] for out in self.session.run(names, feed)))

    def arc_labels(self, scores: WindowScores, heads: list[int]) -> list[str]:
        """Best label of each word's arc; ``heads`` are words of the window, -1 for the root (whose arc is always
        ROOT).
        """
        size, n_labels, _ = self._label.shape
        left = (scores.label_dep @ self._label.reshape(size, -1)).reshape(-1, n_labels, size)
        right = scores.label_head[np.asarray(heads) + 1]
        by_label = np.einsum("nls,ns->nl", left, right)
        root = self.deps.index("ROOT")
        by_label[:, root] = -np.inf
        return ["ROOT" if h < 0 else self.deps[int(i)] for h, i in zip(heads, by_label.argmax(1), strict=True)]

    def hashes(self) -> Iterator[tuple[str, bytes]]:
        """Names and contents of the files, in a fixed order."""
        for name in FILES:
            yield name, self.files[name]
