"""Training of the relation model on the annotated corpus."""
