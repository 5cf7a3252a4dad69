"""The report in Chromium: laid out on a desk and on a phone, drawn, opened by keyboard, silent."""

from __future__ import annotations

import resource
import subprocess

import pytest
from exomine.report.page import report_page

from helpers.browser import _FLAGS, CHROMIUM, at_the_end, measure
from helpers.tables import tables

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
