"""Frames of amount and activity: a trigger with its agents and targets, targets of microRNAs, tumor suppressors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exomine.nlp.relations.arguments import MOLECULES, Argument
from exomine.nlp.relations.clauses import misparsed
from exomine.nlp.relations.cues.nouns import EFFECTS, MEANS
from exomine.nlp.relations.denials import denials
from exomine.nlp.relations.nearby import first_word
from exomine.nlp.relations.operators import guarded
from exomine.nlp.relations.roles import Roles, SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement, combine, may_act, state_of
from exomine.nlp.relations.windows import TO_AS, TO_BY, TO_BY_AGENT, TO_SUPPRESSED_CANCER
from exomine.vocabulary.entities import Role, labels

__all__ = ["FAMILIES", "dependence_statements", "oncogene_statements", "regulation_statements", "targeted_statements"]

FAMILIES = ("regulate", "target", "involve", "role", "ability", "protect")
_AGENTS = labels(Role.AGENT)
#: Behind "tumor suppressor", before the cancer.
_OF_CANCER = ("in", "of", "for", "role", "activity")
#: What a rescue is from: "X-induced", "(P) caused by X".
_INDUCED = re.compile(r"[-–](?:induced|mediated|driven|triggered|evoked|elicited|dependent)\b", re.I)
_CAUSED = re.compile(
    r"\s*(?:resistance|sensitivity)?\s*(?:that was |which was )?"
    r"(?:caused|induced|triggered|evoked|elicited|conferred) by\b",
    re.I,
)
_INCLUDE = ("include", "includes", "included", "comprise", "comprised", "encompass", "are", "were")
_EXAMPLES = re.compile(r"\bsuch as\b|\bincluding\b")


def regulation_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """Triggers of the families regulate, target, involve, role: promotes, inhibits, upregulates, resistance..."""
    for m in roles.sentence.matches:
        if m.trigger.family in FAMILIES and not _is_modifier(roles.sentence, m):
            yield from _regulation(roles, m)


def _regulation(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    frame = "role" if m.trigger.family == "ability" else m.trigger.family
    of = roles.of(m)
    targets: Sequence[Argument] = _role_targets(roles, m) if frame == "role" else of.targets
    if not targets:
        return
    agents = _agents(roles, of, frame)
    if frame == "role" and _which_way_open(roles, m):
        agents = [a for a in agents if a.sign > 0]
    # the targets of a nominalisation carry its sign already
    turned = frame == "regulate" and m.trigger.form in ("noun", "agent")
    sign = 1 if turned else roles.phrases.adjective_sign(m.root) or m.trigger.sign
    targets = [t for t in targets if not _open(roles, m, t)]
    targets = [t.turned(-1) if _rescued_from(roles.sentence, m, t) else t for t in targets]
    yield from combine(m, agents, targets, frame, -sign if of.keeper is not None else sign)
    yield from combine(m, of.not_kept, targets, frame, sign)
    if m.trigger.form == "verb":
        yield from _through_pathways(of, agents)


def _open(roles: SentenceRoles, m: Match, target: Argument) -> bool:
    """Whether which way an effect goes is not said, and the verb does not tell it either; of an effect of less of a
    name, "undid the effect of X knock-down on resistance to D", it never is."""
    sentence = roles.sentence
    if not _only_effect(sentence, target):
        return False
    effects = [k for k in target.words if sentence.lower(k) in EFFECTS]
    return m.trigger.sign >= 0 or any(a.sign < 0 for k in effects for a in roles.phrases.behind(k, "of"))


def _which_way_open(roles: SentenceRoles, m: Match) -> bool:
    """ "The effect of X knock-down on P": less of X may do more or less of P; that it does nothing is said plainly."""
    effect = roles.sentence.lower(m.root) in EFFECTS and not roles.phrases.adjective_sign(m.root)
    return effect and not denials(roles.sentence, m.root)


def _only_effect(sentence: Sentence, target: Argument) -> bool:
    """ "The effect of Y on resistance to D", which way it goes is not said: who takes it away acts against the
    resistance, who brings it about need not further it."""
    return target.vague and any(sentence.lower(k) in EFFECTS for k in target.words)


def _rescued_from(sentence: Sentence, m: Match, target: Argument) -> bool:
    """ "Y rescued the X-induced P", "Y rescued P caused by X": what X brought about is undone."""
    if not sentence.lower(m.root).startswith("rescu") or (target.sign < 0 and target.kind == "entity"):
        return False
    before = sentence.doc[m.end : target.item.start].text
    behind = sentence.doc[target.item.end : sentence.end].text
    return bool(_INDUCED.search(before) or _CAUSED.match(behind))


def _agents(roles: SentenceRoles, of: Roles, frame: str) -> list[Argument]:
    m = of.match
    noun = m.trigger.form == "noun" and frame == "regulate"
    if noun and _undone(roles.sentence, m):
        return []
    if noun and _undoes(roles.sentence, m):
        return [a for a in _event_agents(roles, m) if a.item.label == "DRUG"]
    if noun and not _is_event(roles.sentence, m):
        return _event_agents(roles, m)
    return [a for a in of.agents if not _exemplifies(roles.sentence, m, a.item)]


def _undone(sentence: Sentence, m: Match) -> bool:
    """ "Prevention of the upregulation of X by Y": whether Y prevents or upregulates is open, so the upregulation says
    nothing of Y; a drug is taken for what prevents.
    """
    i = m.root
    if sentence.dep(i) != "pobj" or sentence.lower(sentence.head(i)) != "of":
        return False
    outer = sentence.head(sentence.head(i))
    return any(t.trigger.form == "noun" and t.trigger.sign < 0 for t in sentence.triggers.get(outer, ()))


def _undoes(sentence: Sentence, m: Match) -> bool:
    """Whether the noun takes back another of its kind: "inhibition of the overexpression of X"."""
    below = sentence.objects_of(m.root, ("of",))
    return m.trigger.sign < 0 and any(sentence.says(i, "regulate", form="noun") for i in below)


def _through_pathways(of: Roles, agents: Sequence[Argument]) -> Iterator[Statement]:
    """ "X promotes P via W signaling": X makes use of W."""
    for s in agents:
        for pathway in of.pathways if may_act(s) else ():
            if pathway is not s.item:
                anchors = (of.match.root,)
                yield Statement(
                    s.item, "upregulates", pathway, "through-pathway", anchors, state_of(s), s.inherited, vague=True
                )


def _exemplifies(sentence: Sentence, m: Match, item: Item) -> bool:
    """An agent behind "such as" after the trigger exemplifies something else ("pathways activated by factors such as
    X")."""
    return item.start > m.end and bool(_EXAMPLES.search(sentence.doc[m.end : item.start].text))


def _is_modifier(sentence: Sentence, m: Match) -> bool:
    """ "Increased expression": the participle is no statement of its own; "exosome-mediated X" is read elsewhere."""
    if m.trigger.form != "verb":
        return False
    low = sentence.lower(m.root)
    if _is_noun_before_verb(sentence, m) or (low.endswith(("ed", "en")) and sentence.hyphen_before(m.start)):
        return True
    modifies = sentence.dep(m.root) in ("amod", "compound", "nmod") and low.endswith(("ed", "ing"))
    return modifies and not misparsed(sentence, m.root)


def _is_noun_before_verb(sentence: Sentence, m: Match) -> bool:
    """ "X silencing increased P", "X knock-down restored P": a noun, although it looks like a verb before its
    object."""
    nominal = sentence.doc[m.start : m.end].text.lower().endswith(("ing", "down", "out"))
    if not nominal or m.start - 1 not in sentence.covered or m.end >= sentence.end:
        return False
    behind = sentence.triggers.get(m.end, ())
    return any(x.trigger.form == "verb" and sentence.lower(x.root).endswith("ed") for x in behind)


def _is_event(sentence: Sentence, m: Match) -> bool:
    """A nominalisation is a statement of its own where it names its agent: "suppression of X by Y", "by suppression of
    X"."""
    if sentence.objects_of(m.root, ("by", "via", "through")):
        return True
    i = sentence.first_conjunct(m.root)
    return sentence.dep(i) in ("pobj", "pcomp") and sentence.lower(sentence.head(i)) in MEANS


def _event_agents(roles: SentenceRoles, m: Match) -> list[Argument]:
    """ "Inhibition of P by X": the agent behind *by*, where the parse hangs it elsewhere."""
    sentence = roles.sentence
    by = first_word(sentence, m.end, TO_BY, ("by",))
    if by is None or sentence.lower(m.end) != "of" or _broken(sentence, m.end, by):
        return []
    between = any(m.end < i.start < by for i in sentence.items)
    after = (i for i in sentence.items if by < i.start <= by + TO_BY_AGENT and i.label in _AGENTS)
    agent = next(after, None)
    return roles.phrases.own(agent.root) if between and agent is not None else []


def _broken(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a verb, a comma or a semicolon stands between."""
    return any(
        sentence.tag(k).startswith(("VB", "MD")) or sentence.token(k).text in (",", ";") for k in range(start, end)
    )


#: Adjectives of effects that several have, each its own.
_APART = ("opposite", "opposing", "contrary", "divergent", "contrasting", "differential", "different", "distinct")


def _role_targets(roles: SentenceRoles, m: Match) -> list[Argument]:
    """What a role or an effect is about, "role in", "effect on"; the verb behind an ability is a trigger of its own."""
    sentence = roles.sentence
    if m.trigger.family == "ability" or any(sentence.lower(c) in _APART for c in sentence.children(m.root, "amod")):
        return []  # "opposite effects on P": which of the two does what is not said
    about = sentence.objects_of(m.root, ("in", "on", "during", "to", "upon", "over"))
    if sentence.dep(m.root) == "dobj":
        about += sentence.objects_of(sentence.head(m.root), ("in", "on", "during"))
    named = roles.phrases.read_all(p for p in about if not sentence.tag(p).startswith("VB"))
    return named or roles.phrases.qualities(m.root)


def dependence_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """ "P depends on X", "resistance to D requires X": X furthers it."""
    for m in roles.sentence.matches:
        if m.trigger.family == "depend" and not roles.of(m).passive:
            of = roles.of(m)
            needing = [a for a in of.bearers_or_subjects if not _acts_itself(roles.sentence, m, a)]
            needed = guarded(roles.sentence, of.targets, trigger=(m.start, m.end))
            yield from combine(m, (a for a in needed if a.acts), needing, "depend", 1)


def _acts_itself(sentence: Sentence, m: Match, a: Argument) -> bool:
    """ "X requires Y to promote P": nothing of the amount of X, as "expression of X requires Y" tells it."""
    if a.kind != "entity" or a.item.label not in MOLECULES:
        return False
    subjects = sentence.children(m.root, "nsubj", "nsubjpass") or sentence.children(sentence.head(m.root), "nsubj")
    return any(a.item.root == s for s in subjects) or not subjects


def targeted_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """ "X is a target of miR-Y", "X, a direct target of miR-Y": the microRNA lowers X."""
    for m in roles.sentence.matches:
        if m.trigger.family == "targeted":
            yield from _targeted(roles, m)


def _targeted(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    of = roles.of(m)
    agents = of.behind("of", "for") or _mirna_before(roles, m) or _possessing(roles, m)
    targets = [a for a in of.bearers if a.item.label == "PROTEIN"] or _as_target(roles, m) or _among_targets(roles, m)
    for s in agents:
        if s.item.label == "MIRNA" and not s.item.generic:
            for t in targets:
                if t.item.label == "PROTEIN" and not t.item.generic and t.head:
                    anchors = (m.root,)
                    yield Statement(
                        s.item, "downregulates", t.item, "target", anchors, inherited=t.inherited, loose=t.loose
                    )


def _among_targets(roles: SentenceRoles, m: Match) -> list[Argument]:
    """ "Targets of miR-Y include X and Z", "among the targets of miR-Y are X and Z"."""
    sentence = roles.sentence
    up = sentence.head(m.root)
    if sentence.dep(m.root) == "pobj" and sentence.lower(up) == "among":
        return roles.phrases.read_all(sentence.children(sentence.head(up), "attr", "nsubj", "nsubjpass"))
    holds = sentence.lower(up) in _INCLUDE and sentence.dep(m.root) == "nsubj"
    return roles.phrases.read_all(sentence.children(up, "dobj", "attr")) if holds else []


def _mirna_before(roles: SentenceRoles, m: Match) -> list[Argument]:
    """ "A miR-Y target": the microRNA right before the word."""
    item = roles.sentence.covered.get(m.start - 1)
    return roles.phrases.own(item.root) if item is not None and item.label == "MIRNA" else []


def _possessing(roles: SentenceRoles, m: Match) -> list[Argument]:
    """ "MiR-Y fell, and its target X rose": whose target it is."""
    k = m.start - 1
    if roles.sentence.lower(max(k, roles.sentence.start)) not in ("its", "their"):
        return []
    return [a for a in roles.antecedents.possessive(k) if a.acts]


def _as_target(roles: SentenceRoles, m: Match) -> list[Argument]:
    """ "We identified X as a target of", "the miR-Y target X": what stands before *as*, or right behind the word."""
    item = _named_target(roles.sentence, m) or _before_as(roles.sentence, m)
    return roles.phrases.own(item.root) if item is not None else []


def _named_target(sentence: Sentence, m: Match) -> Item | None:
    """The protein right behind "target", a comma or bracket between them allowed."""
    after = sentence.covered.get(m.end)
    if after is None and m.end < sentence.end and sentence.token(m.end).text in (",", "("):
        after = sentence.covered.get(m.end + 1)
    return after if after is not None and after.label == "PROTEIN" else None


def _before_as(sentence: Sentence, m: Match) -> Item | None:
    """The last protein before the "as" of "as a target"."""
    near = range(m.start - 1, max(sentence.start - 1, m.start - TO_AS - 1), -1)
    k = next((k for k in near if sentence.lower(k) == "as"), None)
    if k is None:
        return None
    before = [i for i in sentence.items if i.end <= k and i.label == "PROTEIN" and k - i.end <= 3 and not i.generic]
    return before[-1] if before else None


def oncogene_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """ "X acts as a tumor suppressor in C": X hinders C; an oncogene furthers it."""
    for m in roles.sentence.matches:
        cancer = _its_cancer(roles.sentence, m) if m.trigger.family == "oncogene" else None
        if cancer is None:
            continue
        members = [x for x in cancer.group if x.alias is None]
        for s in roles.of(m).bearers:
            if s.item.label in MOLECULES and may_act(s):
                yield from _oncogene(m, s, members)


def _its_cancer(sentence: Sentence, m: Match) -> Item | None:
    """ "... tumor suppressor in C": the first cancer behind it that is named."""
    if sentence.lower(min(m.end, sentence.end - 1)) not in _OF_CANCER:
        return None
    near = (i for i in sentence.items if i.label == "CANCER" and 0 < i.start - m.end < TO_SUPPRESSED_CANCER)
    return next((i for i in near if not i.generic), None)


def _oncogene(m: Match, s: Argument, cancers: Sequence[Item]) -> Iterator[Statement]:
    predicate = "promotes" if m.trigger.sign * s.sign > 0 else "inhibits"
    for c in cancers:
        yield Statement(s.item, predicate, c, "oncogene", (m.root,), state_of(s), s.inherited, s.loose)
