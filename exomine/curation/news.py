"""What has come into the decisions since a page was drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace

from exomine.curation.decisions import Decision, Decisions

__all__ = ["News"]

Key = tuple[str, str]


class News:
    """Decisions as they were read one time after the other. A row is known again wherever it stands in the file:
    people sort it, and merges put rows between."""

    def __init__(self) -> None:
        self.mark = 0
        self._rows: dict[Key, Counter[Decision]] | None = None
        self._log: list[tuple[int, Key, Decision | None]] = []

    def take(self, decisions: Decisions) -> None:
        """Note what differs from the last time; the first time nothing does."""
        rows: dict[Key, Counter[Decision]] = defaultdict(Counter)
        for d in decisions.rows:
            if d.decision != "acknowledge":  # that a loss was seen is no verdict
                rows[d.key][replace(d, line=0)] += 1
        if self._rows is not None:
            self.mark += 1
            for key in sorted(self._rows.keys() | rows.keys()):
                was, now = self._rows.get(key, Counter()), rows.get(key, Counter())
                came = sorted((now - was).elements(), key=lambda d: d.date)
                gone: list[Decision | None] = [None] if was - now else []
                self._log += [(self.mark, key, d) for d in [*came, *gone]]
        self._rows = rows

    def since(self, mark: int, keys: Collection[Key]) -> list[Decision | None]:
        """What came on these triples and sentences after a mark; ``None`` stands for rows that were taken away."""
        return [d for then, key, d in self._log if then > mark and key in keys]
