"""Sets JATS articles as PDF in layouts drawn from seeds, a folder a paper beside its XML.

    python benchmarks/layouts/run.py ARTICLES OUT [--half check] [--seed s] [--by typst] [--only NAME ...] [--most N]
        [--more]

ARTICLES holds a folder a paper with article.xml. ``exomine evaluate reading OUT`` then scores what is read of them.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from article import Article, read_article
from layout import Layout, draw

#: An article set as PDF.
Setter = Callable[[Article, Layout, Path], None]


def half_of(name: str) -> str:
    """The half of a paper; a paper is never in both."""
    return ("development", "check")[sha256(name.encode()).digest()[0] % 2]


def setter(name: str) -> Setter:
    if name == "typst":
        from typst_pages import write
    else:
        from html_pages import write
    return write


def chosen(folder: Path, half: str, only: list[str], most: int) -> list[Path]:
    """Papers of a half that have no PDF of their own, those with tables first."""
    papers = [p for p in sorted(folder.glob("*/article.xml")) if not p.with_suffix(".pdf").exists()]
    papers = [p for p in papers if (p.parent.name in only if only else half_of(p.parent.name) == half)]
    papers = [p for p in papers if p.stat().st_size < 210_000]
    return sorted(papers, key=lambda p: (b"<table-wrap" not in p.read_bytes(), p.parent.name))[:most]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", choices=["development", "check"], default="development")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--by", choices=["typst", "chromium"], default="typst")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--most", type=int, default=14)
    parser.add_argument("--more", action="store_true", help="draw from more kinds of prose")
    asked = parser.parse_args()
    write = setter(asked.by)
    for paper in chosen(asked.articles, asked.half, asked.only, asked.most):
        layout = draw(f"{asked.half} {asked.seed} {paper.parent.name}", more=asked.more)
        folder = asked.out / f"{paper.parent.name}.{asked.by}.{asked.seed}"
        folder.mkdir(parents=True, exist_ok=True)
        try:
            write(read_article(paper), layout, folder / "article.pdf")
        except Exception as error:  # one paper that a typesetter refuses does not end the run
            print(f"{folder.name}: not set ({str(error)[:300]})", file=sys.stderr)
            shutil.rmtree(folder)
            continue
        shutil.copyfile(paper, folder / "article.xml")
        (folder / "layout.txt").write_text(f"{layout}\n")
        print(folder.name, layout)


if __name__ == "__main__":
    main()
