"""An entry in a registry is all that a type or predicate needs to reach the tables and the docs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOY = Path(__file__).with_name("toy_registry.py")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("toy")
    run = subprocess.run([sys.executable, str(TOY), str(folder)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


def test_a_new_type_with_a_labs_term_is_a_mention_in_the_tables(shown: dict[str, Any]) -> None:
    assert shown["mentions"] == [[text, "ExoChip", "exomine:exochip"] for text in ("exochip", "ExoChip")]
    assert shown["documents"] == shown["rows"] > 2


def test_a_new_predicate_is_rendered_validated_and_put_together(shown: dict[str, Any]) -> None:
    assert shown["triples"] == [["PTEN -> capture by ExoChip", "exomine:captured-by", "DEVICE"]]


def test_both_stand_in_the_docs_and_the_type_has_its_colour(shown: dict[str, Any]) -> None:
    first, *others = shown["dictionary"]
    assert first == "| DEVICE | apparatus that isolates vesicles | `exomine:` |"
    assert others[-1].startswith("| captured_by | held back by an apparatus | DEVICE | exomine:captured-by |")
    assert shown["coloured"]
