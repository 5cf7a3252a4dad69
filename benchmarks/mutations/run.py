"""Do the tests notice a mistake? Deliberate ones are made one at a time, and the tests of their room are run.

    python benchmarks/mutations/run.py [--only citing] [--out survivors.tsv] [--check] [--fast parsed.spacy]

``mutations.toml`` names each: a file, a text that stands once in it, what comes in its place, and what that means. They
are made in a copy of the tree, never in the tree itself; the tests stop at the first that fails. What no test notices
survives, is listed, and sets the exit status to 1 where there are more than ``--most``. ``--check`` only looks whether
every text is still there. A run costs a start of the pipeline each: some ten seconds, and minutes where nothing fails.
``--fast`` asks those tests first whose sentences can be parsed once (``fast.py``); what passes there is run in full.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: What the copy holds; models are large and are only linked to.
COPIED = ("exomine", "tests", "pipelines", "docs", "benchmarks", "pyproject.toml", "README.md", "Makefile")
LINKED = ("models", "data", "corpus")
SURVIVES = "SURVIVES"
_ROOM = "tests/nlp/relations"
#: Tests by the beginning of the file's path, those that notice most first.
TESTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("exomine/nlp/relations/citing", (f"{_ROOM}/test_citing.py",)),
    ("exomine/nlp/relations/context", (f"{_ROOM}/test_context.py", f"{_ROOM}/test_citing.py")),
    ("exomine/nlp/relations/table", (f"{_ROOM}/test_tables.py",)),
    (
        "exomine/nlp/relations",
        (
            f"{_ROOM}/test_frames.py",
            f"{_ROOM}/test_component.py",
            f"{_ROOM}/test_single_rules.py",
            f"{_ROOM}/test_signs.py",
            _ROOM,
        ),
    ),
    ("exomine/nlp/assertion", ("tests/nlp/assertion", f"{_ROOM}/test_announced.py", f"{_ROOM}/test_signs.py")),
    ("exomine/nlp/mentions", ("tests/nlp/mentions",)),
    ("exomine/nlp/encoder", ("tests/nlp/encoder/test_decode.py", "tests/nlp/encoder")),
    ("exomine/nlp", ("tests/nlp/test_sentences.py", "tests/nlp/test_blocks.py")),
)


class StaleMutationError(Exception):
    """The text that a mutation changes is not there, or more than once."""


@dataclass(frozen=True)
class Mutation:
    """One mistake."""

    file: str
    means: str
    find: str
    replace: str

    def of(self, source: str) -> str:
        """The source with the mistake in it."""
        count = source.count(self.find)
        if count != 1:
            raise StaleMutationError(f"{self.file}: expected once, found {count} times: {self.find.strip()!r}")
        return source.replace(self.find, self.replace)

    @property
    def tests(self) -> tuple[str, ...]:
        return next(tests for start, tests in TESTS if self.file.startswith(start))


def read_mutations(path: Path) -> list[Mutation]:
    """The mutations of a file, in its order."""
    return [Mutation(**row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["mutation"]]


def stale(mutations: Sequence[Mutation]) -> list[str]:
    """The mutations whose text is no longer there, told in a line each."""
    found = []
    for m in mutations:
        try:
            m.of((ROOT / m.file).read_text(encoding="utf-8"))
        except (StaleMutationError, OSError) as error:
            found.append(str(error))
    return found


def copy_tree(target: Path) -> None:
    """The parts of the tree that tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, target / name)
    for name in LINKED:
        (target / name).symlink_to(ROOT / name)


def noticed(copy: Path, tests: Sequence[str]) -> str:
    """The first test that fails; empty where none does."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return " ".join(failed[0].split()[1:]).split(" - ")[0] if failed else f"status {done.returncode}"


def quick(copy: Path, kept: Path) -> Callable[[Mutation], str]:
    """The first pass: the first test that fails over the sentences of the file ``kept``, which is made here."""
    import fast

    wrong = fast.learned(copy, kept)
    if wrong:
        raise SystemExit(f"without any mistake a test fails: {wrong}")
    docs = fast.read(kept)
    return lambda m: fast.noticed(copy, m.tests, docs) if m.file.startswith(fast.ROOMS) else ""


def tried(copy: Path, mutation: Mutation, first: Callable[[Mutation], str] | None) -> str:
    """What notices the mistake; the copy is whole again afterwards."""
    path = copy / mutation.file
    source = path.read_text(encoding="utf-8")
    _write(path, mutation.of(source))
    try:
        return (first(mutation) if first else "") or noticed(copy, mutation.tests)
    finally:
        _write(path, source)


def _write(path: Path, source: str) -> None:
    """Python takes what it has compiled before for the file's own, where size and second are the same."""
    path.write_text(source, encoding="utf-8")
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only mutations of files whose path holds this")
    parser.add_argument("--first", type=int, default=1, help="begin with this one (from 1)")
    parser.add_argument("--most", type=int, default=6, help="survivors that are let pass (default: 6)")
    parser.add_argument("--out", type=Path, help="where to write the table (default: standard output)")
    parser.add_argument("--fast", type=Path, metavar="FILE", help="a quick first pass, parsed sentences kept in FILE")
    parser.add_argument("--check", action="store_true", help="only look whether every text is still there")
    options = parser.parse_args()
    mutations = read_mutations(Path(__file__).with_name("mutations.toml"))
    gone = stale(mutations)
    if gone or options.check:
        print("\n".join(gone) or f"{len(mutations)} mutations, every text is there", file=sys.stderr)
        return 2 if gone else 0
    chosen = [m for m in mutations[options.first - 1 :] if options.only in m.file]
    rows: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_tree(copy)
        first = quick(copy, options.fast.resolve()) if options.fast else None
        for n, m in enumerate(chosen, 1):
            begun = time.monotonic()
            by = tried(copy, m, first) or SURVIVES
            rows.append(f"{m.file}\t{m.means}\t{by}\n")
            print(
                f"{n}/{len(chosen)} {time.monotonic() - begun:.0f} s  {rows[-1]}", end="", file=sys.stderr, flush=True
            )
            if options.out:
                options.out.write_text("".join(rows), encoding="utf-8")
    if not options.out:
        sys.stdout.write("".join(rows))
    survivors = sum(row.endswith(f"{SURVIVES}\n") for row in rows)
    print(f"{survivors} of {len(chosen)} mutations survive", file=sys.stderr)
    return int(survivors > options.most)


if __name__ == "__main__":
    raise SystemExit(main())
