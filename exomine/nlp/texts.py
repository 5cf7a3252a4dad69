"""The text of a Doc, kept while the Doc lives.

``doc.text`` is put together from all tokens each time it is asked for: asked for at every mention, it makes a paper's
time grow with the square of its length.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from spacy.tokens import Doc

__all__ = ["text_of"]

_TEXTS: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()


def text_of(doc: Doc) -> str:
    """``doc.text``, put together once; merging or splitting tokens does not change it."""
    text = _TEXTS.get(doc)
    if text is None:
        text = _TEXTS[doc] = doc.text
    return text
