import json

from bienban.export import extract_records
from bienban.records import Article

REPORT = (
    "Ngày 5/3/2021, UBND huyện Mai Sơn tổ chức hội nghị sơ kết. Ông Lò Văn An, Chủ tịch UBND huyện chủ trì hội nghị."
)


def test_one_object_per_article_in_the_shape_of_the_contract():
    report, other = extract_records(
        [Article(id="1", text=REPORT, url="https://a.vn/1"), Article(id="2", text="Tin vắn")]
    )
    assert {
        "id",
        "url",
        "published_on",
        "is_meeting_report",
        "meeting",
        "documents",
        "figures",
        "byline",
    } <= report.keys()
    assert report["meeting"]["held_on"] == "2021-03-05"
    assert report["meeting"]["host"]["unit"]["name"] == "Mai Sơn"
    assert [chair["name"] for chair in report["meeting"]["chairs"]] == ["Lò Văn An"]
    assert report["meeting"]["rule"] == "events.subject_verb_noun"
    assert (other["id"], other["is_meeting_report"], other["meeting"]) == ("2", False, None)
    assert other["byline"] == {"authors": [], "agency": None}
    json.dumps([report, other])
