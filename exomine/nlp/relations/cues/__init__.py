"""Cue words of the assertion and relation components: data, no logic.

Every pattern is a regular expression over lower-case text, matched at word boundaries. Hyphenated and split spellings
("down-regulate", "down regulate", "downregulate") are one pattern.
"""
