"""A stand-in package with the name and labels of scispaCy's, in the place of our entity model."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import spacy
from exomine.errors import ResourceError
from exomine.nlp.encoder.package import PackageEntities
from exomine.nlp.load import load
from exomine.resources import resource
from spacy.tokens import Doc

NAME = "en_ner_bionlp13cg_md"
LABELS = {"zorbin": "Simple_chemical", "QRX9": "Gene_or_gene_product", "lung cancer": "Cancer"}
TEXT = "QRX9 confers resistance to zorbin in lung cancer."


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package that knows three mentions by heart, two of which nobody else could know."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": label, "pattern": text} for text, label in LABELS.items()])  # type: ignore[attr-defined]
    nlp.add_pipe("sentencizer")
    nlp.meta.update(name="ner_bionlp13cg_md", version="0.0.1")
    folder = tmp_path / NAME
    folder.mkdir()
    nlp.to_disk(folder / f"{NAME}-0.0.1")
    (folder / "meta.json").write_bytes((folder / f"{NAME}-0.0.1" / "meta.json").read_bytes())
    (folder / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n\n\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n",
        encoding="utf8",
    )
    information = tmp_path / f"{NAME}-0.0.1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 0.0.1\n", encoding="utf8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, NAME, raising=False)
    return NAME


def test_entities_are_carried_over_by_offsets_and_widened_to_our_tokens(package: str) -> None:
    doc = Doc(spacy.blank("en").vocab, words=["(", "QRX9", ")", "zorbin-treated"], spaces=[False, False, True, False])
    assert [(e.text, e.label_) for e in PackageEntities(package)(doc).ents] == [
        ("QRX9", "Gene_or_gene_product"),
        ("zorbin-treated", "Simple_chemical"),
    ]


def test_only_what_entities_need_is_run(package: str) -> None:
    assert PackageEntities(package).nlp.pipe_names == ["ner"]


def test_a_missing_package_is_named_with_the_remedy() -> None:
    with pytest.raises(ResourceError, match=r"en_no_such_package.*README"):
        PackageEntities("en_no_such_package").nlp  # noqa: B018


def test_a_package_without_entities_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "empty")
    with pytest.raises(ResourceError, match="no entity recogniser"):
        PackageEntities(str(tmp_path / "empty")).nlp  # noqa: B018


def test_the_whole_pipeline_runs_with_it(package: str) -> None:
    nlp = load(resource("pipelines", "scispacy.cfg"))
    doc = nlp(TEXT)
    mentions = {(s.text, s.label_) for s in doc.spans["mentions"]}
    assert {("zorbin", "DRUG"), ("QRX9", "PROTEIN"), ("lung cancer", "CANCER")} <= mentions
    assert any(r.predicate == "confers_resistance_to" and r.object.text == "zorbin" for r in doc._.relations)


def test_configuration_differs_from_ours_in_the_entities_only() -> None:
    ours, theirs = (spacy.util.load_config(resource("pipelines", name)) for name in ("exosome.cfg", "scispacy.cfg"))
    assert [c for c in theirs["nlp"]["pipeline"] if c != "package_entities"] == ours["nlp"]["pipeline"]
    assert {k: v for k, v in theirs["components"].items() if k != "package_entities"} == ours["components"]
