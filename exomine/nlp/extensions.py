"""spaCy extension attributes, set once and explicitly by the factories."""

from __future__ import annotations

from spacy.tokens import Doc, Span

__all__ = ["MENTIONS", "register_extensions"]

#: The key of ``doc.spans`` that holds the mentions.
MENTIONS = "mentions"


def register_extensions() -> None:
    """Set the extension attributes; calling it again changes nothing.

    ``Doc._.document``: the :class:`~exomine.document.model.Document` that the Doc was made from, or ``None`` for bare text.
    ``Doc._.relations``: tuple of Relation. ``Span._.name``, ``.method``, ``.score``: canonical name of a mention, what found
    it, and how sure that was. ``Span._.relations``: the relations of a sentence or mention.
    """
    for name, default in (("document", None), ("relations", ())):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    for name, value in (("method", ""), ("score", 0.0)):
        if not Span.has_extension(name):
            Span.set_extension(name, default=value)
    if not Span.has_extension("name"):
        Span.set_extension("name", getter=_name_of, setter=_set_name)


#: Key of ``doc.user_data``: names by (start, end, CURIE), since several mentions may stand at one place ("let-7a-g").
_NAMES = "exomine.names"


def _name_of(span: Span) -> str:
    names: dict[tuple[int, int, str], str] = span.doc.user_data.get(_NAMES, {})
    return names.get((span.start_char, span.end_char, span.kb_id_), "")


def _set_name(span: Span, name: str) -> None:
    span.doc.user_data.setdefault(_NAMES, {})[span.start_char, span.end_char, span.kb_id_] = name
