"""Whether a corpus holds sentences that are kept for choosing."""

from __future__ import annotations

from exomine.training.corpora import Sentence

__all__ = ["seen_share"]

LONG = 40  # letters


def _letters(sentence: Sentence) -> str:
    return "".join(sentence.words).lower()


def seen_share(chosen_on: list[Sentence], trained: list[Sentence]) -> float:
    """Share of the sentences of a choosing part that are also in a corpus that is trained on; headings and set phrases
    apart.
    """
    seen = {_letters(s) for s in trained}
    long = [letters for s in chosen_on if len(letters := _letters(s)) > LONG]
    return sum(letters in seen for letters in long) / max(len(long), 1)
