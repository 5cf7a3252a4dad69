"""What the package imports is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exomine.run.fingerprint import LIBRARIES

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: Modules that are not called as their distributions are.
DISTRIBUTIONS = {
    "ahocorasick": "pyahocorasick",
    "pdfminer": "pdfminer-six",
    "vl_convert": "vl-convert-python",
}


def imported(path: Path) -> Iterator[str]:
    """Distributions that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names = [node.module]
        for module in (name.split(".")[0] for name in names):
            if module != "exomine" and module not in sys.stdlib_module_names:
                yield DISTRIBUTIONS.get(module, module)


def all_imported(*folders: str, without: tuple[str, ...] = ()) -> set[str]:
    files = [p for folder in folders for p in (ROOT / folder).rglob("*.py")]
    return {name for p in files if not p.relative_to(ROOT).as_posix().startswith(without) for name in imported(p)}


def declared(requirements: list[str]) -> set[str]:
    return {re.sub(r"[._]", "-", re.match(r"[\w.-]+", r)[0]) for r in requirements}  # type: ignore[index]


#: What exports, the report and the cluster engine import where they need it.
EXTRAS = declared([r for extra in ("export", "report", "dask") for r in PROJECT["optional-dependencies"][extra]])


def test_the_package_imports_what_it_declares_and_nothing_else() -> None:
    without = ("exomine/training/", "exomine/curation/web/")
    assert all_imported("exomine", without=without) == declared(PROJECT["dependencies"]) | EXTRAS


def test_training_needs_its_extra_besides() -> None:
    extra = declared(PROJECT["optional-dependencies"]["train"])
    assert all_imported("exomine/training") - declared(PROJECT["dependencies"]) == extra


def test_the_curation_page_needs_its_extra_besides() -> None:
    extra = declared(PROJECT["optional-dependencies"]["curate"])
    assert all_imported("exomine/curation/web") - declared(PROJECT["dependencies"]) == extra


def test_tests_need_theirs_besides() -> None:
    extra = declared(PROJECT["optional-dependencies"]["test"]) - {"exomine"}
    come_along = {"click", "PIL"}  # with typer and reportlab
    where_installed = {"bmt", "rocrate_validator"}  # their tests are skipped without them
    by_others = {"playwright", "pytest-xdist"}  # by tests in a browser, by `make test`
    needed = all_imported("tests", without=("tests/browser/",))
    needed -= declared(PROJECT["dependencies"]) | EXTRAS | {"helpers"}
    assert (
        extra - by_others
        <= needed
        <= extra | declared(PROJECT["optional-dependencies"]["train"]) | come_along | where_installed
    )


def test_libraries_that_can_change_a_result_are_declared() -> None:
    assert declared(list(LIBRARIES)) <= declared(PROJECT["dependencies"])
