"""Component ``abbreviations``: what the paper itself defines a short form to mean, wherever in the paper it does so.

For each definition the long form's entity is looked up among the evidence so far (matchers and model); each occurrence
of the short form in the whole text then becomes evidence of the method ``abbreviation``. A definition that names no
entity makes evidence without a label: it only tells that the lexicon's reading of the short form is not meant. Drug
codes ("cisplatin (DDP)", "DDP (cisplatin)") are defined by a bracket that holds a code next to a drug's name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace

from spacy.tokens import Doc

from exomine.nlp.mentions.definitions import Definition, begins_words, brackets, definitions, is_short_form
from exomine.nlp.mentions.evidence import Candidate, add_evidence, evidence, place_of
from exomine.nlp.mentions.long_forms import LIKE, identity
from exomine.nlp.mentions.near import Near
from exomine.nlp.mentions.scispacy_abbreviations import take_definitions
from exomine.nlp.mentions.support import drugs_apart
from exomine.vocabulary.entities import Role, labels, model_labels

__all__ = ["ABBREVIATIONS", "Abbreviation", "Abbreviations", "abbreviations_of"]

ABBREVIATIONS = "exomine.abbreviations"
NamesOf = Callable[[str], Iterable[str]]
#: The model's labels that may name a long form which no vocabulary knows.
_MODEL = {said: label for said, label in model_labels().items() if label in labels(Role.OPEN)}
#: Labels whose names a modifier makes a kind of, and labels that a long form which ends with their name has.
_KINDS, _HEADS = labels(Role.KINDS), labels(Role.HEAD)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it means in this paper; ``label`` is empty where the long form names no entity."""

    short: str
    long: str
    definition: Definition
    label: str = ""
    curie: str = ""
    name: str = ""
    likeness: float = 0.0


class Abbreviations:
    """Finds the definitions of the whole text and spreads them over it.

    ``names_of`` gives the names of a CURIE's entity, with which a long form that no vocabulary knows is compared.
    """

    def __init__(self, names_of: NamesOf = lambda _curie: ()) -> None:
        self._names_of = names_of

    def __call__(self, doc: Doc) -> Doc:
        # the grammar finds miRNAs by itself
        found = [a for a in abbreviations(doc, self._names_of) if a.label != "MIRNA"]
        doc.user_data[ABBREVIATIONS] = [list(astuple(a)) for a in found]
        # what the grammar only takes for a cell (status curated) the paper may define otherwise
        grammar = [(c.start, c.end) for c in evidence(doc) if c.method == "grammar" and not c.status]
        add_evidence(doc, [c for c in _occurrences(doc.text, found) if not _inside(grammar, c.start, c.end)])
        add_evidence(doc, list(_long_forms(found, [*evidence(doc), *_model_evidence(doc)])))
        return doc


def abbreviations_of(doc: Doc) -> tuple[Abbreviation, ...]:
    """The abbreviations that the component found, in order of definition."""
    rows = doc.user_data.get(ABBREVIATIONS, ())
    return tuple(Abbreviation(short, long, Definition(*at), *entity) for short, long, at, *entity in rows)


def abbreviations(doc: Doc, names_of: NamesOf = lambda _curie: ()) -> list[Abbreviation]:
    """One abbreviation for each short form: its first definition that names an entity, else its first.

    scispaCy's definitions add short forms that ours do not have, where they name an entity and take no name's place.
    """
    known = sorted([*evidence(doc), *_model_evidence(doc)])
    meaning = _Meaning(doc.text, known, names_of)
    best: dict[str, Abbreviation] = {}
    for d in sorted([*definitions(doc.text), *_codes(doc.text, known)]):
        a = meaning.of(d)
        if a.short not in best or (a.label and not best[a.short].label):
            best[a.short] = a
    for a in map(meaning.of, take_definitions(doc)):
        if a.label and (a.curie or not meaning.named(a.definition)):
            best.setdefault(a.short, a)
    return list(best.values())


class _Meaning:
    """What definitions mean, by the evidence of the whole paper."""

    def __init__(self, text: str, known: Sequence[Candidate], names_of: NamesOf) -> None:
        self._text, self._names_of = text, names_of
        self._known = Near(place_of, known)
        self._read: dict[tuple[int, int], list[Candidate]] = {}
        for c in known:
            if c.method == "lexicon":
                self._read.setdefault((c.start, c.end), []).append(c)
        self._proteins = {text[c.start : c.end] for c in known if c.method == "model" and c.label == "PROTEIN"}

    def of(self, d: Definition) -> Abbreviation:
        short, long = self._text[d.start : d.end], self._text[d.long_start : d.long_end]
        a = Abbreviation(short, long, d, *_entity(self._text, d, self._known.touching(d.long_start, d.long_end)))
        if not a.curie and a.label in ("", "PROTEIN"):
            return _compared(a, self._readings(d, "PROTEIN"), self._names_of, said=short in self._proteins)
        if not a.name and a.label in _KINDS and not self._readings(d, a.label):
            return replace(a, name=long)
        return a

    def named(self, d: Definition) -> bool:
        """Whether a name that is known lies in the short form."""
        inside = self._known.touching(d.start, d.end)
        return any(d.start <= c.start and c.end <= d.end for c in inside if c.method != "model")

    def _readings(self, d: Definition, label: str) -> list[Candidate]:
        return [c for c in self._read.get((d.start, d.end), ()) if c.label == label]


def _compared(a: Abbreviation, readings: Sequence[Candidate], names_of: NamesOf, *, said: bool) -> Abbreviation:
    """``a``, whose long form no vocabulary knows, with the lexicon's entity of its short form if the long form is a
    name of it.

    If it is not, a gene's long form is an entity of its own, named so. ``said``: the model takes the short form for a
    gene.
    """
    readings = sorted(readings, key=lambda c: (-c.score, c))
    meant, likeness = identity(a.short, a.long, readings, names_of)
    if meant is not None and likeness >= LIKE:
        return replace(a, label="PROTEIN", curie=meant.curie, name=meant.name, likeness=likeness)
    if a.label != "PROTEIN" and not (said and looks_like_gene(a.long)):
        return a
    if meant is not None:
        return replace(a, label="PROTEIN", curie=meant.curie, name=meant.name)
    return replace(a, label="PROTEIN", name=a.name or a.long)


def _long_forms(found: Sequence[Abbreviation], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Evidence at the long forms that were recognised as names by their likeness only, where no name of the same is
    in them.
    """
    for a in found:
        d = a.definition
        if a.likeness < LIKE or not re.search(r"[ -]", a.long):
            continue
        inside = [c for c in known if c.label == a.label and d.long_start <= c.start and c.end <= d.long_end]
        whole = any((c.start, c.end) == (d.long_start, d.long_end) for c in inside)  # the model sees it so
        named = any(c.curie == a.curie or (c.end - c.start) * 5 > len(a.long) * 4 for c in inside)
        if whole or not named:
            yield Candidate(d.long_start, d.long_end, a.label, a.curie, a.name, "abbreviation", 0.9)


def _model_evidence(doc: Doc) -> Iterator[Candidate]:
    for ent in doc.ents:
        if ent.label_ in _MODEL:
            yield Candidate(ent.start_char, ent.end_char, _MODEL[ent.label_], method="model", score=0.5)


_TUMOR = re.compile(r"cancer|tumou?r|oma\b|omas\b|leuk|neoplas|malignan|carcinomatosis", re.I)
#: "retinoblastoma (Rb) protein"
_OF_GENE = re.compile(r"\)?\s*(?:proteins?|genes?|tumou?r[- ]suppressors?)\b")
_RESISTANCE = re.compile(r"[\s-](?:resistan(?:ce|t)|sensitivity|tolerance)$", re.I)
#: Between a modifier and the entity that ends a long form: then the whole is something about the entity.
_ABOUT = re.compile(
    r"\b(?:in|of|for|on|and|with|to|from|by|criteria|agency|clinic|association|society|institute"
    r"|questionnaire|assessment|"
    r"trial|study|group|atlas|consortium|international|national|american|european|index|score|scale|registry)\b", re.I
)  # fmt: skip


def _entity(text: str, d: Definition, known: Sequence[Candidate]) -> tuple[str, str, str]:
    """``(label, curie, name)`` of a long form.

    That of the candidate that covers it. Else, for "multidrug resistance (MDR)", the drug that is resisted. Else the
    label of the candidate that ends it, where only modifiers stand before ("tumor-derived exosomes"): a kind of vesicle
    keeps the vesicle's identity, other kinds are entities of their own without a CURIE.
    """
    long = text[d.long_start : d.long_end]
    inside = [c for c in known if c.label and not c.guard and d.long_start <= c.start and c.end <= d.long_end]
    whole = [c for c in inside if c.start == d.long_start and c.end == d.long_end]
    for c in sorted(drugs_apart(whole), key=lambda c: (c.method == "model", -c.score, c)):
        # syndromes lend their names to genes: "adenomatous polyposis coli (APC)", "von Hippel-Lindau (VHL)"
        gene = c.label == "CANCER" and (not _TUMOR.search(long) or _OF_GENE.match(text, d.end))
        return ("", "", "") if gene else (c.label, c.curie, c.name)
    resisted = _RESISTANCE.search(long)
    if resisted:
        for c in sorted(inside, key=lambda c: (-c.score, c)):
            if c.label == "DRUG" and c.end == d.long_start + resisted.start() and c.method != "model":
                return c.label, c.curie, c.name
        return "", "", ""
    for c in sorted((c for c in inside if c.end == d.long_end), key=lambda c: (c.start, -c.score, c)):
        if c.label in _HEADS and not _ABOUT.search(text[d.long_start : c.start]):
            return (c.label, c.curie, c.name) if c.label == "VESICLE" else (c.label, "", long)
    return "", "", ""


_CODE = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9][A-Za-z0-9-]{1,6}")


def _codes(text: str, known: Sequence[Candidate]) -> Iterator[Definition]:
    """A code in brackets right behind a drug's name, or a drug's name in brackets right behind a code.

    Not behind the last of several drugs (a regimen's name follows), nor for a code that the lexicon knows as something
    else.
    """
    sure = [c for c in known if c.method != "model" and not c.guard and c.curie]
    drugs = [c for c in sure if c.label == "DRUG" and not c.curie.startswith("exomine:")]
    taken = {(c.start, c.end): c for c in sure}
    by_end, by_place = {c.end: c for c in drugs}, {(c.start, c.end): c for c in drugs}
    ends = {c.end for c in drugs}
    for bracket in brackets(text):
        inside = re.split(r"[;,]", text[bracket.start : bracket.end])[0].strip()
        at = text.index(inside, bracket.start)
        drug = by_end.get(bracket.before)
        other = taken.get((at, at + len(inside)))
        free = other is None or (drug is not None and other.curie == drug.curie)
        if drug and free and _CODE.fullmatch(inside) and is_short_form(inside) and not _in_list(text, drug, ends):
            yield Definition(at, at + len(inside), drug.start, drug.end)
        drug = by_place.get((at, at + len(inside)))
        before = re.search(rf"(?:^|[\s(\[/])({_CODE.pattern})$", text[max(0, bracket.before - 12) : bracket.before])
        if drug and before and taken.get((bracket.before - len(before[1]), bracket.before), drug).curie == drug.curie:
            yield Definition(bracket.before - len(before[1]), bracket.before, drug.start, drug.end)


def _in_list(text: str, drug: Candidate, ends: set[int]) -> bool:
    m = re.search(r"(?:,|\band\b|\+|/|-)\s*(?:and\s+)?$", text[max(0, drug.start - 8) : drug.start])
    return (
        m is not None
        and (max(0, drug.start - 8) + len(text[max(0, drug.start - 8) : drug.start][: m.start()].rstrip(" ,"))) in ends
    )


#: Words of a gene's or protein's full name.
_GENE_WORDS = re.compile(
    r"protein|receptor|factor|kinase|gene\b|antigen|rna\b|transcript|ligand"
    r"|\b(?!disease|increase|decrease|release|database|purchase|disintegrase)\w{3,}ase\b"
    r"|\b(?!skin|brain|pain|gain|origin|within|margin|strain|certain|contain|obtain|remain|main|vein|spin"
    r"|thin|groin|latin)\w{3,}in\b|molecule|homolog|homologue|domain|"
    r"family|member|channel|transporter|inhibitor|marker|peptide|hormone|subunit|chain|complex|like\b"
    r"|associated|binding|oncogene|"
    r"polyposis|hippel|suppressor|regulator|activator|repressor|cadherin|integrin|interleukin|transcription"
    r"|element|histone|ligase|enzyme|-\d$|\b\d+$", re.I
)  # fmt: skip


def looks_like_gene(long: str) -> bool:
    """Whether a long form that no vocabulary knows may still be a gene's name, so that the lexicon's reading stands."""
    return bool(_GENE_WORDS.search(long))


def _occurrences(text: str, found: Sequence[Abbreviation]) -> Iterator[Candidate]:
    """Evidence at each place where a short form stands as a word of its own, also with a plural s."""
    if not found:
        return
    by_short: dict[str, Abbreviation] = {a.short: a for a in found}
    for a in found:  # "EVs" defined: "EV" means the same, and the other way round
        other = a.short[:-1] if a.short.endswith("s") and a.short[-2].isupper() else a.short + "s"
        by_short.setdefault(other, replace(a, short=other))
    longest = sorted(by_short, key=lambda s: (-len(s), s))
    pattern = re.compile(r"(?<![A-Za-z0-9])(?:" + "|".join(map(re.escape, longest)) + r")(?![A-Za-z0-9])")
    longs = sorted((a.definition.long_start, a.definition.long_end) for a in found)
    for m in pattern.finditer(text):
        a = by_short[m[0]]
        if not _inside(longs, m.start(), m.end()):
            kept = _kept(a)
            yield Candidate(m.start(), m.end(), a.label, a.curie, a.name, "abbreviation", 0.97, guard=kept)


def _kept(a: Abbreviation) -> str:
    """How far a definition without an entity forbids other readings: "spelt" where its letters begin its words, else
    "word"."""
    if a.label or looks_like_gene(a.long):
        return ""
    return "spelt" if begins_words(a.short, a.long) else "word"


def _inside(longs: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    i = bisect_left(longs, (start + 1, 0)) - 1
    return i >= 0 and longs[i][0] <= start and end <= longs[i][1]
