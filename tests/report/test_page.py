"""The report as a file: one page, nothing from elsewhere, every number with its sentences, hostile text as text."""

from __future__ import annotations

import json
import re
import sys

import exomine
import lxml.html
import pytest
from exomine.cli.app import app
from exomine.errors import UsageError
from exomine.report.charts import _box, _over, _pixels, _sides
from exomine.report.facts import Facts
from exomine.report.layout import places
from exomine.report.markup import as_script_data, number, text
from exomine.report.page import report_page, write_report
from typer.testing import CliRunner

from helpers.tables import HOSTILE, tables, written

CHANGES = [{"change": "lost", "statement": "miR-1 -> <b>x</b>", "status": "accepted", "reason": "paper gone"}]


@pytest.fixture(scope="module")
def page():
    return report_page(tables(), changes=CHANGES, run={"started": "2026-01-02T03:04:05+00:00"})


@pytest.fixture(scope="module")
def tree(page):
    return lxml.html.fromstring(page)


@pytest.fixture(scope="module")
def data(tree):
    return json.loads(tree.get_element_by_id("data").text)


def test_the_page_asks_nobody_for_anything(page, tree):
    assert not tree.xpath("//link | //img | //iframe | //script[@src]")
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert all(href.startswith("#") for href in tree.xpath("//@href"))
    assert "@import" not in page.split("<script")[0]


def test_the_page_is_small(page):
    assert len(page.encode()) < 1_500_000


def test_the_same_tables_give_the_same_page(page):
    assert report_page(tables(), changes=CHANGES, run={"started": "2026-01-02T03:04:05+00:00"}) == page


def test_hostile_text_is_text(tree, page):
    assert len(tree.xpath("//script")) == 3
    assert not tree.xpath("//b")
    titles = ["".join(t.itertext()) for t in tree.xpath("//section[@id='papers']//tbody/tr/th/bdi")]
    assert HOSTILE.title in titles
    assert page.count("</script>") == 3


def test_every_number_opens_relations_that_are_there(tree, data):
    buttons = tree.xpath("//button[@class='n']")
    assert len(buttons) > 20
    for button in buttons:
        rows = [int(n) for n in button.get("data-r").split(",")]
        shown = re.sub(r"\D", "", "".join(button.itertext()))
        assert int(shown) == len(rows)
        assert max(rows) < len(data["sentences"]["relations"])
        assert button.get("aria-label")


def test_the_sentences_of_a_number(tree, data):
    (button,) = [
        b
        for b in tree.xpath("//section[@id='matrix']/div//button")
        if b.get("data-about") == "miR-21, cisplatin, All cancers: resistance"
    ]
    told = data["sentences"]
    rows = [told["relations"][int(n)] for n in button.get("data-r").split(",")]
    assert {told["triples"][r[0]][0] for r in rows} == {"miR-21 -> cisplatin resistance -> stomach cancer"}
    assert {told["papers"][r[2]] for r in rows} == {
        "A first review of invented vesicles",
        "Another review, of the same field",
    }


def test_retracted_works_are_marked(tree, data):
    told = data["sentences"]
    assert [r[4] for r in told["relations"] if "retracted" in r[4]] == ["9 (retracted)"]
    assert "1 retracted" in tree.get_element_by_id("net").text_content()


def test_sections_and_their_links(tree):
    anchors = [h[1:] for h in tree.xpath("//nav//a/@href")]
    assert anchors == [s.get("id") for s in tree.xpath("//section")]
    assert len(anchors) == 7


def test_contradictions_stand_side_by_side_and_news_are_told(tree):
    (pair,) = tree.xpath("//div[@class='pair']")
    assert [h.text_content() for h in pair.xpath(".//h3")] == [
        "miR-21 -> cisplatin resistance -> stomach cancer",
        "miR-21 -> cisplatin sensitivity -> stomach cancer",
    ]
    assert "miR-1 -> <b>x</b>" in tree.get_element_by_id("news").text_content()


def test_headings_tables_and_dialog_can_be_read_without_eyes(tree):
    assert tree.get("lang") == "en"
    assert all(t.xpath("./caption") and t.xpath(".//th[@scope='col']") for t in tree.xpath("//table"))
    assert all(c.get("aria-label") for c in tree.xpath("//div[@class='chart']"))
    assert tree.get_element_by_id("evidence").get("aria-labelledby") == "evidence-title"


def test_charts_compile_without_a_warning(data):
    import vl_convert

    for spec in data["charts"].values():
        told = vl_convert.vegalite_to_vega(spec | {"width": 600}, vl_version="6.1")
        assert told["marks"]


def test_a_crowd_of_names_keeps_those_that_have_room_apart():
    nodes = [{"name": f"miR-{i}-5p", "x": 50 + i % 7, "y": 50 + i // 7, "n": 40 - i} for i in range(40)]
    sides = _sides(nodes)
    assert sides[0]  # the best connected one chooses first
    boxes = [_box(_pixels(n), side, len(n["name"]) * 6.2) for n, side in zip(nodes, sides, strict=True) if side]
    assert 5 < len(boxes) < 40
    assert not any(_over(a, b) for k, a in enumerate(boxes) for b in boxes[:k])
    assert _sides([{"name": "a name at the edge of it", "x": 0, "y": 100, "n": 1}]) == ["right"]


def test_years_count_statements_by_cited_work():
    facts = Facts(tables())
    assert [(year, kind, len(rows)) for year, kind, rows in facts.years()] == [
        (2015, "resistance", 2), (2016, "other statements", 1), (2016, "resistance", 2), (2017, "sensitivity", 1),
        (2018, "sensitivity", 1),
    ]  # fmt: skip


def test_the_leading_mirna_and_what_it_cites():
    (first, *_) = Facts(tables()).top("MIRNA", ("subject", "object"))
    assert (first.name, len(first.relations), first.n_papers, first.n_primaries) == ("miR-21", 5, 2, 3)


def test_a_report_without_a_paper():
    assert "No statement on resistance" in report_page(tables(()), changes=[], run={})


def test_places_are_the_same_each_time_and_apart():
    edges = [(0, 1), (1, 2), (3, 4)]
    at = places(5, edges)
    assert at == places(5, edges)
    assert len(set(at)) == 5
    assert all(0 <= v <= 100 for xy in at for v in xy)
    assert places(0, []) == []
    assert places(1, []) == [(50.0, 50.0)]


def test_pieces_of_html():
    assert text("<a&\"'") == "<bdi>&lt;a&amp;&quot;&#x27;</bdi>"
    assert text(None) == ""
    assert number((), "x") == "0"
    assert "</script>" not in as_script_data("</script><!--\u2028")
    assert json.loads(as_script_data("</script><!--\u2028&")) == "</script><!--\u2028&"


@pytest.fixture
def processed(tmp_path):
    return written(tmp_path / "processed")


def test_the_command_replaces_its_own_report_and_nothing_else(processed, tmp_path):
    out = tmp_path / "report.html"
    arguments = ["report", "--processed", str(processed), "--curated", str(tmp_path), "--out", str(out)]
    assert CliRunner().invoke(app, arguments).stdout.strip() == str(out)
    (tmp_path / "changes.csv").write_text("triple_id,change,statement\nt1,added,a new one\n")
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert "a new one" in out.read_text(encoding="utf-8")
    out.write_text("my notes")
    with pytest.raises(UsageError, match="is no report of exomine"):
        write_report(processed=processed, curated=tmp_path, out=out)
    assert out.read_text() == "my notes"


def test_without_the_extra_a_message_says_how_to_install(processed, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageError, match=r"pip install 'exomine\[report\]'"):
        write_report(processed=processed, curated=tmp_path, out=tmp_path / "r.html")


def test_the_page_is_of_tables_that_python_loads(processed):
    assert report_page(exomine.load_tables(processed), changes=[], run={}).startswith("<!DOCTYPE html>")
