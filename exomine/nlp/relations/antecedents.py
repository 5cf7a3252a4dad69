"""What pronouns stand for: a name before them in the sentence, else the topic of the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from exomine.nlp.relations.arguments import ACTORS, Argument, inherited
from exomine.nlp.relations.cues.nouns import POINTED, POINTED_RESPONSES, POINTS_AT_SEVERAL
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.named import Named, acts_on, meant, of_noun, pointer
from exomine.nlp.relations.sentence import Sentence
from exomine.vocabulary import entities
from exomine.vocabulary.entities import Role

__all__ = ["BY_NUMBER", "ORDINAL", "POSSESSIVES", "Antecedents", "agree", "one_of_two"]

POSSESSIVES = ("its", "their", "whose")
#: They stand for one thing: "miR-31 and CD9 were counted. It ..." leaves open which.
SINGULAR = ("it", "its")
#: They stand for several things: "miR-31 was counted. They ..." means others, perhaps the authors.
PLURAL = ("they", "their", "them")
#: They stand for the one of two.
ORDINAL = ("former", "latter")
#: The same where no noun follows: "silencing of the first".
BY_NUMBER = {"first": "former", "second": "latter"}
#: Tags of nouns of which there are several, those of tokens without a tagger too.
_SEVERAL = ("NNS", "NNPS", "")
#: Labels whose words of the kind point back where a pronoun stands before them: "this miRNA", "both drugs".
_KINDS = entities.labels(Role.CLASS)
#: Endings in s of one thing: "virus", "analysis", "process".
_ONE = ("ss", "us", "is")


def agree(word: str, items: Sequence[Item]) -> bool:
    """Whether a pronoun can stand for a name or an enumeration, by number."""
    if word not in (*SINGULAR, *PLURAL) or not items:
        return True
    several = len({id(x.alias or x) for x in items}) > 1 or any(map(_plural, items))
    return several == (word in PLURAL)


def _plural(item: Item) -> bool:
    """Whether a name is one of several things: "exosomes", "caspases", "miR-9 mimics"."""
    doc, last = item.span.doc, item.end - 1
    while _goes_on(doc, last + 1):
        last += 1
    word = doc[last]
    return word.tag_ in _SEVERAL and word.text.endswith("s") and not word.lower_.endswith(_ONE)


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether token ``i`` is a noun of the same sentence, glued to the name or not."""
    return i < len(doc) and not doc[i].is_sent_start and doc[i].tag_.startswith(("NN", "HYPH"))


def one_of_two(word: str, before: Sequence[Item]) -> list[Item]:
    """What "the former" or "the latter" is of the names before it; nothing where they are not two."""
    pairs = [x.group for x in before if len(x.group) == 2]
    distinct = list({(x.alias or x).span.text: x for x in before}.values())
    two = pairs[-1] if pairs else distinct
    if len(two) != 2:
        return []
    return [two[1] if word == "latter" else two[0]]


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Antecedents in one sentence; ``topic`` is what a pronoun at its beginning stands for, ``earlier`` are the names
    of the sentence before, ``named`` those of the paragraph.
    """

    sentence: Sentence
    topic: Sequence[Item] = ()
    earlier: Sequence[Item] = ()
    named: Named = field(default_factory=Named)

    def pronoun(self, i: int, labels: Sequence[str] = ()) -> tuple[Argument, ...]:
        """What a pronoun stands for; ``labels`` are those that the noun with it allows ("these microRNAs")."""
        word = self.sentence.lower(i)
        if word in ORDINAL:
            return self._one_of_two(i, word)
        before = self._before(i, tuple(labels) or ACTORS)
        return self._of_labels(before, labels) if labels else self._subject(before, word)

    def _one_of_two(self, i: int, word: str) -> tuple[Argument, ...]:
        before = self._before(i, ACTORS)
        if not before:
            return inherited(one_of_two(word, self._names_before()))
        near = before[-1].group
        return inherited(one_of_two(word, before) or (near[-1:] if word == "latter" else near[:1]))

    def _names_before(self) -> list[Item]:
        """What acts of the names of the sentence before, also what is said to be less."""
        named = [m for x in self.named.before() if x.label in ACTORS for m in meant(x)]
        return named or list(self.earlier)

    def topic_of(self, labels: Sequence[str]) -> tuple[Argument, ...]:
        """The topic of the sentence before where it is one thing, of one of ``labels``; else its only such name."""
        if len(self.topic) == 1 and self.topic[0].label in labels:
            return inherited(self.topic)
        found = self._only_one_of(labels)
        return found if len(found) == 1 else ()

    def named_before(self, kind: Item) -> tuple[Item, ...]:
        """What "the miRNA", "both drugs" or "the latter" has been named by before; nothing where it is open."""
        word = self.sentence.lower(kind.start)
        word = BY_NUMBER.get(word, word)
        if word in ORDINAL:
            of_two = one_of_two(word, self._before(kind.start, ACTORS)) or one_of_two(word, self._names_before())
            return tuple(m for x in of_two[:1] for m in meant(x)[:1])
        points = self._points(kind)
        if not points:
            return ()
        noun = self.sentence.lower(kind.start)
        doc, before = self.sentence.doc, self._before(kind.start, (kind.label,))
        others = [x for x in before if x is not kind and not acts_on(doc, x.root, kind.root)]
        here = {m.name: m for x in others for m in meant(x)}
        if noun in POINTED_RESPONSES or (points in POINTS_AT_SEVERAL and len(here) < 2):
            here = {}  # "D undid this resistance", "resistance to both drugs": that to others
        names = list(here.values()) or self.named.last(kind.label, points)
        if kind.label == "CANCER" and not kind.generic and noun not in POINTED:
            names = [n for n in names if n.span.text.lower().endswith(noun)]  # "this lymphoma" is no leukaemia
        return of_noun(noun, points, names)

    def _points(self, kind: Item) -> str:
        """The word that makes a noun point back; empty where it is a name, or does not."""
        sentence = self.sentence
        points = pointer(sentence.doc, kind.start, sentence.start) if kind.end - kind.start == 1 else ""
        if not points or sentence.lower(kind.start) in (*POINTED, *POINTED_RESPONSES):
            return points
        noun = (kind.label in _KINDS or kind.label == "CANCER") and sentence.tag(kind.root).startswith("NN")
        noun = noun and (points in ("this", "same") if kind.label == "CANCER" else kind.generic)  # "the tumor" is any
        return points if noun and not sentence.tag(kind.end).startswith("NN") else ""

    def possessive(self, i: int) -> tuple[Argument, ...]:
        """What a possessive stands for: "whose" the nearest name before, "its" the subject before."""
        return self.nearest_before(i) if self.sentence.lower(i) == "whose" else self.pronoun(i)

    def first_relative(self, i: int) -> int:
        """The first of coordinated relative pronouns, ``i`` itself without another: "X, which is lowered by Y and which
        drives P", where both stand for X."""
        sentence, word = self.sentence, self.sentence.lower(i)
        if word not in ("which", "that") or sentence.lower(i - 1) not in ("and", "but"):
            return i
        earlier = (k for k in range(i - 2, sentence.start, -1) if sentence.lower(k) == word and sentence.tag(k) != "DT")
        return next(earlier, i)

    def nearest_before(self, i: int) -> tuple[Argument, ...]:
        """The last agents before a relative pronoun whose antecedent the parse does not tell."""
        before = self._before(self.first_relative(i), ACTORS)
        return inherited(before[-1].group) if before else ()

    def _before(self, i: int, labels: Sequence[str]) -> list[Item]:
        return [x for x in self.sentence.items if x.end <= i and x.label in labels and not x.generic]

    def _of_labels(self, before: Sequence[Item], labels: Sequence[str]) -> tuple[Argument, ...]:
        if before:
            return inherited(before[-1].group or before[-1:])
        found = inherited(x for x in self.topic if x.label in labels)
        return found or self._only_one_of(labels)

    def _only_one_of(self, labels: Sequence[str]) -> tuple[Argument, ...]:
        """ "Exosomes carry miR-X. This miRNA ...": the only names of its kind in the sentence before."""
        groups = {id(x.group): x.group for x in self.earlier if x.label in labels}
        return inherited(next(iter(groups.values()))) if len(groups) == 1 else ()

    def _subject(self, before: Sequence[Item], word: str) -> tuple[Argument, ...]:
        """The last grammatical subject, else the first name, else the topic, of those that agree in number."""
        if not before:
            return inherited(self.topic if agree(word, self.topic) else self._agreeing_one(word))
        fitting = [x for x in before if agree(word, x.group)]
        subject = [x for x in fitting if self.sentence.dep(x.root) in ("nsubj", "nsubjpass")]
        chosen = subject[-1:] or fitting[:1]
        return inherited(m for x in chosen for m in x.group)

    def _agreeing_one(self, word: str) -> Sequence[Item]:
        """The only names of the sentence before that agree with a pronoun that the topic does not agree with."""
        groups = {id(x.group): x.group for x in self.earlier if agree(word, x.group)}
        return next(iter(groups.values())) if len(groups) == 1 else ()

    def points_near(self, i: int) -> bool:
        """ "This molecule", "these factors" after a name in the same sentence point at the nearest one."""
        pointing = [self.sentence.lower(c) for c in self.sentence.children(i, "det", "amod")]
        return bool(self._before(i, ACTORS)) and any(w in ("this", "these", "latter") for w in pointing)
