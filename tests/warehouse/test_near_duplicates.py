"""Near duplicates: clusters are a function of the articles that are there, whatever the way they came."""

import random
from pathlib import Path

import pytest

from bienban import jobs
from bienban.io import clusters
from bienban.near_duplicates import are_near, signatures
from tests.warehouse.bad_inputs import article
from tests.warehouse.test_loader import _dump, _empty, _load, _rows

pytestmark = pytest.mark.usefixtures("warehouse")

_WORDS = ("xã", "huyện", "công tác", "tuyên truyền", "đơn vị", "kết quả", "cán bộ", "phong trào", "kế hoạch", "báo cáo")


def _release(number: int) -> str:
    """A report of some length; each number gives another one."""
    draw = random.Random(number)
    return article(number) + " ".join(draw.choice(_WORDS) + str(draw.randrange(90)) for _ in range(300))


def _with_menus(text: str, number: int) -> str:
    return f"Trang chủ | Tin tức {number} | Liên hệ\n{text}\nBản quyền thuộc về báo số {number}"


def _clusters() -> dict[str, str | None]:
    return dict(_rows("select article_id::text, near_duplicate_cluster from raw.articles order by 1"))  # type: ignore[arg-type]


def _id(text: str) -> str:
    from bienban.identity import article_id, stored_text, text_sha256

    return str(article_id(text_sha256(stored_text(text))))


# One release on four portals, another on two, a third on one.
_TEXTS = [
    *(_with_menus(_release(1), number) for number in range(4)),
    *(_with_menus(_release(2), number) for number in range(2)),
    _release(3),
]


def _expected(texts: list[str]) -> dict[str, str | None]:
    """The clusters as defined, pair by pair."""
    found = signatures(texts)
    near = [
        [other for other in range(len(texts)) if are_near(found[one], found[[other]])[0]] for one in range(len(texts))
    ]
    expected: dict[str, str | None] = {}
    for one, text in enumerate(texts):
        reached, todo = {one}, [one]
        while todo:
            for other in near[todo.pop()]:
                if other not in reached:
                    reached.add(other)
                    todo.append(other)
        expected[_id(text)] = min(_id(texts[at]) for at in reached) if len(reached) > 1 else None
    return expected


def _load_all(folder: Path, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        _load(_dump(folder / f"{_id(text)}-{number}.jsonl", {"text": text}))


def test_the_same_release_is_one_cluster_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _expected(_TEXTS)
    assert sorted(list(expected.values()).count(each) for each in set(expected.values())) == [1, 2, 4]
    for seed, batch in ((0, 1), (1, 2), (2, 2000)):
        monkeypatch.setattr(clusters, "_BATCH", batch)
        order = random.Random(seed).sample(_TEXTS, len(_TEXTS))
        _empty()
        for half in (order[:3], order[3:]):  # in two runs
            _load_all(tmp_path, half)
            jobs.extract_pending(limit=0)
        assert _clusters() == expected


def test_a_link_joins_two_clusters(tmp_path: Path) -> None:
    words = _release(1).split()
    chain = ["Ban Chỉ đạo 35 tỉnh tổ chức hội nghị tổng kết. " + " ".join(words[at : at + 240]) for at in (0, 25, 50)]
    texts = [_with_menus(chain[0], 1), chain[0], chain[2], _with_menus(chain[2], 2), chain[1]]
    expected = _expected(texts)
    assert len(set(expected.values())) == 1  # the ends are linked by what stands between them
    _load_all(tmp_path, texts[:4])
    jobs.extract_pending(limit=0)
    assert len(set(_clusters().values())) == len(set(_expected(texts[:4]).values()))
    _load_all(tmp_path, texts[4:])
    jobs.extract_pending(limit=0)
    assert _clusters() == expected


def test_what_leaves_takes_its_links_with_it(tmp_path: Path) -> None:
    _load_all(tmp_path, _TEXTS)
    jobs.extract_pending(limit=0)
    gone = _id(_TEXTS[4])
    [(dump_file_id,)] = _rows(f"select dump_file_id from raw.article_occurrences where article_id = '{gone}'")
    jobs.withdraw(str(dump_file_id))
    assert _clusters() == {**_expected([*_TEXTS[:4], *_TEXTS[5:]]), gone: None}
    leader = min(_id(text) for text in _TEXTS[:4])
    jobs.take_down(leader, "x")
    left = [text for text in _TEXTS if _id(text) not in (leader, gone)]
    assert _clusters() == {**_expected(left), gone: None}


def test_what_is_offered_again_joins_again(tmp_path: Path) -> None:
    _load_all(tmp_path, _TEXTS)
    jobs.extract_pending(limit=0)
    [(dump_file_id,)] = _rows(f"select dump_file_id from raw.article_occurrences where article_id = '{_id(_TEXTS[0])}'")
    jobs.withdraw(str(dump_file_id))
    _load(_dump(tmp_path / "again.jsonl", {"text": _TEXTS[0]}))
    assert jobs.extract_pending(limit=0)["near_duplicates"] == 1
    assert _clusters() == _expected(_TEXTS)


def test_nothing_new_is_compared_once(tmp_path: Path) -> None:
    _load_all(tmp_path, _TEXTS)
    assert jobs.extract_pending(limit=0)["compared"] == len(_TEXTS)
    assert jobs.extract_pending(limit=0)["compared"] == 0
