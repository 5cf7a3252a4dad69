"""Characters that a PDF hides: symbol fonts without a mapping to Unicode, ligatures, private-use code points.

Each table is data: code in the font -> character. Sources: Adobe's Symbol encoding (PDF 32000-1, annex D.5), Adobe's
glyph list for the names of Greek letters, and the fonts as found in publishers' files where a comment says so.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LOST", "SYMBOL_LETTERS", "clean", "font_name", "is_bold", "is_italic", "is_special", "recover"]

#: What stands for a glyph whose meaning cannot be recovered.
LOST = "\ufffd"

_BOLD = re.compile(
    r"bold|black|heavy|demi|medi(?:um)?$|medi-?ital|cmbx|sfbx|ecbx|lmbx|bx\d|[-.,_]b(?:d|i)?$|\.b\+|-bd|[a-z]-B(?:I|It)?$|bd(?:cn|it)?$",
    re.I,
)
_ITALIC = re.compile(r"ital|obli|slant|cmti|cmmi|sfti|[-.,_]b?i(?:t)?$|\.i\+|-it\b", re.I)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SYMBOL_FONT = re.compile(r"^symbol|symbolmt|symbolstd|symbolprop|universalgreek|mathematicalpi|^mtsy$", re.I)

#: Adobe Symbol encoding: Latin letters' codes draw Greek ones.
SYMBOL_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL = SYMBOL_LETTERS | {
    chr(k): v
    for k, v in {
        0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x60: "‾", 0x7E: "∼",
        0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔",
        0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝",
        0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩",
        0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD2: "®",
        0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDE: "⇒",
        0xE5: "∑", 0xF2: "∫",
    }.items()
}  # fmt: skip
#: Linotype Mathematical Pi 1, by glyph name as publishers' files carry them ("H9262" is a mu).
_PI_NAMES = {
    "H9251": "α", "H9252": "β", "H9253": "γ", "H9254": "δ", "H9255": "ε", "H9256": "ζ", "H9257": "η", "H9258": "θ",
    "H9259": "ι", "H9260": "κ", "H9261": "λ", "H9262": "μ", "H9263": "ν", "H9264": "ξ", "H9266": "π", "H9267": "ρ",
    "H9268": "σ", "H9270": "τ", "H9271": "υ", "H9272": "φ", "H9273": "χ", "H9274": "ψ", "H9275": "ω", "H9004": "Δ",
    "H9006": "±", "H11001": "+", "H11002": "−", "H11003": "×", "H11005": "=", "H11006": "±", "H11021": "<",
    "H11022": ">",
    "H11032": "′", "H11349": "≤", "H11350": "≥", "H11011": "∼", "H11015": "≈", "H11034": "°", "H17034": "°",
}  # fmt: skip
#: TeX's mathematical symbols (CMSY), which many typesetting systems keep under their own names ("C20" is a
#: less-or-equal).
_TEX_SYMBOLS = {
    0: "−", 1: "·", 2: "×", 3: "∗", 4: "÷", 5: "⋄", 6: "±", 7: "∓", 14: "°", 15: "•", 17: "≡", 18: "⊆", 19: "⊇",
    20: "≤",
    21: "≥", 24: "∼", 25: "≈", 26: "⊂", 27: "⊃", 28: "≪", 29: "≫", 32: "←", 33: "→", 34: "↑", 35: "↓", 36: "↔", 39: "≃",
    40: "⇐", 41: "⇒", 44: "⇔", 47: "∝", 48: "′", 49: "∞", 50: "∈", 91: "∪", 92: "∩", 94: "∧", 95: "∨", 106: "|",
    112: "√",
}  # fmt: skip
_TEX_FONT = re.compile(r"^(?:cmsy|mtsy|advp4c4e74|tex_cm_maths_symbols)", re.I)
#: Fonts that show signs although the file maps them to letters: what their characters are. TeX's fonts under Latin-1
#: names ("p ¼ 0.05", "ðnÞ"), AMS signs in one typesetting system ("P 3"), mathabx ("p ă 0.05", "5 ˆ 10´3", "37 ˝C").
_MISNAMED = (
    (re.compile(r"^(?:advp4c4e|tex_cm_)", re.I), {"¼": "=", "ð": "(", "Þ": ")", "þ": "+", "½": "["}),
    (re.compile(r"^AdvP4C4E46$"), {"P": "≥", "6": "≤"}),
    (
        re.compile(r"^TeX-math[abx]\d+$"),
        {
            "`": "+", "´": "−", "ˆ": "×", "¨": "·", "˝": "°", "˘": "±", "“": "=", "„": "∼", "«": "≈", "ă": "<",
            "ą": ">",
            "ď": "≤", "ě": "≥", "Ñ": "→", "Ð": "←", "1": "′", "8": "∞",
        },
    ),
)  # fmt: skip
#: Glyph names of TeX's symbol fonts: "C20".
_TEX_GLYPH = re.compile(r"C\d{1,3}")
_NAMES = {"prime": "′", "parenleftbig": "(", "parenrightbig": ")", "bracketleftbig": "[", "bracketrightbig": "]"}
_MAP = {
    "\u25e6": "°",  # a raised ring; bullets of this shape begin a line and are told apart there
    "\u00b5": "μ",  # micro sign; NFKC agrees, and both are printed the same
    "\u2126": "Ω",
    "\u2206": "Δ",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "", "\x00": "",
    "\x02": "-", "\ufffe": "-",  # what libraries put for a hyphen at a line's end
}  # fmt: skip


def font_name(raw: str) -> str:
    """The font's name without its subset prefix."""
    name = _SUBSET.sub("", raw)
    return re.sub(r"^[A-Z][a-z]{5}(?=Adv[A-Z])", "", name)  # one typesetting system leaves out the plus sign


def is_bold(name: str, flags: int = 0) -> bool:
    """Whether the name or the descriptor's flags (bit 19, ForceBold) say that the font is bold."""
    return bool(_BOLD.search(name)) or bool(flags & 0x40000)


def is_italic(name: str, flags: int = 0) -> bool:
    """Whether the name or the descriptor's flags (bit 7) say that the font is slanted."""
    return bool(_ITALIC.search(name)) or bool(flags & 0x40)


def is_special(font: str) -> bool:
    """Whether a font's letters may stand for symbols."""
    named = _SYMBOL_FONT.search(font) or _TEX_FONT.search(font)
    return bool(named) or any(pattern.search(font) for pattern, _ in _MISNAMED)


def clean(text: str) -> str:
    """Ligatures taken apart, spaces plain, control characters gone. One glyph's text or a whole string's."""
    if text.isascii() and text.isprintable():
        return text
    out = "".join(_MAP.get(c, c) for c in text)
    return "".join(c for c in out if c >= " " or c in "\t\n") if not out.isprintable() else out


def recover(font: str, code: int, text: str | None, glyph: str = "") -> str:
    """The character that a glyph shows.

    ``text`` is what the file's own tables say (``None`` where they say nothing), ``glyph`` the glyph's name where the
    encoding gives one. What cannot be told is :data:`LOST`.
    """
    if glyph in _PI_NAMES:
        return _PI_NAMES[glyph]
    if text is None:
        return _recover_unmapped(font, code, glyph)
    if shown := _misnamed(font, text):
        return shown
    if len(text) == 1 and "\uf000" <= text <= "\uf0ff":  # symbol fonts in the private use area
        plain = chr(ord(text) - 0xF000)
        return _SYMBOL.get(plain, plain)
    if _SYMBOL_FONT.search(font) and _is_ascii_letter(text):
        return _symbol(code, text)
    return LOST if _is_private(text) else clean(text)


def _recover_unmapped(font: str, code: int, glyph: str) -> str:
    """The character of a glyph about which the file's tables say nothing: by its font and its name or code."""
    if _TEX_FONT.search(font):
        number = int(glyph[1:]) if _TEX_GLYPH.fullmatch(glyph) else code
        return _NAMES.get(glyph) or _TEX_SYMBOLS.get(number, LOST)
    if glyph in _NAMES:
        return _NAMES[glyph]
    return _symbol(code, LOST) if _SYMBOL_FONT.search(font) else LOST


def _symbol(code: int, other: str) -> str:
    """The character at a code of Adobe's Symbol encoding, ``other`` where it has none."""
    return _SYMBOL.get(chr(code) if code < 256 else "", other)


def _misnamed(font: str, text: str) -> str:
    """What a font shows for a character that the file gives another name; empty where the name is right."""
    return next((shown[text] for pattern, shown in _MISNAMED if text in shown and pattern.search(font)), "")


def _is_private(text: str) -> bool:
    """Whether a character is one of those to which Unicode gives no meaning."""
    return len(text) == 1 and unicodedata.category(text) == "Co"


def _is_ascii_letter(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isalpha()
