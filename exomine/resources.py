"""Where the model, the lexicon and the pipelines are: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

from exomine.errors import ResourceError

__all__ = ["lexicon_path", "model_path", "pipeline_path", "resource"]

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a data file or folder that the project ships, e.g. ``resource("models", "lexicon")``.

    In a wheel the folders ``models`` and ``pipelines`` lie in ``exomine/_data``; in a checkout they lie beside the
    package. Raises :class:`ResourceError` naming both places where it was looked for.
    """
    places = [_PACKAGE / "_data", _PACKAGE.parent]
    for place in places:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    looked = " or ".join(str(p.joinpath(*parts)) for p in places)
    raise ResourceError(f"{'/'.join(parts)} not found: looked for {looked}; reinstall exomine or restore the checkout.")


def model_path(name: str = "exomine_core") -> Path:
    """The folder of a shipped spaCy model."""
    return resource("models", name)


def lexicon_path() -> Path:
    """The folder of the shipped lexicon."""
    return resource("models", "lexicon")


def pipeline_path(name: str = "exosome.cfg") -> Path:
    """A shipped pipeline configuration."""
    return resource("pipelines", name)
