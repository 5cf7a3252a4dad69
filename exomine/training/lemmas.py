"""Tables for spaCy's rule lemmatiser, learnt from CRAFT.

Three tables a part of speech: the lemmas seen (index), forms whose lemma no rule gives (exceptions), and rules that
change an ending, longest ending first. A rule is kept where it is right for most of the forms it fits, so that forms
never seen ("downregulates", "sensitised") get the lemma that their ending suggests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from exomine.training.corpora import Sentence

__all__ = ["lemma_tables"]

Tables = dict[str, dict[str, Any]]
LONGEST_ENDING = 6
#: A rule needs this many different forms, and to be right for this share of the forms that it fits.
FORMS, SHARE = 3, 0.6
#: Tags of inflected forms, with spaCy's key for the tables. Base forms are told by their tag and need no table.
POS = {
    "NNS": "noun",
    "VBD": "verb",
    "VBG": "verb",
    "VBN": "verb",
    "VBZ": "verb",
    "JJR": "adj",
    "JJS": "adj",
    "RBR": "adv",
    "RBS": "adv",
}
#: Verbs of the field whose forms double a letter or drop one, so that no ending tells the lemma.
FIELD_VERBS = {"confer": "conferred conferring", "transfer": "transferred transferring", "refer": "referred referring",
               "occur": "occurred occurring", "shed": "shedding", "trigger": "triggered triggering",
               "bind": "bound binding", "abrogate": "abrogated abrogating", "attenuate": "attenuated attenuating",
               "metastasize": "metastasized metastasizing", "sensitize": "sensitized sensitizing",
               "sensitise": "sensitised sensitising", "silence": "silenced silencing", "package": "packaged packaging",
               "mediate": "mediated mediating", "downregulate": "downregulated downregulating",
               "upregulate": "upregulated upregulating", "overexpress": "overexpressed overexpressing"}  # fmt: skip


def seen_lemmas(sentences: Iterable[Sentence]) -> dict[str, dict[str, str]]:
    """The commonest lemma of every form, by part of speech; forms with digits or symbols are left out (CRAFT changes
    digits).
    """
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for sentence in sentences:
        for word, tag, lemma in zip(sentence.words, sentence.tags, sentence.lemmas, strict=True):
            pos = POS.get(tag or "")
            if pos and lemma and word.isalpha() and lemma.isalpha():
                counts[pos][word.lower()][lemma.lower()] += 1
    best = {pos: {form: min(c, key=lambda x: (-c[x], x)) for form, c in forms.items()} for pos, forms in counts.items()}
    for verb, forms in FIELD_VERBS.items():
        best["verb"] |= dict.fromkeys(forms.split(), verb)
    return best


def _rules(pairs: dict[str, str]) -> list[list[str]]:
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in pairs.items():
        shared = next(
            (i for i, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma))
        )
        for cut in range(max(len(form) - LONGEST_ENDING, 2), len(form) + 1):
            ending = form[cut:]
            if cut <= shared and ending:
                right[ending][lemma[cut:]] += 1
            elif ending:
                right[ending]["\0"] += 1  # no change of this ending gives the lemma
    rules = []
    for ending, counts in right.items():
        new, times = min(counts.items(), key=lambda x: (-x[1], x[0]))
        if new != "\0" and times >= FORMS and times >= SHARE * counts.total():
            rules.append([ending, new])
    rules.sort(key=lambda r: (-len(r[0]), r[0]))
    return _without_idle(rules)


def _without_idle(rules: list[list[str]]) -> list[list[str]]:
    """Drop rules that the next shorter rule would do as well."""
    new_of = {old: new for old, new in rules}  # noqa: C416 (rules are lists)
    kept = []
    for old, new in rules:
        shorter = next((old[i:] for i in range(1, len(old)) if old[i:] in new_of), None)
        if shorter is None or old[: len(old) - len(shorter)] + new_of[shorter] != new:
            kept.append([old, new])
    return kept


def _apply(form: str, rules: list[list[str]]) -> str:
    return next((form[: -len(old)] + new for old, new in rules if form.endswith(old) and len(form) > len(old)), form)


def lemma_tables(sentences: Iterable[Sentence]) -> Tables:
    """Tables named as spaCy's rule lemmatiser wants them."""
    tables: Tables = {"lemma_rules": {}, "lemma_exc": {}, "lemma_index": {}}
    for pos, pairs in sorted(seen_lemmas(sentences).items()):
        rules = _rules(pairs)
        tables["lemma_rules"][pos] = rules
        tables["lemma_index"][pos] = []  # an index would put short rules before long ones
        tables["lemma_exc"][pos] = {
            form: [lemma] for form, lemma in sorted(pairs.items()) if _apply(form, rules) != lemma
        }
    be = {f: ["be"] for f in ("am", "are", "been", "being", "is", "was", "were", "'m", "'re", "’m", "’re")}
    tables["lemma_exc"]["aux"] = (
        be | {f: ["have"] for f in ("had", "has", "having")} | {f: ["do"] for f in ("did", "does", "doing", "done")}
    )
    tables["lemma_exc"]["part"] = {"n't": ["not"], "n’t": ["not"]}
    return tables
