"""An argument: a mention in a role, with the direction in which it is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from exomine.nlp.relations.items import Item
from exomine.vocabulary.entities import Role, labels

__all__ = ["ACTORS", "CELLS", "MOLECULES", "Argument", "distinct", "inherited", "response_of"]

#: Labels of what acts by itself, and of what is made by a cell.
ACTORS = labels(Role.EFFECTOR)
MOLECULES = labels(Role.EXPRESSED)
#: Labels of where things happen.
CELLS = labels(Role.SITE)


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention reached: ``sign`` -1 means less of it; ``kind`` is entity, resistance or sensitivity.

    ``state`` is the subject's state as written; ``words`` are the tokens of triggers on the way; ``vague`` says that
    the direction is not said; ``inherited`` that it comes from a pronoun or an ellipsis; ``loose`` that word order
    found it. ``spent`` are the tokens of cues of negation that its state has taken into account.
    """

    item: Item
    sign: int = 1
    kind: str = "entity"
    state: str = "normal"
    words: tuple[int, ...] = ()
    vague: bool = False
    inherited: bool = False
    loose: bool = False
    head: bool = True
    spent: tuple[int, ...] = ()

    def turned(self, sign: int, word: int | None = None, *, vague: bool = False) -> Argument:
        """The argument seen through a word of ``sign``."""
        ws = self.words if word is None else (word, *self.words)
        return replace(self, sign=self.sign * (sign or 1), words=ws, vague=self.vague or vague or sign == 0)

    def in_state(self, state: str) -> Argument:
        """The argument in ``state``, unless it has one of its own."""
        return replace(self, state=state) if self.state == "normal" else self

    @property
    def acts(self) -> bool:
        """Whether it is a thing that can act."""
        return self.item.label in ACTORS


def distinct(arguments: Iterable[Argument]) -> tuple[Argument, ...]:
    """One argument a mention and kind, the first kept."""
    found: dict[tuple[int, str], Argument] = {}
    for a in arguments:
        found.setdefault((id(a.item), a.kind), a)
    return tuple(found.values())


def inherited(items: Iterable[Item]) -> tuple[Argument, ...]:
    """The items as arguments that a pronoun stands for."""
    return tuple(Argument(x.alias or x, inherited=True) for x in items)


def response_of(item: Item) -> Argument:
    """A name as it is meant: "chemosensitivity" is less of a resistance."""
    return Argument(item, -1 if item.response == "sensitivity" else 1, item.response or "entity")
