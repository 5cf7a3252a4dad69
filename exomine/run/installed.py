"""What is installed, and whether the shipped data is what its manifests say."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from exomine.errors import ResourceError
from exomine.resources import resource
from exomine.run.fingerprint import tree_hash, versions

__all__ = ["MANIFEST", "check_manifest", "installed", "write_manifest"]

#: Beside the files of a shipped folder: a line each, SHA-256, two spaces, POSIX path, as ``sha256sum`` writes them.
MANIFEST = "SHA256SUMS"
_SHIPPED = {"model": ("models", "exomine_core"), "lexicon": ("models", "lexicon"), "pipelines": ("pipelines",)}
_EXTRAS = {"train": ("torch", "onnx"), "test": ("pytest", "hypothesis", "reportlab")}


def installed() -> dict[str, Any]:
    """Versions, hashes by shipped folder, extras that are there, and the problems found."""
    hashes: dict[str, str] = {}
    problems: list[str] = []
    for name, parts in _SHIPPED.items():
        try:
            path = resource(*parts)
        except ResourceError as error:
            problems.append(str(error))
            continue
        hashes[name] = tree_hash(path)
        problems += [f"{name}: {p}" for p in check_manifest(path)]
    extras = {name: all(find_spec(module) is not None for module in modules) for name, modules in _EXTRAS.items()}
    return {
        "versions": versions(),
        "hashes": hashes,
        "extras": {name: "installed" if there else "not installed" for name, there in extras.items()},
        "problems": problems,
    }


def write_manifest(folder: Path) -> Path:
    """Write the manifest of a folder; returns its path."""
    lines = [f"{_sha256(p)}  {p.relative_to(folder).as_posix()}\n" for p in _content(folder)]
    path = folder / MANIFEST
    path.write_text("".join(lines), encoding="utf-8")
    return path


def check_manifest(folder: Path) -> list[str]:
    """What differs from the manifest of ``folder``; nothing where there is no manifest."""
    path = folder / MANIFEST
    if not path.is_file():
        return []
    told = {
        name: digest for digest, name in (line.split("  ", 1) for line in path.read_text(encoding="utf-8").splitlines())
    }
    found = {p.relative_to(folder).as_posix(): p for p in _content(folder)}
    out = [f"{name} is missing" for name in told if name not in found]
    out += [f"{name} is not in {MANIFEST}" for name in found if name not in told]
    out += [f"{name} was altered" for name, p in found.items() if name in told and told[name] != _sha256(p)]
    return out


def _content(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST and "__pycache__" not in p.parts)


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
