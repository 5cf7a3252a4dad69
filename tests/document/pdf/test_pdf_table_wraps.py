"""Cells of several lines without rules between the rows: which lines are of one row."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.pdf import LEFT, RIGHT, Setter
from helpers.pdf_tables import begun, only, read, texts

XS = (0.0, 130.0, 250.0, 370.0)
HEAD = ["Group", "Before", "After", "p"]


def table(rows: Sequence[Sequence[str]], steps: Sequence[float], xs: Sequence[float] = XS) -> Setter:
    """A page with a table between three rules; each row stands so far beneath the one before."""
    s = begun()
    s.line("Table 1. What the vesicles hold", font="Helvetica-Bold", size=8)
    s.y += 6
    s.canvas.line(LEFT, s.y - 2, RIGHT, s.y - 2)
    for k, (row, step) in enumerate(zip(rows, steps, strict=True)):
        s.y -= step
        s.canvas.setFont("Helvetica", 8)
        for x, cell in zip(xs, row, strict=True):
            s.canvas.drawString(LEFT + x, s.y, cell)
        if not k:
            s.canvas.line(LEFT, s.y - 3, RIGHT, s.y - 3)
    s.canvas.line(LEFT, s.y - 4, RIGHT, s.y - 4)
    s.y -= 12
    return s


def test_values_that_wrap_in_rows_as_close_as_their_lines() -> None:
    rows = [
        ["Men", "1.00 (0.21–9.25)", "2.00 (1.15–6.50)", "0.4"],
        ["Women of all", "12.44 (10.90–", "2.88 (0.52–3.95)", "0.3"],
        ["ages", "14.15)", "", ""],
        ["Children", "0.90 (0.21–1.25)", "17.66 (15.35–", "0.2"],
        ["", "", "19.77)", ""],
        ["All", "4.40 (1.25–8.50)", "12.22 (10.15–", "0.1"],
        ["", "", "14.62)", ""],
        ["None", "0.70 (0.41–1.15)", "2.22 (1.15–4.62)", "0.6"],
    ]
    found = only(read(table([HEAD, *rows], [10.0] * 9)))
    assert [[r[0], r[1], r[2]] for r in texts(found)[1:]] == [
        ["Men", "1.00 (0.21–9.25)", "2.00 (1.15–6.50)"],
        ["Women of all ages", "12.44 (10.90–14.15)", "2.88 (0.52–3.95)"],
        ["Children", "0.90 (0.21–1.25)", "17.66 (15.35–19.77)"],
        ["All", "4.40 (1.25–8.50)", "12.22 (10.15–14.62)"],
        ["None", "0.70 (0.41–1.15)", "2.22 (1.15–4.62)"],
    ]


def test_a_row_of_one_phrase_up_to_the_next_column_does_not_join_them() -> None:
    rows = [
        ["Tumours of the whole gut, n", "", "", ""],
        *[[f"Kind {k}", f"{k}.1", f"{k}.2", f"0.{k}"] for k in range(1, 4)],
        ["Tumours of the skin (%)", "", "", ""],
        *[[f"Kind {k}", f"{k}.1", f"{k}.2", f"0.{k}"] for k in range(4, 8)],
    ]
    found = only(read(table([HEAD, *rows], [12.0] * 10, (0.0, 100.0, 250.0, 370.0))))
    assert found.n_columns == 4
    assert texts(found)[2] == ["Kind 1", "1.1", "1.2", "0.1"]
