"""What stands near a stretch of text, found without a look at everything that stands in the text.

A paper has thousands of candidates, and each is compared with those that it touches: with all of them, the time would
grow with the square of the paper's length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

__all__ = ["Near"]

T = TypeVar("T")
#: Characters of one drawer.
_WIDTH = 64


class Near(Generic[T]):
    """Items by their places, ``place`` telling half-open offsets of one."""

    def __init__(self, place: Callable[[T], tuple[int, int]], items: Iterable[T] = ()) -> None:
        self._place = place
        self._items: list[T] = []
        self._drawers: dict[int, list[int]] = defaultdict(list)
        for item in items:
            self.add(item)

    def add(self, item: T) -> None:
        """Put an item in."""
        start, end = self._place(item)
        for drawer in range(start // _WIDTH, max(start, end - 1) // _WIDTH + 1):
            self._drawers[drawer].append(len(self._items))
        self._items.append(item)

    def touching(self, start: int, end: int) -> list[T]:
        """The items that share a character with ``start`` to ``end``, in the order in which they were put in, each
        once."""
        drawers = range(start // _WIDTH, max(start, end - 1) // _WIDTH + 1)
        numbers = sorted({n for drawer in drawers for n in self._drawers.get(drawer, ())})
        return [item for item in map(self._items.__getitem__, numbers) if self._touches(item, start, end)]

    def _touches(self, item: T, start: int, end: int) -> bool:
        at, to = self._place(item)
        return at < end and start < to
