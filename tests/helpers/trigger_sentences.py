"""A sentence for every trigger: its own example, put into a setting of its family, with the statement it must give.

The examples say "X promotes Y"; a setting tells what X and Y are, what stands around the example, and the predicate by
the trigger's sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from exomine.nlp.relations.cues.triggers import Trigger

EGF, MIR, P53 = "{EGF|PROTEIN}", "{miR-9|MIRNA}", "{TP53|PROTEIN}"
VESICLES, LATE_VESICLES = "{Exosomes|VESICLE}", "{exosomes|VESICLE}"
DRUG, GLIOMA, GROWTH, FOXO = "{cisplatin|DRUG}", "{glioma|CANCER}", "{angiogenesis|PROCESS}", "{FOXO1|PROTEIN}"
RESISTS, RESPONDS = "confers_resistance_to", "confers_sensitivity_to"


@dataclass(frozen=True)
class Setting:
    """``around`` holds the example at ``*``; ``turned``: Y is the subject. Predicates for more, less, no direction."""

    x: str
    y: str
    more: str
    less: str = ""
    none: str = ""
    around: str = "*."
    turned: bool = False


#: By family and form, else by family.
SETTINGS: dict[str, Setting] = {
    "regulate verb": Setting(EGF, GROWTH, "promotes", "inhibits", "promotes"),
    "regulate noun": Setting(EGF, FOXO, "upregulates", "downregulates", "upregulates", f"{EGF} caused the *."),
    "regulate agent": Setting(EGF, GROWTH, "promotes", "inhibits", "promotes", f"{EGF} is an important *."),
    "regulate adjective": Setting(EGF, GROWTH, "promotes", "inhibits", "promotes"),
    "target": Setting(MIR, FOXO, "", "downregulates"),
    "targeted": Setting(FOXO, MIR, "", "downregulates", turned=True),
    "bind": Setting(EGF, "{EGFR|PROTEIN}", "binds"),
    "cargo": Setting(VESICLES, MIR, "cargo_of", turned=True),
    "cargo_noun": Setting(MIR, MIR, "cargo_of", around=f"The * in {LATE_VESICLES} was seen."),
    "efflux": Setting("{ABCG2|PROTEIN}", DRUG, RESISTS, around="* out of the cell."),
    "expression": Setting(MIR, GLIOMA, "increased_in", "decreased_in"),
    "involve": Setting(MIR, GROWTH, "promotes", "inhibits", "promotes"),
    "located": Setting(MIR, LATE_VESICLES, "cargo_of"),
    "depend": Setting(GROWTH, EGF, "promotes", turned=True),
    "make": Setting(MIR, f"the cells resistant to {DRUG}", RESISTS),
    "marker": Setting(MIR, GLIOMA, "biomarker_for"),
    "marker_purpose": Setting(MIR, GLIOMA, "biomarker_for", around=f"{MIR} is of value for the *."),
    "marker_verb": Setting(MIR, f"patients with {GLIOMA} from healthy donors", "biomarker_for"),
    "oncogene": Setting(P53, GLIOMA, "promotes", "inhibits"),
    "protect": Setting(VESICLES, DRUG, RESISTS),
    "resist": Setting("{ABCG2|PROTEIN}", DRUG, RESISTS),
    "resistance": Setting(MIR, DRUG, RESISTS, around=f"{MIR} increased the *."),
    "resistant": Setting("the cells", DRUG, RESISTS, around=f"{MIR} made *."),
    "role": Setting(MIR, GROWTH, "promotes", "inhibits", "promotes", f"{MIR} has a *."),
    "ability": Setting(MIR, f"promoting {GROWTH}", "promotes", "promotes", "promotes", f"{MIR} has the *."),
    "sensitive": Setting("the cells", DRUG, RESPONDS, around=f"{MIR} made *."),
    "sensitivity": Setting(MIR, DRUG, "", RESPONDS, around=f"{MIR} increased the *."),
    "sensitize": Setting(MIR, DRUG, RESPONDS, RESISTS),
    "associate": Setting(MIR, "{metastasis|PROCESS}", "associated_with"),
}
_NAME = re.compile(r"\{([^|{}]+)\|")


def sentence(trigger: Trigger) -> tuple[str, tuple[str, str, str]]:
    """The trigger's sentence with marked mentions, and the statement that it must give."""
    setting = SETTINGS.get(f"{trigger.family} {trigger.form}") or SETTINGS[trigger.family]
    example = trigger.example
    if trigger.family == "expression" and not example.startswith("X "):  # "upregulation in Y", "low expression in Y"
        example = (
            f"{'A' if ' ' in example.removesuffix(' in Y') else 'An'} {example.replace(' in Y', ' of X in Y')} was seen"
        )
    elif not example.startswith("X ") and setting.around == "*.":
        example = f"{setting.x} shows {example}"
    text = setting.around.replace("*", example).replace("the cells is ", "the cells ")
    text = re.sub(r"\bX\b", setting.x, re.sub(r"\bY\b", setting.y, text)).replace(
        " made the cells is ", " made the cells "
    )
    names = ["miR-9", "exosomes"] if trigger.family == "cargo_noun" else _NAME.findall(text)
    subject, target = (names[-1], names[0]) if setting.turned else (names[0], names[-1])
    return text, (subject, {1: setting.more, -1: setting.less, 0: setting.none}[trigger.sign], target)
