"""The day and the periods of a meeting in many wordings (``meeting_days.yml``, ``meeting_spans.yml``)."""

from calendar import monthrange
from datetime import date
from pathlib import Path

import pytest
import yaml

from bienban.extract import extract
from bienban.records import Article, Meeting, Period

HERE = Path(__file__).parent
DAYS = yaml.safe_load((HERE / "meeting_days.yml").read_text(encoding="utf-8"))
SPANS = yaml.safe_load((HERE / "meeting_spans.yml").read_text(encoding="utf-8"))
TITLE = "Bình Gia: Hội nghị tổng kết công tác năm 2022, triển khai nhiệm vụ năm 2023"
LEAD = "{}, UBND huyện Bình Gia (Lạng Sơn) tổ chức hội nghị tổng kết công tác năm 2022, triển khai nhiệm vụ năm 2023."
END = "Kết luận hội nghị, đồng chí Chủ tịch UBND huyện yêu cầu các xã tập trung thực hiện."


def meeting(*paragraphs: str, published_on: str | None = None) -> Meeting:
    published = date.fromisoformat(published_on) if published_on else None
    found = extract(Article(id="case", text="\n\n".join(paragraphs), published_on=published)).meeting
    assert found is not None
    return found


def span(words: str | None) -> Period | None:
    """ "2023-01..06" -> from 1 January to 30 June 2023."""
    if words is None:
        return None
    first, last = words.split("..")
    last = last if "-" in last else f"{first[:4]}-{last}"
    year, month = (int(part) for part in last.split("-"))
    return Period(start=date.fromisoformat(f"{first}-01"), end=date(year, month, monthrange(year, month)[1]))


@pytest.mark.parametrize("case", DAYS, ids=lambda case: case["says"][:60])
def test_day_of_the_meeting(case):
    lead = case.get("lead") or LEAD.format(case["says"])
    found = meeting(case.get("title", TITLE), lead, END, published_on=case.get("published_on"))
    assert (found.held_on and found.held_on.isoformat()) == case["held_on"]
    assert "part_of_day" not in case or found.part_of_day == case["part_of_day"]


@pytest.mark.parametrize("case", SPANS, ids=lambda case: f"{case[0]} {case[-1]}"[:90])
def test_periods_of_the_meeting(case):
    says, reviewed, planned, day, body = [*case, *["10/7/2023", "Dự hội nghị có lãnh đạo các ngành."][len(case) - 3 :]]
    lead = f"Ngày {day}, UBND huyện Bình Gia tổ chức hội nghị {says}."
    found = meeting("Bình Gia: Hội nghị công tác", lead, body, END)
    assert (found.reviewed_period, found.planned_period) == (span(reviewed), span(planned))
