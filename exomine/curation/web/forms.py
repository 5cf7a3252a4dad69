"""What comes back from the page: wishes in addresses and decisions in forms, each checked before it is believed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qsl, urlencode

from exomine.curation.decisions import EDITABLE, NONE, Decision
from exomine.curation.edits import Names, check_edit
from exomine.curation.queue import ANY, SORTS, STATES, Wish
from exomine.curation.review import SCOPES
from exomine.curation.schema import REASON_CODES
from exomine.errors import CurationError
from exomine.tables.schema import ASSERTIONS
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = ["address", "decision_from", "fields", "is_editing", "page_from", "scope_from", "seen_from", "wish_from"]

_MOST_FIELDS = 60
#: What the buttons of the form can say.
_BUTTONS = ("accept", "reject", "edit", "uncertain", "withdraw")
_USUAL = Wish()
_CHOICES = {"predicate": PREDICATE_NAMES, "assertion": ASSERTIONS}


def fields(body: bytes | str) -> dict[str, str]:
    """The fields of a form or an address; of a name that stands twice the last one."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise CurationError("The form cannot be read.") from None


def wish_from(told: Mapping[str, str]) -> Wish:
    """What is asked for; what is not known of it is as if it had not been said."""
    return Wish(
        sort=_one_of(SORTS, told.get("sort"), _USUAL.sort),
        status=_one_of((*STATES, ANY), told.get("status"), _USUAL.status),
        predicate=_one_of(PREDICATE_NAMES, told.get("predicate"), ANY),
        cancer=told.get("cancer") or ANY,
        paper=told.get("paper") or ANY,
        text=told.get("text", "")[:200],
        opposed=told.get("opposed") == "1",
    )


def _one_of(choices: Collection[str], said: str | None, usual: str) -> str:
    return said if said is not None and said in choices else usual


def address(wish: Wish, **more: object) -> str:
    """A wish as the part of an address behind the question mark; what is as usual is left out."""
    usual = asdict(_USUAL)
    said = {name: value for name, value in asdict(wish).items() if value != usual[name]}
    return urlencode({**said, **({"opposed": "1"} if wish.opposed else {}), **more})


def page_from(told: Mapping[str, str]) -> int:
    """A page of the queue, from 1."""
    number = told.get("page", "1")
    return max(1, int(number)) if number.isdecimal() and len(number) < 7 else 1


def scope_from(told: Mapping[str, str]) -> str:
    """What the decision is about."""
    scope = told.get("scope", "triple")
    if scope not in SCOPES:
        raise CurationError(f"A decision cannot be about {scope!r}.")
    return scope


def seen_from(told: Mapping[str, str]) -> int | None:
    """The mark of the page on which a form was filled; ``None`` for a form of no page."""
    mark = told.get("seen")
    if mark is None:
        return None
    return int(mark) if mark.isdecimal() and len(mark) < 12 else 0


def is_editing(told: Mapping[str, str], row: Mapping[str, Any]) -> bool:
    """Whether a form that comes back has a slot that was changed, or in which somebody typed."""
    cells = {name: row[name] or "" for name in EDITABLE}
    cells |= {name: row[name] or "" for name in ("subject_name", "object_name", "cancer_name")}
    return any(told.get(name, "") not in ("", was) for name, was in cells.items())


def decision_from(told: Mapping[str, str], row: Mapping[str, Any], scope: str, names: Names) -> Decision:
    """The decision of a form about a triple or relation ``row``; raises :class:`CurationError` saying what cannot
    be."""
    said = told.get("decision", "")
    if said not in _BUTTONS:
        raise CurationError(f"There is no decision {said!r}.")
    changes = _changes(told, row)
    if said != "edit" and changes:
        raise CurationError(
            "You changed something above: save it as an edit, or take the change back and decide again."
        )
    if said == "edit":
        _check_scope(changes, scope)
        check_edit(row, changes, names)
    reason = told.get("reason", "")
    return Decision(
        "", said, changes=tuple(changes.items()), reason=reason if reason in REASON_CODES else "",
        note=told.get("note", "")[:2000]
    )  # fmt: skip


def _changes(told: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, str]:
    """The cells of an edit: what differs from the row."""
    out = {}
    for name in EDITABLE:
        value = " ".join(told.get(name, "").split())
        if name in _CHOICES and value and value not in _CHOICES[name]:
            raise CurationError(f"There is no {name} {value!r}.")
        if value and value != (row[name] or (NONE if name == "cancer_curie" else "")):
            out[name] = value
    return out


def _check_scope(changes: Mapping[str, str], scope: str) -> None:
    if not changes:
        raise CurationError("Nothing was changed: change a slot first, or accept the statement as it is.")
    only = {f"{scope}_curie"}
    if scope not in ("triple", "sentence") and set(changes) != only:
        raise CurationError(f"For every row with this reading of the {scope}, change the {scope} and nothing else.")
