"""What holds for every record of ``raw``: meetings, figures, persons, documents and bylines."""

from typing import Any

from expectations.rules import each_row, rows_must_not_exist, spans

KEY = "record_id, extractor_version"


def record_rules() -> list[Any]:
    """Ids, spans, quotes and the extraction that a record belongs to."""
    return [
        each_row(
            "record ids are hashes",
            "record_id ~ '^[0-9a-f]{{32}}$'",
            key=KEY,
            columns=("record_id",),
            notes="32 hex over article, kind, span and ordinal: the same record in every version.",
        ),
        each_row(
            "told by a rule, with a probability",
            "confidence between 0 and 1 and length(rule) > 0",
            key=KEY,
            columns=("confidence", "rule"),
            notes="Every record names the rule that found it.",
        ),
        spans(key=KEY),
        rows_must_not_exist(
            "every quote stands in its article at its offsets",
            """select record_id, batch.article_id, span_start, span_end
            from batch left join raw.articles as articles on articles.article_id = batch.article_id
            where substring(articles.text from span_start + 1 for span_end - span_start) is distinct from quote""",
            notes="Provenance begins here: text[span_start:span_end] = quote, for every version's records.",
            columns=("article_id", "span_start", "span_end", "quote"),
        ),
        rows_must_not_exist(
            "records belong to an extraction that did not fail",
            """select record_id, batch.article_id, batch.extractor_version from batch
            where not exists (
                select 1 from raw.extractions as done where done.status = 'extracted'
                    and (done.article_id, done.extractor_version) = (batch.article_id, batch.extractor_version)
            )""",
            notes="An article's records and its extraction are written in one transaction.",
            columns=("article_id", "extractor_version"),
        ),
    ]
