"""Dumps on the web: fetched when they are new, tried again when the server stumbles, failed with the reason."""

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bienban import jobs
from bienban.io import remote
from bienban.io.readers import SourceError
from tests.warehouse.bad_inputs import article
from tests.warehouse.test_loader import _rows

pytestmark = pytest.mark.usefixtures("warehouse")


@dataclass
class _Site:
    """A server of one file whose misbehaviour a test chooses."""

    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"ETag": '"1"'})
    stumbles: list[int] = field(default_factory=list)  # status codes of the next answers
    cut: int = 0  # bytes that never come
    asked: int = 0
    url: str = ""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Site]:
    monkeypatch.setattr(remote, "_WAITS", (0.0, 0.0))
    told = _Site(json.dumps({"text": article(1)}).encode())

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked += 1
            if told.stumbles:
                self.send_error(told.stumbles.pop(0))
                return
            self.send_response(200)
            for name, value in {"Content-Length": str(len(told.body)), **told.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body[: len(told.body) - told.cut])

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/d%20ump.jsonl"
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


def _load(url: str) -> int:
    return sum(jobs.load(**batch)["loaded"] for batch in jobs.discover([url]))


def test_dump_on_the_web_is_loaded_once(site: _Site) -> None:
    assert _load(site.url) == 1
    assert _rows("select url, identity, bytes, format from raw.dump_files") == [
        (site.url, '"1"', len(site.body), "json_lines")
    ]
    asked = site.asked
    assert jobs.discover([site.url]) == []
    assert site.asked == asked + 1  # its headers only


def test_changed_dump_on_the_web_is_another_file(site: _Site) -> None:
    _load(site.url)
    site.body, site.headers = (
        json.dumps({"text": article(2)}).encode(),
        {"Last-Modified": "Mon, 21 Sep 2026 08:00:00 GMT"},
    )
    assert _load(site.url) == 1


def test_a_stumbling_server_is_asked_again(site: _Site) -> None:
    site.stumbles = [503, 502]
    assert _load(site.url) == 1


@pytest.mark.parametrize(
    ("stumbles", "message"),
    [
        pytest.param([404], "the server answers 404 Not Found", id="not there: no second try"),
        pytest.param([500, 500, 500], "the server answers 500", id="three failures are enough"),
    ],
)
def test_a_server_that_does_not_give_fails_with_its_reason(site: _Site, stumbles: list[int], message: str) -> None:
    site.stumbles = list(stumbles)
    with pytest.raises(SourceError, match=message):
        jobs.discover([site.url])
    assert site.asked == len(stumbles)


def test_a_dump_that_comes_only_in_part_fails(site: _Site) -> None:
    [batch] = jobs.discover([site.url])
    site.cut = 5
    with pytest.raises(jobs.LoadError, match="1 of 1 dump files"):
        jobs.load(**batch)
    assert _rows("select status from raw.dump_files") == [("failed",)]


def test_a_dump_that_changes_before_it_is_fetched_fails(site: _Site) -> None:
    [batch] = jobs.discover([site.url])
    site.headers = {"ETag": '"2"'}
    with pytest.raises(jobs.LoadError, match="changed since it was offered"):
        jobs.load(**batch)


def test_a_server_without_an_identity_is_refused(site: _Site) -> None:
    site.headers = {}
    with pytest.raises(SourceError, match="neither ETag nor Last-Modified"):
        jobs.discover([site.url])


def test_nobody_there() -> None:
    with pytest.raises(SourceError, match="ConnectError"):
        jobs.discover(["http://127.0.0.1:9/a.jsonl"])
