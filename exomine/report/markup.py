"""Pieces of HTML. Every text goes through :func:`text`: what stands in a paper is shown, never carried out."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["as_script_data", "bar", "element", "number", "table", "text"]


def text(value: Any) -> str:
    """A value as text: escaped, and apart from what stands beside it (right-to-left marks end with it)."""
    return "" if value is None else f"<bdi>{html.escape(str(value))}</bdi>"


def element(name: str, content: str, **attributes: str) -> str:
    """An element around content that is HTML already; ``class_`` is class."""
    shown = "".join(f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{shown}>{content}</{name}>"


def number(relations: Sequence[int], about: str, *, shown: str = "") -> str:
    """A number that opens the sentences it counts; ``about`` is the heading under which they stand."""
    if not relations:
        return shown or "0"
    rows = ",".join(map(str, relations))
    label = f"{about}: show {len(relations)} statements with their sentences"
    return element(
        "button",
        shown or str(len(relations)),
        type="button",
        class_="n",
        data_r=rows,
        data_about=about,
        aria_label=label,
    )


def bar(share: float) -> str:
    """A bar for a share from 0 to 1, beside a number that says the same."""
    return f'<span class="bar" aria-hidden="true"><i style="width:{100 * share:.1f}%"></i></span>'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = ()) -> str:
    """A table that can be scrolled sideways where the screen is narrow; cells are HTML, ``numbers`` are columns of
    numbers."""
    right = set(numbers)
    top = "".join(
        element("th", html.escape(h), scope="col", class_="r" if i in right else "l") for i, h in enumerate(head)
    )
    body = "".join(_row(row, right) for row in rows)
    whole = (
        f"<table>{element('caption', html.escape(caption))}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )
    return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


def _row(cells: Sequence[str], right: set[int]) -> str:
    first, *others = cells
    shown = element("th", first, scope="row")
    rest = (element("td", c, class_="r" if i in right else "l") for i, c in enumerate(others, 1))
    return f"<tr>{shown}{''.join(rest)}</tr>"


def as_script_data(value: Any) -> str:
    """JSON that can stand in a script element: no text in it can end the element."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (
        told.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
