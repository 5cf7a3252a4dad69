"""The default backend: pdfminer.six's interpreter with a light device of our own.

pdfminer's layout analysis is left out; glyphs become words while the page is interpreted, in the order of the content
stream.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pdfminer import pdftypes
from pdfminer.encodingdb import name2unicode
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text, mult_matrix

from exomine.document.limits import Limits
from exomine.document.pdf.backends import symbols
from exomine.document.pdf.backends.base import Font, PageContent
from exomine.document.pdf.backends.glyphs import Pen, Shapes
from exomine.document.pdf.backends.guard import CappedZlib, in_words
from exomine.document.pdf.backends.superiors import narrow_figures, small_figure
from exomine.errors import DocumentError, LimitExceeded

__all__ = ["MinerBackend"]


_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


_Clip = tuple[float, float, float, float]
_EVERYWHERE: _Clip = (-1e9, -1e9, 1e9, 1e9)


class _Interpreter(PDFPageInterpreter):
    """Follows the clipping path, which pdfminer leaves out: a figure placed from a whole page hides most of that
    page.
    """

    gstack: list[Any]
    device: _Device

    def do_q(self) -> None:
        self.gstack.append((self.get_current_state(), self.device.clip))

    def do_Q(self) -> None:
        if self.gstack:
            state, self.device.clip = self.gstack.pop()
            self.set_current_state(state)

    def do_W(self) -> None:
        self.device.clip_to([p[-2:] for p in self.curpath if len(p) >= 3], self.ctm)

    def do_W_a(self) -> None:
        self.do_W()


class _FontTable(dict[int, tuple[str, float]]):
    """Glyph code -> its text and width (in ems) of one font, filled as codes are met."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self.font = font
        raw = font.fontname if isinstance(font.fontname, str) else str(font.fontname)
        name = symbols.font_name(raw)
        flags = font.flags if isinstance(font.flags, int) else 0
        self.ours = Font(name, symbols.is_bold(name, flags), symbols.is_italic(name, flags))
        self.names: dict[int, str] = getattr(font, "glyph_names", {})
        self.small = narrow_figures(_digits(font))

    def __missing__(self, code: int) -> tuple[str, float]:
        try:
            text: str | None = self.font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = None
        try:
            width = float(self.font.char_width(code))
        except (TypeError, ValueError):
            width = 0.5
        glyph = self.names.get(code, "")
        if text is not None and glyph and text < " ":  # U+0001 for "equals": the glyph's name is right
            text = _named(glyph)
        shown = small_figure(text) if text is not None and code in self.small else None
        value = shown or symbols.recover(self.ours.name, code, text, glyph), width
        self[code] = value
        return value


def _digits(font: Any) -> Iterator[tuple[int, str, float]]:
    """The codes of a font that are digits, with their text and width."""
    known = getattr(getattr(font, "unicode_map", None), "cid2unichr", None) or getattr(font, "cid2unicode", None)
    for code, text in known.items() if isinstance(known, dict) else ():
        if isinstance(text, str) and len(text) == 1 and text in "0123456789":
            try:
                yield code, text, float(font.char_width(code))
            except (TypeError, ValueError):
                continue


def _named(glyph: str) -> str | None:
    """What a glyph's name stands for in Adobe's list; None where the list lacks it."""
    try:
        return name2unicode(glyph)
    except (KeyError, ValueError):
        return None


class _Device(PDFDevice):
    """Turns drawing operations into words and shapes."""

    def __init__(self, manager: PDFResourceManager, limits: Limits) -> None:
        super().__init__(manager)
        self.limits = limits
        self.tables: dict[Any, _FontTable] = {}
        self.depth = 0
        self.count = 0
        self.clip = _EVERYWHERE
        self.clips: list[_Clip] = []

    def start(self, pen: Pen, shapes: Shapes) -> None:
        self.pen, self.shapes, self.depth, self.count = pen, shapes, 0, 0
        self.clip, self.clips = _EVERYWHERE, []

    def clip_to(self, points: Any, matrix: Any) -> None:
        """Keep the part of the clipped area inside the box of these points."""
        a, b, c, d, e, f = matrix
        xs = [a * x + c * y + e for x, y in points]
        ys = [b * x + d * y + f for x, y in points]
        if xs:
            x0, y0, x1, y1 = self.clip
            self.clip = max(x0, min(xs)), max(y0, min(ys)), min(x1, max(xs)), min(y1, max(ys))

    def _tick(self, n: int) -> None:
        self.count += n
        if self.count > self.limits.page_objects:
            raise LimitExceeded("too_many_objects", f"More than {self.limits.page_objects} objects on one page.")

    def begin_figure(self, _name: str, bbox: Any, matrix: Any) -> None:
        self.depth += 1
        self.clips.append(self.clip)
        x0, y0, x1, y1 = bbox
        self.clip_to([(x0, y0), (x1, y0), (x0, y1), (x1, y1)], mult_matrix(matrix, self.ctm or _IDENTITY))
        self._tick(1)
        if self.depth > self.limits.depth:
            raise LimitExceeded("too_deep", f"Forms nest deeper than {self.limits.depth}.")

    def end_figure(self, _name: str) -> None:
        self.depth -= 1
        self.clip = self.clips.pop() if self.clips else _EVERYWHERE

    def render_image(self, _name: str, _stream: Any) -> None:
        self._tick(1)
        self.shapes.image(self.ctm)

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, _evenodd: bool, path: Any) -> None:
        self._tick(1)
        if fill and not stroke and _is_white(graphicstate.ncolor):
            return
        self.shapes.path(self.ctm, path, filled=fill, stroked=stroke)

    def render_string(self, textstate: Any, seq: Any, _ncs: Any, _graphicstate: Any) -> None:
        font = textstate.font
        table = self.tables.get(font)
        if table is None:
            table = self.tables[font] = _FontTable(font)
        size = textstate.fontsize
        scaling = textstate.scaling * 0.01
        charspace = textstate.charspace * scaling
        wordspace = 0 if font.is_multibyte() else textstate.wordspace * scaling
        step = 0.001 * size * scaling
        matrix = mult_matrix(textstate.matrix, self.ctm or _IDENTITY)
        x, y = textstate.linematrix
        advance = size * scaling
        glyphs: list[tuple[str, float, float]] = []
        need = False
        for item in seq:
            if isinstance(item, bytes):
                for code in font.decode(item):
                    if need:
                        x += charspace
                    text, width = table[code]
                    end = x + width * advance
                    glyphs.append((text, x, end))
                    x = end
                    if wordspace and code == 32:
                        x += wordspace
                    need = True
            elif isinstance(item, (int, float)):
                x -= item * step
                need = True
        self._tick(len(glyphs))
        textstate.linematrix = (x, y)
        if glyphs and self._visible(glyphs, matrix, y + textstate.rise):
            self.pen.draw(glyphs, matrix, y + textstate.rise, size, table.ours)

    def _visible(self, glyphs: list[tuple[str, float, float]], matrix: Any, y: float) -> bool:
        """Whether a run's middle line touches the area that is not clipped away."""
        x0, y0, x1, y1 = self.clip
        if x0 <= -1e9 and y0 <= -1e9:
            return True
        a, b, c, d, e, f = matrix
        start, end = glyphs[0][1], glyphs[-1][2]
        px, py, qx, qy = a * start + c * y + e, b * start + d * y + f, a * end + c * y + e, b * end + d * y + f
        return bool(min(px, qx) <= x1 + 1 and max(px, qx) >= x0 - 1 and min(py, qy) <= y1 + 2 and max(py, qy) >= y0 - 4)


def _is_white(color: Any) -> bool:
    if isinstance(color, (int, float)):
        return bool(color >= 0.999)
    if isinstance(color, (tuple, list)) and all(isinstance(c, (int, float)) for c in color):
        return all(c >= 0.999 for c in color) if len(color) == 3 else len(color) == 4 and all(c <= 0.001 for c in color)
    return False


class _Manager(PDFResourceManager):
    """Keeps the glyph names of a font's encoding, which pdfminer drops when they are not in Adobe's list."""

    def get_font(self, objid: object, spec: Any) -> Any:
        font: Any = super().get_font(objid, spec)
        if not hasattr(font, "glyph_names"):
            font.glyph_names = _glyph_names(spec)
        return font


def _glyph_names(spec: Any) -> dict[int, str]:
    out: dict[int, str] = {}
    try:
        encoding = pdftypes.resolve1(spec.get("Encoding"))
        code = 0
        for item in pdftypes.list_value(encoding.get("Differences", [])) if isinstance(encoding, dict) else []:
            if isinstance(item, int):
                code = item
            else:
                out[code] = str(getattr(item, "name", ""))
                code += 1
    except Exception:  # a broken encoding only costs its names
        return out
    return out


class _MinerSource:
    def __init__(self, document: PDFDocument, limits: Limits) -> None:
        self.document = document
        self.limits = limits
        self.metadata = _metadata(document)
        self.page_objects = _page_list(document, limits)
        self.n_pages = max(len(self.page_objects), _declared_pages(document))

    def pages(self) -> Iterator[PageContent]:
        manager = _Manager(caching=True)
        device = _Device(manager, self.limits)
        interpreter = _Interpreter(manager, device)
        for number, page in enumerate(self.page_objects, 1):
            yield _read_page(number, page, device, interpreter)

    def close(self) -> None:
        self.page_objects = []


def _read_page(number: int, page: PDFPage, device: _Device, interpreter: _Interpreter) -> PageContent:
    try:
        x0, y0, x1, y1 = (float(v) for v in (page.cropbox or page.mediabox))
    except (TypeError, ValueError):
        x0, y0, x1, y1 = 0.0, 0.0, 612.0, 792.0
    ctm = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }.get(page.rotate, (1, 0, 0, 1, -x0, -y0))
    width, height = x1 - x0, y1 - y0
    if page.rotate in (90, 270):
        width, height = height, width
    pen, shapes = Pen(height), Shapes(width, height)
    device.start(pen, shapes)
    failure = ""
    try:
        interpreter.render_contents(page.resources, page.contents, ctm=ctm)
    except (LimitExceeded, MemoryError):
        raise
    except RecursionError as error:
        raise LimitExceeded("too_deep", f"Page {number} nests too deep.", page=number) from error
    except Exception as error:  # whatever the library trips over, the other pages go on
        failure = in_words(error)
    content = PageContent(number, width, height, failure=failure)
    pen.finish(content)
    shapes.finish(content)
    return content


def _page_list(document: PDFDocument, limits: Limits) -> list[PDFPage]:
    out = []
    try:
        for page in PDFPage.create_pages(document):
            out.append(page)
            if len(out) > limits.pages:
                raise LimitExceeded("too_many_pages", f"More than {limits.pages} pages.")
    except DocumentError:
        raise
    except RecursionError as error:
        raise LimitExceeded("too_deep", "The page tree nests too deep.") from error
    except Exception as error:
        if not out:
            raise DocumentError("damaged", f"Its pages cannot be found: {in_words(error)}.") from error
    return out


def _declared_pages(document: PDFDocument) -> int:
    """How many pages the page tree says it has; 0 where it does not say."""
    try:
        root = pdftypes.dict_value(document.catalog.get("Pages"))
        return int(pdftypes.int_value(root.get("Count", 0)))
    except Exception:
        return 0


def _metadata(document: PDFDocument) -> dict[str, str]:
    out: dict[str, str] = {}
    for info in document.info:
        for key, value in info.items():
            try:
                value = pdftypes.resolve1(value)
                if isinstance(value, bytes):
                    out.setdefault(str(key).lower(), decode_text(value))
            except Exception:  # metadata is a help, never a reason to fail
                continue
    try:
        stream = pdftypes.resolve1(document.catalog.get("Metadata"))
        if isinstance(stream, pdftypes.PDFStream):
            out["xmp"] = stream.get_data()[:200_000].decode("utf-8", "replace")
    except Exception:
        pass
    return out


class MinerBackend:
    """pdfminer.six."""

    name = "pdfminer"

    def open(self, data: bytes, limits: Limits) -> _MinerSource:
        # pdfminer inflates a stream in one go, however large; its module is given an inflater with a limit.
        setattr(pdftypes, "zlib", CappedZlib(limits.stream_bytes))  # noqa: B010
        try:
            parser = PDFParser(io.BytesIO(data))
            document = PDFDocument(parser)
        except PDFPasswordIncorrect as error:
            raise DocumentError("encrypted") from error
        except PDFEncryptionError as error:
            raise DocumentError("encrypted", "Its encryption is not supported.") from error
        except (DocumentError, MemoryError):
            raise
        except RecursionError as error:
            raise LimitExceeded("too_deep", "The file nests too deep.") from error
        except Exception as error:
            raise DocumentError("damaged", f"The PDF cannot be opened: {in_words(error)}.") from error
        return _MinerSource(document, limits)
