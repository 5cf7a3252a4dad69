"""The components ``relations``, ``context`` and ``table_relations``: statements with what they hold for."""
