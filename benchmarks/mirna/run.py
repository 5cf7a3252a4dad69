"""Score miRNA finders on names.tsv and write the table into README.md: ``python benchmarks/mirna/run.py``.

A line counts if the names found are just the names asked for, in order. Every finder's surface strings go through the
same plain normalisation (:func:`canonical`); exomine's names are its own.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import spacy  # noqa: E402
from exomine.evaluation.mirna import Line  # noqa: E402
from exomine.mirna.grammar import parse  # noqa: E402

BEGIN, END = "<!-- results -->", "<!-- /results -->"
Finder = Callable[[str], list[str]]

_PLAIN = re.compile(
    r"\b(?:[a-z]{3}-)?(?:microRNA|miRNA|miR|let)[- ]?[0-9]+[a-z]?(?:-[0-9])?(?:-[35]p)?\*?", re.IGNORECASE
)
_PARTS = re.compile(
    r"(?:(?P<species>[a-z0-9]{3,5})-)?(?P<head>micro-?rna|mirna|mir|let)s?[- ]?(?P<rest>.+)", re.IGNORECASE
)


def canonical(surface: str) -> str:
    """A found string as a name: one dash, ``hsa-`` left out, ``miR-`` or ``let-`` in front."""
    m = _PARTS.fullmatch(re.sub("[\u2010-\u2015\u2212]", "-", surface))
    if m is None:
        return surface
    species = f"{m['species'].lower()}-" if m["species"] and m["species"].lower() != "hsa" else ""
    return species + ("let-" if m["head"].lower() == "let" else "miR-") + m["rest"].lower()


def exomine_grammar(text: str) -> list[str]:
    return [m.name for m in parse(text) if not m.is_unspecific]


def plain_expression(text: str) -> list[str]:
    return [canonical(m.group()) for m in _PLAIN.finditer(text)]


def kindred_rule() -> Finder:
    """Kindred's rule for microRNAs over spaCy's English tokens.

    Source: Lever and Jones, "Painless relation extraction with Kindred", BioNLP 2017; option ``detectMicroRNA`` of its
    EntityRecognizer: a token with a digit that begins with mir-, hsa-mir-, microrna-, or with mir and a digit.
    """
    tokens, begins = (
        spacy.blank("en").tokenizer,
        re.compile(r"(?=.*[0-9])(?:(?:hsa-)?mir-.|microrna-.|mir[0-9])", re.IGNORECASE),
    )
    return lambda text: [canonical(t.text) for t in tokens(text) if begins.match(t.text)]


def scispacy_tokens() -> Finder:
    """Tokens of scispaCy's ``combined_rule_tokenizer`` that are, as a whole, what the plain expression matches."""
    from scispacy.custom_tokenizer import combined_rule_tokenizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokens = combined_rule_tokenizer(spacy.blank("en"))
    return lambda text: [canonical(t.text) for t in tokens(text) if _PLAIN.fullmatch(t.text)]


def read_by_kind(path: Path) -> dict[str, list[Line]]:
    """The lines of the list under the kind that a ``##`` comment names."""
    kinds: dict[str, list[Line]] = {}
    kind = ""
    for row in path.read_text(encoding="utf8").splitlines():
        if row.startswith("## "):
            kind = row[3:]
        elif row and not row.startswith("#"):
            text, _, names = row.partition("\t")
            kinds.setdefault(kind, []).append(Line(text, tuple(n for n in names.split("|") if n)))
    return kinds


def exact(finder: Finder, lines: list[Line]) -> int:
    return sum(tuple(finder(line.text)) == line.names for line in lines)


def table(kinds: dict[str, list[Line]], finders: dict[str, Finder]) -> str:
    """The results as a Markdown table."""
    rows = [["kind of line", "lines", *finders], ["---", *["---:"] * (len(finders) + 1)]]
    rows += [
        [kind, str(len(lines)), *(str(exact(f, lines)) for f in finders.values())] for kind, lines in kinds.items()
    ]
    every = [line for lines in kinds.values() for line in lines]
    rows.append(
        ["**all**", f"**{len(every)}**", *(f"**{exact(f, every) / len(every):.1%}**" for f in finders.values())]
    )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> int:
    """Write the table between the marks of README.md, and print it."""
    finders: dict[str, Finder] = {
        "exomine": exomine_grammar, "Kindred's rule": kindred_rule(), "plain expression": plain_expression,
        "scispaCy's tokens": scispacy_tokens(),
    }  # fmt: skip
    result = table(read_by_kind(HERE / "names.tsv"), finders)
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf8").partition(BEGIN)
    after = rest.partition(END)[2]
    readme.write_text(f"{before}{BEGIN}\n{result}\n{END}{after}", encoding="utf8")
    print(result)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
