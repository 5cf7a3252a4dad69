"""The rules of the relation extractor, each with a way to switch it off and the sentences that it can touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from exomine.nlp.assertion import component as assertion
from exomine.nlp.assertion.cues import CLAUSE_BREAKS, CUES, PSEUDO
from exomine.nlp.relations import (
    antecedents,
    component,
    contrast,
    nearby,
    operators,
    outline,
    reading,
    respectively,
    triggers,
)
from exomine.nlp.relations.cues.cell_cues import HOLDING, STATES
from exomine.nlp.relations.cues.contrast_cues import DENIED, NOT_BUT, SILENT
from exomine.nlp.relations.cues.nouns import DEGREES
from exomine.nlp.relations.cues.operator_cues import BEFORE, BEHIND
from exomine.nlp.relations.cues.outline_cues import ACTIVE, NOTICE, PASSIVE
from exomine.nlp.relations.cues.participles import DOING, DONE_BY
from exomine.nlp.relations.cues.triggers import TRIGGERS
from exomine.nlp.relations.frames import cells, participles, readers
from exomine.nlp.relations.frames.catalogue import FRAMES

#: Replacements to make, as (module or class, name of an attribute, value).
Patches = Sequence[tuple[Any, str, Any]]


PRONOUNS = r"\b(?:its?|the[ym]|their|th[ie]s[es]?|th[ae]t|those|wh(?:ich|o|ose)|latter|former|both|all|such)\b"


@dataclass(frozen=True)
class Rule:
    """``patches`` switch it off; ``touches`` tells of a text whether the rule can matter there at all."""

    kind: str
    name: str
    patches: Patches
    touches: Callable[[str], bool]

    @contextmanager
    def off(self) -> Iterator[None]:
        """The extractor without this rule."""
        with ExitStack() as stack:
            for owner, attribute, value in self.patches:
                stack.enter_context(patch.object(owner, attribute, value))
            yield


def all_rules() -> list[Rule]:
    """Every rule, in a fixed order."""
    makers = (
        _frames,
        _triggers,
        _operators,
        _assertion,
        _words,
        _cells,
        _contrasts,
        _respectively,
        _antecedents,
        _outlines,
    )
    return [rule for maker in makers for rule in maker()]


def _pattern(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: compiled.search(text) is not None


_anywhere = _pattern("")


def _constant(value: Any) -> Callable[..., Any]:
    return lambda *_, **__: value


def _without(rows: Sequence[Any], n: int) -> Sequence[Any]:
    return (*rows[:n], *rows[n + 1 :])


def _frames() -> Iterator[Rule]:
    for frame in FRAMES:
        if frame.example:
            yield Rule("frame", frame.name, [(component, "all_statements", _others(frame.name))], _anywhere)


def _others(name: str) -> Callable[..., Iterator[Any]]:
    def statements(roles: Any) -> Iterator[Any]:
        return (s for s in readers.all_statements(roles) if s.frame != name)

    return statements


def _triggers() -> Iterator[Rule]:
    compiled = triggers._compiled()
    for n, trigger in enumerate(TRIGGERS):
        row = " ".join((trigger.family, trigger.form, trigger.pattern, *trigger.prepositions))
        patches = [(triggers, "_compiled", _constant(_without(compiled, n)))]
        yield Rule("trigger", row, patches, _pattern(compiled[n][2].pattern))


def _operators() -> Iterator[Rule]:
    before, behind = operators._patterns()
    for n, cue in enumerate(BEFORE):
        patches = [(operators, "_patterns", _constant((_without(before, n), behind)))]
        yield Rule("operator before", cue.example, patches, _pattern(cue.pattern))
    for n, cue in enumerate(BEHIND):
        patches = [(operators, "_patterns", _constant((before, _without(behind, n))))]
        yield Rule("operator behind", cue.example, patches, _pattern(cue.pattern))


def _assertion() -> Iterator[Rule]:
    cues, pseudo = assertion._patterns()
    for n, cue in enumerate(CUES):
        patches = [(assertion, "_patterns", _constant((_without(cues, n), pseudo)))]
        yield Rule("assertion cue", f"{cue.kind} {cue.scope}: {cue.pattern}", patches, _pattern(cue.pattern))
    for n, row in enumerate(PSEUDO):
        fewer = re.compile("|".join(rf"\b{p}" for p in _without(PSEUDO, n)))
        yield Rule("pseudo cue", row, [(assertion, "_patterns", _constant((cues, fewer)))], _pattern(row))
    for n, word in enumerate(CLAUSE_BREAKS):
        patches = [(assertion, "CLAUSE_BREAKS", _without(CLAUSE_BREAKS, n))]
        yield Rule("clause break", word, patches, _pattern(re.escape(word)))


def _words() -> Iterator[Rule]:
    tables: tuple[tuple[str, Any, str, dict[str, int]], ...] = (
        ("degree", nearby, "DEGREES", DEGREES),
        ("participle done by", participles, "DONE_BY", DONE_BY),
        ("participle doing", participles, "DOING", DOING),
    )
    for kind, owner, attribute, table in tables:
        for word in table:
            fewer = {w: sign for w, sign in table.items() if w != word}
            yield Rule(kind, word, [(owner, attribute, fewer)], _pattern(re.escape(word)))


def _cells() -> Iterator[Rule]:
    parts = (("_before_cues", HOLDING), ("_behind_cues", STATES))
    for attribute, rows in parts:
        compiled = getattr(cells, attribute)()
        for n, row in enumerate(rows):
            yield Rule("cells with", row[3], [(cells, attribute, _constant(_without(compiled, n)))], _pattern(row[0]))


def _contrasts() -> Iterator[Rule]:
    compiled = contrast._patterns()
    for n, row in enumerate((*DENIED, *SILENT, NOT_BUT)):
        yield Rule("contrast", row, [(contrast, "_patterns", _constant(_without(compiled, n)))], _pattern(row))


def _respectively() -> Iterator[Rule]:
    parts: Iterable[tuple[str, Patches]] = (
        ("pairs one by one", [(component, "paired", lambda _, statements: statements)]),
        ("positions in lists", [(respectively, "_fits", _constant(True))]),
        ("verbs one by one", [(respectively, "_of_verbs", _constant(()))]),
        ("both responses", [(respectively, "_responses", _constant([]))]),
    )
    for name, patches in parts:
        yield Rule("respectively", name, patches, _pattern("respectively|in that order"))


def _antecedents() -> Iterator[Rule]:
    owner = antecedents.Antecedents
    parts: Iterable[tuple[str, Patches]] = (
        ("pronoun", [(owner, "pronoun", _constant(()))]),
        ("this, these beside a name", [(owner, "points_near", _constant(False))]),
        ("these microRNAs", [(owner, "_of_labels", _constant(()))]),
        ("subject before", [(owner, "_subject", _constant(()))]),
        ("its, their", [(owner, "possessive", _constant(()))]),
        ("nearest before", [(owner, "nearest_before", _constant(()))]),
        ("it after several names", [(antecedents, "SINGULAR", ())]),
        ("topic of the sentence before", [(component, "_next_topic", _constant([]))]),
    )
    for name, patches in parts:
        yield Rule("antecedent", name, patches, _pattern(PRONOUNS))


def _outlines() -> Iterator[Rule]:
    announcing = _pattern(f"{ACTIVE}|{PASSIVE}")
    yield Rule("outline", "announced", [(component, "announced", _constant(False))], announcing)
    yield Rule("outline", "notice", [(reading, "is_notice", _constant(False))], _pattern(NOTICE))
    yield Rule("outline", "stated behind", [(outline, "_patterns", _constant(_never_stated()))], announcing)


def _never_stated() -> tuple[re.Pattern[str], ...]:
    active, passive, _, ends = outline._patterns()
    return active, passive, re.compile(r"(?!)"), ends
