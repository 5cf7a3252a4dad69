"""The manifest of a shipped folder: the SHA-256 of each file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

__all__ = ["write_manifest"]


def write_manifest(folder: Path) -> None:
    """Write the SHA-256 of every file, which ``exomine info`` checks."""
    digests = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    (folder / "manifest.json").write_text(json.dumps({"sha256": digests}, indent=1) + "\n", encoding="utf8")
