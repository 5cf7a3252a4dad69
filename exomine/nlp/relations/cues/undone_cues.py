"""How authors say that what one name brings about is taken back: "an effect reversed by Y", "Y abolished this".

Patterns over text, case ignored. ``WHOLLY`` are verbs that can only be meant of what was done before, so that "X
suppressed P, which was reversed by Y" says that P comes back; ``PARTLY`` may as well be meant of P itself and are read
so of a word such as "effect" only.
"""

from __future__ import annotations

__all__ = ["EFFECT", "PARTLY", "REVERSE", "WHOLLY"]

WHOLLY = (
    r"(?:abolish|abrogat|negat|nullif|cancell?|eras|revers|revert|counteract|counterbalanc|rescu|overturn|annul|revok|"
    r"neutrali[sz])(?:ied|ed|d|ies|es|s|ing)|(?:undo(?:es|ing|ne)|undid|offsets?|wiped out|(?:was|were) lost)"
)
PARTLY = (
    r"(?:blunt|attenuat|block|prevent|eliminat|diminish|suppress|inhibit|antagoni[sz]|weaken|reduc|lessen|"
    r"impair|alleviat|mitigat|ameliorat|dampen|curb|restor|reliev|repress|decreas)(?:ed|d|es|s|ing)|"
    r"over(?:came|come|comes|coming|rode|rides?|ridden)"
)
#: What stands for that which was done.
EFFECT = r"(?:effects?|actions?|influences?|phenotypes?|impacts?|changes?|consequences?|phenomen(?:on|a)|behaviou?rs?)"
#: What one does who does the opposite of another: "whereas Y has the opposite effect"; nothing else is told behind it.
REVERSE = (
    r"\b(?P<verb>does|do|did|has|have|had|exert(?:s|ed)?|show(?:s|ed)?|produc(?:es?|ed)|caus(?:es?|ed))\s+"
    r"(?P<what>(?:just |exactly |quite |precisely )?(?:the|an)\s+(?:exact\s+|very\s+)?"
    r"(?:opposite|reverse|converse|contrary)"
    r"(?:\s+(?:effects?|actions?|influence|thing))?)(?=\s*[.,;)]|\s*$)"
)
