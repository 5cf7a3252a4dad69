"""The whole way, beside what a user would write without exomine, in one run: ``python benchmarks/whole/run.py PAPERS``.

``PAPERS`` is a folder of PDFs. Each command is a process of its own; CPU seconds (user and system, its own processes
included) and memory are the operating system's. Measured are one paper from a cold start and all papers, by exomine
with one and two workers and by plain.py, and each stage (stages.py) with and without the relation network. ``--out``
keeps the figures as JSON; ``--plot`` draws the stages.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from figures import tables
from plot import bars

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def measured(command: Sequence[str]) -> dict[str, Any]:
    """CPU and wall seconds, peak memory (MB, of the largest process), and what the command printed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *_paths()]), "OMP_NUM_THREADS": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages are compiled once, not at each start
    with tempfile.TemporaryFile() as told:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.PIPE, env=environment)
        error = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        told.seek(0)
        printed = told.read().decode()
    if status:
        raise SystemExit(f"{' '.join(command[:4])} ... failed: {error.decode()[-2000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    return {"cpu": round(cpu, 2), "wall": round(wall, 2), "mb": round(usage.ru_maxrss / 1024), "printed": printed}


def _paths() -> list[str]:
    return [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]


def exomine(papers: Sequence[Path], workers: int, out: Path) -> dict[str, Any]:
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "exomine", "extract", *map(str, papers)]
    found = measured([*command, "--out", str(out), "--workers", str(workers)])
    kept = sum(f.stat().st_size for f in out.rglob("*") if f.is_file() and ".exomine" not in f.parts)
    return {**found, "bytes": kept, "printed": ""}


def plain(papers: Sequence[Path], out: Path) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "plain.py"), *map(str, papers), "--out", str(out)]
    return {**measured(command), "printed": ""}


def stages(papers: Sequence[Path], *without: str) -> dict[str, Any]:
    left_out = ["--without", *without] if without else []
    found = json.loads(measured([sys.executable, str(HERE / "stages.py"), *map(str, papers), *left_out])["printed"])
    return dict(found)


def runs(papers: list[Path], repeat: int, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each measurement by its name; the two programs take turns, so that a machine that slows down slows both."""
    for _ in range(repeat):
        for size, some in (("one", papers[:1]), ("all", papers)):
            yield f"exomine, {size}", exomine(some, 1, folder / "tables")
            yield f"plain, {size}", plain(some, folder / "pairs.csv")
        yield "exomine, all, two workers", exomine(papers, 2, folder / "tables")


def measure(papers: list[Path], repeat: int) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, figures in runs(papers, repeat, Path(folder)):
            print(f"{name}: {figures}", file=sys.stderr, flush=True)
            found.setdefault(name, []).append(figures)
    whole = {name: {k: median(r[k] for r in rows) for k in rows[0] if k != "printed"} for name, rows in found.items()}
    staged = {"with": stages(papers), "without": stages(papers, "relation_model")}
    return {"papers": len(papers), "repeat": repeat, "whole": whole, "stages": staged}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path, help="folder with PDFs")
    parser.add_argument("--first", type=int, default=0, help="only so many papers")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--out", type=Path, help="file for the figures")
    parser.add_argument("--plot", type=Path, help="SVG file for the plot")
    options = parser.parse_args()
    papers = sorted(options.papers.rglob("*.pdf"))
    found = measure(papers[: options.first or None], options.repeat)
    if options.out:
        options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf8")
    if options.plot:
        options.plot.write_text(bars(found), encoding="utf8")
    print(tables(found))


if __name__ == "__main__":
    main()
