"""What is installed, and whether the shipped data is what its manifests say."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from exomine.errors import ResourceError
from exomine.resources import resource
from exomine.run.fingerprint import tree_hash, versions

__all__ = ["MANIFEST", "check_manifest", "installed"]

#: In a shipped folder: JSON whose key ``sha256`` gives the hash of each file by its POSIX path in the folder.
MANIFEST = "manifest.json"
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


def check_manifest(folder: Path) -> list[str]:
    """The files of ``folder`` that are missing or not those that its manifest names; nothing where there is no manifest."""
    path = folder / MANIFEST
    if not path.is_file():
        return []
    try:
        told = dict(json.loads(path.read_text(encoding="utf-8")).get("sha256", {}))
    except (ValueError, AttributeError, TypeError) as error:
        return [f"{MANIFEST} cannot be read: {error}"]
    files = {name: folder / name for name in sorted(told)}
    out = [f"{name} is missing" for name, file in files.items() if not file.is_file()]
    return out + [
        f"{name} was altered" for name, file in files.items() if file.is_file() and _sha256(file) != told[name]
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
