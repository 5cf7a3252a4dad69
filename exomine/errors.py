"""The exceptions of exomine, as one small tree.

::

    ExomineError
    ├── UsageError            a wrong option, path or setting (exit status 2)
    ├── ResourceError         model, lexicon or pipeline missing, unreadable or altered
    ├── TermsError            a lab's term file has a bad row
    ├── NoPapersError         nothing to read where papers were looked for (exit status 1)
    ├── NoGoldError           nothing to score where gold data was looked for (exit status 1)
    ├── EngineError           workers on other machines cannot be reached, or were lost (exit status 1)
    ├── StorageError          results cannot be written: disk full, no permission, in use
    ├── TableError            a table does not keep to its schema
    ├── CorpusError           annotated sentences that cannot be used, or whose paper is not there
    ├── CurationError         decisions or curated tables that cannot be used
    ├── Interrupted           stopped by the user; says what is kept (exit status 130)
    └── DocumentError         one paper cannot be read; carries a reason code
        ├── LimitExceeded     a limit on pages, objects, memory or seconds was reached
        └── PageError         one page cannot be read; the others go on

Every message says what was found, what was expected and what to do about it.
"""

from __future__ import annotations

__all__ = [
    "REASONS",
    "CorpusError",
    "CurationError",
    "DocumentError",
    "EngineError",
    "ExomineError",
    "Interrupted",
    "LimitExceeded",
    "NoGoldError",
    "NoPapersError",
    "PageError",
    "ResourceError",
    "StorageError",
    "TableError",
    "TermsError",
    "UsageError",
]

#: Reason codes of the ``failures`` table, each with its remedy in one sentence.
REASONS: dict[str, str] = {
    "empty_file": "The file has no content; fetch it again.",
    "unreadable": "The file cannot be opened; check its permissions and the disk.",
    "wrong_format": "The content is not what the suffix promises, as after a failed download; fetch it again.",
    "unknown_format": "Neither PDF, JATS XML nor plain text; convert the file first.",
    "encrypted": "The PDF asks for a password; save a copy without one.",
    "image_only": "The pages are pictures without text; run OCR (for instance ocrmypdf) first.",
    "damaged": "The file is truncated or damaged; fetch it again.",
    "not_well_formed": "The XML is not well-formed; fetch it again.",
    "external_entity": "The XML declares entities, which are not expanded for safety; save it without a DTD subset.",
    "not_an_article": "The XML is not a JATS/PMC article; fetch the full text as JATS.",
    "no_text": "No text was found in the paper; check that the file is the whole article.",
    "too_large": "The file is larger than the limit in the settings.",
    "too_many_pages": "The paper has more pages than the limit in the settings.",
    "too_many_objects": "A page holds more objects than the limit in the settings.",
    "too_deep": "The file nests deeper than the limit in the settings.",
    "too_long": "The text is longer than the limit in the settings; give the parts of it that are papers as files "
    "of their own.",
    "timeout": "It took longer than the limit in the settings; give the parts of it that are papers as files of "
    "their own.",
    "memory": "It took more memory than there is, or than the limit in the settings; try it alone, with --workers 1.",
    "page_damaged": "One page cannot be read; the other pages were.",
    "unknown_words": "The letters spell no English: a font without a right mapping, or another language; try "
    "--pdf-backend pdfium, or OCR.",
    "little_body": "Most of the paper was taken for back matter, notes or furniture; look at it with exomine "
    "read, and report the file.",
    "wrong_order": "Columns may have been read in the wrong order; try --pdf-backend pdfium, and check sentences "
    "against the pages.",
    "references_missing": "The list of references was not found, or only in part; citations of this paper cannot "
    "be followed.",
    "no_title": "The paper's title was not recognised; statements of this paper have none.",
    "empty_page": "A picture of a page, or a drawing; run OCR (for instance ocrmypdf) if it should have text.",
    "page_without_body": "Its text was taken for back matter, notes or furniture; check the page.",
    "table_unread": "The table may be a picture or have no columns that can be told; enter it by hand if it matters.",
    "duplicate_of": "It counts once; remove one of the two files.",
    "internal": "An unexpected error; please report it with the file.",
}


class ExomineError(Exception):
    """Base of every error that exomine raises on purpose."""


class UsageError(ExomineError):
    """A wrong option, path or setting."""


class ResourceError(ExomineError):
    """A model, lexicon or pipeline is missing, unreadable or not the one its manifest names."""


class TermsError(ExomineError):
    """A lab's own term file has a row that cannot be used."""


class NoPapersError(ExomineError):
    """No paper was found in the files and folders given."""


class NoGoldError(ExomineError):
    """Nothing to score was found where gold data was looked for."""


class EngineError(ExomineError):
    """Workers on other machines cannot be reached, or were lost before the work was done; what was finished is kept."""


class StorageError(ExomineError):
    """Results cannot be written; what stood there before is unchanged."""


class TableError(ExomineError):
    """A table does not keep to its declared columns."""


class CorpusError(ExomineError):
    """Annotated sentences that cannot be used."""


class CurationError(ExomineError):
    """Decisions or curated tables that cannot be used."""


class ChangedError(CurationError):
    """The decisions were changed by somebody else at the moment of writing."""


class Interrupted(ExomineError):
    """Stopped by the user before the work was done."""


class DocumentError(ExomineError):
    """One paper cannot be read.

    ``reason`` is a key of :data:`REASONS`; ``page`` is 1-based where the trouble has one.
    """

    def __init__(self, reason: str, message: str = "", *, page: int | None = None, stage: str = "read") -> None:
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}; known: {', '.join(REASONS)}")
        self.reason = reason
        self.page = page
        self.stage = stage
        super().__init__(f"{message} {REASONS[reason]}".strip() if message else REASONS[reason])


class LimitExceeded(DocumentError):
    """A limit on pages, objects, memory or seconds was reached."""


class PageError(DocumentError):
    """One page cannot be read; the others go on."""
