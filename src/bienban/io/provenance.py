"""From a row of the marts back to the dump: quote in its sentence, article, occurrences, dump files."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import dict_row

from bienban.layout import find_layout
from bienban.records import Article

_ROWS = (
    (
        "select 'fct_metrics' as table_name, f.metric_value_key as key, f.meeting_key, m.metric_name_vi as metric,"
        " f.value_low, f.value_high, f.qualifier, f.measure_unit, f.period_from, f.period_to,"
        " f.article_id, f.span_start, f.span_end, f.quote, f.extractor_version, f.confidence"
        " from marts.fct_metrics as f left join marts.dim_metrics as m using (metric_key)"
        " where f.metric_value_key = %s"
    ),
    (
        "select 'fct_meetings' as table_name, meeting_key as key, headline, held_on, held_on_precision,"
        " primary_session_type, report_count, article_id, span_start, span_end, quote"
        " from marts.fct_meetings where meeting_key = %s"
    ),
)
_ARTICLE = "select text, title, url, site, published_at, published_at_source from raw.articles where article_id = %s"
_OCCURRENCES = """
select o.outcome, o.record_locator, o.url, o.published_at, f.dump_file_id, f.url as dump_url, f.sha256, f.status
from raw.article_occurrences as o inner join raw.dump_files as f using (dump_file_id)
where o.article_id = %s order by o.outcome desc, f.url, o.record_locator
"""


class UnknownKey(LookupError):
    """No row of the marts has the key."""


def trace(connection: Connection, key: str) -> dict[str, Any]:
    """The chain behind a ``metric_value_key`` or ``meeting_key``, JSON-able. Raises UnknownKey."""
    if connection.execute("select to_regclass('marts.fct_meetings')").fetchone() == (None,):
        raise UnknownKey("nothing is published yet: `make run` publishes the first version")
    with connection.cursor(row_factory=dict_row) as cursor:
        for query in _ROWS:
            row = cursor.execute(query, (key,)).fetchone()
            if row is not None:
                break
        else:
            raise UnknownKey(f"no row of marts.fct_metrics or marts.fct_meetings has the key {key}")
        article = cursor.execute(_ARTICLE, (row["article_id"],)).fetchone()
        occurrences = cursor.execute(_OCCURRENCES, (row["article_id"],)).fetchall()
    if article is None:
        raise UnknownKey(f"the article {row['article_id']} of {key} is no longer in raw: it leaves with the next build")
    text = article.pop("text")
    start, end = row["span_start"], row["span_end"]
    sentence = sentence_around(sentence_spans(text), start, end)
    return {
        "row": _plain(row),
        "sentence": text[slice(*sentence)],
        "quote_in_sentence": [start - sentence[0], end - sentence[0]],
        "quote_matches": text[start:end] == row["quote"],
        "article": _plain(article),
        "occurrences": [_plain(each) for each in occurrences],
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Days, moments and ids as strings, decimals as numbers."""
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):  # a moment, too
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the text's sentences in reading order, in code points of the text as stored."""
    article = Article(id="", text=text)
    normal = article.normal
    spans = [sentence for paragraph in find_layout(article).paragraphs for sentence in paragraph.sentences]
    return [normal.original_span((span.start, span.end)) for span in spans]


def sentence_around(sentences: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The span of the sentences that hold [start, end); the quote's own where none does."""
    held = [span for span in sentences if span[1] > start and span[0] < max(end, start + 1)]
    return (min(held[0][0], start), max(held[-1][1], end)) if held else (start, end)
