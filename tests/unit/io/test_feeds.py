"""Articles in XML: feeds, WordPress' export, tables of a database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bienban.io.readers import Dump, Record
from bienban.io.readers.batches import read_chunks
from bienban.io.readers.limits import MAX_RECORD_BYTES

TEXT = "Sáng 14/1, Ban Chỉ đạo 35 tỉnh tổ chức hội nghị tổng kết."
URL = "https://baotinh.example/1.html"
DAY = datetime(2021, 1, 14, 3, tzinfo=UTC)

WORDPRESS = f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Báo tỉnh</title><link>https://baotinh.example</link><pubDate>Tue, 01 Feb 2022 00:00:00 +0000</pubDate>
<wp:category><wp:cat_name><![CDATA[Tin]]></wp:cat_name></wp:category>
<item><title><![CDATA[Họp]]></title><link>{URL}</link><pubDate>Thu, 14 Jan 2021 03:00:00 +0000</pubDate>
<guid isPermaLink="false">https://baotinh.example/?p=1</guid><description></description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>Hết.</p>]]></content:encoded>
<excerpt:encoded><![CDATA[Tóm tắt]]></excerpt:encoded>
<wp:post_date_gmt><![CDATA[2021-01-14 03:00:00]]></wp:post_date_gmt>
<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_content>Hay!</wp:comment_content></wp:comment></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo tỉnh</title><updated>2022-02-01T00:00:00Z</updated>
<entry><title>Họp</title><link href="{URL}"/><id>urn:1</id><published>2021-01-14T03:00:00Z</published>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;Hết.&lt;/p&gt;</content></entry></feed>"""
TABLE = f"""<?xml version="1.0"?><pma_xml_export><database name="a"><table name="tin"><column name="id">1</column>
<column name="tieu_de">Họp</column><column name="noi_dung">{TEXT}
Hết.</column><column name="url">{URL}</column><column name="ngay_dang">2021-01-14 10:00:00</column></table>
</database></pma_xml_export>"""


@pytest.mark.parametrize(
    ("document", "source"),
    [
        pytest.param(WORDPRESS, "pubdate", id="WordPress"),
        pytest.param(ATOM, "published", id="Atom"),
        pytest.param(TABLE, "ngay_dang", id="a table"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_articles_in_xml(tmp_path: Path, document: str, source: str, encoding: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(document.replace("UTF-8", encoding).encode(encoding))
    dump = Dump(path)
    [record] = dump.read()
    assert isinstance(record, Record)
    assert [line for line in record.text.split("\n") if line] == [TEXT, "Hết."]
    assert (record.title, record.url, record.published_at, record.published_at_source) == ("Họp", URL, DAY, source)
    assert (record.locator, record.crawled_at, dump.format) == ("item:0", None, "xml")
    assert [each for chunk in read_chunks(Dump(path)) for each in chunk] == [record]


def _items(count: int, size: int = 1) -> str:
    rows = (f"<item><title>T</title><noi_dung>{number} {TEXT * size}</noi_dung></item>" for number in range(count))
    return f"<rss><channel>{''.join(rows)}</channel></rss>"


def test_a_document_of_any_size(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_items(600, 1000))
    assert (tmp_path / "a.xml").stat().st_size > 2 * MAX_RECORD_BYTES
    assert [each.locator for each in Dump(tmp_path / "a.xml").read()] == [f"item:{at}" for at in range(600)]


@pytest.mark.parametrize(
    ("document", "reasons"),
    [
        pytest.param(_items(3)[:-60], [None, None, "truncated"], id="ends early"),
        pytest.param(_items(3).replace("</noi_dung>", "</a>", 1), ["invalid_record"], id="is broken"),
        pytest.param("<rss><a>" + "b" * 2 * MAX_RECORD_BYTES + "b</a></rss>", ["too_large"], id="an endless element"),
        pytest.param("<?xml version='1.0'?><a><b>Họp</b></a>", ["not_a_page"], id="holds no article"),
        pytest.param(
            '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><rss><item><title>&b;</title></item></rss>',
            ["not_a_page"],
            id="has entities of its own",
        ),
        pytest.param("<rss>" + "<a>" * 100_000, ["invalid_record"], id="elements in one another without end"),
    ],
)
def test_broken_xml(tmp_path: Path, document: str, reasons: list[str | None]) -> None:
    (tmp_path / "a.xml").write_text(document)
    found = list(Dump(tmp_path / "a.xml").read())
    assert [None if isinstance(each, Record) else each.reason for each in found] == reasons
