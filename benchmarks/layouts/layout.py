"""A layout drawn from a seed: everything in which the pages of publishers differ."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

#: name -> values drawn from, the more often given the likelier.
CHOICES: dict[str, list[Any]] = {
    "paper": ["a4", "a4", "us-letter", "us-letter", "small"],
    "columns": [1, 1, 2, 2, 2, 2, 3],
    "gutter": [10, 12, 14, 18, 24],  # points
    "margin": [40, 48, 56, 64, 72],
    "size": [8.5, 9, 9.5, 10, 10.5, 11],
    "leading": [1.12, 1.2, 1.25, 1.35],
    "font": ["Libertinus Serif", "Liberation Serif", "Liberation Serif", "Liberation Sans", "New Computer Modern"],
    "heading_font": ["", "", "Liberation Sans", "DejaVu Sans"],
    "justify": [True, True, True, False],
    "hyphenate": [True, True, False],
    "indent": [True, True, False],
    "head": ["none", "journal", "title", "authors", "two lines"],
    "foot": ["none", "number", "doi and number", "copyright"],
    "front": ["plain", "plain", "side", "box", "two columns"],
    "line_numbers": [False, False, False, False, True],
    "numbered": [False, False, True],
    "headings": ["bold", "caps", "spaced", "small caps", "italic", "colour", "centred"],
    "run_in": [True, False, False],
    "drop_capital": [False, False, True],
    "cite": ["brackets", "brackets", "raised", "raised", "parentheses"],
    "reference_label": ["1.", "1.", "[1]", "1", "(1)"],
    "reference_size": [0.8, 0.85, 0.9, 1.0],
    "reference_columns": [1, 1, 2],
    "hanging": [True, True, False],
    "rules": ["three", "three", "grid", "rows", "outer", "zebra", "box", "none", "head only"],
    "caption": ["above", "above", "above", "below"],
    "caption_face": ["bold label", "bold label", "all bold", "plain", "caps label", "own line"],
    "table_size": [0.75, 0.8, 0.85, 0.9, 1.0],
    "row_gap": [0, 0, 1, 2, 4],  # points above and beneath the text of a cell
    "cell_leading": [1.1, 1.15, 1.25],
    "cell_gap": [3, 4, 6, 8],
    "align": ["source", "source", "left", "centre", "number"],
    "middle": [False, False, True],  # cells stand in the middle of their rows
    "head_bold": [True, True, False],
    "section_rows": ["plain", "bold", "italic", "centred"],
    "continued": ["(Continued)", "Cont.", "head only", "nothing"],
    "place": ["top", "top", "here", "here", "sideways page"],
    "figure_width": [0.6, 0.8, 1.0],
    "notice": [False, False, True],
}


#: Kinds of prose that are drawn besides where they are asked for, so that older seeds keep their pages.
MORE: dict[str, list[Any]] = {
    "cite": ["brackets", "raised", "names", "names"],
    "reference_columns": [1, 2, 3],
    "outdented": [True, True, False],  # numbers of references in a column of their own
    "margin_notes": [True, False, False],  # dates, licence and citation beside the text of the first page
    "cite_box": [True, False],  # "Cite this article", correspondence and dates beneath the first page's text
    "letters_apart": [True, False, False],  # "R E S U L T S"
    "large_capital": [True, False],
}


@dataclass(frozen=True)
class Layout:
    seed: str
    drawn: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.drawn[name]
        except KeyError:
            raise AttributeError(name) from None

    def __str__(self) -> str:
        return " ".join(f"{k}={v!r}" for k, v in self.drawn.items())


def draw(seed: str, *, more: bool = False) -> Layout:
    """The layout of a seed, ``more`` kinds of prose included; combinations that no one prints are mended."""
    rng = random.Random(seed)
    drawn = {name: rng.choice(values) for name, values in CHOICES.items()}
    extra = random.Random(f"{seed} more")
    drawn |= {name: extra.choice(values) if more else drawn.get(name, False) for name, values in MORE.items()}
    if drawn["line_numbers"]:
        drawn |= {"columns": 1, "leading": 1.8, "size": max(10, drawn["size"]), "front": "plain"}
    if drawn["columns"] == 3:
        drawn |= {"size": min(9, drawn["size"]), "hyphenate": True, "margin": 40, "paper": "a4"}
    if drawn["columns"] == 1:
        drawn["margin"] = max(56, drawn["margin"])
    else:
        drawn |= {"reference_columns": 1, "margin_notes": False}
    return Layout(seed, drawn)
