"""The component ``assertion``: scopes of negation and speculation."""
