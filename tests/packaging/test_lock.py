"""What a fresh clone installs is pinned, whole, and free of any registry's address."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("run", "extras", "test", "dev")


def pinned(kind):
    text = (ROOT / "requirements" / f"lock-{kind}.txt").read_text()
    return text, dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.M))


@pytest.mark.parametrize("kind", LOCKS)
def test_every_wheel_has_hashes_and_no_address(kind):
    text, names = pinned(kind)
    assert "://" not in text
    assert not re.search(r"^--", text, re.M)
    entries = re.split(r"\n(?=\S)", text)
    assert len(entries) >= len(names) > 40
    assert all("--hash=sha256:" in e for e in entries if e.strip())


def test_locks_contain_each_other():
    run, extras, test, dev = (pinned(kind)[1].items() for kind in LOCKS)
    assert run <= extras <= test <= dev


def test_training_stays_out():
    for kind in LOCKS:
        assert not {"torch", "onnx"} & set(pinned(kind)[1])


def test_requirements_of_the_project_are_pinned():
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    wanted = {re.sub(r"[._]", "-", n).lower() for n in re.findall(r'^\s*"([A-Za-z0-9._-]+)', block, re.M)}
    assert wanted
    assert wanted <= {re.sub(r"[._]", "-", n).lower() for n in pinned("run")[1]}


def test_sources_of_the_lexicon_are_pinned_to_the_same_files():
    told = tomllib.loads((ROOT / "models" / "lexicon" / "sources.toml").read_text())["sha256"]
    pinned_hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", (ROOT / "requirements" / "lexicon.txt").read_text())
    assert sorted(pinned_hashes) == sorted(digest for name, digest in told.items() if name.endswith(".whl"))


def test_make_help_explains_every_target():
    text = (ROOT / "Makefile").read_text()
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = " ".join(re.findall(r"^\.PHONY: (.*)$", text, re.M)).split()
    assert "extract" in phony
    assert all(re.search(rf"make {t}\s+\S", shown) for t in phony)


def test_a_machine_without_python_is_told_what_to_install(tmp_path):
    for name in ("sh", "cat"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    broken = tmp_path / "python3.11"  # as a pyenv shim without a version behind it
    broken.write_text("#!/bin/sh\necho 'not installed' >&2\nexit 127\n")
    broken.chmod(0o755)
    environment = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    result = subprocess.run(
        ["/bin/sh", "scripts/find_python.sh"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "Python 3.11 or 3.12" in result.stderr
    assert "apt-get install" in result.stderr
    assert result.stdout == ""
