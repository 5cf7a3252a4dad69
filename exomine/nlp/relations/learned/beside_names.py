"""What the words right beside two names exclude: nothing changes of the one, it only describes, it is taken away, it
stands in the place of another."""

from __future__ import annotations

import re
from collections.abc import Callable

from exomine.nlp.relations.antecedents import ORDINAL, agree, one_of_two
from exomine.nlp.relations.arguments import ACTORS
from exomine.nlp.relations.aside import taken_away
from exomine.nlp.relations.contrast import contrasts
from exomine.nlp.relations.cues.undone_cues import EFFECT, PARTLY, WHOLLY
from exomine.nlp.relations.held import lacked
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.operators import aimed_at_by_tool
from exomine.nlp.relations.respectively import crosswise
from exomine.nlp.relations.sentence import Sentence

__all__ = ["beside_names", "of_patients"]

#: Behind a name of which nothing changes: "whereas D remained effective".
_UNCHANGED = re.compile(
    r"\s*(?:\w+\s){0,2}?(?:(?:remain|stay)(?:s|ed)?\s+(?:\w+ly\s+)?(?:effective|active|potent|efficacious"
    r"|unchanged|unaffected|unaltered"
    r"|the same|stable|constant)|(?:was|were|is|are)\s+(?:\w+ly\s+)?(?:unchanged|unaffected|unaltered)"
    r"|(?:did|does|do) not (?:change|differ))\b",
    re.I,
)
#: Before a drug to which nothing changes: "yet stayed sensitive to D".
_STAYED = re.compile(
    r"\b(?:yet|but|whereas|while|even|although|though|still|nevertheless|nonetheless)\b[^;.]*\b(?:remain|stay)(?:s|ed|ing)?\s+(?:\w+ly\s+)?"
    r"(?:sensitive|resistant|susceptible|responsive|refractory)\s+to\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
#: Before the patients whose survival is told: "prolonged survival of C patients" says nothing of the cancer itself.
_SURVIVAL = re.compile(
    r"\b(?:survival|outcomes?|prognosis|remissions?|life|lifespan|recovery)\s+(?:times?\s+|rates?\s+)?"
    r"(?:of|in|for|among)\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
#: Behind a name that is taken away: what comes of it.
_THEREBY = re.compile(r",\s*(?:thereby|thus|hence|therefore|which)\b", re.I)
#: Before a name in whose place another one acts.
_INSTEAD = re.compile(r"\b(?:instead|in (?:the )?place) of\s+(?:the\s+)?$", re.I)
#: Behind a name that keeps from resistance.
_PROTECTS = re.compile(r"\s+(?:\w+ly\s+)?protect(?:s|ed)?\s+(?:\w+\s+){0,3}?(?:from|against)\b", re.I)
#: A vesicle as an adjective, and what it then may act by.
_VESICULAR = re.compile(r"(?:\w+[\s-])?(?:exosomal|vesicular|microvesicular)", re.I)
_HANDED_ON = re.compile(
    r"\s+(?:\w+\s+)?(?:transfer|delivery|release|secretion|shuttling|uptake|communication|cargos?)\b", re.I
)
_DELIVERED = re.compile(r"[\s-]+(?:delivered|encapsulated|packaged|loaded|borne|transferred|shuttled)\s", re.I)
_TOGETHER = re.compile(r"\b(?:combin|plus\b|together|co-?(?:treat|admin|deliver)|regimen|doublet)", re.I)
_HELPS = re.compile(
    r"\b(?:synerg|enhanc|potentiat|augment|sensiti|resensiti|improv|more|better|additive|antagonis"
    r"|reduc|revers|overc|restor)",
    re.I,
)
#: Behind a protein or another thing that is no drug: "insulin resistance" says nothing of insulin.
_OTHER_RESISTANCE = re.compile(r"[\s-]+(?:resistance|resistant|tolerance|sensitivity)\b", re.I)
#: Behind a name that only says which place of another is meant: "the miR-X site of Y".
_SITE = re.compile(r"[\s-]+(?:(?:binding|target|recognition|response|seed)\s+)?(?:sites?|elements?|motifs?)\b", re.I)
#: Before a drug: what happened in spite of the act before, "X lowered Y, although sensitivity to D rose".
_IN_SPITE = re.compile(
    r"\b(?:although|though)\s+(?:(?:the|their|its|overall|cellular)\s+){0,2}(?:chemo-?)?"
    r"(?:sensitivity|resistance|responsiveness|response|susceptibility)\b[^,;]*$",
    re.I,
)
#: Behind what was given to cells or vesicles: "D-pretreated exosomes".
_TREATED = re.compile(r"[\s-]+(?:pre-?)?(?:treated|exposed|stimulated|primed|conditioned|challenged|educated)\b", re.I)
#: A clause with a subject of its own that stands for something before: "Exosomes reached the liver, and it grew".
_PRONOUN_CLAUSE = re.compile(r"[,;]\s+(?:(?:and|but|so|then|yet)\s+)?(it|they)\b", re.I)

#: A relative clause between commas with a verb of the clause around it behind, in which something is done by another.
_INSERTED = re.compile(
    r",\s+(?:which|whose)\b[^,;:.]*?\b(?:is|are|was|were|been)\s[^,;:.]*\b(?:by|after|upon)\b[^,;:.]*,(?=\s+(?:\w+ly\s+)?\w+(?:s|ed)?\b)",
    re.I,
)
_CARRIED = re.compile(r"\b(?:carr|contain|load|packag|enrich|transfer|deliver|cargo)", re.I)
#: Before who does something to another that is not said: "the effect of X on", "effects of silencing X on".
_EFFECT_OF = re.compile(rf"(?:^|(?<!ory\s)(?<!ive\s)(?<!ing\s)\b){EFFECT}\s+of\s+(?:[\w-]+\s+){{0,2}}$", re.I)
#: Behind it: that somebody undid it.
_UNDONE = re.compile(
    rf"[^.;]*?\b(?:was|were|is|are|been|be)\s+(?:\w+ly\s+)?(?:{WHOLLY}|{PARTLY})\s+(?:by|when|upon|after|in)\b", re.I
)


def beside_names(sentence: Sentence, c: Candidate) -> bool:
    """Whether the words beside its names exclude a statement of the network's about names of one sentence."""
    return any(holds(sentence, c) for holds in _REASONS)


def of_patients(sentence: Sentence, c: Candidate) -> bool:
    """ "X prolonged the survival of C patients": neither less nor more of C."""
    if c.statement.object.label != "CANCER" or c.predicate not in ("promotes", "inhibits"):
        return False
    base = sentence.span.start_char
    return bool(_SURVIVAL.search(sentence.span.text[: c.statement.object.span.start_char - base]))


def _unchanged(sentence: Sentence, c: Candidate) -> bool:
    """ "... whereas D remained effective": nothing is asserted of it."""
    last = max((x.span.end_char for x in c.statement.object.group), default=c.statement.object.span.end_char)
    behind = sentence.span.text[last - sentence.span.start_char :]
    before = sentence.span.text[: c.statement.object.span.start_char - sentence.span.start_char]
    return c.assertion == "asserted" and bool(_UNCHANGED.match(behind) or _STAYED.search(before))


def _other_resistance(sentence: Sentence, c: Candidate) -> bool:
    """ "X reduced insulin resistance": nothing is done to insulin."""
    item = c.statement.object
    behind = sentence.span.text[item.span.end_char - sentence.span.start_char :]
    return item.label == "PROTEIN" and bool(_OTHER_RESISTANCE.match(behind))


def _only_site(sentence: Sentence, c: Candidate) -> bool:
    """ "A variant in the miR-X site of Y led to resistance": the variant did, and not X."""
    if c.predicate in ("binds", "downregulates", "cargo_of"):
        return False
    return bool(_SITE.match(sentence.span.text[c.statement.subject.span.end_char - sentence.span.start_char :]))


def _effect_unsaid(sentence: Sentence, c: Candidate) -> bool:
    """ "The effect of X on P was blocked by Y": which way X acts on P is not said."""
    s, text, base = c.statement, sentence.span.text, sentence.span.start_char
    if c.predicate == "cargo_of" or s.object.start < s.subject.end:
        return False
    told = _EFFECT_OF.search(text[: s.subject.span.start_char - base])
    return told is not None and _UNDONE.match(text[s.object.span.end_char - base :]) is not None


def _in_spite(sentence: Sentence, c: Candidate) -> bool:
    """ "X lowered Y, although sensitivity to D rose": that X raised it is not said."""
    base, object_ = sentence.span.start_char, c.statement.object.span.start_char
    between = sentence.span.text[max(0, c.statement.subject.span.end_char - base) : object_ - base]
    return object_ > c.statement.subject.span.end_char and bool(_IN_SPITE.search(between))


def _other_number(sentence: Sentence, c: Candidate) -> bool:
    """ "Exosomes reached the liver, and it increased P": "it" is not the exosomes."""
    subject, base = c.statement.subject, sentence.span.start_char
    between = sentence.span.text[subject.span.end_char - base : c.statement.object.span.start_char - base]
    pronoun = _PRONOUN_CLAUSE.search(between)
    return pronoun is not None and not agree(pronoun[1].lower(), subject.group)


def _only_describes(sentence: Sentence, c: Candidate) -> bool:
    """ "Exosomal X promotes P": X does, and "exosomal" only says where X is."""
    subject = c.statement.subject
    if c.predicate == "cargo_of" or subject.label != "VESICLE":
        return False
    behind = sentence.span.text[subject.span.end_char - sentence.span.start_char :]
    adjective = _VESICULAR.fullmatch(subject.span.text) is not None
    return bool(_DELIVERED.match(behind)) or (adjective and not _HANDED_ON.match(behind))


def _only_combined(sentence: Sentence, c: Candidate) -> bool:
    """ "The combination of D and E was tolerated": the two are given together, and none helps the other."""
    s, text = c.statement, sentence.span.text
    if s.subject.label != "DRUG" or s.object not in s.subject.group or c.predicate in ("binds", "associated_with"):
        return False
    return bool(_TOGETHER.search(text)) and not _HELPS.search(text)


def _lacking(sentence: Sentence, c: Candidate) -> bool:
    """ "Exosomes lacking X did not promote P": X is not in them, and no more is denied of exosomes as such."""
    s = c.statement
    vesicle = s.object if c.predicate == "cargo_of" else s.subject
    absent = lacked(sentence, vesicle) if vesicle.label == "VESICLE" else []
    if c.predicate == "cargo_of":
        return c.assertion == "asserted" and s.subject in absent
    return c.assertion == "negated" and bool(absent)


def _passed_over(sentence: Sentence, c: Candidate) -> bool:
    """ "With the exception of X, all promote P": nothing is asserted of X."""
    silent = [x for x in contrasts(sentence) if not x.denied and (c.assertion == "asserted" or x.told)]
    ends = {id(c.statement.subject), id(c.statement.object)}
    return any(ends & x.items and not x.tells(c.statement) for x in silent)


def _acts_otherwise(sentence: Sentence, c: Candidate) -> bool:
    """ "Instead of X, Y promoted P", "X was sequestered, which increased P", "X protects against resistance"."""
    subject, text, base = c.statement.subject, sentence.span.text, sentence.span.start_char
    behind, before = text[subject.span.end_char - base :], text[: subject.span.start_char - base]
    gone = _THEREBY.search(behind) and c.state == "normal" and taken_away(sentence, subject)
    kept = c.predicate == "confers_resistance_to" and _PROTECTS.match(behind)
    return bool(gone or kept or _INSTEAD.search(before))


def _other_of_two(sentence: Sentence, c: Candidate) -> bool:
    """ "X and Y differ: the former promotes P, the latter Q": not X promotes Q."""
    subject, object_ = c.statement.subject, c.statement.object
    words = [k for k in range(subject.end, object_.start) if sentence.lower(k) in ORDINAL and _acts(sentence, k)]
    if not words:
        return False
    before = [i for i in sentence.items if i.end <= words[0] and i.label in ACTORS and not i.generic]
    said = sentence.lower(words[-1])
    other = one_of_two("former" if said == "latter" else "latter", before)
    return any(i.name == subject.name for i in other)


def _acts(sentence: Sentence, k: int) -> bool:
    """Whether a verb follows the word: "the latter promoted", not "turned the latter into"."""
    return sentence.tag(k + 1).startswith(("VB", "MD", "RB"))


def _cargo_of_tool(sentence: Sentence, c: Candidate) -> bool:
    """ "Exosomes with siRNA against X": X is no cargo."""
    return c.predicate == "cargo_of" and aimed_at_by_tool(sentence, c.statement.subject)


def _only_treated(sentence: Sentence, c: Candidate) -> bool:
    """ "D-treated exosomes": D was given to them or to their cells, and is not said to be inside."""
    behind = sentence.span.text[c.statement.subject.span.end_char - sentence.span.start_char :]
    return c.predicate == "cargo_of" and _TREATED.match(behind) is not None


def _only_inserted(sentence: Sentence, c: Candidate) -> bool:
    """ "X, which is raised by Y, promotes P": of Y and P nothing is said; what a vesicle carries acts with it."""
    subject, text, base = c.statement.subject, sentence.span.text, sentence.span.start_char
    at, target = subject.span.start_char - base, c.statement.object.span.start_char - base
    inside = next((m for m in _INSERTED.finditer(text) if m.start() < at < m.end()), None)
    return inside is not None and target >= inside.end() and not _CARRIED.search(inside[0])


def _crosswise(sentence: Sentence, c: Candidate) -> bool:
    """ "A and B raise X and Y, respectively": not A and Y."""
    return crosswise(sentence, c.statement)


_REASONS: tuple[Callable[[Sentence, Candidate], bool], ...] = (
    _unchanged,
    _only_describes,
    _only_combined,
    _other_resistance,
    _only_site,
    _effect_unsaid,
    _in_spite,
    _other_number,
    _lacking,
    _passed_over,
    _other_of_two,
    _cargo_of_tool,
    _only_treated,
    _acts_otherwise,
    _only_inserted,
    _crosswise,
)
