"""A page in headless Chromium: its document after scripts ran, and what it asked the net for."""

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

needs_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on this machine")
_ITS_OWN = re.compile(r"google|gstatic|gvt1|chromium")  # what the browser asks for by itself


class Browser:
    """``asked`` collects the addresses that pages wanted; none gets an answer."""

    def __init__(self, proxy_port: int, asked: list[str]) -> None:
        self._proxy_port = proxy_port
        self._asked = asked

    @property
    def asked(self) -> list[str]:
        """Addresses that pages asked for, without the browser's own."""
        return [path for path in self._asked if not _ITS_OWN.search(path)]

    def document(self, page: Path, fragment: str = "") -> str:
        """The page's document as HTML, after its scripts have run."""
        command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom"]
        command += ["--disable-component-update", "--disable-background-networking", "--no-first-run"]
        command += [f"--proxy-server=http://127.0.0.1:{self._proxy_port}", page.as_uri() + fragment]
        return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser whose way to the net is watched and closed."""
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(503)

        do_CONNECT = do_GET

        def log_message(self, *_: object) -> None: ...

    proxy = HTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield Browser(proxy.server_port, asked)
    finally:
        proxy.shutdown()
