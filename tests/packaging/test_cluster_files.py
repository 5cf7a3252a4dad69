"""The examples for clusters are well-formed and call commands as they are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import typer.main
from exomine.cli import docs
from exomine.cli.app import app

FOLDER = Path(__file__).resolve().parents[2] / "scripts" / "cluster"
OPTIONS = {o for p in dict(docs.walk(typer.main.get_command(app), "exomine"))["exomine extract"].params for o in p.opts}


def test_the_slurm_script_is_well_formed():
    subprocess.run(["bash", "-n", str(FOLDER / "slurm.sh")], check=True)
    text = (FOLDER / "slurm.sh").read_text()
    (command,) = re.findall(r'^"\$bin/exomine" extract .*$', text, flags=re.M)
    assert set(re.findall(r"(?<= )--[a-z-]+", command)) <= OPTIONS


def test_the_kubernetes_objects_fit_together():
    yaml = pytest.importorskip("yaml", reason="comes with Dask")
    objects = list(yaml.safe_load_all((FOLDER / "kubernetes.yaml").read_text()))
    assert [o["kind"] for o in objects] == ["Service", "Deployment", "Deployment", "Job"]
    service, scheduler, worker, job = objects
    assert service["spec"]["selector"] == scheduler["spec"]["template"]["metadata"]["labels"]
    for deployment in (scheduler, worker):
        assert deployment["spec"]["selector"]["matchLabels"] == deployment["spec"]["template"]["metadata"]["labels"]
    commands = [o["spec"]["template"]["spec"]["containers"][0]["command"] for o in (scheduler, worker, job)]
    assert all(isinstance(word, str) for command in commands for word in command)
    assert {word for word in commands[2] if word.startswith("--")} <= OPTIONS
    address = f"tcp://{service['metadata']['name']}:{service['spec']['ports'][0]['port']}"
    assert address in commands[1]
    assert address in commands[2]
