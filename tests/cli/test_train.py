"""``exomine train``: what it says before any training."""

from __future__ import annotations

from pathlib import Path

import pytest
from exomine.cli import train
from exomine.cli.app import app
from exomine.errors import UsageError
from typer.testing import CliRunner

runner = CliRunner()


def test_help_names_the_corpora() -> None:
    result = runner.invoke(app, ["train", "--help"])
    assert result.exit_code == 0
    assert "--corpora" in result.output


def test_without_the_extra_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"pip install 'exomine\[train\]'"):
        train.train(tmp_path)


def test_a_missing_folder_of_corpora_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "find_spec", lambda name: name)
    with pytest.raises(UsageError, match=r"nowhere.*README"):
        train.train(tmp_path / "nowhere")
