"""Exports held against the validators of their field. These bring some twenty packages each, so that they are not
among what the tests install: ``pip install bmt roc-validator`` and the tests run, without a network.
"""

from __future__ import annotations

import csv
import importlib.util
import io
from pathlib import Path

import exomine
import pytest
from exomine.export import crate, kgx

from helpers.tables import written

#: bmt finds no microRNA among what may be a biomarker: its class is a transcript, the predicate's domain genes, their
#: products and chemicals.
UNKNOWN_TO_BMT = {("biolink:MicroRNA", "biolink:biomarker_for", "biolink:Disease")}
#: Columns of ours beside those of the model.
OWN = {"assertion", "score", "n_documents", "n_primaries"}


def tsv(data):
    return list(csv.DictReader(io.StringIO(data.decode()), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("tables") / "processed")


@pytest.fixture(scope="module")
def toolkit():
    bmt = pytest.importorskip("bmt", reason="pip install bmt, which brings the Biolink Model")
    schema = next(iter(importlib.util.find_spec("biolink_model.schema").submodule_search_locations))
    return bmt.Toolkit(str(Path(schema) / "biolink_model.yaml"), predicate_map={"predicate mappings": []})


@pytest.mark.slow
def test_nodes_and_edges_are_of_the_biolink_model(toolkit, folder):
    files = kgx.write(exomine.load_tables(folder), folder)
    nodes = {n["id"]: n for n in tsv(files["exomine_nodes.tsv"])}
    for category in {*kgx.CATEGORIES.values(), *(n["category"] for n in nodes.values())}:
        assert toolkit.is_category(category), category
    for edge in tsv(files["exomine_edges.tsv"]):
        ends = (nodes[edge["subject"]]["category"], edge["predicate"], nodes[edge["object"]]["category"])
        assert toolkit.validate_edge(*ends) or ends in UNKNOWN_TO_BMT, ends
        assert toolkit.is_permissible_value_of_enum("KnowledgeLevelEnum", edge["knowledge_level"])
        assert toolkit.is_permissible_value_of_enum("AgentTypeEnum", edge["agent_type"])
        if direction := edge["object_direction_qualifier"]:
            assert toolkit.is_permissible_value_of_enum("DirectionQualifierEnum", direction)
        for column in edge.keys() - OWN:
            assert toolkit.get_element(column.replace("_", " ")) is not None, column


@pytest.mark.slow
def test_the_crate_is_one(folder, tmp_path):
    services = pytest.importorskip("rocrate_validator.services", reason="pip install roc-validator")
    from rocrate_validator.models import Severity, ValidationSettings

    path = tmp_path / "exomine.crate.zip"
    path.write_bytes(crate.write(exomine.load_tables(folder), folder)["exomine.crate.zip"])
    settings = ValidationSettings(
        rocrate_uri=str(path), profile_identifier="ro-crate-1.3", requirement_severity=Severity.REQUIRED, offline=True
    )
    issues = [str(i.message) for i in services.validate(settings).get_issues()]
    # the specification's own context is on the web alone
    assert not [told for told in issues if "Unable to retrieve the JSON-LD context" not in told]
