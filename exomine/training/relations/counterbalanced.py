"""Sentences in which every kind of subject does an act and its contrary: what a name is must not tell the sign.

    python -m exomine.training.relations.counterbalanced --out FILE [--number N] [--seed N] [--held-out]

Of what papers print, microRNAs and drugs undo resistance more often than proteins and vesicles, and a small network
learns that instead of reading the verb. The frames and words are written for this; the names are symbols of the
lexicon, drawn at random. ``--held-out`` writes sentences with the verbs and adjectives that are kept from training, to
test it with.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exomine.annotation.record import AnnotatedMention, AnnotatedRelation, AnnotatedSentence, write_corpus
from exomine.vocabulary.terms import read_lexicon

__all__ = ["counterbalanced"]

R, S = "confers_resistance_to", "confers_sensitivity_to"
#: Verbs, third person, past and base form, that raise (+1) or lower (-1) what they are said of.
_RAISE = """
promotes promoted promote|increases increased increase|enhances enhanced enhance|strengthens strengthened strengthen
aggravates aggravated aggravate|augments augmented augment|fuels fueled fuel|reinforces reinforced reinforce
amplifies amplified amplify|bolsters bolstered bolster|elevates elevated elevate|intensifies intensified intensify
drives drove drive|boosts boosted boost|accentuates accentuated accentuate|raises raised raise
heightens heightened heighten|sustains sustained sustain|restores restored restore|preserves preserved preserve
""".replace("\n", "|")
_LOWER = """
reverses reversed reverse|reduces reduced reduce|attenuates attenuated attenuate|decreases decreased decrease
diminishes diminished diminish|weakens weakened weaken|suppresses suppressed suppress|abolishes abolished abolish
mitigates mitigated mitigate|lowers lowered lower|alleviates alleviated alleviate|blunts blunted blunt
relieves relieved relieve|tempers tempered temper|curtails curtailed curtail|erodes eroded erode
undermines undermined undermine|nullifies nullified nullify|negates negated negate|lessens lessened lessen
dampens dampened dampen|impairs impaired impair|counteracts counteracted counteract|curbs curbed curb
""".replace("\n", "|")
#: Said of a resistance alone.
_END = (
    "overcomes overcame overcome|circumvents circumvented circumvent|surmounts surmounted surmount|breaks broke break"
)
_TOWARDS_R = "resistant|refractory|insensitive|less sensitive|tolerant|less responsive|impervious|less vulnerable"
_TOWARDS_S = "sensitive|susceptible|responsive|more sensitive|vulnerable|less resistant|amenable|more susceptible"
_LESS = "Loss of|Silencing of|Knockdown of|Depletion of|Inhibition of|Downregulation of|Deletion of"
_MORE = "Overexpression of|Upregulation of|Restoration of|Ectopic expression of|Forced expression of"
_VESICLES = "exosomes|Exosomes|extracellular vesicles|MSC exosomes|EVs|small extracellular vesicles|microvesicles"
#: How a vesicle stands before its cargo, and what joins them.
_OF_VESICLE = (("exosomal", " "), ("exosomal", " "), ("vesicular", " "), ("exosome", "-derived "), ("EV", "-borne "))
_CANCERS = "gastric cancer|glioblastoma|ovarian cancer|breast cancer|NSCLC|colorectal cancer|melanoma|osteosarcoma"
_LINES = "A549|MCF-7|HeLa|SKOV3|HCT116|U87|PC-3|HepG2|MGC-803|K562"
_PROCESSES = "proliferation|invasion|migration|autophagy|EMT|angiogenesis|metastasis|glycolysis"
_DRUGS = (
    "cisplatin|gemcitabine|paclitaxel|doxorubicin|temozolomide|sorafenib|gefitinib|tamoxifen|5-FU|oxaliplatin|imatinib"
)
_COMPOUNDS = "Curcumin|Resveratrol|Metformin|Verapamil|Quercetin|Everolimus|Celecoxib|Selinexor"
#: Every how many-th verb or adjective is kept from training.
_KEPT = 4


@dataclass(frozen=True, slots=True)
class _Words:
    """Forms of verbs by the sign they give a resistance, and adjectives."""

    raising: tuple[tuple[str, ...], ...]
    lowering: tuple[tuple[str, ...], ...]
    ending: tuple[tuple[str, ...], ...]
    resistant: tuple[str, ...]
    sensitive: tuple[str, ...]


def _forms(text: str, *, held_out: bool) -> tuple[tuple[str, ...], ...]:
    found = [tuple(part.split()) for part in text.split("|") if part.strip()]
    return tuple(x for k, x in enumerate(found) if (k % _KEPT == _KEPT - 1) == held_out)


def _words(*, held_out: bool) -> _Words:
    def plain(text: str) -> tuple[str, ...]:
        return tuple(" ".join(x) for x in _forms(text, held_out=held_out))

    raising, lowering, ending = (_forms(text, held_out=held_out) for text in (_RAISE, _LOWER, _END))
    return _Words(raising, lowering, ending, plain(_TOWARDS_R), plain(_TOWARDS_S))


class _Writer:
    """A sentence on its way: text with the places of its mentions."""

    def __init__(self) -> None:
        self.text = ""
        self.mentions: list[AnnotatedMention] = []
        self.relations: list[AnnotatedRelation] = []

    def add(self, text: str, label: str = "") -> int:
        """Append a text, or a mention; gives the mention's number."""
        start = len(self.text)
        self.text += text
        if label:
            self.mentions.append(AnnotatedMention(start, len(self.text), label))
        return len(self.mentions) - 1

    def fill(self, frame: str, parts: dict[str, tuple[str, str]], written: dict[str, int]) -> None:
        """Append a frame with named parts in braces; ``written`` takes the number of each mention."""
        for piece in frame.replace("}", "{").split("{"):
            text, label = parts.get(piece, (piece, ""))
            number = self.add(text, label)
            if label:
                written[piece] = number


@dataclass(frozen=True, slots=True)
class _Subject:
    """Who acts: how it is written, its label, the vesicle before it, its sign and state, a word of more or less."""

    name: str
    label: str
    before: str = ""
    vesicle: tuple[str, str] = ("", "")
    sign: int = 1
    state: str = "normal"


#: Frames about resistance and sensitivity: ``s``: subject, ``v``: verb (3rd person), ``ed``: past, ``to``: base form.
_ABOUT_RESISTANCE = (
    "{s} {v} {d} resistance in {c}.", "{s} {v} resistance to {d}.", "{s} {ed} the {d} resistance of {l} cells.",
    "{d} resistance was {ed} by {s} in {c}.", "{s} has been shown to {to} {d} resistance.",
    "In our hands, {s} significantly {ed} {d} resistance.", "{s} suppressed {p} and {ed} {d} resistance of {c} cells.",
    "{s} can {to} the resistance of {l} cells to {d}.", "{s} {v} the IC50 of {d}.",
    "{s} {ed} the development of {d} resistance in {c}.",
)  # fmt: skip
_ABOUT_SENSITIVITY = (
    "{s} {v} {d} sensitivity in {c}.", "{s} {ed} the sensitivity of {l} cells to {d}.", "{s} {v} the efficacy of {d}.",
    "In {c}, the response to {d} was {ed} by {s}.", "{s} was found to {to} the cytotoxicity of {d}.",
    "{s} promoted {p} and {ed} {d} sensitivity in {c}.", "{s} {v} the sensitivity to {d}.",
)  # fmt: skip
_MAKING = ("{s} renders {l} cells {a} to {d}.", "{s} made {c} {a} to {d}.", "{l} cells became {a} to {d} upon {s}.")
_LINKED = (
    "{s} was {w} correlated with {d} resistance in {c}.",
    "High {s} levels are {w} associated with {d} resistance.",
)
_HEDGES = (
    ("may {to}", "speculative"),
    ("could {to}", "speculative"),
    ("did not {to}", "negated"),
    ("failed to {to}", "negated"),
)


class _Maker:
    def __init__(self, rng: random.Random, words: _Words, names: dict[str, Sequence[str]]) -> None:
        self.rng, self.words, self.names = rng, words, names

    def one(self, number: int, sign: int) -> AnnotatedSentence:
        """A sentence whose subject furthers resistance (``sign`` 1) or undoes it (-1)."""
        rng = self.rng
        subject = self._subject(number)
        drug = rng.choice([d for d in _DRUGS.split("|") if d.lower() != subject.name.lower()])
        drawn = (("c", _CANCERS, "CANCER"), ("l", _LINES, "CELL_LINE"), ("p", _PROCESSES, "PROCESS"))
        parts = {"d": (drug, "DRUG")} | {k: (rng.choice(names.split("|")), label) for k, names, label in drawn}
        frame, assertion = self._frame(sign * subject.sign, parts)
        writer = _Writer()
        written: dict[str, int] = {}
        head, _, tail = frame.partition("{s}")
        writer.fill(head, parts, written)
        who = self._write(writer, subject, first=not writer.text)
        writer.fill(tail, parts, written)
        writer.relations.append(
            AnnotatedRelation(who, R if sign > 0 else S, written["d"], assertion, subject.state, self._basis(frame))
        )
        if "p" in written:
            acts = "promotes" if ("promoted {p}" in frame) == (subject.sign > 0) else "inhibits"
            writer.relations.append(AnnotatedRelation(who, acts, written["p"], "asserted", subject.state))
        text = writer.text[0].upper() + writer.text[1:] if not writer.text[0].isdigit() else writer.text
        return AnnotatedSentence(
            f"counterbalanced-{number:04d}",
            "written:counterbalanced",
            text,
            tuple(writer.mentions),
            tuple(writer.relations),
        )

    def _write(self, writer: _Writer, subject: _Subject, *, first: bool) -> int:
        if subject.before:
            writer.add(f"{subject.before if first else subject.before.lower()} ")
        word, joint = subject.vesicle
        if not word:
            return writer.add(subject.name, subject.label)
        vesicle = writer.add(word, "VESICLE")
        writer.add(joint)
        who = writer.add(subject.name, subject.label)
        writer.relations.append(AnnotatedRelation(who, "cargo_of", vesicle))
        return who

    def _subject(self, number: int) -> _Subject:
        rng = self.rng
        kind = ("gene", "gene", "mirna", "noncoding", "vesicle", "compound", "cargo", "cargo")[number // 2 % 8]
        if kind == "vesicle":
            return _Subject(rng.choice(_VESICLES.split("|")), "VESICLE")
        if kind == "compound":
            return _Subject(rng.choice(_COMPOUNDS.split("|")), "DRUG")
        source = rng.choice(("gene", "mirna", "noncoding")) if kind == "cargo" else kind
        name = rng.choice(self.names[source])
        label = "MIRNA" if source == "mirna" else "PROTEIN"
        if kind == "cargo":
            return _Subject(name, label, vesicle=rng.choice(_OF_VESICLE))
        turn = rng.random()
        if turn < 0.2:
            return _Subject(name, label, rng.choice(_LESS.split("|")), sign=-1, state="reduced")
        return (
            _Subject(name, label, rng.choice(_MORE.split("|")), state="increased")
            if turn < 0.3
            else _Subject(name, label)
        )

    def _frame(self, sign: int, parts: dict[str, tuple[str, str]]) -> tuple[str, str]:
        """A frame that says ``sign`` of its subject, its words put among ``parts``, and its assertion."""
        rng, words = self.rng, self.words
        kind = rng.random()
        if kind < 0.18:
            parts["a"] = rng.choice(words.resistant if sign > 0 else words.sensitive), ""
            return rng.choice(_MAKING), "asserted"
        if kind < 0.25:
            parts["w"] = rng.choice(("positively", "directly") if sign > 0 else ("inversely", "negatively")), ""
            return rng.choice(_LINKED), "asserted"
        about_resistance = kind < 0.7
        frame = rng.choice(_ABOUT_RESISTANCE if about_resistance else _ABOUT_SENSITIVITY)
        lowering = [*words.lowering, *words.ending] if about_resistance and "IC50" not in frame else words.lowering
        verb = rng.choice(words.raising if (sign > 0) == about_resistance else lowering)
        parts |= {"v": (verb[0], ""), "ed": (verb[1], ""), "to": (verb[2], "")}
        assertion = "asserted"
        if "{s} {v}" in frame and rng.random() < 0.3:
            hedge, assertion = rng.choice(_HEDGES)
            frame = frame.replace("{v}", hedge)
        return frame, assertion

    @staticmethod
    def _basis(frame: str) -> str:
        return "correlation" if "{w}" in frame else "cause"


def counterbalanced(number: int, seed: int, *, held_out: bool = False) -> Iterator[AnnotatedSentence]:
    """``number`` sentences, every other one of the contrary sign."""
    rng = random.Random(seed)
    maker = _Maker(rng, _words(held_out=held_out), _names(rng))
    return (maker.one(n, 1 if n % 2 else -1) for n in range(number))


def _names(rng: random.Random) -> dict[str, Sequence[str]]:
    terms = read_lexicon()
    rows = zip(terms["label"], terms["source"], terms["guard"], terms["name"], strict=True)
    symbols = sorted(
        {str(name) for label, source, guard, name in rows if (label, source, guard) == ("PROTEIN", "hgnc", "")}
    )
    symbols = [x for x in symbols if x.isupper() and 3 < len(x) < 7]
    return {
        "gene": rng.sample(symbols, 300),
        "mirna": [f"miR-{n}{arm}" for n in rng.sample(range(1, 900), 150) for arm in ("", "-3p", "a-5p")],
        "noncoding": [
            *(f"LINC{n:05d}" for n in rng.sample(range(100, 1900), 60)),
            *(f"circ{x}" for x in rng.sample(symbols, 60)),
            *("HOTAIR", "MALAT1", "H19", "GAS5", "UCA1", "XIST", "NEAT1", "PVT1", "SNHG12", "TUG1", "MEG3"),
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--number", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    write_corpus(options.out, counterbalanced(options.number, options.seed, held_out=options.held_out))


if __name__ == "__main__":
    main()
