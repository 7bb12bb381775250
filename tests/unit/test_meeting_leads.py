"""Leads in the manner of many papers: is a held meeting of a public body told, and whose (`meeting_leads.yml`)."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bienban.extract import extract
from bienban.records import Article

LEADS = yaml.safe_load(Path(__file__).with_name("meeting_leads.yml").read_text(encoding="utf-8"))
PAGE = "Bản tin địa phương\n\n{}\n\nPhóng viên ghi nhận không khí sôi nổi, nhiều ý kiến tâm huyết.\n"
DAYS = (date(2024, 3, 12), date(2024, 1, 12))


@pytest.mark.parametrize(("host", "lead"), LEADS, ids=lambda value: str(value)[:60])
def test_leads(host, lead):
    meeting = extract(Article(id="lead", text=PAGE.format(lead))).meeting
    assert (meeting and meeting.host.name) == host
    assert meeting is None or meeting.held_on in DAYS
