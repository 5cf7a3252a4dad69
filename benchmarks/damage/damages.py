"""Ways to damage a paper's file: functions of the bytes and a random generator, so that a seed gives the damage."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from random import Random

__all__ = ["PDF", "XML", "Damage"]

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


def _range(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data))
    return start, min(len(data), start + random.choice((1, 16, 256, 4096, 65_536)))


def _some(pattern: re.Pattern[bytes], data: bytes, random: Random, new: Callable[[bytes], bytes]) -> bytes:
    """Some of what a pattern finds replaced."""
    share = random.choice((0.0005, 0.005, 0.05, 0.3))
    return pattern.sub(lambda m: new(m[0]) if random.random() < share else m[0], data)


_ANY: tuple[Damage, ...] = (truncated, flipped, cut_out, doubled, swapped, zeroed, numbers)
#: What is done to a PDF, and to XML.
PDF: tuple[Damage, ...] = (*_ANY, names, drawing, drawing, drawing)
XML: tuple[Damage, ...] = (*_ANY, tags_lost, tags_swapped, tags_swapped, nested, spans, entities, emptied)
