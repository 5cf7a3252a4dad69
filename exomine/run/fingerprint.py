"""What a result depends on, as hashes: code, model, lexicon, pipeline, the files it names, versions of the
libraries.
"""

from __future__ import annotations

import hashlib
import platform
import re
import time
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from exomine import resources
from exomine.config import RunSettings
from exomine.document.names import shown_name
from exomine.errors import ResourceError, UsageError
from exomine.tables.owned import file_hash

__all__ = ["LIBRARIES", "PACKAGE", "describe", "fingerprint", "named_files", "pipeline_file", "tree_hash", "versions"]

#: Libraries whose version can change a result.
LIBRARIES = (
    "spacy",
    "scispacy",
    "pdfminer.six",
    "pypdfium2",
    "lxml",
    "numpy",
    "srsly",
    "pyahocorasick",
    "onnxruntime",
)
PACKAGE = Path(__file__).resolve().parent.parent
_QUOTED = re.compile(r'"([^"\n]+)"')


def tree_hash(path: Path, *, without: frozenset[Path] = frozenset()) -> str:
    """The SHA-256 of a file, or of a folder's file names and contents; 16 hex digits.

    Compiled Python files and the files and folders ``without`` are left out.
    """
    digest = hashlib.sha256()
    for file in (f for f in _files(path) if without.isdisjoint((f, *f.parents))):
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        digest.update(f"{name}\x1f{_content_hash(file)}\n".encode())
    return digest.hexdigest()[:16]


#: Seconds after which a file that is written again gets another time for sure.
_SETTLED = 2.0


def _content_hash(file: Path) -> str:
    """The hash of a file; one that was not touched since it was last asked for is not read again."""
    state = file.stat()
    if time.time() - state.st_mtime < _SETTLED:
        return file_hash(file)
    return _hash_of_state(file, state.st_ino, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=4096)
def _hash_of_state(file: Path, *_: int) -> str:
    return file_hash(file)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        parts = file.relative_to(path).parts
        if file.is_file() and not any(p.startswith(".") or p in ("__pycache__", "_data") for p in parts):
            yield file


def pipeline_file(settings: RunSettings) -> Path:
    """The pipeline configuration of a run; raises :class:`UsageError` where the one named does not exist."""
    if not settings.pipeline:
        return resources.pipeline_path()
    path = Path(settings.pipeline)
    if path.is_file():
        return path
    try:
        return resources.resource(*path.parts)  # "pipelines/scispacy.cfg" names the shipped one from anywhere
    except ResourceError:
        raise UsageError(
            f"Pipeline {settings.pipeline} does not exist; name a spaCy configuration such as pipelines/exosome.cfg."
        ) from None


def versions() -> dict[str, str]:
    """Versions of exomine, Python and the libraries that matter; empty for what is not installed."""
    from exomine import __version__

    out = {"exomine": __version__, "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            out[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            out[name] = ""
    return out


def describe(settings: RunSettings) -> dict[str, Any]:
    """Settings, versions and hashes of a run, as ``run.json`` and the cache need them."""
    config = pipeline_file(settings)
    named = {shown: tree_hash(path) for shown, path in named_files(config, config.read_text(encoding="utf-8"))}
    return {
        "settings": {**settings.to_dict(), "pipeline": shown_name(config.name)},
        "versions": versions(),
        "hashes": {
            "code": tree_hash(PACKAGE),
            "pipeline": tree_hash(config),
            "model": _resource_hash("exomine_core"),
            "relation_model": _resource_hash("exomine_relations"),
            "lexicon": _resource_hash("lexicon"),
            "files": named,
        },
    }


def _resource_hash(name: str) -> str:
    try:
        return tree_hash(resources.resource("models", name))
    except ResourceError:
        return ""


def named_files(config: Path, text: str) -> Iterator[tuple[str, Path]]:
    """Files and folders that ``text``, of the configuration ``config``, names in quotes, such as a lab's own terms,
    each looked for as the loader does.
    """
    for name in sorted(set(_QUOTED.findall(text))):
        places = [base / name for base in (Path(), config.parent, config.parent.parent)]
        path = next((p for p in places if ("/" in name or "." in name) and p.exists()), None)
        if path is not None and path.resolve() not in config.resolve().parents:
            yield name, path


def fingerprint(description: dict[str, Any]) -> str:
    """One hash over what :func:`describe` tells."""
    return hashlib.sha256(repr(_sorted(description)).encode()).hexdigest()[:16]


def _sorted(value: Any) -> Any:
    return sorted((k, _sorted(v)) for k, v in value.items()) if isinstance(value, dict) else value
