"""Ways to damage a paper's file: functions of the bytes and a random generator, so that a seed gives the damage."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from random import Random

__all__ = ["PDF", "TEXT", "XML", "Damage"]

Damage = Callable[[bytes, Random], bytes]

_STREAM = re.compile(rb"(?<=stream\n)(?s:.+?)(?=\n?endstream)|(?<=stream\r\n)(?s:.+?)(?=\r?\n?endstream)")
_NUMBER = re.compile(rb"(?<![\w.#])\d{1,9}(?![\w.])")
_NAME = re.compile(rb"/[A-Z][A-Za-z]{2,}")
_TAG = re.compile(rb"</?[a-z][\w:-]*(?: [^<>]*)?>")
#: What a number is replaced with: nothing, too much, below zero, no number.
_NUMBERS = (b"0", b"-1", b"99999999", b"4294967296", b"1e308", b"null")
_ENTITIES = b'<!DOCTYPE article [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def truncated(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(1, len(data))]


def flipped(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 10, 100, 1000))):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def cut_out(data: bytes, random: Random) -> bytes:
    start, end = _range(data, random)
    return data[:start] + data[end:]


def doubled(data: bytes, random: Random) -> bytes:
    start, end = _range(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 20)) + data[end:]


def swapped(data: bytes, random: Random) -> bytes:
    (a, b), (c, d) = sorted((_range(data, random), _range(data, random)))
    if c < b:
        return data
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def zeroed(data: bytes, random: Random) -> bytes:
    start, end = _range(data, random)
    return data[:start] + bytes(end - start) + data[end:]


def numbers(data: bytes, random: Random) -> bytes:
    """Some numbers (references, lengths, sizes, matrices, spans) become other ones."""
    return _some(_NUMBER, data, random, lambda _: random.choice(_NUMBERS))


def names(data: bytes, random: Random) -> bytes:
    """Some names of a PDF change places: /Font becomes /Length, /Kids /Parent."""
    known = sorted(set(_NAME.findall(data))) or [b"/None"]
    return _some(_NAME, data, random, lambda _: random.choice(known))


def drawing(data: bytes, random: Random) -> bytes:
    """The instructions of one compressed stream are damaged and the stream is compressed again."""
    streams = [m for m in _STREAM.finditer(data) if len(m[0]) > 10]
    random.shuffle(streams)
    for stream in streams:
        with suppress(zlib.error):
            plain = zlib.decompress(stream[0])
            damage = random.choice((flipped, cut_out, doubled, numbers, names))
            return data[: stream.start()] + zlib.compress(damage(plain, random)) + data[stream.end() :]
    return flipped(data, random)


def tags_lost(data: bytes, random: Random) -> bytes:
    return _some(_TAG, data, random, lambda _: b"")


def tags_swapped(data: bytes, random: Random) -> bytes:
    """Some elements get another's name, begin and end alike, so that the XML stays well-formed."""
    found = sorted(set(re.findall(rb"<([a-z][\w:-]*)", data))) or [b"p"]
    old, new = random.choice(found), random.choice(found)
    return re.sub(rb"(</?)" + re.escape(old) + rb"(?=[\s/>])", rb"\g<1>" + new, data)


def nested(data: bytes, random: Random) -> bytes:
    depth = random.choice((10, 100, 10_000))
    at = data.find(b"<body")
    end = data.find(b">", at) + 1
    return data[:end] + b"<sec>" * depth + b"</sec>" * depth + data[end:]


def spans(data: bytes, random: Random) -> bytes:
    """Cells of tables that span absurdly many rows and columns."""
    span = random.choice((b"0", b"-3", b"1000", b"99999999", b"many"))
    return re.sub(rb"<t([dh])\b", rb'<t\1 rowspan="%s" colspan="%s"' % (span, span), data)


def entities(data: bytes, random: Random) -> bytes:
    start = data.find(b"<article")
    place = random.randrange(max(start, 1), len(data))
    return data[:start] + _ENTITIES + data[start:place] + b"&b;" + data[place:]


def emptied(data: bytes, random: Random) -> bytes:
    """Some kind of element loses its content."""
    tag = random.choice(sorted(set(re.findall(rb"<([a-z][\w:-]*)", data))) or [b"p"])
    return re.sub(rb"(<" + re.escape(tag) + rb"(?:\s[^<>]*)?>)(?s:.*?)(</" + re.escape(tag) + rb">)", rb"\1\2", data)


def recoded(data: bytes, random: Random) -> bytes:
    """Written in another encoding, or as if it had been read in one."""
    text = data.decode("utf-8", errors="replace")
    wrong = data.decode("latin-1").encode("utf-8")
    encoding = random.choice(("utf-16", "utf-32", "latin-1", "cp1252", "shift-jis", "utf-7"))
    return random.choice((text.encode(encoding, errors="replace"), wrong, b"\xef\xbb\xbf" + data))


def controls(data: bytes, random: Random) -> bytes:
    """Characters that print nothing, or turn the writing round, between the others."""
    signs = ("\x00", "\x0b", "\x0c", "\x1b[31m", "\u2028", "\u202e", "\ufeff", "\u0301" * 50, "\U0001f9ec", "\r")
    sign = random.choice(signs).encode()
    return _some(re.compile(rb"[a-z ]"), data, random, lambda found: found + sign)


def lines_joined(data: bytes, random: Random) -> bytes:
    return random.choice((data.replace(b"\n", b" "), data.replace(b"\n\n", b"\n"), data.replace(b"\n", b"\r")))


def lines_cut(data: bytes, random: Random) -> bytes:
    """Lines end in the middle of a word, at a width."""
    width = random.choice((1, 7, 40, 400))
    return b"\n".join(data[i : i + width] for i in range(0, len(data), width))


def lines_shuffled(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def columns(data: bytes, random: Random) -> bytes:
    """The second half of the lines stands beside the first, as a page of two columns is copied."""
    lines = data.split(b"\n")
    half = len(lines) // 2
    gap = random.choice((b" ", b"  ", b"\t", b" " * 12))
    return b"\n".join(a[:70].ljust(70) + gap + b for a, b in zip(lines[:half], lines[half:], strict=False))


def repeated(data: bytes, random: Random) -> bytes:
    """One sign many times over: rules, dots of contents, brackets, blanks."""
    sign = random.choice((b"(", b"[", b"-", b".", b"|", b" ", b"miR-", b"1,", b"\t"))
    at = random.randrange(len(data))
    return data[:at] + sign * random.choice((100, 10_000, 100_000)) + data[at:]


def _range(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data))
    return start, min(len(data), start + random.choice((1, 16, 256, 4096, 65_536)))


def _some(pattern: re.Pattern[bytes], data: bytes, random: Random, new: Callable[[bytes], bytes]) -> bytes:
    """Some of what a pattern finds replaced."""
    share = random.choice((0.0005, 0.005, 0.05, 0.3))
    return pattern.sub(lambda m: new(m[0]) if random.random() < share else m[0], data)


_ANY: tuple[Damage, ...] = (truncated, flipped, cut_out, doubled, swapped, zeroed, numbers)
#: What is done to a PDF, to plain text, and to XML.
PDF: tuple[Damage, ...] = (*_ANY, names, drawing, drawing, drawing)
TEXT: tuple[Damage, ...] = (
    *_ANY, recoded, controls, lines_joined, lines_cut, lines_shuffled, columns, repeated,
)  # fmt: skip
XML: tuple[Damage, ...] = (*_ANY, tags_lost, tags_swapped, tags_swapped, nested, spans, entities, emptied)
