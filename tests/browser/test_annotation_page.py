"""How the page of ``exomine annotate --format html`` is laid out, on a desk and on a phone."""

from __future__ import annotations

import pytest
import spacy
from exomine.tables.page import html_page

from helpers import papers
from helpers.browser import CHROMIUM, measure

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

SENTENCE = (
    "In gastric cancer cells of the second passage miR-21 and miR-34a, both exported, confer cisplatin "
    "resistance [1, 2, 3]."
)
LONG = "miR-21 confers resistance to " + "cisplatin" * 12 + " and cisplatin."
ROW = " | ".join(["cisplatin resistance in a very long cell of a table"] * 8)


@pytest.fixture(scope="module")
def page():
    made = papers.annotate(papers.document(*[SENTENCE.replace("confer ", "confers ")] * 4, LONG, ROW))
    made.ents = spacy.util.filter_spans(made.spans["mentions"])
    return html_page(made)


WIDTHS = (1280, 400, 320)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_out_of_the_page(page, tmp_path, width):
    seen = measure(
        page,
        "{inner: innerWidth, scroll: document.documentElement.scrollWidth,"
        " out: [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > "
        "innerWidth + 1).length}",
        tmp_path,
        width=width,
    )
    assert seen == {"inner": width, "scroll": width, "out": 0}


@pytest.mark.parametrize("width", WIDTHS)
def test_marks_do_not_lie_over_each_other_and_short_ones_are_whole(page, tmp_path, width):
    seen = measure(
        page,
        "(() => { const marks = [...document.querySelectorAll('p mark')];"
        " const boxes = marks.flatMap((m, i) => [...m.getClientRects()].map(r => [i, r.left, r.top, "
        "r.right, r.bottom]));"
        " let over = 0; for (const a of boxes) for (const b of boxes) if (a[0] < b[0] &&"
        " Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > 1 && Math.min(a[4], b[4]) - Math.max(a[2], b[2]) > 1) over++;"
        " return {n: marks.length, over, broken: marks.filter(m => m.className == 'whole' && "
        "m.getClientRects().length > 1).length} })()",
        tmp_path,
        width=width,
    )
    assert seen["n"] > 20
    assert (seen["over"], seen["broken"]) == (0, 0)


def test_the_legend_stands_above_the_text(page, tmp_path):
    seen = measure(
        page,
        (
            "[document.querySelector('.legend').getBoundingClientRect().bottom, "
            "document.querySelector('p').getBoundingClientRect().top]"
        ),
        tmp_path,
        width=400,
    )
    assert 0 < seen[0] <= seen[1]
