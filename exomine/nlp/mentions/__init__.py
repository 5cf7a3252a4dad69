"""Mentions: evidence of grammar, lexicon, abbreviations and model; one set of them; their identifiers."""
