"""Does a damaged file end in a reason? Papers are damaged by a seed and read; no crash, no hang, no flood of memory.

    python benchmarks/damage/run.py PAPERS... [--count 2000] [--seed 1] [--write docs/damaged-files.md]

PAPERS are files or folders (PDF, XML, text); large files are left out (``--largest``), since the damage matters, not
the size. Every file is read in a process that reads a hundred of them; one that dies is told as a crash and the next
one goes on. A file counts as a fault where reading it raises anything but a reason, takes more than ``--seconds`` of
the processor (so that other work on the machine counts little), or brings the process above ``--memory`` MB.
"""

from __future__ import annotations

import argparse
import datetime
import json
import logging
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

from damages import PDF, TEXT, XML
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.read import read_bytes
from exomine.errors import DocumentError

_BATCH = 100
_SUFFIXES = {".pdf": PDF, ".xml": XML, ".nxml": XML, ".txt": TEXT}
MARK = "<!-- log -->"


@dataclass(frozen=True)
class Outcome:
    """What became of one damaged file: ``read``, ``partial``, a reason, or a fault."""

    number: int
    damage: str
    kind: str
    result: str
    seconds: float = 0.0
    memory_mb: float = 0.0
    fault: str = ""


def papers(paths: list[Path], largest: int) -> list[Path]:
    found = [f for p in paths for f in ([p] if p.is_file() else sorted(p.rglob("*")))]
    return [f for f in found if f.suffix in _SUFFIXES and f.stat().st_size <= largest]


def case(files: list[Path], seed: int, number: int) -> tuple[Path, bytes, str]:
    """The damaged file of a number: half of them PDFs, the other half in turn, the paper and the damage by chance."""
    random = Random(f"{seed}-{number}")
    others = sorted({f.suffix for f in files} - {".pdf"}) or [".pdf"]
    suffix = ".pdf" if number % 2 == 0 else others[number // 2 % len(others)]
    of_kind = [f for f in files if f.suffix == suffix] or files
    path = random.choice(of_kind)
    damage = random.choice(_SUFFIXES[path.suffix])
    return path, damage(path.read_bytes(), random), damage.__name__


def outcome(files: list[Path], options: argparse.Namespace, number: int) -> Outcome:
    path, data, damage = case(files, options.seed, number)
    limits = replace(DEFAULT_LIMITS, seconds=20 * options.seconds, memory_mb=options.memory)
    backend = "pdfium" if number % 4 == 2 else "pdfminer"
    begun, fault = time.process_time(), ""
    try:
        document = read_bytes(data, path.name, limits=limits, pdf_backend=backend)
        result = "partial" if document.problems else "read"
    except DocumentError as error:
        result = error.reason
    except Exception as error:  # what is looked for
        result, fault = "error", f"{type(error).__name__}: {error}"
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if seconds > options.seconds or memory > options.memory:
        fault = fault or f"{seconds:.0f} s, {memory:.0f} MB"
    kind = f"{path.suffix[1:]} {backend}" if path.suffix == ".pdf" else path.suffix[1:]
    return Outcome(number, damage, kind, result, round(seconds, 2), round(memory), fault)


def work(files: list[Path], options: argparse.Namespace) -> None:
    """Read a range of files and print a line for each; the number first, so that a crash is known by it."""
    logging.disable(logging.CRITICAL)
    for number in range(options.first, options.last):
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        sys.stdout.write(json.dumps(asdict(outcome(files, options, number))) + "\n")


def outcomes(files: list[Path], options: argparse.Namespace) -> Iterator[Outcome]:
    first = 0
    while first < options.count:
        last = min(options.count, first + _BATCH)
        command = [sys.executable, *sys.argv, "--first", str(first), "--last", str(last)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = done.stdout.split("\n")
        yield from (Outcome(**json.loads(line)) for line in lines if line.startswith("{"))
        first = last
        if done.returncode:
            number = max(int(line) for line in lines if line.isdigit())
            path, _, damage = case(files, options.seed, number)
            fault = f"exit {done.returncode}: {done.stderr.strip()[-200:]}"
            yield Outcome(number, damage, path.suffix[1:], "crash", fault=fault)
            first = number + 1
        sys.stderr.write(f"{first} of {options.count}\n")


def report(found: list[Outcome], options: argparse.Namespace, n_files: int) -> str:
    kinds = sorted({o.kind for o in found})
    counts = Counter((o.result, o.kind) for o in found)
    results = sorted({o.result for o in found}, key=lambda r: (r not in ("read", "partial"), r))
    rows = [f"| {r} | " + " | ".join(str(counts[r, k]) for k in kinds) + " |" for r in results]
    faults = [f"- {o.number} {o.damage} {o.kind}: {o.fault}" for o in found if o.fault]
    return "\n".join(
        [
            f"{datetime.date.today()}, commit {commit()}, seed {options.seed}: {len(found):,} damaged files made of "
            f"{n_files} papers; faults: {len(faults)}. Slowest {max(o.seconds for o in found):.1f} s (limit "
            f"{options.seconds} s), most memory of a process {max(o.memory_mb for o in found):.0f} MB (limit "
            f"{options.memory} MB).",
            "",
            "| result | " + " | ".join(kinds) + " |",
            "| --- |" + " ---: |" * len(kinds),
            *rows,
            *(["", *faults] if faults else []),
        ]
    )


def commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--largest", type=int, default=400_000, help="bytes of a file that is used")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--memory", type=int, default=1000)
    parser.add_argument("--write", type=Path, help="a page whose log is replaced")
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--last", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    options = parsed()
    files = papers(options.papers, options.largest)
    if options.first is not None:
        work(files, options)
        return
    found = sorted(outcomes(files, options), key=lambda o: o.number)
    text = report(found, options, len(set(files)))
    sys.stdout.write(text + "\n")
    if options.write:
        head = options.write.read_text(encoding="utf-8").split(MARK)[0] if options.write.exists() else ""
        options.write.write_text(f"{head}{MARK}\n{text}\n", encoding="utf-8")
    sys.exit(any(o.fault for o in found))


if __name__ == "__main__":
    main()
