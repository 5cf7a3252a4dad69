"""Chromium without a window: what a page measures when it is laid out."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


def at_the_end(page: str, script: str) -> str:
    """The page with a script behind all else; a library inside the page may hold the words of a body's end, too."""
    before, end, after = page.rpartition("</body>")
    return f"{before}{script}{end}{after}"


def measure(page: str, expression: str, folder: Path, *, width: int) -> object:
    """What a JavaScript expression gives in the page, in a frame of ``width`` pixels, as plain values."""
    inner, outer = folder / "page.html", folder / "frame.html"
    script = f"<script>document.title = 'measured ' + JSON.stringify({expression})</script>"
    inner.write_text(
        at_the_end(page, f"{script}<script>parent.postMessage(document.title, '*')</script>"), encoding="utf-8"
    )
    outer.write_text(
        "<!DOCTYPE html><body style='margin:0'><pre id='out'></pre>"
        "<script>onmessage = e => { document.getElementById('out').textContent = e.data }</script>"
        f"<iframe src='page.html' style='width:{width}px; height:2000px; border:0'></iframe></body>",
        encoding="utf-8",
    )
    command = [
        CHROMIUM,
        *_FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=5000",
        "--dump-dom",
        outer.as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout
    found = re.search(r'<pre id="out">measured (.*?)</pre>', shown, re.S)
    assert found, shown[-2000:]
    return json.loads(found[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))


@contextlib.contextmanager
def opened(address: str, *, width: int, scheme: str = "light", may_tell: str = "") -> Iterator[Page]:
    """A page in a window of ``width`` pixels; fails where its console tells an error or it asks another host for
    anything. ``may_tell`` stands in the errors that are looked for, as an answer that refuses is one to the console."""
    from playwright.sync_api import sync_playwright

    told: list[str] = []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS[1:]))
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(180_000)  # a machine may have much else to do
        page = context.new_page()
        page.on("console", lambda m: told.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: told.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith("http://127.0.0.1:") else told.append(r.url))
        page.goto(address)
        yield page
        browser.close()
    assert [line for line in told if not may_tell or may_tell not in line] == []
