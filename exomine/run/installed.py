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

#: In a shipped folder: JSON whose key ``sha256`` gives the hash of each file by its POSIX path in the folder, or the
#: lines that the command ``sha256sum`` writes.
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
_SHIPPED = {
    "model": ("models", "exomine_core"), "relation_model": ("models", "exomine_relations"),
    "lexicon": ("models", "lexicon"), "pipelines": ("pipelines",),
}  # fmt: skip
_EXTRAS = {
    "dask": ("distributed",),
    "curate": ("starlette", "uvicorn", "jinja2"),
    "export": ("xlsxwriter",),
    "report": ("vl_convert",),
    "test": ("pytest", "hypothesis", "reportlab"),
    "train": ("torch", "onnx"),
}


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
    """The files of ``folder`` that are missing or not those that its manifest names; nothing where there is no
    manifest.
    """
    try:
        told = _told(folder)
    except (ValueError, AttributeError, TypeError) as error:
        return [f"the manifest cannot be read: {error}"]
    files = {name: folder / name for name in sorted(told)}
    out = [f"{name} is missing" for name, file in files.items() if not file.is_file()]
    return out + [
        f"{name} was altered" for name, file in files.items() if file.is_file() and _sha256(file) != told[name]
    ]


def _told(folder: Path) -> dict[str, str]:
    told: dict[str, str] = {}
    if (folder / MANIFEST).is_file():
        told |= json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("sha256", {})
    if (folder / SUMS).is_file():
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        told |= {
            name.lstrip("*"): digest for digest, name in (line.split(maxsplit=1) for line in lines if line.strip())
        }
    return told


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
