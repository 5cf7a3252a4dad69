"""What the result of each stage depends on, as hashes.

``read``: the paper's bytes and name, the readers' code, the PDF backend. ``annotated``: the Document as read, the
pipeline up to the component before which the relations begin, its code, model and lexicon. ``pairs``: what the relation
network says of pairs of mentions. ``rows``: the Document and all the rest. A later stage asks for what the earlier one
gave, not for how it was made: a reader that gives the same Document as before costs no second annotation.
"""

from __future__ import annotations

import configparser
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from exomine.config import RunSettings
from exomine.run.find import Source
from exomine.run.fingerprint import PACKAGE, named_files, pipeline_file, tree_hash

__all__ = ["LATE", "Keys", "early_and_late", "make_keys"]

#: Components that work on mentions and sentences as they are; from the first of them on, nothing is kept of a Doc.
LATE = ("assertion", "relation_model", "relations", "context", "table_relations")
#: Code of each stage, as files and folders of the package.
READ_CODE = ("document", "config.py", "errors.py")
EARLY_CODE = (*READ_CODE, "resources.py", "mirna", "vocabulary", "nlp")
PAIRS_CODE = (
    "nlp/encoder", "nlp/session.py", "vocabulary", "nlp/relations/learned/network.py",
    "nlp/relations/learned/pairs.py", "nlp/relations/learned/pieces.py",
)  # fmt: skip
ROWS_CODE = (
    *EARLY_CODE, "nlp/assertion", "nlp/relations", "tables", "run/failures.py", "run/halves.py", "run/paper.py",
    "run/stages.py",
)  # fmt: skip
#: Left out of the folders above where they are not named themselves: what builds the lexicon, and the second half.
LEFT_OUT = ("vocabulary/build", "nlp/assertion", "nlp/relations", "nlp/explain.py")


@dataclass(frozen=True, slots=True)
class Keys:
    """One hash a stage, over all but the paper; the names of a paper's entries are made with them."""

    read: str = ""
    annotated: str = ""
    pairs: str = ""
    rows: str = ""

    def of_source(self, source: Source) -> str:
        """The name of the paper's entry in the stage ``read``; the Document holds the name of its file."""
        return self._name(source.doc_id, self.read, source.doc_id, source.path.name)

    def of_document(self, stage: str, doc_id: str, digest: str) -> str:
        """The name of the paper's entry in a later stage; ``digest`` is the hash of its Document."""
        return self._name(doc_id, getattr(self, stage), digest)

    def to_dict(self) -> dict[str, str]:
        """Plain values, for worker processes."""
        return asdict(self)

    @staticmethod
    def _name(doc_id: str, *parts: str) -> str:
        return f"{doc_id}-{_digest(parts)[:32]}"


def make_keys(settings: RunSettings, description: Mapping[str, Any], *, worker: str = "") -> Keys:
    """The keys of a run; ``description`` is what :func:`exomine.run.fingerprint.describe` tells and ``worker`` names
    the factory of what works on papers."""
    config = pipeline_file(settings)
    hashes = description["hashes"]
    libraries = {k: v for k, v in description["versions"].items() if k != "exomine"}  # its code is hashed
    common: tuple[Any, ...] = (worker, libraries)
    read = _key(READ_CODE, common, settings.pdf_backend)
    annotated = _key(EARLY_CODE, common, _early_part(config), hashes["model"], hashes["lexicon"])
    pairs = _key(PAIRS_CODE, common, hashes["relation_model"], hashes["files"])
    rows = _key(ROWS_CODE, common, annotated, hashes["pipeline"], hashes["files"], hashes["relation_model"])
    return Keys(read, annotated, pairs, rows)


def _key(code: Iterable[str], *parts: Any) -> str:
    hashes = [(name, _code_hash(name)) for name in code]
    return _digest([json.dumps([hashes, *parts], sort_keys=True)])


def _code_hash(name: str) -> str:
    path = PACKAGE / name
    left_out = frozenset(PACKAGE / other for other in LEFT_OUT if not name.startswith(other))
    return tree_hash(path, without=left_out) if path.exists() else ""


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def early_and_late(config: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The components of a pipeline before the first of :data:`LATE`, and from it on."""
    sections = _sections(config)
    names = json.loads(sections.get("nlp", {}).get("pipeline", "[]"))
    cut = next((i for i, name in enumerate(names) if _is_late(sections, name)), len(names))
    return tuple(names[:cut]), tuple(names[cut:])


def _is_late(sections: Mapping[str, Mapping[str, str]], name: str) -> bool:
    factory = sections.get(f"components.{name}", {}).get("factory", "").strip('"')
    return name in LATE or factory in LATE


def _sections(config: Path) -> dict[str, dict[str, str]]:
    """The sections of a spaCy configuration; empty where it cannot be parsed, which loading it will tell."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#", ";"))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(config.read_text(encoding="utf-8"))
        json.loads(parser.get("nlp", "pipeline", fallback="[]"))
    except (configparser.Error, ValueError):
        return {}
    return {name: dict(parser.items(name, raw=True)) for name in parser.sections()}


def _early_part(config: Path) -> Any:
    """What a configuration says of the components before the relations, and the hashes of the files it names there;
    all of it where that cannot be told."""
    sections = _sections(config)
    if not sections:
        return config.read_text(encoding="utf-8")
    early, late = early_and_late(config)
    kept = {name: dict(values) for name, values in sections.items() if not _belongs(name, late)}
    kept.get("nlp", {})["pipeline"] = list(early)  # type: ignore[assignment]
    text = json.dumps(kept, sort_keys=True).replace('\\"', '"')
    return [text, {shown: tree_hash(path) for shown, path in named_files(config, text)}]


def _belongs(section: str, components: Iterable[str]) -> bool:
    return any(section == f"components.{c}" or section.startswith(f"components.{c}.") for c in components)
