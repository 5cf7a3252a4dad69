"""PMC/JATS XML to :class:`~exomine.document.model.Document`."""
