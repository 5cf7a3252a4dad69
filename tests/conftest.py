"""What tests everywhere share: pipelines that are loaded once in a process, and no time that is waited for nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from spacy.language import Language

# A machine may have much else to do: no example fails for being slow. "long" is asked for with --hypothesis-profile.
_PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("short", max_examples=50, **_PATIENT)
settings.register_profile("long", max_examples=1000, **_PATIENT)
settings.load_profile("short")


def _loaded(*, without: tuple[str, ...] = ()) -> Language:
    from exomine.errors import ResourceError
    from exomine.nlp.load import load

    try:
        return load(without=without)
    except (ResourceError, OSError):
        pytest.skip("the model is not built in this checkout")


@pytest.fixture(scope="session")
def pipeline() -> Language:
    """The shipped pipeline. Who changes it changes it back."""
    return _loaded()


@pytest.fixture(scope="session")
def rules() -> Language:
    """The shipped pipeline whose relations are made by the rules alone."""
    return _loaded(without=("relation_model",))


@pytest.fixture(scope="session")
def syntax() -> Language:
    """The shipped model's tagger and parser."""
    import spacy
    from exomine.errors import ResourceError
    from exomine.nlp.factories import register_factories
    from exomine.resources import model_path

    register_factories()
    try:
        return spacy.load(model_path("exomine_core"))
    except (ResourceError, OSError):
        pytest.skip("the model is not built in this checkout")


def _no_wait(handle: Any) -> None:
    os.fstat(handle if isinstance(handle, int) else handle.fileno())  # a closed file is an error here too


@pytest.fixture(scope="session", autouse=True)
def _disk_in_its_own_time() -> Iterator[None]:
    """Files need not reach the disk before a test goes on; only a machine that loses power would tell the difference.

    Processes that tests start do wait for it.
    """
    with mock.patch("os.fsync", _no_wait):
        yield
