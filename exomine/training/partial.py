"""What the tags of one corpus say of those of another head (label-masked mixing of corpora)."""

from __future__ import annotations

from typing import Any

__all__ = ["allowed_tags"]


def allowed_tags(own: list[str], other: list[str], entry: dict[str, Any]) -> list[list[bool]]:
    """For every BIO tag of a corpus, which tags of the other head go with it: rows ``own``, columns ``other``.

    ``entry`` is a ``[[partial]]`` of config.toml. Its ``label`` is one of ``labels``: with the same bounds
    (``same_bounds``), or with parts that are outside of the other's shorter mentions. Where the corpus marks all of
    those labels (``complete``), what is outside of its mentions is none of them. Its other labels say nothing.
    """
    known = set(entry["labels"])

    def goes(tag: str, with_: str) -> bool:
        if with_ == "O":
            return tag[2:] not in known or not entry["complete"]
        if with_[2:] != entry["label"]:
            return True
        if tag == "O":
            return not entry["same_bounds"]
        return tag[2:] in known and (tag[0] == with_[0] or not entry["same_bounds"])

    return [[goes(tag, with_) for tag in other] for with_ in own]
