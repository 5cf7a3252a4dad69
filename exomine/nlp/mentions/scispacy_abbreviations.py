"""Component ``scispacy_abbreviations``: scispaCy's AbbreviationDetector, sentence by sentence.

What it finds waits in ``doc.user_data`` for the component ``abbreviations``, which adds our own definitions
(:mod:`exomine.nlp.mentions.definitions`) and spreads both over the paper. The detector pairs every opening bracket of
its Doc with every closing one behind it; by sentence it takes a seventh of the time, and no long form begins in the
sentence before. docs/decisions/0008-what-is-used-of-scispacy.md has the figures.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import astuple

from scispacy.abbreviation import AbbreviationDetector
from spacy.language import Language
from spacy.tokens import Doc, Span

from exomine.nlp.mentions.definitions import Definition, plausible

__all__ = ["SciSpacyAbbreviations", "take_definitions", "trusted"]

_FOUND = "exomine.scispacy_abbreviations"


class SciSpacyAbbreviations:
    """Leaves the definitions that the detector finds, and that can be trusted, in the Doc."""

    def __init__(self, nlp: Language) -> None:
        self._detector = AbbreviationDetector(nlp)

    def __call__(self, doc: Doc) -> Doc:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W036\]")  # of its matcher, where a sentence defines nothing
            found = sorted({d for sentence in _with_brackets(doc) for d in self._definitions(sentence)})
        doc.user_data[_FOUND] = [list(astuple(d)) for d in found]
        return doc

    def _definitions(self, sentence: Span) -> Iterator[Definition]:
        alone = _alone(sentence)
        for short in self._detector(alone)._.abbreviations:
            long = short._.long_form
            if trusted(short.text, long.text):
                at = sentence.start_char
                yield Definition(at + short.start_char, at + short.end_char, at + long.start_char, at + long.end_char)


def take_definitions(doc: Doc) -> list[Definition]:
    """What the component has left in ``doc``, which is empty of it then."""
    return [Definition(*places) for places in doc.user_data.pop(_FOUND, ())]


def trusted(short: str, long: str) -> bool:
    """Whether what the detector takes for a definition is one: "H. pylori" is, "years (years)" and "Tk (T.
    kodakaraensis)" are not.

    A short form has a capital, and not only the first letter of a word; its long form begins with the same letter, does
    not hold it and has no brackets.
    """
    if short.islower() or short.istitle() or long[0].lower() != short[0].lower():
        return False
    return short.lower() not in long.lower() and not _BRACKET.search(long) and plausible(short, long)


_BRACKET = re.compile(r"[()\[\];:]")


def _with_brackets(doc: Doc) -> Iterator[Span]:
    sentences = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
    return (s for s in sentences if "(" in s.text)


def _alone(sentence: Span) -> Doc:
    """The words of a sentence as a Doc, without what is known of them: the detector reads only words."""
    return Doc(sentence.doc.vocab, words=[t.text for t in sentence], spaces=[bool(t.whitespace_) for t in sentence])
