"""A folder as downloads leave it: one good paper among files that are none.

Each fails with its own reason, and alone.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pytest

GOOD = (
    "A review of vesicles\n\nExosomal miR-21 confers cisplatin resistance in gastric cancer. This was seen in "
    "patients.\n"
)
XML = '<?xml version="1.0"?>\n'
ENTITY = (
    XML + '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<article><body><p>&x;</p></body></article>\n'
)


WORDS = ("serum", "plasma", "tissue", "saliva", "urine", "bone", "liver", "lung", "colon", "skin", "nerve")


def sentence(n):
    first, second = WORDS[n % 11], WORDS[n // 11 % 11]
    return f"Exosomes from {first} carry miR-{n + 1} to the {second} of patients with gastric cancer."


def pdf(*, text=True, encrypt=None, pages=3):
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    page = canvas.Canvas(out, encrypt=encrypt)
    for number in range(pages):
        if text:
            for line in range(40):
                page.drawString(72, 760 - 15 * line, sentence(40 * number + line))
        else:
            from PIL import Image

            page.drawImage(
                ImageReader(Image.new("RGB", (60, 80), (200, 10 * number, 90))), 72, 72, width=400, height=600
            )
        page.showPage()
    page.save()
    return out.getvalue()


def files():
    whole = pdf()
    return {
        "good.txt": (GOOD.encode(), None),
        "good.pdf": (whole, None),
        "empty.pdf": (b"", "empty_file"),
        "download.pdf": (b"<!DOCTYPE html><html><body>Please log in</body></html>", "wrong_format"),
        "letter.pdf": (b"Dear reader,\nthis is text and no PDF.\n", "wrong_format"),
        "truncated.pdf": (whole[: len(whole) // 2], "damaged"),
        "header-only.pdf": (b"%PDF-1.7\n", "damaged"),
        "locked.pdf": (pdf(encrypt="secret"), "encrypted"),
        "scan.pdf": (pdf(text=False), "image_only"),
        "broken.xml": ((XML + "<article><body><p>Open").encode(), "not_well_formed"),
        "entity.xml": (ENTITY.encode(), "external_entity"),
        "other.xml": ((XML + "<invoice><p>42</p></invoice>").encode(), "not_an_article"),
        "silent.xml": ((XML + "<article><front/><body/></article>").encode(), "no_text"),
        "blank.txt": (b" \n\n \n", "empty_file"),
    }


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "raw").mkdir()
    for name, (content, _) in files().items():
        (folder / "raw" / name).write_bytes(content)
    command = [sys.executable, "-m", "exomine", "extract", str(folder / "raw"), "--out", str(folder / "out")]
    return subprocess.run(command, capture_output=True, text=True, check=False), folder / "out"


def rows(out, name):
    with (out / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def test_some_failed_is_exit_status_3(outcome):
    result, _ = outcome
    assert result.returncode == 3, result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", [name for name, (_, reason) in files().items() if reason])
def test_each_fails_with_its_reason(outcome, name):
    result, out = outcome
    failures = {r["source_path"]: r for r in rows(out, "failures") if not r["page"]}
    assert failures[name]["reason"] == files()[name][1], failures[name]
    assert name in result.stderr
    documents = {r["source_path"]: r["status"] for r in rows(out, "documents")}
    assert documents[name] == "failed"


def test_the_good_papers_are_whole(outcome):
    _, out = outcome
    documents = {r["source_path"]: r for r in rows(out, "documents")}
    assert documents["good.txt"]["status"] == documents["good.pdf"]["status"] == "success"
    assert int(documents["good.pdf"]["n_mentions"]) > 0
    assert "miR-21 -> cisplatin resistance" in " ".join(r["statement"] for r in rows(out, "triples"))
    assert {r["source_path"] for r in rows(out, "failures")} == {
        name for name, (_, reason) in files().items() if reason
    }
