"""The relation network and Kindred on public corpora: five folds by document, mentions given, both in one run.

    python benchmarks/public/run.py --corpora DIR --work DIR [--kindred PYTHON] [--names cancermine ...]
        [--folds 0 1 2 3 4] [--write]

``--corpora`` holds CancerMine, CIViCmine and mmic as they are distributed. ``--kindred`` is the Python that Kindred is
installed for (README.md); without it the network is asked alone. Each fold's answers are kept under ``--work``: a fold
whose answers lie there is not asked again, so that a run can be cut in parts. ``--write`` writes the table into
README.md. The network needs torch and the encoder's weights (extra ``train``).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from cases import BINARY, COUNTS, FOLDS, KINDS, Case, Stated, counted, read  # noqa: E402

BEGIN, END = "<!-- results -->", "<!-- /results -->"
Said = dict[str, list[Stated]]


def network(corpora: Mapping[str, Sequence[Case]], folds: Sequence[int]) -> dict[str, Said]:
    """The network's answers for some folds; all corpora teach it."""
    from network_side import answers

    said: dict[str, Said] = {name: {} for name in corpora}
    for fold in folds:
        for name, found in answers(corpora, fold).items():
            said[name] |= found
    return said


def kindred(python: str, cases: Sequence[Case], kinds: Mapping[str, tuple[str, ...]], folds: Sequence[int]) -> Said:
    """Kindred's answers for some folds of a corpus, from a process of its own Python."""
    asked = {"kinds": kinds, "folds": folds, "cases": [_as_json(case, kinds) for case in cases]}
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [python, str(HERE / "kindred_side.py")]
    answer = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, env=environment)
    if answer.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {answer.stderr[-2000:]}")
    return _said(json.loads(answer.stdout))


def _as_json(case: Case, kinds: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    stated = {(kind, arguments[-len(kinds[kind]) :]) for kind, arguments in case.stated}
    return {"id": case.id, "fold": case.fold, "text": case.text, "mentions": case.mentions, "stated": sorted(stated)}


def _said(read_back: Mapping[str, Any]) -> Said:
    return {case: [(kind, tuple(arguments)) for kind, arguments in found] for case, found in read_back.items()}


class Systems:
    """Answers by system, each fold's kept in a folder."""

    def __init__(self, work: Path, corpora: Mapping[str, Sequence[Case]], python: str | None) -> None:
        self.work, self.corpora, self.python = work, corpora, python
        work.mkdir(parents=True, exist_ok=True)

    def answers(self, folds: Sequence[int]) -> dict[str, dict[str, Said]]:
        """By system and corpus; Kindred's models of pairs are a system of its own."""
        for fold in folds:
            self._ask("network", [fold], lambda missing: network(self.corpora, missing))
        out = {"network": self._kept("network", folds)}
        if self.python:
            for system, kinds in (("Kindred", KINDS), ("Kindred, pairs", BINARY)):
                self._ask(system, folds, lambda missing, kinds=kinds: self._kindred(kinds, missing))
                out[system] = self._kept(system, folds)
        return out

    def _kindred(self, kinds: Mapping[str, Mapping[str, tuple[str, ...]]], folds: Sequence[int]) -> dict[str, Said]:
        asked = [name for name in self.corpora if name in kinds]
        return {name: kindred(self.python or "", self.corpora[name], kinds[name], folds) for name in asked}

    def _path(self, system: str, fold: int) -> Path:
        return self.work / f"{'-'.join([*system.lower().replace(',', '').split(), *self.corpora, str(fold)])}.json"

    def _ask(self, system: str, folds: Sequence[int], ask: Callable[[Sequence[int]], dict[str, Said]]) -> None:
        """Ask for the folds that have no answers yet, and keep what is said."""
        missing = [fold for fold in folds if not self._path(system, fold).exists()]
        said = ask(missing) if missing else {}
        for fold in missing:
            here = {
                name: {c.id: found[c.id] for c in self.corpora[name] if c.fold == fold} for name, found in said.items()
            }
            self._path(system, fold).write_text(json.dumps(here) + "\n", encoding="utf-8")

    def _kept(self, system: str, folds: Sequence[int]) -> dict[str, Said]:
        out: dict[str, Said] = {}
        for fold in folds:
            for name, found in json.loads(self._path(system, fold).read_text(encoding="utf-8")).items():
                out.setdefault(name, {}).update(_said(found))
        return out


#: Kindred's models of pairs are counted by pairs alone.
ONLY_PAIRS = ("pairs", "pairs, variants left out")


def rows(
    answers: Mapping[str, Mapping[str, Said]], corpora: Mapping[str, Sequence[Case]], folds: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """A row for each corpus, way to count and system: figures by fold."""
    for name, cases in corpora.items():
        for count, way in COUNTS[name].items():
            for system, said in answers.items():
                if name in said and (system != "Kindred, pairs" or count in ONLY_PAIRS):
                    parts = {fold: [c for c in cases if c.fold == fold] for fold in folds}
                    figures = {fold: counted(part, said[name], way) for fold, part in parts.items()}
                    yield {"corpus": name, "counted": count, "system": system, "folds": figures}


def averaged(row: Mapping[str, Any], key: str = "f1") -> str:
    return f"{mean(figures[key] for figures in row['folds'].values()):.3f}"


def table(found: Sequence[Mapping[str, Any]], folds: Sequence[int]) -> list[str]:
    head = ["corpus", "counted", "system", "F1", "precision", "recall", *(f"fold {k}" for k in folds)]
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * 3 + " ---: |" * (len(head) - 3)]
    for row in found:
        means = [f"**{averaged(row)}**", averaged(row, "precision"), averaged(row, "recall")]
        single = [f"{row['folds'][k]['f1']:.3f}" for k in folds]
        lines.append(f"| {' | '.join([row['corpus'], row['counted'], row['system'], *means, *single])} |")
    return lines


def write(lines: Sequence[str]) -> None:
    path = HERE / "README.md"
    text = path.read_text(encoding="utf-8")
    before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
    path.write_text("\n".join([before, *lines, after]), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for the answers of each fold")
    parser.add_argument("--kindred", help="the Python that Kindred is installed for")
    parser.add_argument("--names", nargs="+", choices=sorted(KINDS), default=sorted(KINDS))
    parser.add_argument("--folds", type=int, nargs="+", choices=range(FOLDS), default=list(range(FOLDS)))
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    asked = parser.parse_args()
    corpora = {name: read(name, asked.corpora) for name in asked.names}
    systems = Systems(asked.work, corpora, asked.kindred)
    found = list(rows(systems.answers(asked.folds), corpora, asked.folds))
    (asked.work / "figures.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    lines = table(found, asked.folds)
    print("\n".join(lines))
    if asked.write:
        write(lines)


if __name__ == "__main__":
    main()
