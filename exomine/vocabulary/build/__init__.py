"""The lexicon from its sources; never imported at run time."""
