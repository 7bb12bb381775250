"""Dumps on the web and in object stores: fetched when new, tried again when the server stumbles, then failed."""

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import boto3
import pytest
from moto.server import ThreadedMotoServer

from bienban import jobs
from bienban.io import remote
from bienban.io.readers import SourceError
from tests.warehouse.bad_inputs import article, line
from tests.warehouse.test_loader import _rows

pytestmark = pytest.mark.usefixtures("warehouse")


@dataclass
class _Site:
    """A server of one file whose misbehaviour a test chooses."""

    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"ETag": '"1"'})
    stumbles: list[int] = field(default_factory=list)  # status codes of the next answers
    cut: int = 0  # bytes that never come
    silent: float = 0.0  # seconds before an answer
    moved: bool = False
    wanted: str = ""  # the header Authorization
    asked: int = 0  # for the file's words
    url: str = ""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Site]:
    monkeypatch.setattr(remote, "_WAITS", (0.0, 0.0))
    told = _Site(json.dumps({"text": article(1)}).encode())
    over = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(b"")

        def do_GET(self) -> None:
            told.asked += 1
            self._answer(told.body[: len(told.body) - told.cut])

        def _answer(self, body: bytes) -> None:
            over.wait(told.silent)
            if told.stumbles:
                self.send_error(told.stumbles.pop(0))
                return
            if told.wanted and self.headers["Authorization"] != told.wanted:
                self.send_error(401)
                return
            if told.moved and "new" not in self.path:
                self.send_response(302)
                self.send_header("Location", "/new/d%20ump.jsonl")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(200)
            for name, value in {"Content-Length": str(len(told.body)), **told.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/d%20ump.jsonl"
    yield told
    over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass(frozen=True)
class _Store:
    """A bucket ``dumps`` on a local server, and how it is reached."""

    client: object
    options: dict[str, dict[str, object]]

    def put(self, key: str, body: bytes) -> None:
        self.client.put_object(Bucket="dumps", Key=key, Body=body)  # type: ignore[attr-defined]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Store]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(remote, "_WAITS", (0.0, 0.0))
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    given = {"aws_access_key_id": "reader", "aws_secret_access_key": "s3cr3t-of-the-store", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=url, **given)
    client.create_bucket(Bucket="dumps")
    options = {"key": "reader", "secret": "s3cr3t-of-the-store", "endpoint_url": url}
    yield _Store(client, {"s3": options})
    server.stop()


def _load(url: str) -> int:
    return sum(jobs.load(**batch)["loaded"] for batch in jobs.discover([url]))


def test_dump_on_the_web_is_loaded_once(site: _Site) -> None:
    assert _load(site.url) == 1
    assert _rows("select url, identity, bytes, format from raw.dump_files") == [
        (site.url, '"1"', len(site.body), "json_lines")
    ]
    asked = site.asked
    assert jobs.discover([site.url]) == []
    assert site.asked == asked  # its headers only


def test_changed_dump_on_the_web_is_another_file(site: _Site) -> None:
    _load(site.url)
    site.body, site.headers = (
        json.dumps({"text": article(2)}).encode(),
        {"Last-Modified": "Mon, 21 Sep 2026 08:00:00 GMT"},
    )
    assert _load(site.url) == 1


def test_a_stumbling_server_is_asked_again(site: _Site) -> None:
    [batch] = jobs.discover([site.url])
    site.stumbles = [503, 502]
    assert jobs.load(**batch)["loaded"] == 1


def test_a_dump_that_moved_is_followed(site: _Site) -> None:
    site.moved = True
    assert _load(site.url) == 1


def test_a_missing_dump_is_not_asked_for_again(site: _Site) -> None:
    site.stumbles = [404] * 9
    with pytest.raises(SourceError, match=r"d%20ump.jsonl: there is no such file"):
        jobs.discover([site.url])
    assert len(site.stumbles) >= 7


def test_a_server_that_fails_again_and_again(site: _Site) -> None:
    site.stumbles = [500] * 99
    with pytest.raises(SourceError, match="500"):
        jobs.discover([site.url])


def test_a_silent_server_is_tried_again_then_failed(site: _Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_SILENT_SECONDS", 0.2)
    site.silent = 30
    with pytest.raises(SourceError, match="Timeout"):
        jobs.discover([site.url])


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
    with pytest.raises(SourceError, match="ClientConnector"):
        jobs.discover(["http://127.0.0.1:9/a.jsonl"])


def test_objects_of_a_store(store: _Store) -> None:
    store.put("2021/a.jsonl", line(1) + line(2))
    store.put("2021/b.txt", article(3).encode())
    store.put("2021/.hidden", b"no")
    with remote.object_stores(store.options):
        assert _load("s3://dumps/2021") == 3
        assert jobs.discover(["s3://dumps/2021"]) == []  # known by their ETags
        store.put("2021/b.txt", article(4).encode())
        assert _load("s3://dumps/2021") == 1
    assert {row[0] for row in _rows("select url from raw.dump_files")} == {
        "s3://dumps/2021/a.jsonl",
        "s3://dumps/2021/b.txt",
    }


def test_credentials_as_connections_keep_them(store: _Store) -> None:
    store.put("a.txt", article(1).encode())
    at = {"endpoint_url": store.options["s3"]["endpoint_url"]}
    kept = {"login": "reader", "password": "s3cr3t-of-the-store", "extra": at}
    with jobs.with_connections({"s3": kept}):
        assert _load("s3://dumps/a.txt") == 1


def test_password_of_a_server(site: _Site) -> None:
    site.wanted = "Basic cmVhZGVyOndvcmQ="  # reader:word
    with pytest.raises(SourceError, match="401"):
        jobs.discover([site.url])
    with jobs.with_connections({"http": {"login": "reader", "password": "word", "extra": {}}}):
        assert _load(site.url) == 1


def test_secrets_stay_out_of_messages(store: _Store) -> None:
    wrong = {"s3": {**store.options["s3"], "endpoint_url": "http://127.0.0.1:9"}}
    with remote.object_stores(wrong), pytest.raises(SourceError) as told:
        jobs.discover(["s3://dumps/a.jsonl"])
    assert "s3cr3t" not in str(told.value)
    with remote.object_stores(store.options), pytest.raises(SourceError, match="no such file"):
        jobs.discover(["s3://dumps/missing.jsonl"])
    assert "word" not in remote.shown("https://user:word@a.example/x.gz?X-Amz-Signature=word")
