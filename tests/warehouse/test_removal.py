"""Taking things out: a withdrawn file has no say any more, a taken-down text stays out."""

from pathlib import Path

import pytest

from bienban import jobs
from bienban.identity import text_sha256
from bienban.io.database import connect
from bienban.io.removal import RemovalError
from tests.unit.test_cli import _bienban
from tests.warehouse.bad_inputs import article
from tests.warehouse.test_loader import _BALANCE, _dump, _load, _record, _rows

pytestmark = pytest.mark.usefixtures("warehouse")


def _dump_file_id(path: Path) -> str:
    [(found,)] = _rows(f"select dump_file_id from raw.dump_files where url = '{path.as_uri()}'")
    return str(found)


def _article_id(number: int) -> str:
    [(found,)] = _rows(f"select article_id::text from raw.articles where text ilike '% {number} đại biểu%'")
    return str(found)


def test_withdrawn_file_no_longer_speaks_for_its_articles(tmp_path: Path) -> None:
    wrong = _dump(tmp_path / "wrong.jsonl", {"text": article(1).upper(), "title": "Sai", "published_at": "2020-01-01"})
    right = _dump(tmp_path / "right.jsonl", _record(1, title="Đúng", published_at="2021-01-01"))
    _load(wrong, right)
    jobs.withdraw(_dump_file_id(wrong))
    assert _rows("select text, title, published_at::date::text from raw.articles") == [
        (article(1), "Đúng", "2021-01-01")
    ]
    assert _rows("select own_text from raw.article_occurrences where title = 'Sai'") == [(article(1).upper(),)]


def test_withdrawn_file_stays_withdrawn_when_offered_again(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.jsonl", _record(1))
    _load(dump)
    assert jobs.withdraw(_dump_file_id(dump)) == {"articles": 1}
    assert jobs.discover([str(dump)]) == []


def test_withdrawal_is_news_for_the_next_build(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.jsonl", _record(1))
    _load(dump)
    _publish("first")
    assert not jobs.raw_is_newer()
    jobs.withdraw(_dump_file_id(dump))
    assert jobs.raw_is_newer()


def test_take_down_leaves_only_the_hash(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.jsonl", _record(1), _record(2), _record(1))
    _load(dump)
    jobs.extract_pending()
    _publish("first")
    assert jobs.take_down(_article_id(1), "theo yêu cầu") == {"occurrences": 2}
    assert _rows("select text from raw.articles") == [(article(2),)]
    assert _rows("select count(distinct article_id) from raw.extractions") == [(1,)]
    assert _rows("select count(*) from raw.figures where quote ~ '^1 đại'") == [(0,)]
    assert _rows("select article_sha256, reason from audit.take_downs") == [(text_sha256(article(1)), "theo yêu cầu")]
    assert _rows("select reason, excerpt, count(*) from raw.rejected_records group by 1, 2") == [
        ("taken_down", None, 2)
    ]
    assert _rows(_BALANCE) == [(3, 1, 0, 0, 2)]
    assert jobs.raw_is_newer()


def test_the_command_needs_no_more_than_the_article(tmp_path: Path) -> None:
    _load(_dump(tmp_path / "a.jsonl", _record(1), _record(2)))
    done = _bienban("take-down", _article_id(1))
    assert (done.returncode, done.stderr) == (0, b"")
    assert _rows("select text from raw.articles") == [(article(2),)]
    assert _rows("select article_sha256, reason from audit.take_downs") == [(text_sha256(article(1)), "asked for")]


def test_taken_down_text_stays_out_in_any_spelling(tmp_path: Path) -> None:
    _load(_dump(tmp_path / "a.jsonl", _record(1)))
    jobs.take_down(_article_id(1), "x")
    counts = _load(_dump(tmp_path / "b.jsonl", {"text": article(1).upper()}, _record(2)))
    assert (counts["loaded"], counts["rejected"]) == (1, 1)


def test_take_down_and_load_commute(tmp_path: Path) -> None:
    first, second = (
        _dump(tmp_path / "a.jsonl", _record(1), _record(2)),
        _dump(tmp_path / "b.jsonl", _record(1), _record(3)),
    )
    _load(first, second)
    jobs.take_down(_article_id(1), "x")
    after = _rows(_BALANCE)
    with connect("owner") as connection:
        connection.execute("truncate raw.dump_files, raw.articles cascade")
    _load(first, second)
    assert _rows(_BALANCE) == after


@pytest.mark.parametrize(
    "remove", [jobs.withdraw, lambda _: jobs.take_down("00000000-0000-0000-0000-000000000000", "x")]
)
def test_unknown_ids_are_named(remove) -> None:
    with pytest.raises(RemovalError, match=r"no (dump file|article) "):
        remove("no-such-id")


def test_removal_moves_the_chain_of_revisions(tmp_path: Path) -> None:
    url = {"url": "https://a.example/1"}
    for number in (1, 2, 3):
        _load(_dump(tmp_path / f"{number}.jsonl", _record(number, published_at=f"2021-01-0{number}", **url)))
    jobs.take_down(_article_id(2), "x")
    assert str(
        _rows(f"select revision_of from raw.articles where article_id = '{_article_id(3)}'")[0][0]
    ) == _article_id(1)
    jobs.withdraw(_dump_file_id(tmp_path / "3.jsonl"))
    assert _rows(f"select is_latest from raw.articles where article_id = '{_article_id(1)}'") == [(True,)]


def _publish(run_id: str) -> None:
    from bienban.io import runs

    with connect("loader", autocommit=True) as connection:
        runs.start_run(connection, run_id, "build_warehouse", "v")
        runs.finish_run(connection, run_id, "published")
