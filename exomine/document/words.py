"""The general word list behind decisions on line-end hyphens: loading it, and how it was made.

The list holds lower-case words of letters only, without counts. It was made by :func:`build` from the frequency
dictionary of symspellpy 6.10.1 (MIT; Google Books Ngram data, CC BY 3.0, intersected with SCOWL) and from the words
that occur at least twice in the full-text articles of CRAFT (CC BY 3.0), which bring the vocabulary of biomedicine.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

__all__ = ["build", "general_words", "write"]

_FILE = Path(__file__).with_name("words.txt.gz")
_WORD = re.compile(r"[a-z]{2,}")


@cache
def general_words() -> frozenset[str]:
    """The list, read once per process (about 100,000 words)."""
    return frozenset(gzip.decompress(_FILE.read_bytes()).decode("ascii").split("\n"))


def build(frequencies: Iterable[str], articles: Iterable[str], *, most: int = 75_000, least: int = 2) -> list[str]:
    """The sorted list from ``word count`` lines and from running text.

    Of the frequency lines the first ``most`` are taken; of the articles the words seen ``least`` times, in lower case,
    that stand free of hyphens and digits.
    """
    words = {
        w for w in (line.split()[0] for line, _ in zip(frequencies, range(most), strict=False)) if _WORD.fullmatch(w)
    }
    seen: Counter[str] = Counter()
    for text in articles:
        seen.update(re.findall(r"(?<![\w\-])[A-Z]?[a-z]{2,}(?![\w\-])", text))
    counted: Counter[str] = Counter()
    for word, n in seen.items():
        counted[word.lower()] += n
    words.update(w for w, n in counted.items() if n >= least and _WORD.fullmatch(w))
    return sorted(words)


def write(words: Iterable[str], path: Path = _FILE) -> None:
    """Write the list so that the same words give the same bytes."""
    path.write_bytes(gzip.compress("\n".join(words).encode("ascii"), 9, mtime=0))
