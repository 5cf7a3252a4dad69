"""PDF to :class:`~exomine.document.model.Document`."""

from exomine.document.pdf.reader import BACKENDS, read_pdf

__all__ = ["BACKENDS", "read_pdf"]
