"""Limits on what reading one paper may cost, so that a hostile or broken file ends in a reason and not in a hang."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one paper may cost. Each limit has its own reason code in :data:`exomine.errors.REASONS`.

    Sizes are in bytes unless named otherwise; ``seconds`` are of the processor, for the whole paper (see
    :mod:`exomine.document.watch`). The defaults are some
    ten times what the largest of the papers needs that were looked at (44 pages, 20 MB, 30 s, 300 MB).
    """

    file_bytes: int = 100_000_000  # too_large
    pages: int = 1_000  # too_many_pages
    page_objects: int = 1_000_000  # too_many_objects: glyphs, paths and images drawn on one page
    stream_bytes: int = 250_000_000  # memory: one decoded stream of the file
    memory_mb: int = 2_000  # memory: growth of the process while one paper is read
    seconds: float = 120.0  # timeout
    characters: int = 1_000_000  # too_long: of the text that is mined
    depth: int = 50  # too_deep: forms drawn inside forms, elements inside elements


DEFAULT_LIMITS = Limits()
