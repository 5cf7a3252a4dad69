"""Small PDFs with known content, set with reportlab: two columns, running heads, page numbers, citations,
references.
"""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, RIGHT, GUTTER = 50.0, WIDTH - 50.0, 20.0
COLUMN = (RIGHT - LEFT - GUTTER) / 2
SIZE, LEADING = 10.0, 12.0

INTRODUCTION = [
    "Vesicles leave the cell by the thousand and carry short RNA molecules to their neighbours. Each of them is"
    " wrapped in a membrane that protects what it holds, and the cargo is sorted before release [1,2].",
    "Whether a given molecule is sorted or merely swept along is not settled. Measurements in three laboratories gave"
    " three answers, and the methods differed in every step from culture to counting [3].",
]
METHODS = [
    "Cells were grown in flasks without serum for two days. The medium was cleared in two steps and the vesicles were"
    " collected at high speed, washed once and stored in small portions until they were counted.",
]
RESULTS = [
    "Vesicles from treated cells held more of the first molecule than those from untreated cells, and the difference"
    " grew with the dose. No such difference was seen inside of the cells themselves, which speaks for sorting.",
    "In the second experiment the order was reversed. The molecule that had been scarce was now plentiful, and the"
    " cells that took up the vesicles survived the treatment for a longer time than the others did.",
    "Taken together, both experiments point to a mechanism that chooses its cargo. How the choice is made must be"
    " left to another study, since neither experiment was designed to answer that question at all.",
]
REFERENCES = [
    "1. Adler B, Crane C. Small parcels between cells. J Imag Biol. 2011;4:12-19.",
    "2. Dove D, Egret E. What a membrane protects. Imag Cell. 2013;7:101-110.",
    "3. Finch F. Three answers to one question. J Imag Biol. 2015;8:33-41.",
]


class Setter:
    """Sets text line by line down the columns of as many pages as it takes."""

    def __init__(
        self, *, columns: int = 2, encrypt: object = None, head: str = "A. Author et al. Imaginary Journal 2020, 5:77"
    ) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4, invariant=1, encrypt=encrypt)
        self.columns = columns
        self.width = COLUMN if columns == 2 else RIGHT - LEFT
        self.head = head
        self.page = 0
        self.bottom = 70.0
        self._page()

    def _page(self) -> None:
        self.page += 1
        self.column = 0
        self.top = HEIGHT - 70.0
        self.y = self.top
        self.canvas.setFont("Helvetica", 8)
        self.canvas.drawString(LEFT, HEIGHT - 40, self.head)
        self.canvas.drawRightString(RIGHT, 35, f"Page {self.page} of 9")

    def wide(self, text: str, *, font: str = "Helvetica-Bold", size: float = 18.0) -> None:
        """A line across both columns; the columns begin under it."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(LEFT, self.y, text)
        self.y -= size * 1.6
        self.top = self.y

    def line(self, text: str, *, font: str = "Times-Roman", size: float = SIZE, indent: float = 0.0) -> None:
        if self.y < self.bottom:
            self._next()
        self.canvas.setFont(font, size)
        self.canvas.drawString(self.x + indent, self.y, text)
        self.y -= LEADING

    @property
    def x(self) -> float:
        return LEFT + self.column * (COLUMN + GUTTER)

    def _next(self) -> None:
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.top
        else:
            self.canvas.showPage()
            self._page()

    def heading(self, text: str) -> None:
        self.y -= 6
        self.line(text, font="Helvetica-Bold", size=12)

    def paragraph(self, text: str, *, font: str = "Times-Roman", size: float = SIZE) -> None:
        """Broken at spaces, first line indented; a word that is written "exam-|ple" is broken at its bar."""
        line, indent = "", 10.0
        for word in text.split(" "):
            parts = word.split("|")
            for i, part in enumerate(parts):
                fresh = f"{line} {part}".strip() if not i else part
                if i or self.canvas.stringWidth(fresh, font, size) > self.width - indent:
                    self.line(line, font=font, size=size, indent=indent)
                    indent, line = 0.0, part
                else:
                    line = fresh
        self.line(line, font=font, size=size, indent=indent)

    def raised(self, parts: list[tuple[str, bool]]) -> None:
        """One line of pieces, some of them raised and smaller."""
        if self.y < self.bottom:
            self._next()
        x = self.x
        for text, up in parts:
            size = 6.0 if up else SIZE
            self.canvas.setFont("Times-Roman", size)
            self.canvas.drawString(x, self.y + (3.5 if up else 0.0), text)
            x += self.canvas.stringWidth(text, "Times-Roman", size)
        self.y -= LEADING

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def paper(*, columns: int = 2, repeat: int = 3, encrypt: object = None) -> bytes:
    """A paper of a few pages with title, abstract, sections and references."""
    s = Setter(columns=columns, encrypt=encrypt)
    s.wide("Parcels that cells send to each other")
    s.wide("Ada Author and Ben Writer", font="Times-Italic", size=11)
    s.line("Abstract", font="Helvetica-Bold", size=12)
    s.paragraph(
        "We counted parcels in two ways and found that both ways agree in most of the cases.", font="Times-Bold"
    )
    s.heading("Introduction")
    for text in INTRODUCTION:
        s.paragraph(text)
    s.heading("Methods")
    for text in METHODS:
        s.paragraph(text)
    s.heading("Results")
    for i in range(repeat):
        for text in RESULTS:
            s.paragraph(text.replace("the first molecule", f"the molecule number {i + 1}"))
    s.heading("Acknowledgements")
    s.paragraph("We thank nobody in particular for nothing in particular.")
    s.heading("References")
    for text in REFERENCES:
        s.paragraph(text, size=8.0)
    return s.done()
