"""Words that state a relation: pattern, family, sign, and what stands at their side.

``family`` tells which frame reads the word (see :mod:`exomine.nlp.frames`); ``sign`` is +1 (more), -1 (less) or 0
(direction not told). ``form`` is ``verb`` (any inflection; also when used as an adjective or gerund), ``noun``
(nominalisation, its target follows with *of* or stands before it), ``agent`` (a noun that names the one who acts: "inhibitor")
or ``adjective``. ``prepositions`` are those that lead to the target; empty means a direct object (or *of*).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TRIGGERS", "Trigger"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One cue; see the module's docstring."""

    pattern: str
    family: str
    sign: int
    form: str
    prepositions: tuple[str, ...] = ()


def _verbs(family: str, sign: int, stems: str, prepositions: tuple[str, ...] = ()) -> tuple[Trigger, ...]:
    return tuple(Trigger(p, family, sign, "verb", prepositions) for p in stems.split())


def _words(family: str, sign: int, form: str, words: str, prepositions: tuple[str, ...] = ()) -> tuple[Trigger, ...]:
    return tuple(Trigger(p, family, sign, form, prepositions) for p in words.split())


_E = "(?:e|es|ed|ing)"  # promot-e, -es, -ed, -ing
_S = "(?:s|ed|ing)?"  # inhibit-, -s, -ed, -ing
_UP = r"up[-\s]?"
_DOWN = r"down[-\s]?"

_VERBS: tuple[Trigger, ...] = (
    *_verbs(
        "regulate", 1,
        f"promot{_E} enhanc{_E} increas{_E} induc{_E} activat{_E} re-?activat{_E} stimulat{_E} facilitat{_E} elevat{_E} "
        f"trigger{_S} accelerat{_E} augment{_S} caus{_E} confer(?:s|red|ring)? support{_S} favou?r{_S} boost{_S} "
        f"potentiat{_E} restor{_E} rescu{_E} maintain{_S} exacerbat{_E} aggravat{_E} drive(?:s|n)? drove driving "
        f"foster{_S} initiat{_E} evok{_E} elicit{_S} sustain{_S} strengthen{_S} improv{_E} "
        f"rais{_E} stabili[sz]{_E} over-?express(?:es|ed|ing)? encourag{_E} heighten{_S} provok{_E} prolong{_S} "
        f"intensif(?:y|ies|ied|ying) allow{_S} enabl{_E} transactivat{_E} assist{_S} exert{_S} acquir{_E} spread(?:s|ing)? produc{_E}",
    ),
    *_verbs("regulate", 1, f"{_UP}regulat{_E}"),
    Trigger(f"positively regulat{_E}", "regulate", 1, "verb"),
    *_verbs(
        "regulate", -1,
        f"inhibit{_S} suppress(?:es|ed|ing)? reduc{_E} decreas{_E} block{_S} attenuat{_E} abolish(?:es|ed|ing)? impair{_S} "
        f"repress(?:es|ed|ing)? silenc{_E} prevent{_S} overcom(?:e|es|ing) overcame revers{_E} abrogat{_E} antagoni[sz]{_E} "
        f"diminish(?:es|ed|ing)? lower{_S} limit{_S} hinder{_S} counteract{_S} degrad{_E} deplet{_E} alleviat{_E} "
        f"ameliorat{_E} disrupt{_S} eliminat{_E} dampen{_S} curb(?:s|ed|ing)? restrain{_S} restrict{_S} abat{_E} mitigat{_E} "
        f"inactivat{_E} destabili[sz]{_E} imped{_E} retard{_S} weaken{_S} arrest{_S} delay{_S} neutrali[sz]{_E} "
        f"circumvent{_S} destroy{_S} dampen{_S} blunt{_S} weaken{_S} spong{_E}  ablat{_E} blunt{_S} halt{_S} stop(?:s|ped|ping)? hamper{_S} evad{_E} escap{_E}",
    ),
    *_verbs("regulate", -1, f"{_DOWN}regulat{_E}"),
    Trigger(f"negatively (?:regulat|modulat|affect){_E}?", "regulate", -1, "verb"),
    Trigger("(?:knock(?:s|ed|ing)?|shut(?:s|ting)?)[- ]?down", "regulate", -1, "verb"),
    Trigger("de-?(?:repress|silenc|inhibit)(?:e|es|ed|s|ing)?|disinhibit(?:s|ed|ing)?|re-?establish(?:es|ed|ing)?", "regulate", 1, "verb"),
    Trigger("(?:endow|equip)(?:s|ped|ed|ing)?", "regulate", 1, "verb", ("with",)),
    Trigger("compet(?:e|es|ed|ing)", "regulate", -1, "verb", ("for", "with")),
    Trigger("(?:sponges?|ce-?rnas?|competing endogenous rnas?|decoys?)", "regulate", -1, "agent", ("of", "for")),
    Trigger("interfer(?:e|es|ed|ing)", "regulate", -1, "verb", ("with",)),
    Trigger(f"target{_S}", "target", -1, "verb"),
    Trigger(f"(?:regulat|modulat|influenc|mediat|controll?|orchestrat){_E}", "regulate", 0, "verb"),
    Trigger("sponging less|(?:releas|reliev)(?:e|es|ed|ing) from", "regulate", 1, "verb"),
    Trigger("(?:control|alter|affect|govern|impact)s?(?:ed|ing)?", "regulate", 0, "verb"),
    Trigger("contribut(?:e|es|ed|ing)", "regulate", 1, "verb", ("to", "in")),
    Trigger("(?:lead|leads|leading|led)", "regulate", 1, "verb", ("to",)),
    Trigger("result(?:s|ed|ing)?", "regulate", 1, "verb", ("in",)),
    Trigger("account(?:s|ed|ing)?", "regulate", 1, "verb", ("for",)),
    Trigger("(?:participat|involv|engag|implicat)(?:e|es|ed|ing)", "involve", 0, "verb", ("in", "with")),
    Trigger("involved", "involve", 0, "adjective", ("in", "with")),
    Trigger("responsible", "regulate", 1, "adjective", ("for",)),
    Trigger("(?:essential|crucial|critical|required|necessary|indispensable|important|key|vital|pivotal)", "involve", 0,
            "adjective", ("for", "to", "in")),
    Trigger("resist(?:s|ed|ing)?", "resist", 1, "verb"),
    Trigger("(?:re-?)?(?:chemo-?)?sensiti[sz](?:e|es|ed|ing)", "sensitize", 1, "verb", ("to",)),
    Trigger("desensiti[sz](?:e|es|ed|ing)", "sensitize", -1, "verb", ("to",)),
    Trigger("(?:protect|shield|safeguard|spare)(?:s|d|ed|ing)?", "protect", 1, "verb", ("from", "against")),
)  # fmt: skip

_NOUNS: tuple[Trigger, ...] = (
    *_words(
        "regulate", 1, "noun",
        "promotion enhancement increases? induction activation re-?activation stimulation facilitation elevation "
        "acceleration augmentation potentiation restoration maintenance amplification initiation "
        "over-?expression stabili[sz]ation accumulation acquisition gain enrichment improvement "
        f"{_UP}regulation development progression phosphorylation",
    ),
    *_words(
        "regulate", -1, "noun",
        "inhibition suppression reduction decreases? blockade blocking attenuation abolishment abrogation impairment repression "
        "silencing prevention reversal diminution degradation depletion disruption elimination inactivation knock-?down "
        f"knock-?out deletion loss lack absence deficiency ablation deprivation under-?expression {_DOWN}regulation "
        "dys-?function exhaustion antagonism sponging sequestration neutrali[sz]ation knocking-?down targeting",
    ),
    Trigger("(?:regulation|modulation|control|dys-?regulation|de-?regulation|alteration|mediation)", "regulate", 0, "noun"),
    Trigger("(?:mediator|regulator|modulator|controller|driver|inducer|activator|promoter|enhancer|stimulator|cause|source|"
            "orchestrator|player|contributor|determinant|initiator|facilitator|effector)s?", "regulate", 1, "agent", ("of", "in", "for", "to")),
    Trigger("(?:inhibitor|suppressor|repressor|blocker|antagonist|silencer)s?", "regulate", -1, "agent", ("of", "in", "for")),
    Trigger("(?:(?:direct |potential |novel |new |validated |functional |putative |downstream )*targets?(?: genes?)?)", "targeted", -1, "agent",
            ("of", "for")),
    Trigger("(?:tumou?r[- ]?suppressors?(?: genes?)?|tumou?r[- ]suppressive|anti-?oncogenes?|tumou?r[- ]?suppressor (?:roles?|activity))",
            "oncogene", -1, "agent", ("in", "of", "for")),
    Trigger("(?:(?:proto-?)?oncogenes?|onco-?mi-?rs?|oncoproteins?|oncogenic (?:roles?|activity|drivers?|mi-?rnas?))", "oncogene", 1, "agent",
            ("in", "of", "for")),
    Trigger("(?:roles?|functions?|effects?|impacts?|influences?|contributions?|actions?|participations?|involvements?)",
            "role", 0, "noun", ("in", "on", "to", "for", "during", "of", "against")),
    Trigger("(?:ability|abilities|capacity|capability|potential|power)", "ability", 0, "noun", ("of", "for", "to")),
    Trigger("(?:capable)", "ability", 0, "adjective", ("of",)),
)  # fmt: skip

_RESISTANCE: tuple[Trigger, ...] = (
    Trigger("(?:resistance|insensitivity|tolerance|refractoriness|resistant phenotypes?|non-?responsiveness)", "resistance", 1,
            "noun", ("to", "against", "of", "toward", "towards")),
    Trigger("(?:ic-?50(?: values?)?|ec-?50(?: values?)?|half[- ]maximal inhibitory concentrations?(?: \\(ic50\\))?)", "resistance", 1, "noun",
            ("to", "of", "for")),
    Trigger("(?:chemo-?|hyper)sensitive", "sensitive", 1, "adjective", ("to",)),
    Trigger("(?:(?:chemo-?|re-?)?sensitivity|(?:re-?|chemo-?)?sensiti[sz]ation|susceptibility|responsiveness|efficacy|"
            "cytotoxicity|chemo-?responsiveness|responses?|vulnerability|effectiveness|(?:anti-?(?:tumou?r|cancer|"
            "proliferative|neoplastic) )?effects?|antitumou?r activity)",
            "sensitivity", -1, "noun", ("to", "toward", "towards", "of")),
    Trigger("(?:resistant|refractory|insensitive|tolerant|unresponsive)", "resistant", 1, "adjective", ("to", "against")),
    Trigger("(?:chemo-?|re-?)?(?:sensitive|responsive|susceptible)", "sensitive", 1, "adjective", ("to",)),
)  # fmt: skip

_CARGO: tuple[Trigger, ...] = (
    Trigger("(?:carr(?:y|ies|ied|ying)|contain(?:s|ed|ing)?|harbou?r(?:s|ed|ing)?|includ(?:e|es|ed)|possess(?:es|ed|ing)?|"
            "transport(?:s|ed|ing)?|transfer(?:s|red|ring)?|deliver(?:s|ed|ing)?|transmit(?:s|ted|ting)?|shuttl(?:e|es|ed|ing)|"
            "bear(?:s|ing)?|display(?:s|ed|ing)?|convey(?:s|ed|ing)?|disseminat(?:e|es|ed|ing)|expos(?:e|es|ed|ing)|"
            "express(?:es|ed|ing)?|ship(?:s|ped|ping)?)", "cargo", 1, "verb"),
    Trigger("(?:packag(?:e|es|ed|ing)|load(?:s|ed|ing)?|encapsulat(?:e|es|ed|ing)|incorporat(?:e|es|ed|ing)|sort(?:s|ed|ing)?|"
            "encas(?:e|es|ed|ing)|enclos(?:e|es|ed|ing)|secret(?:e|es|ed|ing)|releas(?:e|es|ed|ing)|export(?:s|ed|ing)?|"
            "enrich(?:es|ed|ing)?|detect(?:s|ed)?|found|identif(?:ied|y|ies)|present|presence|abundant|located|locali[sz]ed|"
            "discovered|observed|embedded|contained|carried|delivered|transferred|transported|packed|wrapped|"
            "deliver|detectable|spread|exist(?:s|ed|ing)?|shed|sequestered|accumulat(?:e|es|ed|ing))", "located", 1, "verb",
            ("in", "into", "within", "inside", "by", "via", "through", "with", "on", "from")),
    Trigger("(?:transfer|delivery|transport|packaging|loading|export|shuttling|encapsulation|incorporation|sorting|enrichment|"
            "presence|secretion|release|exchange|trafficking|transmission)", "cargo_noun", 1, "noun", ("of",)),
)  # fmt: skip

_EXPRESSION: tuple[Trigger, ...] = (
    Trigger(f"(?:over-?expressed|{_UP}regulated|elevated|increased|higher|overproduced|enriched|highly expressed|"
            "strongly expressed|abundant|upregulation|overexpression|amplified|high levels?|high expression|"
            f"{_UP}regulation|elevation|increase|highly|significantly higher)", "expression", 1, "adjective", ("in",)),
    Trigger(f"(?:under-?expressed|{_DOWN}regulated|decreased|reduced|lower|lost|low levels?|low expression|diminished|"
            f"{_DOWN}regulation|decrease|reduction|silenced|depleted|lowly expressed|weakly expressed)", "expression", -1,
            "adjective", ("in",)),
    Trigger("(?:bio-?markers?|markers?|indicators?|predictors?|signatures?)", "marker", 1, "agent", ("for", "of", "in")),
    Trigger("(?:diagnos(?:is|tic|tics|e|es|ed|ing)|prognos(?:is|tic)|early detection)", "marker_purpose", 1, "noun",
            ("of", "in", "for")),
    Trigger("(?:bind(?:s|ing)?|bound)", "bind", 1, "verb", ("to", "with")),
    Trigger("(?:sequester(?:s|ed|ing)?|trap(?:s|ped|ping)?|scaveng(?:e|es|ed|ing)|captur(?:e|es|ed|ing))", "bind", 1, "verb"),
    Trigger("(?:pump(?:s|ed|ing)?|extrud(?:e|es|ed|ing)|efflux(?:es|ed|ing)?|expel(?:s|led|ling)?)(?: out)?", "efflux", 1, "verb"),
    Trigger("(?:ma(?:ke|kes|de|king)|render(?:s|ed|ing)?)", "make", 1, "verb"),
    Trigger("(?:distinguish(?:es|ed|ing)?|discriminat(?:e|es|ed|ing)|differentiat(?:e|es|ed|ing))", "marker_verb", 1, "verb"),
    Trigger("(?:ascribed|attributed|due|owing|traced)", "associate", 1, "verb", ("to",)),
    Trigger("interact(?:s|ed|ing)?", "bind", 1, "verb", ("with",)),
    Trigger("(?:associat|correlat|relat|link|connect)(?:e|es|ed|ing|s)?", "associate", 1, "verb", ("with", "to")),
    Trigger("(?:predict|foretell|portend)(?:s|ed|ing)?", "associate", 1, "verb"),
    Trigger("(?:association|correlation|relationship|link)s?", "associate", 1, "noun", ("with", "between", "of")),
)  # fmt: skip

TRIGGERS: tuple[Trigger, ...] = _VERBS + _NOUNS + _RESISTANCE + _CARGO + _EXPRESSION
