"""How dense the code is: lengths and decisions of functions, and how often a line packs a condition.

    python benchmarks/density/run.py [FOLDER ...] [--worst N]

Each folder (default: exomine/ and its rooms) gives a row: functions, median and 90th percentile of their lines, how
many are longer than 40 lines, the share with more than 10 decisions, and boolean operators, conditional expressions and
comprehensions per 1,000 lines of code. Docstrings, blank lines and comments are no lines of code; a nested function is
counted by itself.
"""

from __future__ import annotations

import argparse
import ast
import io
import statistics
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DECISIONS = (
    ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.comprehension, ast.match_case, ast.Assert,
)  # fmt: skip
PACKED = (ast.IfExp, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: tokens that make no line of code
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class Function:
    """A function with its lines of code and its decisions (branches, loops, handlers, boolean operators)."""

    name: str
    place: str
    lines: int
    decisions: int


@dataclass(frozen=True)
class File:
    """A file's functions, its lines of code and its packed expressions."""

    functions: tuple[Function, ...]
    lines: int
    packed: int


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, FUNCTIONS):
            yield child
            yield from own_nodes(child)


def decisions(function: ast.AST) -> int:
    """Branches, loops, handlers, comprehensions, and each operand of a boolean operator after the first."""
    nodes = list(own_nodes(function))
    operands = sum(len(n.values) - 1 for n in nodes if isinstance(n, ast.BoolOp))
    return operands + sum(isinstance(n, DECISIONS) for n in nodes)


def docstring_lines(tree: ast.Module) -> set[int]:
    """The line numbers of docstrings."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if (
            isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Module))
            and ast.get_docstring(node, clean=False) is not None
        ):
            first = node.body[0]
            found.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return found


def code_lines(source: str, tree: ast.Module) -> set[int]:
    """The line numbers that hold code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines - docstring_lines(tree)


def read(path: Path) -> File:
    """Measure one file."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    lines = code_lines(source, tree)
    functions = tuple(
        Function(node.name, f"{path}:{node.lineno}", _length(node, lines), decisions(node))
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    )
    return File(functions, len(lines), sum(packed(n) for n in ast.walk(tree)))


def packed(node: ast.AST) -> int:
    """What a node packs into an expression: each boolean operator, a condition, a comprehension."""
    return len(node.values) - 1 if isinstance(node, ast.BoolOp) else int(isinstance(node, PACKED))


def _length(node: ast.AST, lines: set[int]) -> int:
    inner = list(own_functions(node))
    nested = {k for n in inner for k in range(n.lineno, (n.end_lineno or n.lineno) + 1)}
    return sum(k in lines and k not in nested for k in range(node.lineno, (node.end_lineno or node.lineno) + 1))  # type: ignore[attr-defined]


def own_functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that are written inside a function."""
    for child in ast.walk(node):
        if child is not node and isinstance(child, FUNCTIONS):
            yield child


def row(name: str, files: list[File]) -> str:
    """One row of the table."""
    functions = [f for file in files for f in file.functions]
    lengths = sorted(f.lines for f in functions)
    if not lengths:
        return f"{name:<34}{'no functions':>10}"
    total = sum(file.lines for file in files)
    many = sum(f.decisions > 10 for f in functions) / len(functions)
    p90 = lengths[min(len(lengths) - 1, int(0.9 * len(lengths)))]
    share = 1000 * sum(file.packed for file in files) / total
    return (
        f"{name:<34}{len(functions):>10}{statistics.median(lengths):>8.0f}{p90:>6}{sum(n > 40 for n in lengths):>8}"
        f"{many:>14.1%}{share:>14.0f}{total:>8}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, help="folders of Python code")
    parser.add_argument("--worst", type=int, default=0, help="name the N functions with most decisions and most lines")
    options = parser.parse_args()
    rooms = sorted(p.parent for p in Path("exomine").glob("*/__init__.py"))
    folders = options.folders or [Path("exomine"), *rooms]
    print(
        f"{'folder':<34}{'functions':>10}{'median':>8}{'p90':>6}"
        f"{'> 40':>8}{'> 10 decided':>14}{'packed/1000':>14}{'lines':>8}"
    )
    for folder in folders:
        files = [read(p) for p in sorted(folder.rglob("*.py"))]
        print(row(str(folder), files))
        if options.worst:
            functions = [f for file in files for f in file.functions]
            for f in sorted(functions, key=lambda f: (-f.decisions, -f.lines))[: options.worst]:
                print(f"    {f.decisions:>3} decisions {f.lines:>3} lines  {f.name}  {f.place}")


if __name__ == "__main__":
    main()
