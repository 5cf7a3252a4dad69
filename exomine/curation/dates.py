"""When decisions were taken, as far as ``decisions.csv`` tells, and the order that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

__all__ = ["in_order", "moments", "parse_date", "stamp"]

_START = datetime.min.replace(tzinfo=UTC)


def parse_date(text: str) -> datetime | None:
    """A day or a moment in ISO 8601; a moment without a zone is in UTC. ``None`` for another text."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def stamp(moment: datetime) -> str:
    """A moment as it is written: ``2026-11-28T16:30:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_order(dates: Iterable[str]) -> list[int]:
    """The places of rows with these dates, earliest first; equals in the order of the file."""
    keys = moments(dates)
    return sorted(range(len(keys)), key=keys.__getitem__)


def moments(dates: Iterable[str]) -> list[datetime]:
    """When each of the rows with these dates counts from; ``dates`` are in the order of the file.

    The file is appended to: a row without a date is no earlier than those above it, and one with a day alone no
    earlier than those of that day above it.
    """
    latest = _START
    latest_of_day: dict[object, datetime] = {}
    keys = []
    for text in dates:
        moment = parse_date(text)
        if moment is None:
            moment = latest
        elif len(text) <= len("2026-11-28"):  # a day alone
            moment = max(datetime.combine(moment.date(), time.min, UTC), latest_of_day.get(moment.date(), _START))
        latest = max(latest, moment)
        day = moment.date()
        latest_of_day[day] = max(latest_of_day.get(day, _START), moment)
        keys.append(moment)
    return keys
