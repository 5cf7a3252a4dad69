"""Reading papers: PDF, PMC/JATS XML and plain text into one :class:`~exomine.document.model.Document`."""
