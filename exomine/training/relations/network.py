"""The relation network: MiniLM over a sentence with marked mentions, and heads over pairs of them."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from exomine.annotation.record import ASSERTIONS, BASES, STATES
from exomine.nlp.relations.learned.pairs import CLASSES
from exomine.nlp.relations.learned.pieces import MARKED_LABELS, N_MARKS
from exomine.training.network import Encoder, Sizes
from exomine.vocabulary.entities import ENTITY_TYPES

__all__ = ["FROZEN_LAYERS", "PairNetwork"]

#: Lowest layers that keep their published weights.
FROZEN_LAYERS = 2
#: Heads of the attention with which a pair looks at its sentence.
LOOKS = 6
#: Kinds of kinship of two pairs: same subject, same object, the one's subject the other's object, and the reverse.
KINSHIPS = 16
#: Times that pairs see one another.
ROUNDS = 2
#: Words whose published embeddings the markers begin with.
_WORDS = {t.label: t.word for t in ENTITY_TYPES}


class Among(nn.Module):
    """The pairs of a sentence see one another: whose subject has an object already, what is said the other way round.

    Attention over pairs, with a bias for what two pairs have in common (:data:`KINSHIPS`); begins as a layer that
    changes nothing.
    """

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(size), nn.LayerNorm(size)
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.wider, self.back = nn.Linear(size, 2 * size), nn.Linear(2 * size, size)
        self.kinship = nn.Embedding(KINSHIPS, LOOKS)
        self.dropout = nn.Dropout(dropout)
        for parameter in (*self.out.parameters(), *self.back.parameters(), self.kinship.weight):
            nn.init.zeros_(parameter)

    def forward(self, pairs: Tensor, kin: Tensor, alike: Tensor | None) -> Tensor:
        """``pairs`` (pairs, size), ``kin`` (pairs, pairs) kinds of kinship, ``alike`` whether two stand in one
        sentence (None: all do).
        """
        n, size = pairs.shape
        seen = self.before(pairs)
        query, key, value = (
            f(seen).view(n, LOOKS, size // LOOKS).transpose(0, 1) for f in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) * (size // LOOKS) ** -0.5 + self.kinship(kin).permute(2, 0, 1)
        if alike is not None:
            scores = scores.masked_fill(~alike, -1e4)
        found = (torch.softmax(scores, -1) @ value).transpose(0, 1).reshape(n, size)
        pairs = pairs + self.dropout(self.out(found))
        return pairs + self.dropout(self.back(F.gelu(self.wider(self.between(pairs)))))


def kinship(at: Tensor) -> Tensor:
    """What each two pairs have in common, (pairs, pairs), as a number below :data:`KINSHIPS`."""
    subject, object_ = at[:, 1], at[:, 2]
    same = (
        subject[:, None] == subject[None],
        object_[:, None] == object_[None],
        subject[:, None] == object_[None],
        object_[:, None] == subject[None],
    )
    return sum(2**k * x.long() for k, x in enumerate(same))


class PairNetwork(Encoder):
    """Scores of pairs: predicates (the first class is none), assertions, states, bases."""

    def __init__(
        self, sizes: Sizes | None = None, *, inner: int = 384, dropout: float = 0.1, head_dropout: float = 0.2
    ) -> None:
        super().__init__(sizes, dropout=dropout)
        hidden = self.sizes.hidden
        self.marks = nn.Embedding(N_MARKS, hidden, padding_idx=0)
        nn.init.normal_(self.marks.weight[1:], std=0.02)
        self.query, self.key, self.value = (
            nn.Linear(2 * hidden, hidden),
            nn.Linear(hidden, hidden),
            nn.Linear(hidden, hidden),
        )
        self.pair = nn.Sequential(
            nn.Dropout(head_dropout), nn.Linear(5 * hidden, inner), nn.GELU(), nn.Dropout(head_dropout)
        )  # fmt: skip
        self.among = nn.ModuleList(Among(inner, dropout) for _ in range(ROUNDS))
        self.predicate = nn.Linear(inner, len(CLASSES))
        self.assertion = nn.Linear(inner, len(ASSERTIONS))
        self.state = nn.Linear(inner, len(STATES))
        self.basis = nn.Linear(inner, len(BASES))

    def freeze(self) -> None:
        """Keep the embeddings of pieces and the lowest layers as published."""
        for layer in self.layers[:FROZEN_LAYERS]:
            layer.requires_grad_(False)
        self.positions.requires_grad_(False)

    def start_marks(self, vocabulary: dict[str, int], mask: int) -> None:
        """Begin each marker with the embedding of its label's word (a marker is added to that of the hidden piece)."""
        with torch.no_grad():
            for k, label in enumerate(MARKED_LABELS):
                word = self.pieces.weight[vocabulary[_WORDS[label]]] - self.pieces.weight[mask]
                self.marks.weight[1 + 2 * k] = word
                self.marks.weight[2 + 2 * k] = word

    def vectors(self, ids: Tensor, shapes: Tensor, marks: Tensor, mask: Tensor | None) -> Tensor:
        """Vectors of pieces, (batch, pieces, hidden)."""
        return self.through(self.pieces(ids) + self.shapes(shapes) + self.marks(marks), mask)

    def pairs(self, vectors: Tensor, mask: Tensor | None, at: Tensor) -> Tensor:
        """Inner vectors of pairs; ``at`` is (pairs, 3): row of the batch, place of the subject's and of the object's
        marker.

        Each pair looks at the sentence once more by itself, as in the localized context of Zhou et al. 2021.
        """
        subject, object_ = vectors[at[:, 0], at[:, 1]], vectors[at[:, 0], at[:, 2]]
        whole = vectors[at[:, 0], 0]
        context = self.context(vectors, mask, at[:, 0], torch.cat([subject, object_], -1))
        inner = self.pair(torch.cat([subject, object_, subject * object_, whole, context], -1))
        kin, alike = kinship(at), None if mask is None else at[:, 0, None] == at[None, :, 0]
        for layer in self.among:
            inner = layer(inner, kin, alike)
        return inner

    def context(self, vectors: Tensor, mask: Tensor | None, rows: Tensor, both: Tensor) -> Tensor:
        """What a pair finds in its sentence, (pairs, hidden)."""
        n, hidden = both.shape[0], vectors.shape[-1]
        size = hidden // LOOKS
        if mask is None:  # one sentence: its keys serve all pairs, and need not be copied for each
            query = self.query(both).view(n, LOOKS, size).transpose(0, 1) * size**-0.5
            keys, values = (f(vectors)[0].view(-1, LOOKS, size).transpose(0, 1) for f in (self.key, self.value))
            looks = torch.softmax(query @ keys.transpose(-1, -2), -1)
            return (looks @ values).transpose(0, 1).reshape(n, hidden)
        query = self.query(both).view(n, LOOKS, 1, size) * size**-0.5
        keys, values = (f(vectors)[rows].view(n, -1, LOOKS, size).transpose(1, 2) for f in (self.key, self.value))
        scores = query @ keys.transpose(-1, -2)
        if mask is not None:
            scores = scores.masked_fill(~mask[rows][:, None, None, :], -1e4)
        return (torch.softmax(scores, -1) @ values).reshape(n, hidden)

    def forward(
        self, ids: Tensor, shapes: Tensor, marks: Tensor, mask: Tensor | None, at: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores (pairs, classes) of predicate, assertion, state and basis."""
        inner = self.pairs(self.vectors(ids, shapes, marks, mask), mask, at)
        return self.predicate(inner), self.assertion(inner), self.state(inner), self.basis(inner)


def loss_of(scores: Tensor, classes: Tensor, smoothing: float = 0.0) -> Tensor:
    """Mean cross entropy over the pairs with a class; zero where there are none."""
    if not bool((classes >= 0).any()):
        return scores.sum() * 0
    return F.cross_entropy(scores, classes, ignore_index=-100, label_smoothing=smoothing)
