"""Names of files as they can be shown and written: a name is bytes, and not all bytes are text."""

from __future__ import annotations

import re

__all__ = ["shown_name"]

#: What stands in a name for a byte that is no UTF-8 (PEP 383: U+DC80 to U+DCFF), and halves of surrogate pairs.
_NO_TEXT = re.compile("[\ud800-\udfff]")
_FIRST_ESCAPE = 0xDC00


def shown_name(name: str) -> str:
    """``name`` with the bytes that are no UTF-8 written out, as in ``caf\\xe9.txt`` for a name in Latin-1."""
    return _NO_TEXT.sub(_written_out, name)


def _written_out(sign: re.Match[str]) -> str:
    code = ord(sign[0])
    byte = code - _FIRST_ESCAPE
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else f"\\u{code:04x}"
