"""Plain text, also as other tools pull it out of a PDF, to :class:`~exomine.document.model.Document`."""
