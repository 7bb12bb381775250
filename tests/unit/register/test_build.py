"""The packaged file is what the builder makes of its sources, and the builder refuses wrong tables."""

import gzip
from datetime import date
from pathlib import Path

import orjson
import pytest
import yaml

from bienban.register.build import DATA, HERE, build, installed, load_aliases, load_corrections, main
from bienban.register.sources import split_name

REVIEWED = HERE / "reviewed"


def test_the_packaged_register_is_what_the_builder_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "register.json.gz"
    monkeypatch.setattr("sys.argv", ["build", "--out", str(out)])
    main()
    # Not byte by byte: zlib builds differ in how they compress.
    assert orjson.loads(gzip.decompress(out.read_bytes())) == orjson.loads(gzip.decompress(DATA.read_bytes()))
    assert DATA.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("name: Phú Mỹ, was: {kind: thị xã}", "name: Phú Mĩ, was: {kind: thị xã}", "not Phú Mĩ", id="name"),
        pytest.param("name: Mộc Châu, was: {kind: huyện}", "name: Mộc Châu, was: {kind: xã}", None, id="earlier kind"),
        pytest.param("becomes: {kind: thị xã}", "becomes: {kind: quận}", "has kind", id="a kind that the list denies"),
        pytest.param("into: [d193]", "into: [d9]", "d9", id="an unknown successor"),
    ],
)
def test_a_wrong_line_of_the_changes_is_refused(tmp_path: Path, old: str, new: str, message: str | None) -> None:
    for name in ("changes.yml", "corrections.yml"):
        content = (REVIEWED / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(content.replace(old, new, 1), encoding="utf-8")
    if message is None:  # what was before the lists can only come from the table
        versions = build(installed("vietnamadminunits"), tmp_path).versions["d123"]
        assert [version.kind for version in versions] == ["xã", "thị xã"]
        return
    with pytest.raises((ValueError, KeyError), match=message):
        build(installed("vietnamadminunits"), tmp_path)


def test_every_change_names_its_act_and_day() -> None:
    changes = yaml.safe_load((REVIEWED / "changes.yml").read_text(encoding="utf-8"))
    assert [date.fromisoformat(change["day"]) for change in changes] == sorted(
        (date.fromisoformat(change["day"]) for change in changes), reverse=True
    )
    assert all(change["act"].startswith("Nghị quyết") for change in changes)


def test_every_correction_and_alias_has_its_reason() -> None:
    assert all(entry["reason"] for entries in load_corrections().values() for entry in entries)
    assert all(alias["source"] for alias in load_aliases())


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        pytest.param("Thị Xã Việt Yên", ("thị xã", "Việt Yên"), id="capitals of the kind vary"),
        pytest.param("Xã  Xuân Giang", ("xã", "Xuân Giang"), id="two blanks"),
        pytest.param("Xã é Tòng", ("xã", "É Tòng"), id="a small first letter"),
        pytest.param("Xã Ea H’Leo", ("xã", "Ea H'Leo"), id="a typographic apostrophe"),
        pytest.param("Tỉnh Hoà Bình", ("tỉnh", "Hòa Bình"), id="old tone placement"),
    ],
)
def test_split_name(full: str, expected: tuple[str, str]) -> None:
    assert split_name(full) == expected


def test_split_name_wants_a_kind() -> None:
    with pytest.raises(ValueError, match="no kind"):
        split_name("Hà Nội")
