"""Every table and every column, declared once.

The writer, the reader, the validator (:func:`frame_schema`), ``datapackage.json`` (:func:`datapackage`) and the data
dictionary (:mod:`exomine.tables.dictionary`) derive from :data:`TABLES`; a column that is not declared here cannot be
written. Missing values are empty in CSV, null in Parquet and ``pandas.NA`` in a DataFrame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from exomine.document.model import MINED_KINDS
from exomine.errors import REASONS
from exomine.tables.ids import id_pattern
from exomine.vocabulary.entities import LABELS
from exomine.vocabulary.predicates import PREDICATE_NAMES

if TYPE_CHECKING:
    import pandera.pandas as pa

__all__ = [
    "ASSERTIONS",
    "CANCER_SOURCES",
    "DECIDED_STATUSES",
    "DECIDED_TRIPLES",
    "TABLES",
    "TABLE_NAMES",
    "TIERS",
    "Column",
    "ForeignKey",
    "TableSchema",
    "column_names",
    "datapackage",
    "frame_schema",
    "table",
]

# Kept in step with exomine.nlp.relation by a test: importing that module here would load spaCy with every command.
ASSERTIONS = ("asserted", "negated", "speculative")
SUBJECT_STATES = ("normal", "reduced", "increased", "mutated")
VOICES = ("own", "reported")
#: Why a sentence with a cue and two mentions that fit gave no relation.
GATES = {
    "announced": "authors announce what they will write about",
    "unsure": "a statement was found, but its score is below the least",
    "no_statement": "neither a rule nor the relation model finds that it says anything of the two",
}
CANCER_SOURCES = ("sentence", "cell_line", "section", "title")
TIERS = ("high", "all")
METHODS = ("model", "lexicon", "grammar", "abbreviation")
STATUSES = ("success", "partial", "failed")
FORMATS = ("pdf", "jats", "text")
SOURCES = ("text", "caption", "table")

#: pandas, Frictionless and Arrow names of the column types.
PANDAS = {"string": "string", "integer": "Int64", "number": "Float64"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``type`` is string, integer or number; ``values`` lists what is allowed (empty: anything)."""

    name: str
    meaning: str
    type: str = "string"
    required: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """``columns`` of this table name a row of ``table`` by its ``target`` columns, where they are not missing."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: ``key`` is unique and never missing; rows are in the order that ``order`` tells."""

    name: str
    meaning: str
    order: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(c.name for c in self.columns)

    def column(self, name: str) -> Column:
        """The column ``name``; raises :class:`KeyError` naming the known ones."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name!r}; it has {', '.join(self.names)}")


_DOC = ForeignKey(("doc_id",), "documents", ("doc_id",))
_SENTENCE = ForeignKey(("sentence_id",), "sentences", ("sentence_id",))
_RELATION = ForeignKey(("relation_id",), "relations", ("relation_id",))


def _id(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, meaning, required=required, pattern=id_pattern(name))


def _count(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, meaning, "integer", required=required, minimum=0)


def _offset(name: str, meaning: str) -> Column:
    return Column(name, f"{meaning}, in Unicode code points of Document.text", "integer", required=True, minimum=0)


def _score(meaning: str) -> Column:
    return Column("score", meaning, "number", required=True, minimum=0, maximum=1)


def _page(meaning: str) -> Column:
    return Column("page", f"{meaning} (1-based; empty where the format has no pages)", "integer", minimum=1)


def _entity(role: str, *, text: bool = True, required: bool = True) -> tuple[Column, ...]:
    columns = (
        Column(f"{role}_text", f"the {role} as written", required=required),
        Column(f"{role}_label", f"entity label of the {role}", required=required, values=LABELS),
        Column(f"{role}_curie", f"identifier of the {role}; empty where the lexicon knows none"),
        Column(
            f"{role}_name", f"canonical name of the {role}; as written where the lexicon knows none", required=required
        ),
    )
    return columns if text else columns[1:]


_PAPER_ID = Column(
    "paper_id",
    "doi:..., else pmid:..., else pmcid:..., else the doc_id; files of one paper share it, also where only one has it",
    required=True,
)
_PREDICATE = Column("predicate", "what the subject does to the object", required=True, values=PREDICATE_NAMES)
_ASSERTION = Column(
    "assertion", "whether the statement is made, denied or only supposed", required=True, values=ASSERTIONS
)
_TIER = Column(
    "tier",
    "high: the surer ones, for a first look; all: the others. Neither is for use unread",
    required=True,
    values=TIERS,
)

DOCUMENTS = TableSchema(
    "documents", "one row per paper of the run, failed ones included", "source_path",
    (
        _id("doc_id", "first 16 hex digits of the SHA-256 of the file"),
        _PAPER_ID,
        Column("source_path",
        "the file: its name, with as many of its folders (POSIX) as tell it from the other papers of the run",
        required=True),
        Column("format", "what the file turned out to be", values=FORMATS),
        Column("title", "title of the paper"),
        Column("doi", "DOI without resolver, lower case"),
        Column("pmid", "PubMed identifier", pattern="^[0-9]+$"),
        Column("pmcid", "PubMed Central identifier, with its PMC"),
        Column("year", "year of publication", "integer"),
        _count("n_pages", "pages, failed ones included (empty for formats without pages)", required=False),
        _count("n_sentences", "rows of this paper in sentences"),
        _count("n_mentions", "rows of this paper in mentions"),
        _count("n_relations", "rows of this paper in relations"),
        Column("status",
        "success; partial: a page, a table or more could not be read, or a check was not passed (see failures); "
        "failed: nothing could be read", required=True, values=STATUSES),
    ),
    key=("doc_id",),
)  # fmt: skip

SENTENCES = TableSchema(
    "sentences", "the sentences of the mined text", "document, then place in the text",
    (
        _id("sentence_id", "hash of document, place and text"),
        _id("doc_id", "the paper"),
        Column("block", "kind of the block it stands in", required=True, values=MINED_KINDS),
        Column("section", "heading path, outermost first, joined by ' > '"),
        _page("page on which it begins"),
        _offset("start", "where it begins"),
        _offset("end", "where it ends (half-open)"),
        Column("text", "the sentence, equal to Document.text[start:end]", required=True),
    ),
    key=("sentence_id",), foreign_keys=(_DOC,),
)  # fmt: skip

MENTIONS = TableSchema(
    "mentions", "the entities found; they may overlap", "document, then place in the text",
    (
        _id("mention_id", "hash of document, place, label and identity"),
        _id("doc_id", "the paper"),
        _id("sentence_id", "the sentence in which it begins"),
        _offset("start", "where it begins"),
        _offset("end", "where it ends (half-open)"),
        Column("text", "the mention as written", required=True),
        Column("label", "entity label", required=True, values=LABELS),
        Column("curie", "identifier; empty where the lexicon knows none"),
        Column("name", "canonical name: HGNC symbol, miR-21-5p, INN, ontology label; empty where none is known"),
        Column("method", "what found it", values=METHODS),
        _score("how sure that was (0 to 1)"),
    ),
    key=("mention_id",), foreign_keys=(_DOC, _SENTENCE),
)  # fmt: skip

RELATIONS = TableSchema(
    "relations", "one row per statement found in one sentence, caption or table row",
    "document, then place in the text",
    (
        _id("relation_id", "hash of sentence, mentions, predicate and context"),
        _id("evidence_id",
        "hash of paper_id, normalised sentence and slots; survives re-extraction, shared by a PDF and an XML"),
        _id("triple_id", "the triple that it is evidence for"),
        _id("doc_id", "the paper"),
        _id("sentence_id", "the sentence, caption sentence or table row"),
        *_entity("subject"),
        Column("subject_state",
        "how the subject was written: 'loss of X' is reduced; the predicate always speaks of more of it",
               required=True, values=SUBJECT_STATES),
        _PREDICATE,
        *_entity("object"),
        Column("cancer_text", "the cancer as written, where it stands in the paper"),
        Column("cancer_curie", "identifier of the cancer in which it holds"),
        Column("cancer_name", "canonical name of the cancer"),
        Column("cancer_source", "where the cancer was taken from", values=CANCER_SOURCES),
        Column("vesicle_name", "the vesicle involved"),
        Column("cell_name", "the cell line or type involved"),
        _ASSERTION,
        Column("source", "what kind of text states it", required=True, values=SOURCES),
        Column("section", "heading path, outermost first, joined by ' > '"),
        _page("page on which the sentence begins"),
        Column("method", "the rule or model that made it"),
        _score("estimated probability of being right"),
        _TIER,
        Column("citations", "labels of the references cited for it, ranges expanded, joined by ';'"),
        Column("sentence", "the sentence", required=True),
        Column("evidence_words", "the words that license subject, predicate and object, in order, joined by ' ... '"),
        Column("voice", "own: the paper shows it itself; reported: it tells of others' work", values=VOICES),
        Column("donor_name", "the cells that the vesicle comes from"),
        Column("recipient_name", "the cells that take the vesicle or its cargo up"),
        _id("subject_mention_id", "the subject's row in mentions"),
        _id("object_mention_id", "the object's row in mentions"),
        _id("cancer_mention_id", "the cancer's row in mentions", required=False),
    ),
    key=("relation_id",),
    foreign_keys=(
        _DOC, _SENTENCE,
        ForeignKey(("triple_id",), "triples", ("triple_id",)),
        ForeignKey(("subject_mention_id",), "mentions", ("mention_id",)),
        ForeignKey(("object_mention_id",), "mentions", ("mention_id",)),
        ForeignKey(("cancer_mention_id",), "mentions", ("mention_id",)),
    ),
)  # fmt: skip

TRIPLES = TableSchema(
    "triples", "the distinct statements over all papers, with the weight of their evidence",
    "most documents first, then score",
    (
        _id("triple_id",
        "hash of subject, predicate, object, cancer and assertion (CURIEs, else label and normalised name)"),
        Column("statement", "the triple in arrow form", required=True),
        Column("subject_curie", "identifier of the subject"),
        Column("subject_name", "canonical name of the subject", required=True),
        Column("subject_label", "entity label of the subject", required=True, values=LABELS),
        _PREDICATE,
        Column("predicate_curie", "Biolink or RO identifier of the predicate", required=True),
        Column("object_curie", "identifier of the object"),
        Column("object_name", "canonical name of the object", required=True),
        Column("object_label", "entity label of the object", required=True, values=LABELS),
        Column("cancer_curie", "identifier of the cancer"),
        Column("cancer_name", "canonical name of the cancer"),
        _ASSERTION,
        _count("n_relations", "rows in relations"),
        _count("n_documents", "papers (distinct paper_id) that state it"),
        _count("n_primaries", "distinct works cited for it over all papers, by DOI or PMID, else by title and year; "
               "what several reviews cite counts once (empty in rows kept from an earlier version)", required=False),
        _count("n_citations", "references cited for it: distinct by DOI or PMID where known, else by paper and label"),
        _count("n_retracted", "those of its primaries that are known to be retracted (empty in rows kept from an "
               "earlier version)", required=False),
        _score(
            "probability that at least one of its relations is right: 1 - product of (1 - score) over distinct "
            "evidence"
        ),
        _TIER,
    ),
    key=("triple_id",),
)  # fmt: skip

#: What a statement can be that people's decisions left in the tables.
DECIDED_STATUSES = ("unreviewed", "accepted", "edited")
#: The triples of tables whose decisions were carried out (:func:`exomine.load_curated`).
DECIDED_TRIPLES = TableSchema(
    TRIPLES.name, TRIPLES.meaning, TRIPLES.order,
    (*TRIPLES.columns, Column("status", "what people decided", required=True, values=DECIDED_STATUSES)),
    key=TRIPLES.key,
)  # fmt: skip

REFERENCES = TableSchema(
    "references", "the reference lists", "document, then place in the list",
    (
        _id("doc_id", "the paper"),
        Column("label", "label as printed, normalised ('[1]' and '1.' are '1'); unlabelled ones are counted",
        required=True),
        Column("text", "the entry as printed"),
        Column("title", "title of the cited work"),
        Column("journal", "journal or book"),
        Column("year", "year of publication", "integer"),
        Column("doi", "DOI without resolver, lower case"),
        Column("pmid", "PubMed identifier"),
        Column("retracted", "yes: PubMed called it retracted in July 2024; known only where there is a PMID",
        values=("yes",)),
    ),
    key=("doc_id", "label"), foreign_keys=(_DOC,),
)  # fmt: skip

CITATIONS = TableSchema(
    "citations", "which reference is cited for which relation", "as relations, then as printed",
    (
        _id("relation_id", "the relation"),
        _id("doc_id", "the paper"),
        Column("label", "label of the reference; joins references where the paper has a list", required=True),
    ),
    key=("relation_id", "label"), foreign_keys=(_RELATION, _DOC),
)  # fmt: skip

CELLS = TableSchema(
    "tables", "the cells of the tables in the papers; a spanned cell is repeated", "document, table, row, column",
    (
        Column("table_id", "document and table, joined by '-'", required=True),
        _id("doc_id", "the paper"),
        Column("label", "the table's label as printed"),
        Column("caption", "the table's caption"),
        _page("page of the cell, else of the table"),
        _count("row", "row number from 0"),
        _count("column", "column number from 0"),
        Column("header",
        "header text above the cell, outermost first, joined by ' > '; empty for the header cells themselves"),
        Column("text", "the cell's text"),
    ),
    key=("table_id", "row", "column"), foreign_keys=(_DOC,),
)  # fmt: skip

FAILURES = TableSchema(
    "failures", "what could not be read, in whole or in part; header only where all went well", "source_path, page",
    (
        Column("source_path", "the file, as in documents; a copy of its bytes under a wrong name has its own row",
        required=True),
        _id("doc_id", "the paper"),
        Column("stage", "read or annotate", required=True),
        Column("reason", "reason code", required=True, values=tuple(REASONS)),
        _page("the page that failed, where one did"),
        Column("message", "what was found and what to do", required=True),
    ),
    foreign_keys=(_DOC,),
)  # fmt: skip

UNREAD = TableSchema(
    "unread", "one row per sentence that holds a cue and two mentions that fit, and gave no relation",
    "document, then place in the text",
    (
        _id("sentence_id", "the sentence"),
        _id("doc_id", "the paper"),
        Column("cue", "the first word of resistance, sensitivity, regulation, cargo or markers", required=True),
        Column("agent", "the mention that could be the subject, as written", required=True),
        Column("object", "the mention that could be the object, as written", required=True),
        Column("gate", "; ".join(f"{name}: {meaning}" for name, meaning in GATES.items()), required=True,
               values=tuple(GATES)),
    ),
    key=("sentence_id",),
    foreign_keys=(_DOC, _SENTENCE),
)  # fmt: skip

TABLES: tuple[TableSchema, ...] = (
    DOCUMENTS, SENTENCES, MENTIONS, RELATIONS, TRIPLES, REFERENCES, CITATIONS, CELLS, UNREAD, FAILURES,
)  # fmt: skip
TABLE_NAMES: tuple[str, ...] = tuple(t.name for t in TABLES)


def table(name: str) -> TableSchema:
    """The table ``name``; raises :class:`KeyError` naming the known ones."""
    for schema in TABLES:
        if schema.name == name:
            return schema
    raise KeyError(f"no table {name!r}; known: {', '.join(TABLE_NAMES)}")


def column_names(name: str) -> tuple[str, ...]:
    """The columns of a table, in order."""
    return table(name).names


def frame_schema(schema: TableSchema) -> pa.DataFrameSchema:
    """The pandera schema of a table: types, missing values, allowed values, ranges, patterns and the unique key."""
    import pandera.pandas as pa

    def checks(column: Column) -> list[Any]:
        out: list[Any] = []
        if column.values:
            out.append(pa.Check.isin(list(column.values)))
        if column.minimum is not None:
            out.append(pa.Check.ge(column.minimum))
        if column.maximum is not None:
            out.append(pa.Check.le(column.maximum))
        if column.pattern:
            out.append(pa.Check.str_matches(column.pattern))
        return out

    columns = {
        c.name: pa.Column(PANDAS[c.type], checks(c), nullable=not c.required, description=c.meaning)
        for c in schema.columns
    }
    return pa.DataFrameSchema(
        columns,
        strict=True,
        ordered=True,
        unique=list(schema.key) or None,
        name=schema.name,
        description=schema.meaning,
    )


def datapackage(
    schemas: tuple[TableSchema, ...] = TABLES, *, name: str = "exomine", hashes: dict[str, str] | None = None
) -> dict[str, Any]:
    """The Frictionless data package descriptor; ``hashes`` gives the SHA-256 of each CSV file by file name."""
    known = {s.name for s in schemas}
    return {
        "profile": "tabular-data-package",
        "name": name,
        "resources": [_resource(s, known, hashes or {}) for s in schemas],
    }


def _resource(schema: TableSchema, known: set[str], hashes: dict[str, str]) -> dict[str, Any]:
    path = f"{schema.name}.csv"
    body: dict[str, Any] = {"fields": [_field(c) for c in schema.columns], "missingValues": [""]}
    if schema.key:
        body["primaryKey"] = list(schema.key)
    foreign = [
        {"fields": list(k.columns), "reference": {"resource": k.table, "fields": list(k.target)}}
        for k in schema.foreign_keys
        if k.table in known
    ]
    if foreign:
        body["foreignKeys"] = foreign
    out: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "path": path,
        "description": f"{schema.meaning} (order: {schema.order})",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True, "header": True},
    }
    if path in hashes:
        out["hash"] = f"sha256:{hashes[path]}"
    return {**out, "schema": body}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if column.pattern:
        constraints["pattern"] = column.pattern
    out: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    return {**out, "constraints": constraints} if constraints else out
