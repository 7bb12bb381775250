"""The reports at another address: what changed travels, what went is removed, what was there is left alone."""

from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from bienban.io.readers import SourceError
from bienban.io.remote import object_stores
from bienban.io.report_mirror import mirror


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "evidence").mkdir(parents=True)
    (folder / "index.html").write_text("một")
    (folder / "evidence" / "m.html").write_text("hai")
    return folder


def _changed_later(site: Path, url: str) -> None:
    assert mirror(site, url) == {"sent": 2, "unchanged": 0, "removed": 0}
    assert mirror(site, url) == {"sent": 0, "unchanged": 2, "removed": 0}
    (site / "index.html").write_text("ba")
    (site / "evidence" / "m.html").unlink()
    assert mirror(site, url) == {"sent": 1, "unchanged": 0, "removed": 1}


def test_a_folder(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    target.mkdir()
    (target / "other.html").write_text("not ours")
    _changed_later(site, target.as_uri())
    assert sorted(path.name for path in target.rglob("*.html")) == ["index.html", "other.html"]
    assert (target / "index.html").read_text() == "ba"


def test_a_bucket(site: Path) -> None:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        given = {"aws_access_key_id": "writer", "aws_secret_access_key": "word", "region_name": "us-east-1"}
        client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", **given)
        client.create_bucket(Bucket="public")
        options = {"key": "writer", "secret": "word", "endpoint_url": f"http://{host}:{port}"}
        with object_stores({"s3": options}):
            _changed_later(site, "s3://public/bienban")
        listed = client.list_objects_v2(Bucket="public")["Contents"]
        assert {each["Key"] for each in listed} == {"bienban/index.html", "bienban/.bienban-mirror.json"}
    finally:
        server.stop()


def test_a_store_that_refuses_is_named_without_its_secrets(site: Path) -> None:
    options = {"key": "writer", "secret": "word", "endpoint_url": "http://127.0.0.1:9"}
    with object_stores({"s3": options}), pytest.raises(SourceError, match="s3://public/bienban") as told:
        mirror(site, "s3://public/bienban")
    assert "word" not in str(told.value)
