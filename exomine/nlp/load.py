"""From a pipeline configuration to a ``spacy.Language``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_config, load_model_from_config

from exomine.errors import ResourceError, UsageError
from exomine.nlp.encoder.component import LONGEST_TEXT
from exomine.nlp.factories import register_factories
from exomine.resources import pipeline_path, resource

__all__ = ["find_path", "load"]


def load(cfg: str | Path | None = None, *, without: Sequence[str] = ()) -> Language:
    """The pipeline of ``cfg``, a spaCy configuration; ``None`` is the shipped ``pipelines/exosome.cfg``.

    Components named in ``without`` are not made.

    Paths in the configuration are relative to the working directory, to the configuration's folder or its parent, or to
    the data that exomine ships, whichever has them first. Components with a ``source`` are taken from that model.
    Raises
    :class:`UsageError` for a configuration that is missing or wrong, :class:`ResourceError` for a model that is
    missing.
    """
    register_factories()
    path = _configuration(cfg)
    try:
        config = load_config(path)
    except Exception as error:  # confection raises several kinds
        raise UsageError(f"{path}: not a spaCy configuration ({error}); compare with pipelines/exosome.cfg.") from error
    for block in config.get("components", {}).values():
        _resolve_paths(block, path)
    try:
        nlp = load_model_from_config(config, auto_fill=True, exclude=list(without))
    except ValueError as error:  # unknown factories, wrong settings, missing sources
        raise UsageError(f"{path}: {error}") from error
    except OSError as error:  # a source that is there and is no spaCy model
        raise ResourceError(
            f"{path}: a model that it names cannot be read: {error} Restore or reinstall it."
        ) from error
    nlp.max_length = max(nlp.max_length, LONGEST_TEXT)
    return nlp


def _configuration(cfg: str | Path | None) -> Path:
    if cfg is None:
        return pipeline_path()
    given = Path(cfg)
    if given.is_file():
        return given
    try:
        return resource(*given.parts) if not given.is_absolute() else pipeline_path(given.name)
    except ResourceError:
        raise UsageError(
            f"{cfg}: no such pipeline configuration; expected a .cfg file such as pipelines/exosome.cfg."
        ) from None


def find_path(value: str, cfg: Path) -> Path:
    """The file or folder that ``value`` in the configuration ``cfg`` means; raises :class:`ResourceError`."""
    for base in (Path(), cfg.parent, cfg.parent.parent):
        if (base / value).exists():
            return base / value
    return resource(*Path(value).parts)


def _resolve_paths(block: dict[str, Any], cfg: Path) -> None:
    """Make the paths of a component's block findable from anywhere."""
    for setting in ("source", "terms", "stop_terms"):
        value = block.get(setting)
        if value and (setting != "source" or "/" in value):
            block[setting] = str(find_path(value, cfg))
