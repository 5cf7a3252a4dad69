"""The tokeniser of the model, ``exomine.Tokenizer.v1``: spaCy's own class with patterns for biomedical prose.

It splits at every dash and slash, because entities end there ("Selegiline-induced", "A549/DDP"), keeps decimals and
thousands whole ("0.05", "1,000") and parts citations ("12,13"). spaCy stores the patterns in the model's folder, so the
model needs no code for them; a configuration that takes only the model's components names this tokeniser.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from exomine.nlp.sentence_words import STARTERS

__all__ = ["blank", "create_tokenizer", "make_tokenizer"]

DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
SYMBOLS = "+=<>±×÷~|*^#†‡·•→←↑↓™®©§¶≥≤≈∼≡′″'\"`´’‘“”„…&@%/\\\\:;!?(){}\\[\\]"
COMMON = (r"\.\.\.", f"[{DASHES}]", f"[{SYMBOLS}]", ",")
PREFIXES = (*COMMON, r"\$", r"°[CF]\b", "°", r"\.(?![0-9])")
#: Signs of the longest suffix, a run of stops left out.
LONGEST_SUFFIX = 16
#: A full stop is split off words, but not off single capitals ("E. coli", initials).
SUFFIXES = (
    "'s",
    "’s",
    *COMMON,
    r"°[CF]",
    "°",
    r"(?<=[a-zα-ω0-9)\]%'\"’”+®™°])\.",
    r"(?<=[A-Zα-ω0-9]{2})\.",
    r"(?<=[a-z][A-Z])\.",
    r"(?<=[^\x00-\x7f])\.",
)
INFIXES = (
    r"\.\.+",
    f"[{DASHES}]",
    r"°[CF]\b",
    "°",
    f"[{SYMBOLS}]",
    r",(?![0-9]{3}(?![0-9]))",
    r"(?<![0-9]),",
    r"(?<=[a-z)\]0-9])\.(?=[A-Z][a-z]+|[\[(])",
    r"(?<=[A-Z0-9][A-Z])\.(?=[\[(][0-9])",  # a mark behind a name's stop: "resistance to OX.[18]"
    # a sentence's end without a space behind it: "of PTEN.In contrast", "5 μM.Moreover", "in cells.miR-21 was"
    rf"(?<=[A-Z0-9μ][A-Z])\.(?=(?:{'|'.join(sorted(w for w in STARTERS if len(w) > 1))})(?![A-Za-z0-9]))",
    r"(?<=[a-z]{3})\.(?=(?:miR|miRNA|lncRNA|circRNA|siRNA|mRNA|let)s?(?:-\d|(?![A-Za-z0-9-])))",
)
URL = r"^(?:https?|ftp)://\S*[^\s.,;)\]]$"
ABBREVIATIONS = ["al.", "e.g.", "E.g.", "i.e.", "I.e.", "cf.", "Cf.", "vs.", "viz.", "ca.", "Ca.", "approx.", "Approx.",
    "resp.", "Fig.", "Figs.", "fig.", "figs.", "Eq.", "Eqs.", "Ref.", "Refs.", "Suppl.", "Vol.", "vol.", "pp.", "Dr.",
    "Prof.", "Ph.D.", "M.D.", "Jr.", "Sr.", "Inc.", "Ltd.", "Corp.", "U.S.", "U.K.", "U.S.A.", "D.C.", "N.A.", "spp.",
    "subsp.", "ver.", "aff.", "i.p.", "i.v.", "s.c.", "p.o.", "i.m.", "a.m.", "p.m.", "b.i.d.", "t.i.d.", "q.d.",
    "w.t.", "N.S.", "n.s.", "s.d.", "s.e.", "s.e.m.", "S.D.", "S.E.M.", "h.p.i.", "d.p.c.", "d.p.i.", "p.c.",
    "v.s."]  # fmt: skip
NEGATED = ("do", "does", "did", "is", "was", "are", "were", "ca", "could", "would", "has", "have", "had")


class _AtEnd:
    """The search for suffixes near the end only: signs are taken off one by one, and each time all would be looked
    through."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.__self__ = pattern  # where spaCy looks for it when it stores a tokeniser

    def __call__(self, text: str) -> re.Match[str] | None:
        return self.__self__.search(text, max(0, len(text) - LONGEST_SUFFIX))


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer for a pipeline's vocabulary."""
    rules = {a: [{"ORTH": a}] for a in ABBREVIATIONS}
    rules |= {w: [{"ORTH": w[:3]}, {"ORTH": "not"}] for w in ("cannot", "Cannot")}
    for verb in (*NEGATED, *(v.capitalize() for v in NEGATED)):
        rules[verb + "n't"] = [{"ORTH": verb}, {"ORTH": "n't"}]
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(
            PREFIXES
        ).match,  # each begins with ^: search() would go on through the string
        suffix_search=_AtEnd(compile_suffix_regex(SUFFIXES)),
        infix_finditer=compile_infix_regex(INFIXES).finditer,
        url_match=re.compile(URL).match,
    )


@registry.tokenizers("exomine.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """What a configuration's ``[nlp.tokenizer]`` calls."""
    return make_tokenizer


def blank() -> Language:
    """An English pipeline with this tokenizer and nothing else."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp
