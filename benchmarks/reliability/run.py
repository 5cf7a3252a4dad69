"""The reliability diagram of the relation scores, from the figures that the training wrote beside the model.

    python benchmarks/reliability/run.py [models/exomine_relations/figures.json] [--out docs/reliability.svg]

A point a tenth of the score: the mean score of the statements in it (across), the share of them that is right
(upward) with its 95 % interval (Wilson), and how many they are. On the diagonal a score keeps its word.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIZE, LEFT, TOP = 360, 64, 34
BLUE, GREY = "#4c78a8", "#999999"
#: Normal quantile of a two-sided 95 % interval.
Z = 1.96


def interval(share: float, n: int) -> tuple[float, float]:
    """Wilson's interval of a share of ``n``."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def diagram(bins: Sequence[dict[str, Any]]) -> str:
    """The bins ("n", "score", "right") as SVG."""
    drawn = "\n".join([*_frame(), *(line for b in bins if b["n"] for line in _bin(b))])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + SIZE + 20} {TOP + SIZE + 56}" '
        f'font-family="sans-serif" font-size="12" role="img">\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f"<title>Scores of relations and how often they are right</title>\n{drawn}\n</svg>\n"
    )


def _x(value: float) -> str:
    return f"{LEFT + value * SIZE:.1f}"


def _y(value: float) -> str:
    return f"{TOP + (1 - value) * SIZE:.1f}"


def _frame() -> Iterable[str]:
    yield f'<text x="{LEFT}" y="18" font-size="14">How often a score is right (part dev, cross-validated)</text>'
    yield f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#333333"/>'
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="{GREY}" stroke-dasharray="4 4"/>'
    for k in range(0, 11, 2):
        value = k / 10
        yield f'<text x="{_x(value)}" y="{TOP + SIZE + 18}" text-anchor="middle">{value:.1f}</text>'
        yield f'<text x="{LEFT - 8}" y="{float(_y(value)) + 4:.1f}" text-anchor="end">{value:.1f}</text>'
    yield f'<text x="{_x(0.5)}" y="{TOP + SIZE + 42}" text-anchor="middle">score</text>'
    yield f'<text transform="rotate(-90 18 {_y(0.5)})" x="18" y="{_y(0.5)}" text-anchor="middle">share right</text>'


def _bin(b: dict[str, Any]) -> Iterable[str]:
    low, high = interval(b["right"], b["n"])
    yield f'<path d="M{_x(b["score"])} {_y(low)}V{_y(high)}" stroke="{BLUE}" stroke-width="2"/>'
    yield f'<circle cx="{_x(b["score"])}" cy="{_y(b["right"])}" r="4" fill="{BLUE}"/>'
    yield (
        f'<text x="{float(_x(b["score"])) + 8:.1f}" y="{float(_y(low)) + 4:.1f}" fill="{GREY}" font-size="10">'
        f"{b['n']}</text>"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path, nargs="?", default=ROOT / "models" / "exomine_relations" / "figures.json")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "reliability.svg")
    options = parser.parse_args()
    bins = json.loads(options.figures.read_text(encoding="utf-8"))["reliability"]
    options.out.write_text(diagram(bins), encoding="utf-8")
    print(f"{options.out}: {sum(b['n'] for b in bins)} statements")


if __name__ == "__main__":
    main()
