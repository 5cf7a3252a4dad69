"""``exomine evaluate``: figures against gold data.

Each subcommand forwards to a scorer of :mod:`exomine.evaluation`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from exomine.cli.extract import PdfBackend
from exomine.cli.output import put
from exomine.config import PROCESSED
from exomine.errors import NoGoldError, UsageError

__all__ = ["register"]

evaluate = typer.Typer(
    help="Print figures against gold data, as JSON.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    app.add_typer(evaluate, name="evaluate")


def _print(figures: Any) -> None:
    put(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


@evaluate.command("reading")
def reading(
    folder: Annotated[
        Path, typer.Argument(help="Folder with papers that lie there as PDF and as JATS XML of one name.")
    ],
    pdf_backend: Annotated[
        PdfBackend, typer.Option(help="What draws the characters out of a PDF.")
    ] = PdfBackend.pdfminer,
    papers: Annotated[bool, typer.Option("--papers", help="A row for each paper too.")] = False,
) -> None:
    """Score the reading of PDFs against the XML of the same papers: body sentences, tables, references, citations."""
    from exomine.cli.progress import track
    from exomine.errors import NoPapersError
    from exomine.evaluation.gold import gold_folder
    from exomine.evaluation.text import evaluate_reading

    gold_folder(folder, "papers as PDF and as XML, files of one name side by side")
    data = evaluate_reading(folder, pdf_backend=pdf_backend.value, track=track)
    if data.empty:
        raise NoPapersError(
            f"{folder}: no paper lies there as PDF and as XML; expected files of one name side by side."
        )
    data = data.astype(
        dict.fromkeys(("tables", "table_questions", "references", "citations", "citations_precision"), "float64")
    )
    means = data.select_dtypes("number").mean().round(4).to_dict()
    _print(
        {"n": len(data), "mean": means, **({"papers": json.loads(data.to_json(orient="records"))} if papers else {})}
    )


@evaluate.command("mirna")
def mirna(
    names: Annotated[Path, typer.Argument(help="TSV of texts and the names they must give.")],
) -> None:
    """Score the miRNA grammar on a list of texts and names."""
    from exomine.evaluation.mirna import read_names, score_names

    score = score_names(read_names(names))
    wrong = [{"text": line.text, "expected": list(line.names), "found": list(found)} for line, found in score.wrong]
    _print({"lines": score.lines, "exact": round(score.share, 4), "wrong": wrong})


@evaluate.command("triples")
def triples(
    gold: Annotated[
        Path, typer.Argument(help="TSV with the columns source, subject, predicate, object, cancer, assertion, refs.")
    ],
    tables: Annotated[Path, typer.Option(help="Folder with extracted tables.")] = Path(PROCESSED),
    aliases: Annotated[
        Path | None, typer.Option(help="TSV of a gold name and further names for it, separated by a bar.")
    ] = None,
    missed: Annotated[bool, typer.Option("--missed", help="Name the statements that were not found.")] = False,
) -> None:
    """Score extracted relations against the statements that a reader wrote down."""
    from exomine.evaluation.triples import read_aliases, read_gold, score_triples
    from exomine.tables.dataframes import records
    from exomine.tables.store import load_tables

    statements = read_gold(gold)
    rows = [{k: "" if v is None else str(v) for k, v in r.items()} for r in records(load_tables(tables).relations)]
    scores, share = score_triples(statements, rows, aliases=read_aliases(aliases) if aliases else None)
    figures: dict[str, Any] = {source: score.figures() for source, score in sorted(scores.items())}
    if missed:
        figures["missed"] = [str(g) for score in scores.values() for g in score.missed]
    _print({**figures, "share": round(share, 4)})


@evaluate.command("relations")
def relations(
    corpora: Annotated[Path, typer.Argument(help="Folder with the public corpora, each in its own folder.")],
    corpus: Annotated[list[str] | None, typer.Option(help="Only this corpus; may be given more than once.")] = None,
    limit: Annotated[int | None, typer.Option(help="Only the first examples of each.")] = None,
) -> None:
    """Score relations and assertion on public corpora, gold mentions put in the place of ours."""
    from exomine.cli.progress import track
    from exomine.evaluation.corpora import PLACES
    from exomine.evaluation.relations import evaluate_assertion, evaluate_relations
    from exomine.nlp.load import load

    names = _corpora(corpora, {**PLACES, "bioscope": "bioscope/abstracts.xml"}, corpus)
    nlp = load()
    asked = [n for n in names if n != "bioscope"]
    data = evaluate_relations(nlp, corpora, names=asked, limit=limit, track=track)
    figures: dict[str, Any] = {"relations": json.loads(data.to_json(orient="records"))}
    if "bioscope" in names:
        scored = evaluate_assertion(nlp, corpora / "bioscope" / "abstracts.xml", limit=limit, track=track)
        figures["assertion"] = json.loads(scored.to_json(orient="records"))
    _print(figures)


@evaluate.command("corpus")
def annotated(
    gold: Annotated[
        Path, typer.Argument(help="Annotated sentences with their text: what exomine corpus layout writes.")
    ],
    least: Annotated[float, typer.Option(help="Only relations with at least this score.")] = 0.0,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Without the relation model.")] = False,
    own_mentions: Annotated[bool, typer.Option("--own-mentions", help="From the bare text, end to end.")] = False,
) -> None:
    """Score relations and their context on the annotated corpus, its mentions put in the place of ours."""
    from exomine.annotation.record import read_corpus
    from exomine.cli.progress import track
    from exomine.evaluation.gold import gold_file, some
    from exomine.evaluation.pairs import found_by_pipeline, found_from_text, score_pairs
    from exomine.nlp.load import load

    kind = "annotated sentences with their text (exomine corpus layout)"
    records = read_corpus(gold_file(gold, kind))
    sentences = some([s for s in records if s.laid_out], gold, kind)
    nlp = load(without=("relation_model",) if rules_only else ())
    if own_mentions:
        sentences, found = found_from_text(nlp, track(sentences, "sentences"))
    else:
        found = found_by_pipeline(nlp, track(sentences, "sentences"))
    surer = {key: [f for f in said if f.score >= least] for key, said in found.items()}
    _print(score_pairs(sentences, surer))


@evaluate.command("entities")
def entities(
    gold: Annotated[list[Path], typer.Argument(help="IOB files: word TAB ... TAB tag, blank lines between sentences.")],
    model: Annotated[str, typer.Option(help="A spaCy folder or package  [default: the shipped model]")] = "",
) -> None:
    """Score a model's entities on raw text: strict span and label, over all labels and by label."""
    from exomine.cli.progress import track
    from exomine.evaluation.ner import evaluate_entities, read_iob

    sentences = [sentence for path in gold for sentence in read_iob(path)]
    scores = evaluate_entities(_model(model), sentences, track=track)
    rows = {"all": scores.micro, **{label: scores.label(label) for label in scores.labels}}
    _print(
        {
            k: {
                "f1": round(s.f1, 4),
                "precision": round(s.precision, 4),
                "recall": round(s.recall, 4),
                "gold": s.right + s.missed,
            }
            for k, s in rows.items()
        }
    )


@evaluate.command("mentions")
def mentions(
    corpora: Annotated[
        Path, typer.Argument(help="Folder with bionlp13cg/devel.tsv, cancermine/train and civicmine/training.")
    ],
    limit: Annotated[int, typer.Option(help="Only the first texts of each; 0: all.")] = 0,
) -> None:
    """Score the pipeline's mentions, merged from model, lexicon, grammar and abbreviations, beside the model alone."""
    from exomine.cli.progress import track
    from exomine.evaluation.entities import corpora_report
    from exomine.nlp.load import load

    _corpora(corpora, {"bionlp13cg": "bionlp13cg/devel.tsv"}, None)
    report = corpora_report(load(), corpora, most=limit, track=track)
    _print(
        {
            corpus: {
                label: {"f1": round(s.f1, 4), "precision": round(s.precision, 4), "recall": round(s.recall, 4)}
                for label, s in scores.items()
            }
            for corpus, scores in report.items()
        }
    )


@evaluate.command("identifiers")
def identifiers(
    corpora: Annotated[Path, typer.Argument(help="Folder with the public corpora, each in its own folder.")],
    sources: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the lexicon's source packages, whose cross references are used; without it only "
            "identifiers of one vocabulary are compared."
        ),
    ] = None,
    corpus: Annotated[list[str] | None, typer.Option(help="Only this corpus; may be given more than once.")] = None,
    limit: Annotated[int | None, typer.Option(help="Only the first texts of each.")] = None,
    wrong: Annotated[int, typer.Option(help="Name so many of the most frequent wrong ones.")] = 0,
) -> None:
    """Score the CURIEs of mentions whose span is found, by corpus and label."""
    from exomine.cli.progress import track
    from exomine.evaluation.crossreferences import CrossReferences, read_crossreferences
    from exomine.evaluation.identifiers import CORPORA, evaluate_identifiers
    from exomine.nlp.load import load

    names = _corpora(corpora, {name: c.path for name, c in CORPORA.items()}, corpus)
    references = read_crossreferences(sources) if sources else CrossReferences()
    report = evaluate_identifiers(load(), corpora, references, names=names, limit=limit, track=track)
    _print(
        {
            name: {
                kind: {
                    **figures.row(),
                    **({"wrong": [[*w, n] for w, n in figures.wrong.most_common(wrong)]} if wrong else {}),
                }
                for kind, figures in kinds.items()
            }
            for name, kinds in report.items()
        }
    )


@evaluate.command("syntax")
def syntax(
    folder: Annotated[Path, typer.Argument(help="Folder with conllu/*.conllu and txt/*.txt of the same names.")],
    model: Annotated[str, typer.Option(help="A spaCy folder or package  [default: the shipped model]")] = "",
) -> None:
    """Score a model's tags, trees and sentences on raw text."""
    from exomine.cli.progress import track
    from exomine.evaluation.syntax import evaluate_syntax, read_articles

    articles = list(read_articles(folder))
    scores = evaluate_syntax(_model(model), articles, track=track)
    _print({k: round(v, 4) for k, v in scores.figures.items()})


def _corpora(folder: Path, places: Mapping[str, str], asked: Sequence[str] | None) -> list[str]:
    """The corpora to score: those that are asked for, else those that lie in the folder.

    ``places`` is where each is expected.
    """
    from exomine.evaluation.gold import gold_folder

    listed = ", ".join(sorted(set(places.values())))
    gold_folder(folder, f"public corpora ({listed})")
    unknown = sorted(set(asked or ()) - set(places))
    if unknown:
        raise UsageError(f"--corpus {', '.join(unknown)} is not known; expected {', '.join(places)}.")
    missing = [n for n in asked or places if not (folder / places[n]).exists()]
    if asked and missing:
        raise UsageError(f"{folder / places[missing[0]]} does not exist; expected the corpus {missing[0]} there.")
    there = [n for n in asked or places if n not in missing]
    if not there:
        raise NoGoldError(f"{folder}: nothing to score there; expected public corpora in it: {listed}.")
    for name in missing:
        typer.echo(f"{name} is left out: {folder / places[name]} does not exist.", err=True)
    return there


def _model(name: str) -> Any:
    import spacy

    from exomine.errors import ResourceError
    from exomine.resources import model_path

    try:
        return spacy.load(name or model_path())
    except OSError as error:
        raise ResourceError(f"--model {name}: no spaCy folder or package of that name ({error}).") from error
