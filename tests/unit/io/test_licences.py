"""A dump's licence is what its metadata state."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bienban.io.licences import licence_of

CARD = "---\nlicense: odc-by\nlanguage:\n- vi\n---\n# A corpus\nlicense: none of this\n"


def _parquet(path: Path, **metadata: str) -> Path:
    pq.write_table(pa.table({"text": ["Tin."]}).replace_schema_metadata(metadata), path)
    return path


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, None, id="nothing says so"),
        pytest.param({"dump.jsonl.meta.json": '{"licence": "CC-BY-4.0"}'}, "CC-BY-4.0", id="beside the file"),
        pytest.param({"README.md": CARD}, "odc-by", id="in the dataset card"),
        pytest.param({"README.md": CARD, "dump.jsonl.meta.json": '{"license": "MIT"}'}, "MIT", id="the nearest wins"),
        pytest.param({"README.md": "---\nlicense: [mit, 'cc0-1.0']\n---\n"}, "mit, cc0-1.0", id="several"),
        pytest.param({"README.md": "license: mit"}, None, id="words of a text"),
        pytest.param({"README.md": "---\nlicense: {a: [\n---\n"}, None, id="a broken card"),
        pytest.param({"dump.jsonl.meta.json": '{"licence": 7}'}, None, id="no words"),
        pytest.param({"dump.jsonl.meta.json": "[" * 100_000}, None, id="nested without end"),
    ],
)
def test_what_stands_beside_a_dump(files: dict[str, str], expected: str | None, tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text('{"text": "Tin."}\n')
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    assert licence_of(dump) == expected


def test_what_a_parquet_schema_says(tmp_path: Path) -> None:
    described = json.dumps({"info": {"license": "apache-2.0"}})
    assert licence_of(_parquet(tmp_path / "a.parquet", license="cc0-1.0")) == "cc0-1.0"
    assert licence_of(_parquet(tmp_path / "b.parquet", huggingface=described)) == "apache-2.0"
    assert licence_of(_parquet(tmp_path / "c.parquet", huggingface="[]")) is None
    (tmp_path / "d.parquet").write_bytes(b"PAR1 and nothing behind it")
    assert licence_of(tmp_path / "d.parquet") is None
