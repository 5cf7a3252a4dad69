"""``make extract`` hands over what it is given: names with spaces, several papers, folders."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STUB = '#!/bin/sh\nfor word in "$@"; do echo "<$word>"; done\n'

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture
def project(tmp_path):
    """The Makefile with an environment that is ready, and an exomine that prints its arguments."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in (
        "requirements/lock-run.txt",
        "requirements/lock-extras.txt",
        "pyproject.toml",
        "scripts/setup.sh",
        "scripts/find_python.sh",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "exomine").write_text(STUB)
    (tmp_path / ".venv" / "bin" / "exomine").chmod(0o755)
    later = max(p.stat().st_mtime for p in tmp_path.rglob("*")) + 10
    for i, kind in enumerate(("run", "curate")):
        ready = tmp_path / ".venv" / f".ready-{kind}"
        ready.write_text("")
        os.utime(ready, (later + i, later + i))
    for name in ("my review.pdf", "a.pdf", "b.pdf"):
        (tmp_path / name).write_text("")
    (tmp_path / "some papers").mkdir()
    return tmp_path


def words(project, *variables, target="extract"):
    done = subprocess.run(["make", "-s", target, *variables], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line[1:-1] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("given", "papers"),
    [
        ("my review.pdf", ["my review.pdf"]),
        ("some papers", ["some papers"]),
        ("a.pdf b.pdf", ["a.pdf", "b.pdf"]),
        ("a.pdf 'my review.pdf'", ["a.pdf", "my review.pdf"]),
        ('"my review.pdf" "some papers"', ["my review.pdf", "some papers"]),
        ("?.pdf", ["a.pdf", "b.pdf"]),
    ],
)
def test_papers_with_spaces_and_several_papers(project, given, papers):
    assert words(project, f"PAPERS={given}", "OUT=my tables") == ["extract", "--out", "my tables", "--", *papers]


def test_the_default_and_further_options(project):
    assert words(project, "ARGS=--workers 2") == [
        "extract",
        "--out",
        "data/processed",
        "--workers",
        "2",
        "--",
        "data/raw",
    ]


def test_refresh_and_curate_make_tables_first_where_there_are_none(project):
    for target in ("refresh", "curate"):
        shown = words(project, target=target)
        assert shown[: shown.index(target)] == ["extract", "--out", "data/processed", "--", "data/raw"]


def test_refresh_takes_folders_with_spaces(project):
    (project / "my tables").mkdir()
    (project / "my tables" / "triples.csv").write_text("")
    shown = words(project, "OUT=my tables", "CURATED=my decisions", target="refresh")
    assert shown == ["refresh", "--processed", "my tables", "--curated", "my decisions"]
