"""spaCy extension attributes, set once and explicitly by the factories.

What a Doc keeps in ``doc.user_data`` are strings, numbers and lists of them under keys that are strings,
so that every way in which spaCy stores or sends a Doc works: DocBin, ``to_bytes``, pickle, ``nlp.pipe(n_process=2)``.
"""

from __future__ import annotations

from typing import Any

import srsly
from spacy.tokens import Doc, Span

from exomine.document.model import Document
from exomine.nlp.relation import Relation

__all__ = ["MENTIONS", "place_key", "register_extensions"]

#: The key of ``doc.spans`` that holds the mentions.
MENTIONS = "mentions"


def register_extensions() -> None:
    """Set the extension attributes; calling it again changes nothing.

    ``Doc._.document``: the :class:`~exomine.document.model.Document` that the Doc was made from, or ``None`` for bare text.
    ``Doc._.relations``: tuple of Relation. ``Span._.name``, ``.method``, ``.score``: canonical name of a mention, what found
    it, and how sure that was. ``Span._.relations``: the relations of a sentence or mention.
    """
    if not Doc.has_extension("document"):
        Doc.set_extension("document", default=None)
        srsly.msgpack_encoders.register("exomine_document", func=_encode_document)
        srsly.msgpack_decoders.register("exomine_document", func=_decode_document)
    if not Doc.has_extension("relations"):
        Doc.set_extension("relations", getter=_relations_of, setter=_set_relations)
    for name, value in (("method", ""), ("score", 0.0)):
        if not Span.has_extension(name):
            Span.set_extension(name, default=value)
    if not Span.has_extension("name"):
        Span.set_extension("name", getter=_name_of, setter=_set_name)


#: Keys of ``doc.user_data``.
_NAME, _RELATIONS = "exomine.name", "exomine.relations"


def place_key(word: str, start: int, end: int, curie: str) -> str:
    """Key of ``doc.user_data`` for what is known of a mention. Several mentions may stand at one place ("let-7a-g"), but not
    with one CURIE."""
    return f"{word}:{start}:{end}:{curie}"


def _name_of(span: Span) -> str:
    name: str = span.doc.user_data.get(place_key(_NAME, span.start_char, span.end_char, span.kb_id_), "")
    return name


def _set_name(span: Span, name: str) -> None:
    span.doc.user_data[place_key(_NAME, span.start_char, span.end_char, span.kb_id_)] = name


def _relations_of(doc: Doc) -> tuple[Relation, ...]:
    return tuple(Relation.from_plain(doc, data) for data in doc.user_data.get(_RELATIONS, ()))


def _set_relations(doc: Doc, relations: tuple[Relation, ...]) -> None:
    doc.user_data[_RELATIONS] = [relation.to_plain() for relation in relations]


#: The one key of the dictionary in which a stored Doc keeps its Document.
_DOCUMENT = "exomine.document"


def _encode_document(value: Any, chain: Any = None) -> Any:
    if isinstance(value, Document):
        return {_DOCUMENT: value.to_dict()}
    return value if chain is None else chain(value)


def _decode_document(value: Any, chain: Any = None) -> Any:
    if isinstance(value, dict) and value.keys() == {_DOCUMENT}:
        return Document.from_dict(value[_DOCUMENT])
    return value if chain is None else chain(value)
