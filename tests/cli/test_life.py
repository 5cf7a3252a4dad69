"""The life of a small dataset on the command line, with the real pipeline: extract, accept, lose, find again."""

from __future__ import annotations

import csv
import subprocess
import sys

import pytest
from exomine.cli.app import main

pytestmark = pytest.mark.slow

ONE = (
    "A first review\n\nExosomal miR-21 confers cisplatin resistance in gastric cancer. This has been seen in "
    "many patients.\n"
)
TWO = (
    "A second review\n\nIn lung cancer, miR-34a sensitizes tumour cells to docetaxel. It was given to many patients.\n"
)


def started(*arguments, cwd):
    """A process of its own, as a shell starts it."""
    command = [sys.executable, "-m", "exomine", *arguments]
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.fixture
def run(monkeypatch, capfd, tmp_path):
    """The command in this process: what it told, once its status is the one that is expected."""
    monkeypatch.chdir(tmp_path)

    def called(*arguments, status=0):
        monkeypatch.setattr(sys, "argv", ["exomine", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capfd.readouterr().err
        assert (ended.value.code or 0) == status, told
        return told

    return called


def rows(path):
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def test_extract_accept_lose_find_again(tmp_path, run):
    raw, curated = tmp_path / "data" / "raw", tmp_path / "data" / "curated"
    raw.mkdir(parents=True)
    (raw / "one.txt").write_text(ONE)
    (raw / "two.txt").write_text(TWO)
    started("extract", cwd=tmp_path)
    triples = rows(tmp_path / "data" / "processed" / "triples.csv")
    accepted = next(r for r in triples if (r["subject_name"], r["object_name"]) == ("miR-21", "cisplatin"))
    curated.mkdir()
    decisions = curated / "decisions.csv"
    decisions.write_text(f"triple_id,decision\n{accepted['triple_id']},accept\n")

    (raw / "one.txt").unlink()
    run("extract")
    told = run("refresh", status=4)
    assert f"{accepted['triple_id']},acknowledge" in told
    kept = {r["triple_id"]: r for r in rows(curated / "triples.csv")}[accepted["triple_id"]]
    assert (kept["status"], kept["presence"], kept["statement"]) == ("accepted", "lost", accepted["statement"])
    assert (accepted["triple_id"], "lost") in {(r["triple_id"], r["change"]) for r in rows(curated / "changes.csv")}

    (raw / "one.txt").write_text(ONE)
    run("extract")
    run("refresh")
    assert {r["triple_id"]: r["presence"] for r in rows(curated / "triples.csv")}[accepted["triple_id"]] == "found"

    (raw / "one.txt").unlink()
    run("extract")
    run("refresh", status=4)
    with decisions.open("a") as handle:
        handle.write(f"{accepted['triple_id']},acknowledge\n")
    run("refresh")
