"""What the prose names exists: modules and what is in them, files, commands and options, make targets, functions."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main
from exomine.cli import docs
from exomine.cli.app import app
from exomine.tables.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    p
    for p in (
        *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "models").glob("**/README.md"),
        *(ROOT / "pipelines").glob("*.md"),
        *(ROOT / "data").glob("**/README.md"),
    )
    if p.name != "CHANGELOG.md"  # tells what was
)  # fmt: skip
COMMANDS = dict(docs.walk(typer.main.get_command(app), "exomine"))
#: Files that runs and people make, not the project.
MADE = re.compile(
    r"(?:data/(?:processed|curated|raw)|results|build|dist|corpora|papers|lab|bionlp13cg|cancermine"
    r"|civicmine|conllu|txt|\.venv|more|stages|training-run)(?:/|$)"
)
#: Examples of names that only stand in an explanation.
NOT_OURS = {"spacy.load", "doc.user_data", "doc.spans", "doc.ents"}
SUFFIXES = r"\.(?:py|md|toml|cfg|csv|tsv|txt|json|parquet|sh|cff|yml|yaml|pdf|xml)"


def code(page: Path) -> Iterator[str]:
    """The inline code of a page, and the commands in its fenced blocks (their Python is run by other tests)."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```.*?```", text, flags=re.S):
        yield from re.findall(
            r"^(?:\$ |\.venv/bin/)?((?:exomine|make|python) .*?)\s*(?:#.*|[|>].*)?$", block, flags=re.M
        )
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    yield from (" ".join(c.split()) for c in re.findall(r"`([^`]+)`", text))


@cache
def files() -> dict[str, Path]:
    """The project's files by name and by path."""
    found = {}
    for folder in (
        "exomine",
        "docs",
        "tests",
        "models",
        "pipelines",
        "benchmarks",
        "scripts",
        "data/raw",
        "requirements",
    ):
        for path in (ROOT / folder).rglob("*"):
            if "__pycache__" not in path.parts:
                found[path.name] = path
    return found | {p.name: p for p in ROOT.iterdir()}


@cache
def source() -> str:
    """The code and its configuration, as one text; tests are left out."""
    found = [p for p in files().values() if p.suffix in (".cfg", ".toml", ".sh")]
    found += [p for folder in ("exomine", "models", "benchmarks") for p in (ROOT / folder).rglob("*.py")]
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted({*found, ROOT / "Makefile"}))


@cache
def words() -> frozenset[str]:
    """Every word of :func:`source`."""
    return frozenset(re.findall(r"\w+", source()))


def module_is_there(name: str) -> bool:
    parts = name.split(".")
    for n in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:n]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[n:]:
            if not hasattr(thing, attribute):
                return False
            thing = getattr(thing, attribute)
        return True
    return False


def file_is_there(name: str, page: Path) -> bool:
    """A file of the project, one that the code writes or reads by this name, or one of a run's or a person's own."""
    places = (ROOT, ROOT / "exomine", ROOT / "models", page.parent)
    if MADE.match(name) or any(next(place.glob(name.rstrip("/")), None) for place in places):
        return True
    if "/" in name:
        return False
    parts = [re.escape(part) for part in name.split("*")]
    known = [*files(), *re.findall(r"[\w.-]+", source()), *(f"{t.name}.csv" for t in TABLES)]
    return any(re.fullmatch(".*".join(parts), k) for k in known)


def command_is_there(text: str) -> str:
    """What of a command line is unknown; empty where all is known."""
    given = re.findall(r"[\w-]+", text)
    command = next((c for n in range(3, 1, -1) if (c := " ".join(given[:n])) in COMMANDS), "")
    if not command and text.startswith("exomine -"):
        return "" if given[1:] in (["--help"], ["--version"]) else text
    group = any(c.startswith(f"{' '.join(given[:2])} ") for c in COMMANDS)
    if not command or (command.count(" ") == 1 and group and len(given) > 2 and given[2].islower()):
        return "" if group and len(given) == 2 else text
    known = {o for p in COMMANDS[command].params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    return ", ".join(sorted(set(re.findall(r"(?<!\S)--[a-z][\w-]*", text)) - known))


def stale(name: str, page: Path) -> str:
    """Why a name in code type is none of ours; empty where it is, or looks like nothing that can be checked."""
    plain = re.sub(r"\(.*\)$", "", name)
    if re.fullmatch(r"exomine(?:\.\w+)+", plain):
        return "" if module_is_there(plain) else "no such module or name"
    if re.match(r"exomine [a-z-]", name):
        unknown = command_is_there(name)
        return f"unknown: {unknown}" if unknown else ""
    if re.match(r"make [a-z-]|python -m exomine|(?:python )?\S+\.(?:py|sh)\s", name):
        return stale_call(name, page)
    return stale_name(name, plain, page)


def stale_call(name: str, page: Path) -> str:
    """Why a call of make or of a script is none of ours."""
    if run := re.match(r"make ([a-z-]+)", name):
        return "" if re.search(rf"^{run[1]}:", (ROOT / "Makefile").read_text(), re.M) else "no such target"
    run = re.match(r"python -m (exomine[\w.]*)|(?:python )?(\S+\.(?:py|sh))\s", name)
    assert run is not None
    there = module_is_there(run[1]) if run[1] else file_is_there(run[2], page)
    unknown = [o for o in re.findall(r"(?<!\S)--([a-z][\w-]*)", name) if o.replace("-", "_") not in words()]
    return "" if there and not unknown else f"no such script or option: {run[0]} {unknown}"


def stale_name(name: str, plain: str, page: Path) -> str:
    """Why an option, a file or a word of the code is none of ours."""
    if re.fullmatch(r"--[a-z][\w-]*", name):
        known = {o for c in COMMANDS.values() for p in c.params for o in p.opts} | {"--help"}
        return "" if name in known or name[2:].replace("-", "_") in words() else "no such option"
    if re.fullmatch(r"[\w*-][\w.*-]*(?:/[\w.*-]+)*/?", plain) and ("/" in plain or re.search(rf"{SUFFIXES}$", plain)):
        looks = "/" not in plain or re.search(rf"(?:{SUFFIXES}|/)$", plain) or plain.split("/")[0] in TOP
        return "" if file_is_there(plain, page) or not looks else "no such file"
    if re.fullmatch(r"[a-z]+(?:_[a-z0-9]+)+|[A-Z]+(?:_[A-Z]+)+|(?:[A-Z][a-z]+){2,}", plain):
        return "" if plain in words() else "no such name in the code"
    return ""


TOP = {p.name for p in ROOT.iterdir() if p.is_dir()} | {p.name for p in (ROOT / "exomine").iterdir() if p.is_dir()}


@pytest.mark.parametrize("page", PAGES, ids=[p.relative_to(ROOT).as_posix() for p in PAGES])
def test_every_name_that_a_page_gives_exists(page: Path) -> None:
    found = {name: why for name in code(page) if name not in NOT_OURS and (why := stale(name, page))}
    assert found == {}


@pytest.mark.parametrize(
    "name",
    [
        "exomine.nlp.nowhere", "exomine.load.nothing", "exomine.nlp.load.nothing", "exomine evaluate nonsense",
        "exomine extract --nonsense", "exomine nonsense", "make nonsense", "--nonsense-option", "nlp/nowhere.py",
        "docs/nowhere.md", "nowhere.py", "tests/nlp/nowhere/", "score_no_such_thing",
    ],
)  # fmt: skip
def test_a_stale_name_is_found(name: str) -> None:
    assert stale(name, ROOT / "README.md")


@pytest.mark.parametrize(
    "name",
    [
        "exomine.load", "exomine.nlp.load.load", (
            "exomine evaluate triples GOLD.tsv "
            "--aliases FILE"
        ), "make test", "--workers", "nlp/relations/sentence.py",
        "docs/cli.md", "entities.py", "data/processed/triples.csv", "score_triples", "exomine --help", "miR-21/222",
        "P-gp/ABCB1",
    ],
)  # fmt: skip
def test_a_name_that_exists_is_none(name: str) -> None:
    assert stale(name, ROOT / "README.md") == ""
