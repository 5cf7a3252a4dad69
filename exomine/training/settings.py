"""Where the settings of the trainings stand."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CONFIG"]

#: Corpora, stages, rates and seeds of the model of entities and syntax.
CONFIG = Path(__file__).with_name("config.toml")
