"""The report in Chromium: laid out on a desk and on a phone, drawn, opened by keyboard, silent."""

from __future__ import annotations

import resource
import subprocess

import pytest
from exomine.report.page import report_page

from helpers.browser import _FLAGS, CHROMIUM, at_the_end, measure, opened
from helpers.tables import ENTITIES, PAPERS, Paper, Said, tables

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def page():
    return report_page(tables(), changes=[], run={})


def _worked() -> float:
    """Seconds for which processors worked for processes that have ended; time that others took is not in them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_runs_out_of_the_page(page, tmp_path, width):
    seen = measure(
        page,
        "{scroll: document.documentElement.scrollWidth, out: [...document.querySelectorAll('main *')]"
        ".filter(e => !e.closest('.scroll') && !e.closest('svg') && e.getBoundingClientRect().right > innerWidth "
        "+ 1).length}",
        tmp_path,
        width=width,
    )
    assert seen == {"scroll": width, "out": 0}


def test_charts_are_drawn_and_a_number_opens_its_sentences_without_a_word_in_the_console(page, tmp_path):
    script = (
        "<script>addEventListener('load', () => setTimeout(() => { const b = document.querySelector('#matrix "
        "button.n'); b.focus(); b.click();"
        " const d = document.getElementById('evidence'); document.title = [d.open, d.querySelectorAll('li').length,"
        " document.querySelectorAll('.chart svg').length, document.activeElement.className,"
        " performance.getEntriesByType('resource').length].join(' ') }, 1500))</script>"
    )
    file = tmp_path / "report.html"
    file.write_text(at_the_end(page, script), encoding="utf-8")
    command = [
        CHROMIUM,
        *_FLAGS,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--enable-logging=stderr",
        "--virtual-time-budget=10000",
        "--dump-dom",
    ]
    began = _worked()
    done = subprocess.run([*command, file.as_uri()], capture_output=True, text=True, check=True, timeout=600)
    assert _worked() - began < 60
    assert "<title>true 2 2 close 0</title>" in done.stdout
    assert "CONSOLE" not in done.stderr, done.stderr


#: How many texts of a chart lie over each other, or out of their chart, in pixels and by what they say.
OVER = """(name) => {
  const boxes = [...document.querySelectorAll(`#${name} svg text`)].filter((t) => t.textContent.trim())
    .map((t) => [t.getBoundingClientRect(), t.textContent]);
  const symbols = [...document.querySelectorAll(`#${name} svg .mark-symbol.role-legend-symbol path`)]
    .map((p) => [p.getBoundingClientRect(), "symbol"]);
  const whole = document.querySelector(`#${name} svg`).getBoundingClientRect();
  const all = [...boxes, ...symbols], found = [];
  for (const [a, said] of boxes) {
    if (a.left < whole.left - 1 || a.right > whole.right + 1 || a.bottom > whole.bottom + 1) found.push([said, "out"]);
    for (const [b, other] of all)
      if (a !== b && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2) found.push([said, other]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_names_and_legends_of_the_charts_do_not_lie_over_each_other(tmp_path, width, scheme):
    file = tmp_path / "report.html"
    file.write_text(report_page(tables(crowded()), changes=[], run={}), encoding="utf-8")
    with opened(file.as_uri(), width=width, scheme=scheme, may_tell="file://") as page:
        page.wait_for_selector("html[data-network=drawn][data-timeline=drawn]")
        for chart in ("network", "timeline"):
            legend = page.locator(f"#{chart} svg .role-legend-label text").all_text_contents()
            assert {"resistance", "sensitivity", "other statements"} <= set(legend)
            found = page.evaluate(OVER, chart)
            if chart == "timeline":  # the labels of years stand aslant, their boxes over each other and over numbers
                found = [pair for pair in found if not all(said.isdecimal() for said in pair)]
            assert found == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def crowded():
    """Papers with many names about one vesicle, and cited works of many years."""
    said = tuple(
        Said(f"miR-{i} and {other} [{i % 30 + 1}].", name, "cargo_of", "exosome", "", str(i % 30 + 1))
        for i, (name, other) in enumerate((n, "exosome") for n in ENTITIES if n not in ("exosome", "=cmd()"))
        if ENTITIES[name][0] in ("MIRNA", "PROTEIN", "DRUG")
    )
    references = tuple((str(n), f"Study {n} of many", 1990 + n, f"10.1/{n}", "") for n in range(1, 31))
    more = Paper("more.pdf", "Many names", said, references)
    return (*PAPERS, more)
