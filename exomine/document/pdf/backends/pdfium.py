"""The fast backend: pypdfium2, asked through its raw interface for what layout needs and no more.

The text page gives characters with their boxes; fonts, sizes and baselines are asked once for each text object. What
pdfium adds by itself (spaces, line ends) is left out: words are made as for the other backend.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from exomine.document.limits import Limits
from exomine.document.pdf.backends import symbols
from exomine.document.pdf.backends.base import Font, PageContent
from exomine.document.pdf.backends.glyphs import Pen, Shapes
from exomine.document.pdf.backends.guard import in_words
from exomine.errors import DocumentError, LimitExceeded

__all__ = ["PdfiumBackend"]

_Matrix = tuple[float, float, float, float, float, float]


_Clip = tuple[float, float, float, float]
_EVERYWHERE: _Clip = (-1e9, -1e9, 1e9, 1e9)
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Characters of one text object stand together: the object is asked for once in so many characters.
_STRIDE = 12
#: Forms less wide or high than this (points) are no pictures.
_SMALLEST_FORM = 20


class _Type:
    """A font with the widths (in ems) and texts of its characters, filled as they are met."""

    def __init__(self, pointer: Any) -> None:
        self.pointer = pointer
        self.widths: dict[int, float] = {}
        self.texts: dict[int, str] = {}
        name, flags = "", 0
        if pointer is not None:
            size = raw.FPDFFont_GetBaseFontName(pointer, None, 0)
            buffer = ctypes.create_string_buffer(max(size, 1))
            raw.FPDFFont_GetBaseFontName(pointer, buffer, size)
            name = symbols.font_name(buffer.value.decode("utf-8", "replace"))
            flags = max(0, raw.FPDFFont_GetFlags(pointer))
        self.font = Font(name, symbols.is_bold(name, flags), symbols.is_italic(name, flags))
        self.special = symbols.is_special(name)

    def text(self, code: int) -> str:
        """What a character stands for."""
        found = self.texts.get(code)
        if found is None:
            char = chr(code) if code < 0x110000 else symbols.LOST
            known = None if code < 32 else char
            found = symbols.recover(self.font.name, code, known) if self.special else symbols.clean(char)
            self.texts[code] = found
        return found

    def unmapped(self, code: int, advance: float) -> str:
        """What a character without a mapping stands for; "Th" is told by its width from other ligatures."""
        if self.special:
            return symbols.recover(self.font.name, code, None)
        small = self.width(ord("h"))
        pair = (self.width(ord("T")) or 1.05 * small) + small
        return "Th" if pair and abs(advance - pair) < 0.1 * pair else symbols.LOST

    def width(self, code: int) -> float:
        """The advance of a character in ems; 0 where pdfium does not tell."""
        found = self.widths.get(code)
        if found is None:
            value = ctypes.c_float()
            ok = self.pointer is not None and raw.FPDFFont_GetGlyphWidth(
                self.pointer, code, ctypes.c_float(1000.0), ctypes.byref(value)
            )
            found = self.widths[code] = value.value / 1000.0 if ok else 0.0
        return found


_NO_TYPE = _Type(None)


def _box_end(text: Any, i: int) -> float:
    rect = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(rect))
    return float(rect.right)


class _Origins:
    """Where the characters of a page begin; the numbers that pdfium fills are made once, since characters are many."""

    def __init__(self, text: Any) -> None:
        self.text = text
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._places = ctypes.byref(self._x), ctypes.byref(self._y)

    def left(self, i: int) -> float:
        raw.FPDFText_GetCharOrigin(self.text, i, *self._places)
        return self._x.value


class _TextObjects:
    """The text object of each character, asked for once in a stretch: asking is slow."""

    def __init__(self, text: Any, n: int) -> None:
        self.text = text
        self.n = n
        self._known = -1  # up to here the text object is the one at hand
        self._handle: Any = None

    def at(self, i: int) -> Any:
        """The object; a null pointer for a character that pdfium made up."""
        if i > self._known:
            self._handle = raw.FPDFText_GetTextObject(self.text, i)
            if self._handle:
                self._known = i + _STRIDE if self._reaches(i + _STRIDE) else i
        return self._handle

    def _reaches(self, i: int) -> bool:
        if i >= self.n:
            return False
        ahead = raw.FPDFText_GetTextObject(self.text, i)
        return bool(ahead) and ctypes.addressof(ahead.contents) == ctypes.addressof(self._handle.contents)


def _characters(text: Any, n: int) -> Iterator[tuple[int, int, Any]]:
    """Index, code point and text object of each character that the file draws; halves of surrogate pairs are joined."""
    get_char = raw.FPDFText_GetUnicode
    objects = _TextObjects(text, n)
    high = 0
    for i in range(n):
        code = get_char(text, i)
        if code <= 32 and raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        handle = objects.at(i)
        if not handle:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
        yield i, code, handle


def _add_glyph(glyphs: list[tuple[str, float, float]], i: int, code: int, state: _TextState, origins: _Origins) -> None:
    """Add a character with the x at which it begins and ends."""
    text = origins.text
    if not 65 <= code < 123 and raw.FPDFText_HasUnicodeMapError(text, i) == 1:
        left, end = origins.left(i), _box_end(text, i)
        glyphs.append((state.type.unmapped(code, (end - left) / state.stretch), left, end))
        return
    char = state.type.text(code)
    if not state.upright:
        glyphs.append((char, *state.along(text, i)))
        return
    left = origins.left(i)
    if glyphs and left == glyphs[-1][1]:  # a ligature taken apart
        glyphs[-1] = glyphs[-1][0] + char, left, _box_end(text, i)
        return
    width = state.type.width(code)
    glyphs.append((char, left, left + width * state.stretch if width > 0 else _box_end(text, i)))


class PdfiumBackend:
    """pypdfium2."""

    name = "pdfium"

    def open(self, data: bytes, limits: Limits) -> _PdfiumSource:
        try:
            document = pdfium.PdfDocument(data)
            n = len(document)
        except pdfium.PdfiumError as error:
            if "assword" in str(error) or "ecurity" in str(error):
                raise DocumentError("encrypted") from error
            raise DocumentError("damaged", f"The PDF cannot be opened: {in_words(error)}.") from error
        if n > limits.pages:
            document.close()
            raise LimitExceeded("too_many_pages", f"{n} pages, at most {limits.pages}.")
        return _PdfiumSource(document, limits)


class _PdfiumSource:
    def __init__(self, document: Any, limits: Limits) -> None:
        self.document = document
        self.limits = limits
        self.n_pages = len(document)
        self.fonts: dict[int, _Type] = {}
        try:
            self.metadata = {str(k).lower(): str(v) for k, v in document.get_metadata_dict(skip_empty=True).items()}
        except (pdfium.PdfiumError, UnicodeDecodeError):
            self.metadata = {}

    def pages(self) -> Iterator[PageContent]:
        for i in range(self.n_pages):
            try:
                page = self.document[i]
            except pdfium.PdfiumError as error:
                yield PageContent(i + 1, 612.0, 792.0, failure=in_words(error))
                continue
            try:
                yield _PageReader(page, i + 1, self.fonts, self.limits).read()
            finally:
                page.close()

    def close(self) -> None:
        self.document.close()


class _PageReader:
    """Reads one page."""

    def __init__(self, page: Any, number: int, fonts: dict[int, _Type], limits: Limits) -> None:
        self.page = page
        self.number = number
        self.fonts = fonts
        self.limits = limits
        self.rotation = page.get_rotation() % 360
        left, bottom, right, top = page.get_bbox()
        width, height = right - left, top - bottom
        self.matrix: _Matrix = {
            90: (0.0, -1.0, 1.0, 0.0, -bottom, right),
            180: (-1.0, 0.0, 0.0, -1.0, right, top),
            270: (0.0, 1.0, -1.0, 0.0, top, -left),
        }.get(self.rotation, (1.0, 0.0, 0.0, 1.0, -left, -bottom))
        if self.rotation in (90, 270):
            width, height = height, width
        self.width, self.height = width, height
        self.count = 0
        self.clips: dict[int, _Clip] = {}

    def read(self) -> PageContent:
        pen, shapes = Pen(self.height), Shapes(self.width, self.height)
        content = PageContent(self.number, self.width, self.height)
        try:
            text = self.page.get_textpage()
        except pdfium.PdfiumError as error:
            content.failure = in_words(error)
            return content
        self._shapes(shapes)
        try:
            self._text(text.raw, pen)
        finally:
            text.close()
        pen.finish(content)
        shapes.finish(content)
        return content

    def _tick(self, n: int) -> None:
        self.count += n
        if self.count > self.limits.page_objects:
            raise LimitExceeded(
                "too_many_objects", f"More than {self.limits.page_objects} objects on page {self.number}."
            )

    # --- text ----------------------------------------------------------------------------------------------------

    def _text(self, text: Any, pen: Pen) -> None:
        """Draw the page's characters, text object by text object."""
        n = raw.FPDFText_CountChars(text)
        self._tick(max(n, 0))
        last = 0
        glyphs: list[tuple[str, float, float]] = []
        origins = _Origins(text)
        state = _TextState(_NO_TYPE, 1.0, (1.0, 0.0, 0.0, 1.0), (0.0, 0.0), self.matrix)
        for i, code, handle in _characters(text, n):
            here = ctypes.addressof(handle.contents)
            if here != last:
                if glyphs:
                    state.draw(glyphs, pen, self.clips.get(last))
                    glyphs = []
                last = here
                state = self._state(text, i, handle)
            _add_glyph(glyphs, i, code, state, origins)
        if glyphs:
            state.draw(glyphs, pen, self.clips.get(last))

    def _state(self, text: Any, i: int, handle: Any) -> _TextState:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, i, ctypes.byref(matrix))
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, i, ctypes.byref(x), ctypes.byref(y))
        size = raw.FPDFText_GetFontSize(text, i)
        return _TextState(
            self._font(handle), size, (matrix.a, matrix.b, matrix.c, matrix.d), (x.value, y.value), self.matrix
        )

    def _font(self, handle: Any) -> _Type:
        pointer = raw.FPDFTextObj_GetFont(handle)
        if not pointer:
            return _NO_TYPE
        key = ctypes.addressof(pointer.contents)
        found = self.fonts.get(key)
        if found is None:
            found = self.fonts[key] = _Type(pointer)
        return found

    # --- shapes ----------------------------------------------------------------------------------------------------

    def _shapes(self, shapes: Shapes) -> None:
        page = self.page.raw
        n = raw.FPDFPage_CountObjects(page)
        self._tick(max(n, 0))
        for i in range(n):
            self._shape(raw.FPDFPage_GetObject(page, i), shapes)

    def _shape(self, handle: Any, shapes: Shapes) -> None:
        kind = raw.FPDFPageObj_GetType(handle)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            return
        sides = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, sides)):
            return
        x0, y0, x1, y1 = self._box(*(s.value for s in sides))
        wide, high = x1 - x0, y1 - y0
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(handle, shapes, (x0, y0, x1, y1))
            return
        if kind == raw.FPDF_PAGEOBJ_IMAGE or min(wide, high) > _SMALLEST_FORM:
            shapes.image((wide, 0.0, 0.0, high, x0, y0))
        if kind == raw.FPDF_PAGEOBJ_FORM:
            self._clip_form(handle, _clip_box(handle, _IDENTITY), _IDENTITY, 1)

    def _path(self, handle: Any, shapes: Shapes, box: _Clip) -> None:
        """A drawn path by its box, unless nothing of it can be seen."""
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(handle, ctypes.byref(mode), ctypes.byref(stroke))
        if not stroke.value and (not mode.value or _is_white(handle)):
            return
        x0, y0, x1, y1 = box
        curved = min(x1 - x0, y1 - y0) >= Shapes.THIN and raw.FPDFPath_CountSegments(handle) > 5
        shapes.box(x0, y0, x1, y1, curved=curved, stroked=bool(stroke.value))

    def _clip_form(self, form: Any, clip: _Clip, matrix: _Matrix, depth: int) -> None:
        """Note for the texts inside a form (a figure placed from a whole page) which area of the page is visible."""
        if depth > self.limits.depth:
            raise LimitExceeded("too_deep", f"Forms nest deeper than {self.limits.depth} on page {self.number}.")
        n = raw.FPDFFormObj_CountObjects(form)
        self._tick(max(n, 0))
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(form, ctypes.byref(own))
        inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for i in range(n):
            child = raw.FPDFFormObj_GetObject(form, i)
            kind = raw.FPDFPageObj_GetType(child)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.clips[ctypes.addressof(child.contents)] = _meet(clip, _clip_box(child, inner))
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                self._clip_form(child, _meet(clip, _clip_box(child, inner)), inner, depth + 1)

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        a, b, c, d, e, f = self.matrix
        xs = (a * x0 + c * y0 + e, a * x1 + c * y1 + e)
        ys = (b * x0 + d * y0 + f, b * x1 + d * y1 + f)
        return min(xs), min(ys), max(xs), max(ys)


def _clip_box(handle: Any, matrix: _Matrix) -> _Clip:
    """The box of an object's clipping path, brought into page space by ``matrix``."""
    path = raw.FPDFPageObj_GetClipPath(handle)
    n = raw.FPDFClipPath_CountPaths(path) if path else 0
    clip = _EVERYWHERE
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    for i in range(min(n, 8)):
        xs, ys = [], []
        for k in range(min(raw.FPDFClipPath_CountPathSegments(path, i), 200)):
            segment = raw.FPDFClipPath_GetPathSegment(path, i, k)
            if segment and raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                xs.append(a * x.value + c * y.value + e)
                ys.append(b * x.value + d * y.value + f)
        if xs:
            clip = _meet(clip, (min(xs), min(ys), max(xs), max(ys)))
    return clip


def _meet(a: _Clip, b: _Clip) -> _Clip:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First ``m``, then ``n``."""
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _is_white(handle: Any) -> bool:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    ok = raw.FPDFPageObj_GetFillColor(handle, ctypes.byref(r), ctypes.byref(g), ctypes.byref(b), ctypes.byref(a))
    return bool(ok) and min(r.value, g.value, b.value) >= 254


class _TextState:
    """Font, size and direction of one text object."""

    def __init__(
        self,
        kind: _Type,
        size: float,
        direction: tuple[float, float, float, float],
        origin: tuple[float, float],
        page: _Matrix,
    ) -> None:
        self.type = kind
        a, b, c, d = direction
        self.stretch = (abs(size) * math.hypot(a, b)) or 1.0  # a damaged file: neither may be 0
        pa, pb, pc, pd, pe, pf = page
        ux, uy = pa * a + pc * b, pb * a + pd * b
        self.page = page
        self.size = abs(size) * (math.hypot(c, d) or 1.0)
        norm = math.hypot(ux, uy) or 1.0
        self.unit = ux / norm, uy / norm
        self.turn = 0 if abs(self.unit[1]) < 0.02 and ux > 0 else round(math.degrees(math.atan2(uy, ux))) % 360
        self.upright = self.turn == 0 and (pa, pd) == (1.0, 1.0)
        x, y = origin
        px, py = pa * x + pc * y + pe, pb * x + pd * y + pf
        self.base = self.unit[0] * py - self.unit[1] * px if self.turn else py

    def along(self, text: Any, i: int) -> tuple[float, float]:
        """Where a character of turned text begins and ends on its line."""
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, i, ctypes.byref(x), ctypes.byref(y))
        rect = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(rect))
        a, b, c, d, e, f = self.page
        px, py = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        start = self.unit[0] * px + self.unit[1] * py
        ends = [
            self.unit[0] * (a * u + c * v + e) + self.unit[1] * (b * u + d * v + f)
            for u in (rect.left, rect.right)
            for v in (rect.bottom, rect.top)
        ]
        return start, max(start, max(ends))

    def draw(self, glyphs: list[tuple[str, float, float]], pen: Pen, clip: _Clip | None = None) -> None:
        """Hand the glyphs over, unless they lie in a part of a form that is clipped away."""
        if clip is not None and self.upright:
            y = self.base - self.page[5]
            if glyphs[-1][2] < clip[0] - 1 or glyphs[0][1] > clip[2] + 1 or y < clip[1] - 4 or y > clip[3] + 2:
                return
        origin = self.page[4] if self.upright else 0.0
        pen.run(glyphs, origin, 1.0, self.base, self.size, self.type.font, self.turn)
