"""Docs without any model: words and signs as tokens, sentences at full stops and newlines."""

from __future__ import annotations

import re

import spacy
from exomine.nlp.extensions import register_extensions
from spacy.tokens import Doc

_TOKEN = re.compile(r"\n|[^\W_]+(?:-[^\W_]+)*|[^\s]")
_END = re.compile(r"(?<!al)\.(?:\[[\d, ]+\])?\s+|\n")


def plain_doc(text: str) -> Doc:
    """The Doc of ``text``; ``doc.text == text`` where words are parted by single spaces."""
    register_extensions()
    words, spaces = [], []
    for m in _TOKEN.finditer(text):
        words.append(m.group())
        spaces.append(text[m.end() : m.end() + 1] == " ")
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces)
    starts = {0, *(m.end() for m in _END.finditer(text))}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc
