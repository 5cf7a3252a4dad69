"""CPU seconds a paper by stage, as one bar in SVG."""

from __future__ import annotations

from typing import Any

from figures import stage_seconds

WIDTH, ROW, LEFT = 640, 24, 130
BLUE = "#4c78a8"


def bars(found: dict[str, Any]) -> str:
    """A bar a stage, longest first."""
    seconds = [(stage, t / found["papers"]) for stage, t in stage_seconds(found).most_common()]
    scale = (WIDTH - LEFT - 60) / max(t for _, t in seconds)
    height = ROW * len(seconds) + 34
    drawn = "\n".join(_bar(n, stage, t, scale) for n, (stage, t) in enumerate(seconds))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        f'font-size="13">\n<text x="0" y="15">CPU seconds a paper, by stage</text>\n{drawn}\n</svg>\n'
    )


def _bar(n: int, stage: str, seconds: float, scale: float) -> str:
    top = 26 + n * ROW
    return (
        f'<text x="{LEFT - 8}" y="{top + 14}" text-anchor="end">{stage}</text>'
        f'<rect x="{LEFT}" y="{top}" width="{seconds * scale:.1f}" height="{ROW - 6}" fill="{BLUE}"/>'
        f'<text x="{LEFT + seconds * scale + 6:.1f}" y="{top + 14}">{seconds:.2f}</text>'
    )
