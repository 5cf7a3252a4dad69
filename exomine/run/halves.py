"""The pipeline in two halves, what the first gave being kept.

The first half reads sentences with the networks and finds mentions; the second reads relations. Where the Doc of the
first half is kept only the second is loaded. What the relation network said of a sentence's pairs is kept beside it:
another rule asks mostly for the same pairs.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from exomine.config import RunSettings
from exomine.document.model import Document
from exomine.errors import ExomineError, ResourceError
from exomine.run.fingerprint import pipeline_file
from exomine.run.stages import Keys, early_and_late
from exomine.run.store import Store

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Halves", "digest_of", "document_bytes"]


def document_bytes(document: Document) -> bytes:
    """A Document as it is kept and written: JSON on one line."""
    return json.dumps(document.to_dict(), ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def digest_of(data: bytes) -> str:
    """The hash under which the later stages keep what they make of a Document."""
    return hashlib.sha256(data).hexdigest()


class Halves:
    """Annotates Documents; the pipeline is loaded, which takes seconds, inside of ``loading``. Results are looked
    up in ``old`` and kept in ``new``."""

    def __init__(
        self,
        settings: RunSettings,
        keys: Keys,
        loading: Callable[[], AbstractContextManager[None]],
        *,
        old: Store | None = None,
        new: Store | None = None,
    ) -> None:
        self._settings, self._keys, self._loading, self._old, self._new = settings, keys, loading, old, new
        self._early, self._late = early_and_late(pipeline_file(settings))
        self._nlp: Language | None = None

    def load(self) -> None:
        """Have the whole pipeline at hand."""
        self._pipeline(whole=True)

    def __call__(self, document: Document, digest: str) -> Doc:
        """The annotated Doc of ``document``, whose hash is ``digest``."""
        name = self._keys.of_document("annotated", document.doc_id, digest)
        kept = self._old.get("annotated", name) if self._old else None
        doc = self._restored(document, kept) if kept is not None else None
        if doc is None:
            doc = self._first(document)
            if self._new:
                _keep(self._new, "annotated", name, _doc_bytes(doc))
        return self._second(doc, self._keys.of_document("pairs", document.doc_id, digest))

    def _first(self, document: Document) -> Doc:
        nlp = self._pipeline(whole=True)
        nlp.max_length = max(nlp.max_length, len(document.text) + 1)
        doc = nlp.make_doc(document.text)
        doc._.document = document
        return _through(nlp, self._early, doc)

    def _restored(self, document: Document, data: bytes) -> Doc | None:
        from spacy.tokens import Doc

        nlp = self._pipeline(whole=False)
        try:
            doc = Doc(nlp.vocab).from_bytes(data)
        except Exception:  # whatever it is, it is made again
            return None
        doc._.document = document
        return doc if doc.text == document.text else None

    def _second(self, doc: Doc, name: str) -> Doc:
        nlp = self._pipeline(whole=False)
        model: Any = nlp.get_pipe("relation_model") if "relation_model" in self._late else None
        if self._new is None or not hasattr(model, "network"):
            return _through(nlp, self._late, doc)
        known = _plain_pairs(self._old.get("pairs", name) if self._old else None)
        with _remembered(model, known) as asked:
            doc = _through(nlp, self._late, doc)
        if asked != known:
            _keep(self._new, "pairs", name, json.dumps(asked, separators=(",", ":")).encode("ascii"))
        return doc

    def _pipeline(self, *, whole: bool) -> Language:
        """The loaded pipeline, with the first half where ``whole``."""
        if self._nlp is None or (whole and not set(self._early) <= set(self._nlp.component_names)):
            with self._loading():
                self._nlp = _load(self._settings, without=() if whole else self._early)
        return self._nlp


def _load(settings: RunSettings, *, without: tuple[str, ...]) -> Language:
    from exomine.nlp.load import load

    try:
        return load(settings.pipeline or None, without=without)
    except ExomineError:
        raise
    except Exception as error:
        raise ResourceError(f"The pipeline cannot be loaded: {type(error).__name__}: {error}") from error


def _keep(store: Store, stage: str, name: str, content: bytes) -> None:
    """Keep what can be done without: where it cannot be written the next run is slower."""
    with contextlib.suppress(OSError):
        store.put(stage, name, content)


def _doc_bytes(doc: Doc) -> bytes:
    """The Doc without its Document, which is kept by itself."""
    document, doc._.document = doc._.document, None
    data: bytes = doc.to_bytes()
    doc._.document = document
    return data


def _through(nlp: Language, components: Iterable[str], doc: Doc) -> Doc:
    for name in components:
        doc = nlp.get_pipe(name)(doc)
    return doc


class _Remembering:
    """Stands in the place of a relation network: what is ``known`` is not asked again, all that was is ``asked``."""

    def __init__(self, network: Any, known: Mapping[str, Any]) -> None:
        self._network, self._known = network, known
        self.asked: dict[str, Any] = {}

    def scores(self, text: str, mentions: list[Any]) -> list[Any]:
        """What the network says, now or when it was asked the same before."""
        from exomine.nlp.relations.learned.network import PairScore

        key = hashlib.sha256(repr((text, mentions)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        rows = self._known.get(key)
        if rows is None:
            rows = [asdict(s) for s in self._network.scores(text, mentions)]
        self.asked[key] = rows
        return [PairScore(**row) for row in rows]


@contextlib.contextmanager
def _remembered(model: Any, known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The component ``model`` with a network that remembers; gives what it is asked."""
    network = model.network
    model.network = remembering = _Remembering(network, known)
    try:
        yield remembering.asked
    finally:
        model.network = network


def _plain_pairs(data: bytes | None) -> dict[str, Any]:
    try:
        found = json.loads(data or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
