"""Words that set one thing against another: what stands behind them is denied, or nothing is said of it.

Patterns over lower-case text; ``{}`` is where the contrasted name begins. ``denied``: "X, but not Y, suppressed Z"
says that Y does not. ``silent``: "unlike X, Y suppressed Z" says nothing of X that a rule could rely on.
"""

from __future__ import annotations

__all__ = ["BETWEEN", "DENIED", "INSTEAD", "NOT_BUT", "ONLY", "SILENT"]

#: What may stand between the words of contrast and the name: "but not in", "rather than to the drug".
BETWEEN = (
    r"(?:(?:to|in|of|on|by|with|for|against|from|that|the|its|a|an|either|both|any|exosomal|human|levels?|"
    r"expression|via|through|upon)\s+)*"
)
#: "X lowers Y, but not vice versa" sets nothing apart.
_REVERSE = r"(?:vice[- ]versa|conversely|the (?:other way|reverse|converse|opposite))\b"
#: "inhibited invasion but not proliferation", "X rather than Y".
DENIED = (
    rf"\b(?:but|and|yet|though|although)\s+(?:\w+ly\s+)?not\s+(?!only\b|{_REVERSE})",
    rf",\s*not\s+(?!only\b|{_REVERSE})",
    rf"\brather\s+than\s+(?!{_REVERSE})",
    r"\bneither\s+",
    r"\bnor\s+",
)
#: "Unlike X, Y"; "instead of X, Y"; "in contrast to X".
SILENT = (
    r"\bunlike\s+",
    r"\binstead\s+of\s+",
    r"\bin\s+contrast\s+(?:to|with)\s+",
    r"\bcontrary\s+to\s+",
    r"\bas\s+opposed\s+to\s+",
    r"\bin\s+place\s+of\s+",
    r"\bexcept\s+(?:for\s+)?",
    r"\bwith\s+the\s+exception\s+of\s+",
    # at a sentence's beginning they may as well mean "besides"
    r"(?<=\w )(?:apart|aside)\s+from\s+",
)
#: "Not X but Y suppressed Z", "suppressed not by X but by Y", "is not suppressed by X but by Y": the first is denied.
NOT_BUT = r"\bnot\s+(?!(?:only|just|merely|simply|solely|necessarily)\b)"
#: Behind "but", before the second one.
INSTEAD = r"\bbut\s+(?:rather\s+|instead\s+|only\s+)?"
#: "X and Y target Z, but only X suppressed W", "of these, only exosomal X did".
ONLY = r"(?<!not )\bonly\s+(?:(?:the|exosomal|circulating|human|drug|mirna|lncrna|gene|protein|[\w-]+ of)\s+)*"
