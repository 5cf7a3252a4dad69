"""Where a table's caption ends: its last lines may be the table's head."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from exomine.document.pdf.backends.base import TextLine, box_of
from exomine.document.pdf.cues import CAPTION
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_area import BESIDE
from exomine.document.pdf.table_lines import ON_LINE, fills_column, overlap
from exomine.document.pdf.table_pieces import is_justified, printed_rows
from exomine.document.pdf.table_rules import NEAR, Rule

__all__ = ["above_table", "is_above_figure_caption", "opens_caption"]

#: Words of one line that are cells stand further apart than this, in font sizes.
_CELL_GAP = 1.5
#: A line of text has no more phrases than so many.
_MOST_PHRASES = 2
#: A line that begins further to the right of its caption's edge than this, in font sizes, is a table's head.
_CELL_INDENT = 3.0
#: A caption's further lines may hang beneath one of so many of its first words: "Table 1. | Doses of".
_LABEL_WORDS = 4


def above_table(
    caption: list[TextLine], rules: Sequence[Rule], lines: Sequence[TextLine], style: Style
) -> tuple[list[TextLine], list[TextLine]]:
    """A caption without the lines of the table that are set as closely beneath it as its own lines are."""
    above, rest = _above_rule(caption, rules)
    mine = {id(x) for x in caption}
    others = [x for x in lines if id(x) not in mine]
    for i in range(1, len(above)):
        if (
            _is_parted_widely(above[i])
            or _stands_elsewhere(above[i], above[0])
            or _has_cells_beside(above[i], above[0], others, style)
        ):
            return above[:i], above[i:] + rest
    return above, rest


def _is_parted_widely(line: TextLine) -> bool:
    """Whether a line is made of cells: words stand further apart in it than in any text, or it has several phrases
    that do not stand equally far apart."""
    (row,) = printed_rows([line])
    uneven = len(row.pieces) > _MOST_PHRASES and not is_justified(row)
    return uneven or any(b.x0 - a.x1 > _CELL_GAP * line.size for a, b in pairwise(line.words))


def _stands_elsewhere(line: TextLine, first: TextLine) -> bool:
    """Whether a line begins far from its caption's left edge, neither centred nor hanging beneath one of its words."""
    centred = abs((line.x0 + line.x1) - (first.x0 + first.x1)) < 4
    hanging = any(abs(word.x0 - line.x0) < 2 for word in first.words[:_LABEL_WORDS])
    return line.x0 - first.x0 > _CELL_INDENT * line.size and not centred and not hanging


def _has_cells_beside(line: TextLine, first: TextLine, others: Sequence[TextLine], style: Style) -> bool:
    """Whether phrases of a line's size stand on its height, to its right, and none beside the caption's first line:
    no text of another column."""
    cells = [x for x in others if x.x0 > line.x1 and _is_of_row(x, line) and not fills_column(x, style)]
    beside = [x for x in others if abs(x.base - first.base) < ON_LINE * first.size]
    return any(all(overlap(x.x0, x.x1, b.x0, b.x1) <= 0 for b in beside) for x in cells)


def _is_of_row(line: TextLine, other: TextLine) -> bool:
    return abs(line.base - other.base) < 0.2 * other.size and abs(line.size - other.size) < 0.06 * other.size


def _above_rule(caption: list[TextLine], rules: Sequence[Rule]) -> tuple[list[TextLine], list[TextLine]]:
    """A caption without the lines that a rule parts from it: the table's head, set close to it."""
    box = box_of(caption)
    for rule in rules:
        if not caption[0].base < rule.y < caption[-1].base:
            continue
        if overlap(rule.x0, rule.x1, box.x0, box.x1) > 0.5 * (box.x1 - box.x0):
            above, below = [x for x in caption if x.base < rule.y], [x for x in caption if x.base > rule.y]
            if not _goes_on_across(above[-1], below[0]):
                return above, below
    return caption, []


def _goes_on_across(above: TextLine, below: TextLine) -> bool:
    """Whether a caption goes on beneath a line drawn through it, the edge of a shade: in the same type, from the same
    left edge, in the middle of a sentence."""
    end, first = above.words[-1].font, below.words[0].font
    same = first.bold == end.bold and abs(above.x0 - below.x0) < BESIDE and abs(above.size - below.size) < 0.1
    return same and below.text[:1].islower() and not above.text.endswith(".")


def opens_caption(line: TextLine) -> bool:
    """Whether a line begins with a label set apart: "Figure 2." in bold or with a sign behind it."""
    m = CAPTION.match(line.text)
    return m is not None and (line.words[0].font.bold or bool(m["after"].strip()))


def is_above_figure_caption(found: Sequence[TextLine], lines: Sequence[TextLine]) -> bool:
    """Whether a figure's caption follows closely: the rows are the labels in a figure."""
    foot = max(found, key=lambda x: x.base)
    near = (
        x for x in lines if 0 < x.base - foot.base < NEAR and overlap(x.x0, x.x1, foot.x0 - NEAR, foot.x1 + NEAR) > 0
    )
    return any(opens_caption(x) and not x.text.lower().startswith("t") for x in near)
