"""Bodies of every kind as hosts, in the clauses that papers put them in (`meeting_hosts.yml`)."""

from pathlib import Path

import pytest
import yaml

from bienban.extract import extract
from bienban.records import Article, Host

BODIES = yaml.safe_load(Path(__file__).with_name("meeting_hosts.yml").read_text(encoding="utf-8"))
FRAMES = (
    "Sáng 12/3/2024, {} tổ chức hội nghị sơ kết công tác quý I năm 2024. Đồng chí Lê Văn Tám chủ trì hội nghị.",
    "Chiều 12/3/2024, {} đã họp bàn một số nội dung quan trọng. Tại cuộc họp, các đại biểu đã thảo luận.",
    "Hội nghị sơ kết công tác quý I năm 2024 do {} tổ chức diễn ra sáng 12/3/2024. Hội nghị có 9 ý kiến.",
)


def hosts(written: str) -> list[Host]:
    articles = (Article(id="frame", text=f"Sơ kết công tác quý I\n\n{frame.format(written)}\n") for frame in FRAMES)
    return [found.meeting.host for article in articles if (found := extract(article)).meeting]


@pytest.mark.parametrize("row", BODIES["local"], ids=lambda row: row[0])
def test_bodies_of_units(row):
    written, body, kind, name = row
    found = hosts(written)
    assert [(host.body, host.unit.kind, host.unit.name) for host in found] == [(body, kind, name)] * len(FRAMES)


@pytest.mark.parametrize("row", BODIES["central"], ids=lambda row: row[0])
def test_bodies_of_the_whole_state(row):
    found = hosts(row[0])
    wanted = row[0].removesuffix(" Việt Nam")
    assert [(host.body, host.unit.level) for host in found] == [(wanted, "central")] * len(FRAMES)
