"""spaCy extension attributes, set once and explicitly by the factories.

What a Doc keeps in ``doc.user_data`` are strings, numbers and lists of them under keys such as those of spaCy's own
extension attributes of Spans, so that every way in which spaCy stores or sends a Doc works (DocBin, ``to_bytes``,
pickle, ``nlp.pipe(n_process=2)``), and those that join Docs or cut one out as well: ``Doc.from_docs`` and
``Span.as_doc`` move the offsets in such keys. Offsets in values count from the one in the key. What belongs to a whole
paper (``doc._.document``) is not joined.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import srsly
from spacy.tokens import Doc, Span

from exomine.document.model import Document
from exomine.nlp.relation import Relation, Unread

__all__ = ["MENTIONS", "kept", "place_key", "register_extensions"]

#: The key of ``doc.spans`` that holds the mentions.
MENTIONS = "mentions"


def register_extensions() -> None:
    """Set the extension attributes; calling it again changes nothing.

    ``Doc._.document``: the :class:`~exomine.document.model.Document` that the Doc was made from, or ``None`` for bare
    text. ``Doc._.relations``: tuple of Relation; ``Doc._.unread``: tuple of Unread. ``Span._.name``, ``.method``,
    ``.score``: canonical name of a mention, what found it, and how sure that was. ``Span._.relations``: the relations
    of a sentence or mention.
    """
    if not Doc.has_extension("document"):
        Doc.set_extension("document", default=None)
        srsly.msgpack_encoders.register("exomine_document", func=_encode_document)
        srsly.msgpack_decoders.register("exomine_document", func=_decode_document)
    if not Doc.has_extension("relations"):
        Doc.set_extension("relations", getter=_relations_of, setter=_set_relations)
    if not Doc.has_extension("unread"):
        Doc.set_extension("unread", getter=_unread_of, setter=_set_unread)
    for name, value in (("method", ""), ("score", 0.0)):
        if not Span.has_extension(name):
            Span.set_extension(name, default=value)
    if not Span.has_extension("name"):
        Span.set_extension("name", getter=_name_of, setter=_set_name)


#: Names in keys of ``doc.user_data``.
_NAME, _RELATIONS, _UNREAD = "exomine.name", "exomine.relations", "exomine.unread"
#: With what spaCy begins the keys of extension attributes.
_EXTENSION = "._."
#: Of spaCy's keys: what begins them, the name, and the offsets of a Span.
Key = tuple[str, str, int, int]


def kept(doc: Doc) -> dict[Any, Any]:
    """``doc.user_data``, whose keys spaCy's annotations take for strings."""
    return doc.user_data


def place_key(word: str, start: int, end: int, curie: str) -> Key:
    """Key of ``doc.user_data`` for what is known of a mention. Several mentions may stand at one place ("let-7a-g"),
    but not with one CURIE."""
    return (_EXTENSION, f"{word}:{curie}", start, end)


def _name_of(span: Span) -> str:
    name: str = kept(span.doc).get(place_key(_NAME, span.start_char, span.end_char, span.kb_id_), "")
    return name


def _set_name(span: Span, name: str) -> None:
    kept(span.doc)[place_key(_NAME, span.start_char, span.end_char, span.kb_id_)] = name


def _relations_of(doc: Doc) -> tuple[Relation, ...]:
    """The relations of each part that the Doc was joined from; of a part that was cut those that are whole."""
    found = (Relation.from_plain(doc, row, offset=offset) for offset, row in _kept(doc, _RELATIONS))
    return tuple(relation for relation in found if relation is not None)


def _set_relations(doc: Doc, relations: tuple[Relation, ...]) -> None:
    _keep(doc, _RELATIONS, [relation.to_plain() for relation in relations])


def _unread_of(doc: Doc) -> tuple[Unread, ...]:
    return tuple(Unread(offset + start, offset + end, *rest) for offset, (start, end, *rest) in _kept(doc, _UNREAD))


def _set_unread(doc: Doc, rows: tuple[Unread, ...]) -> None:
    _keep(doc, _UNREAD, [list(astuple(row)) for row in rows])


def _keep(doc: Doc, name: str, rows: list[Any]) -> None:
    """Keep rows with offsets under a key that spaCy shifts with the text."""
    for key in _parts(doc, name):
        del kept(doc)[key]
    kept(doc)[_EXTENSION, name, 0, len(doc.text)] = rows


def _kept(doc: Doc, name: str) -> list[tuple[int, Any]]:
    """The rows kept under ``name``, each with what its offsets are to be shifted by."""
    return [(key[2], row) for key in _parts(doc, name) for row in kept(doc)[key]]


def _parts(doc: Doc, name: str) -> list[Key]:
    """The keys under which rows are kept, one a Doc that this one was joined from, in order."""
    keys = (k for k in kept(doc) if isinstance(k, tuple) and k[:2] == (_EXTENSION, name))
    return sorted(keys, key=lambda k: (k[2], k[3]))


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
