"""``exomine curate`` as a curator uses it: by keyboard, in a window and on a phone."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys

import pytest

from helpers import review_data
from helpers.browser import CHROMIUM, opened
from helpers.processes import interruptible

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return review_data.make(tmp_path_factory.mktemp("data"))


class Server:
    """The command, on a port that is free."""

    def __init__(self, made, curated):
        self.path = curated / "decisions.csv"
        folders = ["--processed", made[0], "--papers", made[1], "--curated", curated]
        command = [sys.executable, "-m", "exomine", "curate", *map(str, folders), "--port", "0", "--curator", "Ada"]
        self.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env={**os.environ}, preexec_fn=interruptible
        )
        self.address = re.match(r"(http://127\.0\.0\.1:\d+/) ", self.process.stderr.readline())[1]

    def rows(self):
        with self.path.open(newline="", encoding="utf-8") as handle:
            return list(csv.DictReader(handle))

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=600)


@pytest.fixture
def server(made, tmp_path):
    running = Server(made, tmp_path / "curated")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def looked_at(made, tmp_path_factory):
    """A server on which nothing is decided."""
    running = Server(made, tmp_path_factory.mktemp("curated"))
    yield running
    running.stop()


def shown(page, selector):
    """Wait until something is to be seen on a page that hears keys."""
    page.wait_for_selector(f"html[data-keys=heard] {selector}")


@pytest.mark.parametrize("width", [1280, 400])
def test_a_review_by_keyboard(server, width):
    with opened(server.address, width=width) as page:
        said = page.locator("h1")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/triple/**")
        first = said.inner_text()
        page.keyboard.press("a")
        shown(page, ".told")
        assert said.inner_text() != first
        assert [r["decision"] for r in server.rows()] == ["accept"]

        page.goto(f"{server.address}?text=docetaxel+miR-34a")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/triple/**")
        page.keyboard.press("e")
        page.locator("#object_name").fill("")
        page.keyboard.type("DDP")
        page.wait_for_selector("#object_list li[data-curie='drugbank:DB00515']", timeout=180_000)
        page.keyboard.press("Enter")
        assert page.locator("#object_name").input_value() == "cisplatin"
        page.keyboard.press("Enter")
        shown(page, ".told")
        assert [r["object_curie"] for r in server.rows()] == ["", "drugbank:DB00515"]
        page.keyboard.press("u")
        shown(page, ".told:has-text('Taken back')")
        assert [r["decision"] for r in server.rows()] == ["accept", "edit", "withdraw"]

        page.keyboard.press("4")
        assert page.locator(".reach").inner_text() == "changes 2 rows in 1 paper"
        page.keyboard.press("r")
        shown(page, ".told:has-text('2 sentences')")
        last = server.rows()[-2:]
        assert [(r["decision"], bool(r["evidence_id"])) for r in last] == [("reject", True)] * 2
        page.reload()
        assert page.locator(".card .state").inner_text() == "reject"
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_runs_out_and_the_page_of_the_paper_is_shown(looked_at, width, scheme):
    with opened(looked_at.address, width=width, scheme=scheme) as page:
        wide = "document.documentElement.scrollWidth"
        assert page.evaluate(wide) == width
        page.locator(".rows a", has_text="docetaxel").first.click()
        shown(page, "aside.pages figure:visible img")
        picture = page.locator("aside.pages figure:visible img").first
        picture.scroll_into_view_if_needed()
        page.wait_for_function("i => i.complete && i.naturalWidth > 0", arg=picture.element_handle())
        assert page.evaluate(wide) == width
        page.keyboard.press("e")
        assert page.evaluate(wide) == width


def test_hostile_text_does_nothing(looked_at):
    with opened(f"{looked_at.address}?status=any", width=1280) as page:
        hrefs = page.eval_on_selector_all(".rows a", "links => links.map(a => a.href)")
        for href in hrefs:
            page.goto(href)
            if "script" in page.locator(".sentence").first.inner_text():
                break
        assert "<script>document.title='gone'</script>" in page.locator(".sentence").first.inner_text()
        assert page.title() != "gone"
        assert page.locator("main img[src=x]").count() == 0


def first_statement(server, page):
    """The address of a statement on a drug, opened."""
    page.goto(f"{server.address}?text=docetaxel+miR-21")
    page.locator(".rows a").first.click()
    shown(page, "h1")
    return page.url


def without_hurry(page):
    """A page that holds something up takes no answer in its first moment."""
    page.evaluate("new Promise(done => setTimeout(done, Math.max(0, 900 - performance.now())))")


@pytest.mark.parametrize("width", [1280, 400])
def test_what_was_filled_in_stands_on_the_page_that_refuses_it(server, width):
    with opened(server.address, width=width, may_tell="409") as page:
        address = first_statement(server, page)
        page.keyboard.press("e")
        page.locator("#object_name").fill("gastric cancer")
        page.wait_for_selector("#object_list li[data-curie='doid:10534']", timeout=180_000)
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        page.keyboard.type("a note")
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        shown(page, ".held")
        assert "goes from" in page.locator(".held").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.url == address
        assert page.locator("#object_name").input_value() == "stomach cancer"
        assert page.locator("#object_name ~ .curie").inner_text() == "doid:10534"
        assert page.locator(".edit-button").inner_text().startswith("Save edit")
        assert page.locator("[name=note]").input_value() == "a note"
        page.locator("#object_name").fill("DDP")
        page.wait_for_selector("#object_list li[data-curie='drugbank:DB00515']")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        shown(page, ".told:has-text('Edited')")
        assert [(r["object_curie"], r["note"]) for r in server.rows()] == [("drugbank:DB00515", "a note")]


def test_two_windows_on_one_statement(server):
    with opened(server.address, width=1280, may_tell="409") as page:
        address = first_statement(server, page)
        other = page.context.new_page()
        other.goto(address)
        shown(other, "h1")
        other.keyboard.press("r")
        shown(other, ".told")
        page.keyboard.press("n")
        page.keyboard.type("mine")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        shown(page, ".held")
        page.keyboard.press("a")  # of a hurried hand
        assert "reject by Ada" in page.locator(".held li").inner_text()
        assert page.locator("[name=note]").input_value() == "mine"
        assert [r["decision"] for r in server.rows()] == ["reject"]
        without_hurry(page)
        page.keyboard.press("a")
        shown(page, ".told")
        assert [(r["decision"], r["note"]) for r in server.rows()] == [("reject", ""), ("accept", "mine")]


def test_a_key_that_is_kept_down_decides_once(server):
    with opened(server.address, width=1280) as page:
        first_statement(server, page)
        page.keyboard.down("a")
        shown(page, ".told")
        page.keyboard.down("a")  # the keyboard repeats it
        page.wait_for_timeout(300)
        page.keyboard.up("a")
        assert len(server.rows()) == 1


def test_a_server_that_has_ended_loses_nothing_that_was_typed(made, tmp_path):
    server = Server(made, tmp_path / "curated")
    with opened(server.address, width=1280, may_tell="ERR_") as page:
        first_statement(server, page)
        page.keyboard.press("n")
        page.keyboard.type("a note")
        page.keyboard.press("Escape")
        server.stop()
        page.keyboard.press("a")
        page.wait_for_selector("#silent:visible")
        assert "does not answer" in page.locator("#silent").inner_text()
        assert page.locator("[name=note]").input_value() == "a note"


def test_words_that_stand_for_nothing_are_taken_back_by_escape(server):
    with opened(server.address, width=400) as page:
        first_statement(server, page)
        page.keyboard.press("e")
        was = page.locator("#object_name").input_value()
        page.locator("#object_name").fill("xyzzyq")
        page.wait_for_selector("#object_list .nothing", timeout=180_000)
        page.keyboard.press("Escape")
        assert page.locator(".slot.open").count() == 1
        page.keyboard.press("Escape")
        assert (page.locator("#object_name").input_value(), page.locator(".slot.open").count()) == (was, 0)
        page.keyboard.press("a")
        shown(page, ".told:has-text('Accepted')")
        assert [r["decision"] for r in server.rows()] == ["accept"]


def test_an_edit_goes_on_from_the_one_in_force(server):
    with opened(server.address, width=1280) as page:
        address = first_statement(server, page)
        page.keyboard.press("e")
        page.locator("#object_name").fill("DDP")
        page.wait_for_selector("#object_list li[data-curie='drugbank:DB00515']", timeout=180_000)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        shown(page, ".told")
        page.goto(address)
        shown(page, "h1")
        page.keyboard.press("e")
        assert page.locator("#object_name").input_value() == "cisplatin"
        page.locator("#assertion").select_option("speculative")
        page.locator("#assertion").press("Enter")
        shown(page, ".told")
        last = server.rows()[-1]
        assert (last["object_curie"], last["assertion"]) == ("drugbank:DB00515", "speculative")
        page.goto(address)
        shown(page, "h1")
        page.keyboard.press("a")  # what is not opened changes nothing
        shown(page, ".told:has-text('Accepted')")
