"""The curated tables, declared as the extracted ones are (:mod:`exomine.tables.schema`)."""

from __future__ import annotations

from exomine.tables.ids import id_pattern
from exomine.tables.schema import ASSERTIONS, TRIPLES, Column, TableSchema
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = [
    "CAUSES",
    "CHANGES",
    "CHANGE_KINDS",
    "CURATED_TABLES",
    "CURATED_TRIPLES",
    "DECISIONS",
    "DECISIONS_TABLE",
    "EVIDENCE",
    "EXAMPLE",
    "EXTRACTION",
    "FORMER",
    "PRESENCES",
    "REASON_CODES",
    "REJECTED",
    "STATUSES",
]

STATUSES = ("unreviewed", "accepted", "rejected", "edited")
PRESENCES = ("found", "lost")
CHANGE_KINDS = ("added", "lost", "changed")
#: Why a statement is no longer found, from what comes first in its way.
CAUSES = {
    "paper_gone": "its paper is not among those extracted",
    "paper_unreadable": "its paper could not be read",
    "unknown": "the tables do not tell",
    "text": "its sentence is not in the text as it is read now",
    "lexicon": "a name is not recognised, or as another thing, and the lexicon has changed",
    "model": "names or statement are not seen any more, and the model has changed",
    "rule": "names or statement are not seen any more, and rules or settings have changed",
}
_ID, _EVIDENCE_ID = id_pattern("triple_id"), id_pattern("evidence_id")

#: What people can decide. ``uncertain`` puts a triple off and ``withdraw`` takes the earlier decisions back: both
#: leave it unreviewed.
DECISIONS = ("accept", "reject", "edit", "acknowledge", "uncertain", "withdraw")

#: The decision of a row that only shows how one is written; it counts for nothing.
EXAMPLE = "example"

#: Why somebody decided so, each with what it means.
REASON_CODES = {
    "wrong_entity": "a name was read as another thing than is meant",
    "wrong_boundaries": "a name was cut short or taken too far",
    "wrong_predicate": "the two are linked, but in another way",
    "wrong_direction": "subject and object are the wrong way round, or the effect is the opposite",
    "wrong_cancer": "it holds in another cancer, or in none",
    "wrong_assertion": "it is denied or only supposed, or the other way round",
    "not_stated": "the sentence does not say it",
    "too_general": "true, but too general to be of use",
    "reading_error": "the text itself was read wrongly from the paper",
}

DECISIONS_TABLE = TableSchema(
    "decisions", "people's decisions; only read by exomine, appended to by people, the latest one wins", "as decided",
    (
        Column("triple_id", "the triple, copied from triples.csv", required=True, pattern=_ID),
        Column("decision",
        "acknowledge: its loss was seen; uncertain: put off; withdraw: as if it had never been decided",
               required=True, values=DECISIONS),
        Column("subject_curie", "an edit: the right subject; empty changes nothing"),
        Column("predicate", "an edit: the right predicate", values=PREDICATE_NAMES),
        Column("object_curie", "an edit: the right object"),
        Column("cancer_curie", "an edit: the right cancer; 'none' takes it away"),
        Column("assertion", "an edit: the right assertion", values=ASSERTIONS),
        Column("evidence_id", "the decision is about this sentence only, copied from relations.csv",
        pattern=_EVIDENCE_ID),
        Column("curator", "who decided"),
        Column("date",
        "when: 2026-11-28 or 2026-11-28T16:30:00Z; the latest decision counts, among equals the last in the file"),
        Column("reason", "why, from a fixed list", values=tuple(REASON_CODES)),
        Column("note", "why, in words"),
        Column("statement", "what the triple said when it was decided on, for people who read the file"),
    ),
)  # fmt: skip

CURATED_TRIPLES = TableSchema(
    "triples", "the extracted triples with what people decided; accepted and edited ones are kept when lost",
    "as extracted; lost ones last",
    (
        *TRIPLES.columns,
        Column("status", "what people decided: the latest decision counts", required=True, values=STATUSES),
        Column("presence", "whether the last extraction found it", required=True, values=PRESENCES),
        Column("n_acknowledged",
        "acknowledgements in decisions.csv when it was last found; only later ones are about its loss",
               "integer", required=True, minimum=0),
    ),
    key=("triple_id",),
)  # fmt: skip

CHANGES = TableSchema(
    "changes", "what differs from the last refresh; losses stay until acknowledged",
    "lost, added, changed; then triple_id",
    (
        Column("triple_id", "the triple", required=True, pattern=_ID),
        Column("change", "what happened to it", required=True, values=CHANGE_KINDS),
        Column("statement", "the triple in arrow form"),
        Column("status", "what people had decided", required=True, values=STATUSES),
        Column("reason", "why, as far as the tables tell", required=True),
        Column("cause", "losses: what made the difference", values=tuple(CAUSES)),
        Column("n_acknowledged", "losses: acknowledgements in decisions.csv before the loss; a later one closes it",
        "integer", minimum=0),
    ),
    key=("triple_id", "change"),
)  # fmt: skip

EVIDENCE = TableSchema(
    "evidence", "the sentences behind the curated triples, those of kept lost ones included",
    "triple_id, paper, evidence_id",
    (
        Column("triple_id", "the triple", required=True, pattern=_ID),
        Column("evidence_id", "the sentence and its slots", required=True, pattern=_EVIDENCE_ID),
        Column("paper_id", "the paper", required=True),
        Column("paper", "its title and file, as they were when the sentence was last found"),
        Column("section", "heading path"),
        Column("page", "1-based page", "integer", minimum=1),
        Column("citations", "labels of the references cited, joined by ';'"),
        Column("sentence", "the sentence", required=True),
        Column("predicate", "the predicate as extracted", values=PREDICATE_NAMES),
        Column("assertion", "the assertion as extracted", values=ASSERTIONS),
        Column("subject_text", "the subject as written"),
        Column("object_text", "the object as written"),
        Column("cancer_text", "the cancer as written"),
        Column("extracted_as", "the triple that the extraction made of it; another one where somebody edited it",
               pattern=_ID),
    ),
    key=("triple_id", "evidence_id"),
)  # fmt: skip

REJECTED = TableSchema(
    "rejected",
    "sentences that were rejected one by one, so that the decision goes with them when an identifier in them changes",
    EVIDENCE.order,
    EVIDENCE.columns,
    key=EVIDENCE.key,
)

FORMER = TableSchema(
    "former",
    "ids that a triple had before an identifier in it changed, and those that decisions name and nothing else keeps: "
    "of triples that are lost or count for another one, of sentences that were rejected or are gone",
    "triple_id, evidence_id",
    (
        Column("triple_id", "the id that decisions may name", required=True, pattern=_ID),
        Column("evidence_id", "a sentence under that id; empty where nothing took the triple's place",
        pattern=_EVIDENCE_ID),
        Column("now_triple_id", "the id of that sentence's triple now: decisions are carried over", pattern=_ID),
        Column("now_evidence_id", "the sentence's id now", pattern=_EVIDENCE_ID),
        Column("statement", "what the triple said"),
    ),
)  # fmt: skip

EXTRACTION = TableSchema(
    "extraction", "what the extraction was made with that was refreshed last, so that the next refresh can tell causes",
    "what",
    (
        Column("what", "code, pipeline, model, relation_model, lexicon", required=True),
        Column("value", "its hash in run.json", required=True),
    ),
    key=("what",),
)  # fmt: skip

CURATED_TABLES = (CURATED_TRIPLES, CHANGES, EVIDENCE, REJECTED, FORMER, EXTRACTION)
