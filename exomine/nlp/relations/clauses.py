"""Verbs and their clauses: voice, relative pronouns, and what the parse cannot be right about."""

from __future__ import annotations

from exomine.nlp.relations.arguments import ACTORS
from exomine.nlp.relations.cues.nouns import REDUCED_NOUNS, TRANSPARENT
from exomine.nlp.relations.operators import ends_before
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.windows import AUXILIARY, TO_WHICH
from exomine.vocabulary.entities import Role, labels

__all__ = ["BE", "doubtful", "is_passive", "is_relative", "misparsed", "second_verb"]

BE = ("is", "are", "was", "were", "be", "been", "being")
_MODIFIES = ("amod", "compound", "nmod", "npadvmod", "nummod", "appos")
#: Between "and" and a verb that says what comes of the one before.
_SO = ("so", "thus", "thereby", "therefore", "hence", "then", "also", "consequently", "rather", "instead", "even")
_OBJECTS = (*labels(Role.AMOUNT), *labels(Role.EVENT))


def is_relative(sentence: Sentence, i: int) -> bool:
    """Whether ``i`` is a relative pronoun."""
    return sentence.tag(i) in ("WDT", "WP", "WP$")


def is_passive(sentence: Sentence, i: int) -> bool:
    """Whether the verb ``i`` is passive."""
    if not sentence.parsed:
        before = {sentence.lower(k) for k in range(max(sentence.start, i - AUXILIARY), i)}
        return sentence.lower(i).endswith(("ed", "en", "wn", "ht")) and not before.isdisjoint(BE)
    tag, active, direct = sentence.tag(i), sentence.children(i, "nsubj"), sentence.children(i, "dobj")
    if sentence.children(i, "auxpass", "nsubjpass", "csubjpass"):
        return tag != "VBZ"
    if active and direct:
        return False  # "the vesicles induced X", taken for a participle
    if tag != "VBN":
        return not sentence.children(i, "nsubj", "aux") and _agent_only(sentence, i)
    return _passive_participle(sentence, i, bare=not active and not direct)


def _passive_participle(sentence: Sentence, i: int, *, bare: bool) -> bool:
    if sentence.dep(i) == "acl":
        return True
    if bare and sentence.dep(i) == "conj":
        return is_passive(sentence, sentence.head(i))
    return _agent_only(sentence, i)


def _agent_only(sentence: Sentence, i: int) -> bool:
    return bool(sentence.children(i, "agent")) and not sentence.children(i, "dobj")


def doubtful(sentence: Sentence) -> bool:
    """Whether some verb of the sentence is misparsed, so that its neighbours' arguments are doubtful too."""
    return any(misparsed(sentence, m.root) for m in sentence.matches if m.trigger.form == "verb")


def misparsed(sentence: Sentence, i: int) -> bool:
    """Whether the parse cannot be right about the verb ``i``: a finite form or "X promoted Y" hung up as a modifier."""
    if not sentence.parsed:
        return False
    if _verb_taken_for_noun(sentence, i) or second_verb(sentence, i) or _active_participle(sentence, i):
        return True
    if _second_of_verbs(sentence, i):
        return True
    if sentence.dep(i) not in _MODIFIES:
        return False
    referring = sentence.lower(i - 2) in ("its", "their", "whose") or sentence.lower(i - 1) in ("former", "latter")
    if referring and sentence.tag(i) in ("VBD", "VBN"):
        return True
    return sentence.lower(i).endswith("ed") and _actor_before(sentence, i)


def _verb_taken_for_noun(sentence: Sentence, i: int) -> bool:
    """A verb that the tagger takes for a noun and that the trigger's form let pass all the same."""
    noun = sentence.tag(i).startswith("NN") and not sentence.lower(i).endswith("ing")
    return noun and sentence.says(i, form="verb")


def _actor_before(sentence: Sentence, i: int) -> bool:
    before = ends_before(sentence, i)
    noun = sentence.lower(i - 1)
    if before is None and (noun in TRANSPARENT or noun in REDUCED_NOUNS):
        before = sentence.covered.get(i - 2)  # "X knockdown reduced Y"
    return before is not None and before.label in ACTORS


def _active_participle(sentence: Sentence, i: int) -> bool:
    """ "The vesicles induced X", read as "vesicles that were induced": a participle takes no object."""
    if sentence.dep(i) != "acl" or not sentence.lower(i).endswith("ed") or sentence.children(i, "agent"):
        return False
    if not any(x.trigger.form == "verb" and not x.trigger.prepositions for x in sentence.triggers.get(i, ())):
        return False
    return _between_names(sentence, i)


def _second_of_verbs(sentence: Sentence, i: int) -> bool:
    """ "X and Y raised and lowered P", "did not lower but raised P": a second verb in the past that the parse takes
    for an adjective of the first one's object."""
    joint = _joint_before(sentence, i)
    joined = (
        sentence.lower(joint) in ("and", "or", "but") and sentence.dep(i) == "amod" and sentence.lower(i).endswith("ed")
    )
    first = joint - 1
    if not joined or first < sentence.start or not (sentence.tag(first) == "VBD" or _did(sentence, first)):
        return False
    noun = sentence.head(i)
    hung = sentence.dep(noun) in ("dobj", "conj") and sentence.head(noun) == first
    return hung and sentence.says(i, "regulate", form="verb")


def _did(sentence: Sentence, verb: int) -> bool:
    """ "Did not suppress but enhanced P"."""
    return any(sentence.lower(c) == "did" for c in sentence.children(verb, "aux"))


def _between_names(sentence: Sentence, i: int) -> bool:
    """Whether a name that acts ends right before ``i`` and another name begins right behind it."""
    before, after = sentence.covered.get(i - 1), sentence.covered.get(i + 1)
    if before is None or after is None or before.end != i or after.start != i + 1:
        return False
    return before.label in ACTORS and after.label in _OBJECTS


def second_verb(sentence: Sentence, i: int) -> bool:
    """ "Decreased A and suppressed B": a second verb in the past that the parse joins to the first one's object."""
    if not sentence.parsed or not sentence.lower(i).endswith("ed") or not sentence.says(i, form="verb"):
        return False
    noun, joint = _noun_of(sentence, i), _joint_before(sentence, i)
    if sentence.token(i - 1).text == ",":
        return noun >= 0 and sentence.dep(noun) in ("conj", "dobj") and _closes_insertion(sentence, i - 1)
    if sentence.lower(joint) not in ("and", "but", "or"):
        return False
    return _joined_to_object(sentence, noun, joint, i)


def _joined_to_object(sentence: Sentence, noun: int, joint: int, i: int) -> bool:
    """Whether the verb ``i`` behind ``joint`` is hung up on the object of the verb before it, or on its conjunct
    ``noun``."""
    if joint < i - 1 and noun > i and sentence.dep(noun) in ("appos", "conj"):
        return _past_verb_above(sentence, sentence.head(noun))  # "freed X and so diminished resistance to D"
    if noun >= 0 and sentence.dep(noun) == "dobj":
        verb = sentence.head(noun)
        second = any(c < joint for c in sentence.children(verb, "dobj"))  # a verb has one object
        return (second and sentence.tag(verb) == "VBD") or _denied_verb(sentence, verb, i)
    if noun < 0 or sentence.dep(noun) != "conj":
        return False
    first = sentence.head(noun)
    return sentence.dep(first) in ("dobj", "pobj") and first < i and _past_verb_above(sentence, first)


def _joint_before(sentence: Sentence, i: int) -> int:
    """What joins a verb to the one before, "so" or "thereby" passed: "and so diminished"."""
    k = i - 1
    while k > sentence.start and sentence.lower(k) in _SO:
        k -= 1
    return k


def _closes_insertion(sentence: Sentence, comma: int) -> bool:
    """ "X, which did not affect A, enhanced B": whether the comma closes a relative clause that another one opened."""
    for k in range(comma - 1, max(sentence.start, comma - TO_WHICH), -1):
        if sentence.token(k).text == ",":
            return sentence.lower(k + 1) in ("which", "who")
    return False


def _denied_verb(sentence: Sentence, verb: int, i: int) -> bool:
    """ "Did not promote A but increased B": whether ``verb`` has an object of its own before ``i`` and is in the
    past."""
    own = [c for c in sentence.children(verb, "dobj") if verb < c < i]
    return bool(own) and _did(sentence, verb)


def _noun_of(sentence: Sentence, i: int) -> int:
    """The conjunct that ``i`` is, or that it modifies; -1 where it is in no coordination."""
    if sentence.dep(i) == "conj":
        return i
    return sentence.head(i) if sentence.dep(i) == "amod" else -1


def _past_verb_above(sentence: Sentence, i: int) -> bool:
    """Whether the verb that governs noun ``i``, directly or by its preposition, is a finite one in the past."""
    h = sentence.head(i)
    if sentence.tag(h) in ("IN", "TO"):
        h = sentence.head(h)
    return sentence.tag(h) == "VBD"
