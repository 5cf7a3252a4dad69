"""``exomine extract`` in a process of its own, over the small papers of :mod:`helpers.papers`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from helpers.processes import interruptible

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
#: The command as it is; only what works on papers is the tests' own.
COMMAND = """
import functools, sys
from exomine.cli.app import main
from exomine.run import extract as job
job.extract_papers = functools.partial(job.extract_papers, worker=sys.argv[1])
sys.argv = ["exomine", "extract", *sys.argv[2:]]
main()
"""


def begin(raw: Path, out: Path, *options: str, worker: str = "helpers.papers:make_worker") -> subprocess.Popen[str]:
    """The command, begun, in a group of processes of its own as a shell makes one."""
    given = [str(raw), "--out", str(out), "--workers", "2", *options]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, worker, *given], env=ENVIRONMENT, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=interruptible,
    )  # fmt: skip


def run(raw: Path, out: Path, *options: str, worker: str = "helpers.papers:make_worker") -> tuple[int, str]:
    """The command to its end: its status, and what it told."""
    process = begin(raw, out, *options, worker=worker)
    told = process.communicate()[1]
    return process.returncode, told


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the results but ``run.json``, which holds times."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != "run.json" and ".exomine" not in p.parts
    }
