"""Forms of expectation that most suites need, each one query over its table.

A query tells the key and the columns at fault; the audit and the Data Docs show keys, numbers, days and
codes of them, never words of an article (``bienban.io.gate_samples``). Null passes unless a rule
says otherwise: it means that no text tells.

Not here: reasons of single tables (``suites/``), what history teaches (``measures.py``).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import great_expectations.expectations as gxe

CANDIDATE = "marts_candidate"
# Of two hundred meetings told by real papers one has a day out of reason: mistakes of single texts go on for ever.
_FEW, _SHARE = 3, 0.01
# What a text must not hold: control characters that a terminal, a page or a CSV would obey.
_CONTROL = "[\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]"


def rows_must_not_exist(
    name: str, query: str, *, notes: str, severity: str = "critical", columns: Sequence[str] = ()
) -> Any:
    """An expectation in SQL: ``query`` yields what is wrong; the suite's own table is called ``batch`` in it.

    ``columns`` are those of the suite's table that it checks.
    """
    # Great Expectations gives {batch} an alias by guessing at what follows: here nothing does.
    return gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"with batch as not materialized (select * from {{batch}})\n{query}",
        description=name,
        severity=severity,
        notes=notes,
        meta={"columns": list(columns)},
    )


def seldom(
    name: str,
    query: str,
    *,
    notes: str,
    columns: Sequence[str] = (),
    among: str = "batch",
    share: float = _SHARE,
) -> list[Any]:
    """What one text may say, or a reader misread, warns; what many do is a defect and stops the publication.

    ``query`` is one of ``rows_must_not_exist`` that yields ``article_id``: articles at fault are counted, against the
    rows of the from clause ``among``. A single article must not keep everybody's marts from being published.
    """
    many = f"""select count(distinct faults.article_id) as at_fault, count(*) as rows_at_fault from ({query}) as faults
        having count(distinct faults.article_id) > {_FEW}
            and count(distinct faults.article_id) > {share} * (select count(*) from {among})"""
    return [
        rows_must_not_exist(name, query, notes=notes, severity="warning", columns=columns),
        rows_must_not_exist(
            f"{name}: but for a few",
            many,
            notes=f"{notes} More than {_FEW}, and more than {share * 100:g} in a hundred, are a rule that broke.",
            columns=columns,
        ),
    ]


def each_row(
    name: str, condition: str, *, key: str, columns: Sequence[str], notes: str, severity: str = "critical"
) -> Any:
    """``condition`` is true, or null, in every row."""
    shown = ", ".join(dict.fromkeys((*key.split(", "), *columns)))
    return rows_must_not_exist(
        name,
        f"select {shown} from batch where ({condition}) is false",
        notes=notes,
        severity=severity,
        columns=columns,
    )


def never_null(*columns: str, key: str) -> Any:
    """Columns that the contract fills in every row."""
    return rows_must_not_exist(
        f"always told: {', '.join(columns)}",
        f"select {key}, num_nulls({', '.join(columns)}) as missing from batch"
        f" where num_nulls({', '.join(columns)}) > 0",
        notes="The contract fills these columns in every row: without a unit, a body or a day they say `unknown`.",
        columns=columns,
    )


def references(targets: Mapping[str, str], *, key: str) -> Any:
    """Column -> ``table.column`` of the candidate that must hold its value."""
    parts = []
    for column, target in targets.items():
        table, _, there = target.partition(".")
        parts.append(
            f"select '{column}' as reference, {column}::text as missing_key, {key} from batch"
            f" where {column} is not null and not exists ("
            f"select 1 from {CANDIDATE}.{table} as target where target.{there} = batch.{column})"
        )
    return rows_must_not_exist(
        f"every reference is met: {', '.join(targets)}",
        "\nunion all ".join(parts),
        notes="A BI tool that joins must not lose a row, and an auditor must reach the article.",
        columns=tuple(targets),
    )


def closed_lists(values: Mapping[str, Sequence[str]], *, key: str) -> Any:
    """Column -> the only values it may have."""
    parts = [
        f"select '{column}' as list, {column} as outside_code, {key} from batch"
        f" where {column} not in ({', '.join(_quoted(each) for each in allowed)})"
        for column, allowed in values.items()
    ]
    return rows_must_not_exist(
        f"a value of its closed list: {', '.join(values)}",
        "\nunion all ".join(parts),
        notes="The closed lists of the contract: charts and filters are built on them.",
        columns=tuple(values),
    )


def keys_are_hashes(*columns: str) -> Any:
    """Keys of the warehouse: 32 hex, or ``unknown``."""
    parts = [
        f"select '{column}' as key_column, left({column}, 40) as wrong_key from batch"
        f" where {column} !~ '^([0-9a-f]{{{{32}}}}|unknown)$'"
        for column in columns
    ]
    return rows_must_not_exist(
        f"keys are hashes: {', '.join(columns)}",
        "\nunion all ".join(parts),
        notes="32 hex of a sha256 over the natural key, or unknown: anything else was not made by the key macro.",
        columns=columns,
    )


def readable(longest: Mapping[str, int], *, key: str, notes: str) -> Any:
    """Column -> code points that its words may have; none is empty or holds a control character. Warns."""
    parts = [
        f"select '{column}' as column_id, length({column}) as characters, {key} from batch"
        f" where length({column}) not between 1 and {most} or trim({column}) = '' or {column} ~ '{_CONTROL}'"
        for column, most in longest.items()
    ]
    return rows_must_not_exist(
        f"words for people: {', '.join(longest)}",
        "\nunion all ".join(parts),
        notes=notes,
        severity="warning",
        columns=tuple(longest),
    )


def unique_together(columns: Sequence[str], *, notes: str, severity: str = "critical") -> Any:
    """No two rows agree in all of ``columns``; null equals null."""
    grain = ", ".join(columns)
    return rows_must_not_exist(
        f"one row for each {grain}",
        f"select {grain}, count(*) as rows from batch group by {grain} having count(*) > 1",
        notes=notes,
        severity=severity,
        columns=columns,
    )


def runs_forward(start: str, end: str, *, key: str) -> Any:
    """A period's last day is not before its first."""
    return each_row(
        f"{start} to {end} runs forward",
        f"{end} >= {start}",
        key=key,
        columns=(start, end),
        notes="Periods are inclusive days: an end before its start is a misread date.",
    )


def spans(*, key: str) -> Any:
    """Offsets that can be: from 0 on, of the quote's length."""
    return each_row(
        "spans have the length of their quote",
        "span_start >= 0 and span_end - span_start = length(quote) and span_end > span_start",
        key=key,
        columns=("span_start", "span_end"),
        notes="Offsets count code points of raw.articles.text from 0; the quote is what stands between.",
    )


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
