"""Files that are broken, locked, empty of text or made to hurt: a reason each, never a crash or a hang."""

from __future__ import annotations

import contextlib
import io
import time
import zlib
from types import SimpleNamespace

import pytest
from exomine.document.limits import Limits
from exomine.document.model import Document
from exomine.document.pdf import BACKENDS, read_pdf
from exomine.document.pdf.backends.guard import CappedZlib, in_words, watched
from exomine.errors import REASONS, DocumentError, LimitExceeded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from helpers.pdf import paper

TIGHT = Limits(seconds=20.0, memory_mb=500, stream_bytes=20_000_000)


def read(data: bytes, limits: Limits = TIGHT, backend: str = "pdfminer") -> Document:
    return read_pdf(data, source="hostile.pdf", limits=limits, backend=backend)


def reason(data: bytes, limits: Limits = TIGHT, backend: str = "pdfminer") -> str:
    with pytest.raises(DocumentError) as caught:
        read(data, limits, backend)
    return caught.value.reason


def outcome(data: bytes, backend: str) -> str:
    """ "read", or the reason why not."""
    try:
        read(data, backend=backend)
    except DocumentError as error:
        return error.reason
    return "read"


def build(*objects: bytes, trailer: bytes = b"<</Root 1 0 R>>") -> bytes:
    """A PDF of numbered objects without a cross-reference table, which readers rebuild."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, o) for i, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n" + trailer + b"\n%%EOF\n"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra, len(data), data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>/MediaBox[0 0 600 800]>>"


@pytest.mark.parametrize("backend", BACKENDS)
def test_password(backend: str) -> None:
    locked = paper(repeat=1, encrypt=StandardEncryption("secret", canPrint=0))
    assert reason(locked, backend=backend) == "encrypted"


@pytest.mark.parametrize("backend", BACKENDS)
def test_encrypted_without_password_is_read(backend: str) -> None:
    open_to_all = paper(repeat=1, encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    assert "Vesicles leave the cell" in read(open_to_all, backend=backend).body


@pytest.mark.parametrize("backend", BACKENDS)
def test_pictures_only(backend: str) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), (200, 30, 30))), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    with pytest.raises(DocumentError, match="OCR") as caught:
        read(buffer.getvalue(), backend=backend)
    assert caught.value.reason == "image_only"


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9])
def test_truncated(part: float, backend: str) -> None:
    data = paper(repeat=2)
    cut = data[: int(len(data) * part)]
    assert outcome(cut, backend) in {"damaged", "read"}


def test_cross_references_lost() -> None:
    data = paper(repeat=1)
    at = data.rindex(b"startxref")
    broken = data[:at] + b"startxref\n7\n%%EOF\n"
    assert "Vesicles leave the cell" in read(broken).body


@pytest.mark.parametrize("backend", BACKENDS)
def test_limits_have_their_own_reasons(backend: str) -> None:
    data = paper(repeat=9)
    assert reason(data, Limits(file_bytes=100), backend) == "too_large"
    assert reason(data, Limits(pages=1), backend) == "too_many_pages"
    assert reason(data, Limits(page_objects=100), backend) == "too_many_objects"
    assert reason(data, Limits(seconds=0.0), backend) == "timeout"


def test_decompression_bomb() -> None:
    bomb = zlib.compress(b" " * 30_000_000, 9)
    data = build(CATALOG, PAGES, PAGE, stream(bomb, b"/Filter/FlateDecode"), stream(b""))
    assert reason(data) == "memory"


def test_bomb_in_a_bomb() -> None:
    bomb = zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)
    data = build(CATALOG, PAGES, PAGE, stream(bomb, b"/Filter[/FlateDecode/FlateDecode]"), stream(b""))
    assert reason(data) == "memory"


def test_form_that_draws_itself() -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    data = build(CATALOG, PAGES, PAGE, stream(b"/F Do"), stream(b"/F Do", form))
    assert reason(data) in {"no_text", "too_deep"}


def test_forms_that_nest_deep() -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
    forms = [stream(b"/F Do", form % (6 + i)) for i in range(200)]
    assert reason(build(CATALOG, PAGES, PAGE, stream(b"/F Do"), *forms, stream(b""))) == "too_deep"


def test_objects_that_name_themselves() -> None:
    loop = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox 5 0 R>>"
    begin = time.process_time()
    assert reason(build(CATALOG, PAGES, loop, b"4 0 R", b"5 0 R"), Limits(seconds=1.0)) in {
        "timeout",
        "no_text",
        "damaged",
    }
    assert time.process_time() - begin < 10


def test_page_tree_in_a_circle() -> None:
    pages = b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"
    assert reason(build(CATALOG, pages, PAGE, stream(b""), stream(b"")), Limits(seconds=2.0)) in {
        "no_text",
        "timeout",
        "too_deep",
    }


def test_one_bad_page_does_not_stop_the_others() -> None:
    data = paper(repeat=9)
    from exomine.document.pdf.backends import miner

    real = miner._Interpreter.render_contents

    def fail_on_second(self, resources, streams, ctm):  # type: ignore[no-untyped-def]
        fail_on_second.calls += 1  # type: ignore[attr-defined]
        if fail_on_second.calls == 2:  # type: ignore[attr-defined]
            raise ValueError("broken operator")
        return real(self, resources, streams, ctm)

    fail_on_second.calls = 0  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(miner._Interpreter, "render_contents", fail_on_second)
        document = read(data)
    assert [p.number for p in document.pages if p.failed] == [2]
    assert [(p.reason, p.page) for p in document.problems] == [("page_damaged", 2)]
    assert "Vesicles leave the cell" in document.body


_SMALL = paper(repeat=1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(_SMALL) - 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=8
    ),
    drop=st.integers(0, 200),
    backend=st.sampled_from(BACKENDS),
)
def test_mutations(changes: list[tuple[int, bytes]], drop: int, backend: str) -> None:
    data = bytearray(_SMALL)
    for at, put in changes:
        data[at : at + len(put)] = put
    mutated = bytes(data[: len(data) - drop])
    begin = time.process_time()
    assert outcome(mutated, backend) in {"read", *REASONS}
    assert time.process_time() - begin < 30


def test_inflater_gives_what_comes_before_the_damage() -> None:
    data = b"".join(b"line %d\n" % i for i in range(5000))
    packed = bytearray(zlib.compress(data))
    packed[len(packed) // 2] ^= 0xFF
    out = CappedZlib(10**6).decompress(bytes(packed))
    assert out[:1000] == data[:1000]
    assert CappedZlib(10**6).decompress(zlib.compress(data)) == data
    with pytest.raises(zlib.error):
        CappedZlib(10**6).decompress(b"no zlib at all")


def loop_for_ever(limits: Limits) -> None:
    with watched(limits):
        while True:
            pass


def test_watchdog_ends_a_loop_and_nothing_afterwards() -> None:
    with pytest.raises(LimitExceeded) as caught:
        loop_for_ever(Limits(seconds=0.2))
    assert caught.value.reason == "timeout"
    total = 0
    for i in range(200_000):  # a late exception would arrive here
        total += i
    assert total


@pytest.mark.parametrize(("passed", "fails"), [(60.0, False), (1_000.0, True)])
def test_a_busy_machine_fails_no_paper_but_one_that_waits_for_ever(monkeypatch, passed, fails) -> None:
    clock = SimpleNamespace(
        now=0.0, monotonic=lambda: clock.now, clock_gettime=lambda _: 0.0, pthread_getcpuclockid=lambda _: 0
    )
    monkeypatch.setattr("exomine.document.watch.time", clock)
    told = pytest.raises(LimitExceeded) if fails else contextlib.nullcontext()
    with told, watched(Limits(seconds=20)):
        clock.now = passed


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.4\n1 0 obj\n<</Type",
        paper(repeat=1)[:400],
        build(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"),
        build(CATALOG, PAGES, PAGE, stream(b"BT"), stream(b"")),
        build(b"<<>>"),
    ],
    ids=["header", "cut", "short", "no pages", "no text", "no catalog"],
)
def test_messages_are_plain_words_and_leave_the_name_to_the_caller(data: bytes, backend: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(data, backend=backend)
    message = str(caught.value)
    assert "hostile.pdf" not in message
    assert REASONS[caught.value.reason] in message
    assert message != REASONS[caught.value.reason]
    for name in ("PSEOF", "PDFSyntax", "Error", "zlib", "NoValid"):
        assert name not in message


def test_a_library_s_exception_in_words() -> None:
    assert in_words(EOFError()) == "it ends too early"
    assert in_words(zlib.error("Error -3")) == "a compressed part is broken"
    assert in_words(KeyError("F1")) == "a part of it is not as the PDF format asks for"
