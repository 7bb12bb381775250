"""Review of a published version by people: a stratified sample, the sheet to fill in, the verdicts and what they say.

The same version, size and seed draw the same rows. Strata: meetings by main kind of session, facts by kind of unit
and confidence; each gives at least one row and otherwise its share. Sheets quote articles, so they stay files;
``audit`` keeps keys and verdicts only.

Not here: the estimates (``bienban.review_scores``), the form (``reports/review.html.j2``).
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString

from psycopg import Connection
from psycopg.rows import dict_row

from bienban.identity import VIETNAM
from bienban.io import audit_chain
from bienban.io.provenance import sentence_around, sentence_spans
from bienban.io.templates import report_environment, write_page
from bienban.marking import visible
from bienban.review_scores import FIELDS, Estimate, Verdict, estimates

_MEETINGS_SHARE = 0.3  # of the sample: a meeting takes longer to judge, and each carries several facts
_LEVEL = 0.95
_VERDICTS = ("right", "wrong", "unclear")
_COLUMNS = ("sample_id", "row_key", "row_kind", "told", "sentence", "page", "verdict", "wrong_fields", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ReviewError(RuntimeError):
    """A sheet that cannot be used, or nothing to draw from; the message names the line or what to do."""


def draw_sample(reader: Connection, writer: Connection, size: int, seed: str, folder: Path) -> dict[str, Any]:
    """Draw about ``size`` rows of the current version into ``folder``/review-<id>.csv and .html.

    ``reader`` sees marts and raw, ``writer`` adds to audit. Returns sample_id, version, rows and both paths; the same
    draw again writes the sheets again. Raises ReviewError when nothing is published.
    """
    version = _current_version(reader)
    sample_id = hashlib.sha256(f"{version} {size} {seed}".encode()).hexdigest()[:12]
    drawn = [*_drawn(reader, _MEETINGS, max(1, round(size * _MEETINGS_SHARE)), seed)]
    drawn += _drawn(reader, _FACTS, max(1, size - len(drawn)), seed)
    with writer.transaction(), writer.cursor() as cursor:
        cursor.executemany(
            "insert into audit.review_samples (sample_id, row_kind, row_key, version, stratum, weight)"
            " values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
            [(sample_id, row["row_kind"], row["row_key"], version, row["stratum"], row["weight"]) for row in drawn],
        )
        if cursor.rowcount:  # drawn before: sealed before
            audit_chain.append(writer, "review_sample", sample_id)
    rows = list(_sheet(reader, sample_id, drawn))
    sheet, form = folder / f"review-{sample_id}.csv", folder / f"review-{sample_id}.html"
    folder.mkdir(parents=True, exist_ok=True)
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:  # the mark tells spreadsheets that it is UTF-8
        lines = csv.DictWriter(stream, _COLUMNS)
        lines.writeheader()
        lines.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    environment = report_environment(datetime.now(VIETNAM))
    told = {"sample_id": sample_id, "version": version, "rows": rows, "fields": FIELDS, "columns": _COLUMNS}
    write_page(form, environment.get_template("review.html.j2").render(told))
    return {"sample_id": sample_id, "version": version, "rows": len(rows), "sheet": str(sheet), "form": str(form)}


def import_sheet(writer: Connection, sheet: Path, reviewer: str) -> tuple[str, list[Estimate]]:
    """Store the verdicts of a filled-in sheet and what they say of the version; the sample's id and the estimates.

    Rows without a verdict are not reviewed yet and left out. Raises ReviewError naming the line that is wrong; then
    nothing is stored.
    """
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        told = [(number, row) for number, row in enumerate(csv.DictReader(stream), start=2) if row.get("verdict")]
    if not told:
        raise ReviewError(f"{sheet}: no row has a verdict ({', '.join(_VERDICTS)})")
    sample_id = _unguarded(told[0][1].get("sample_id") or "")
    query = "select row_key, row_kind, weight from audit.review_samples where sample_id = %s"
    known = {key: (kind, float(weight)) for key, kind, weight in writer.execute(query, (sample_id,))}
    verdicts = _verdicts(sheet, told, sample_id, known)
    with writer.transaction():
        # One import at a time: the number of the review is counted.
        writer.execute("select pg_advisory_xact_lock(%s)", (audit_chain.CHAIN_LOCK,))
        counted = writer.execute(
            "select coalesce(max(review), 0) + 1 from audit.review_verdicts where sample_id = %s", (sample_id,)
        ).fetchone()
        review = counted[0] if counted else 1
        with writer.cursor() as cursor:
            cursor.executemany(
                "insert into audit.review_verdicts (sample_id, review, row_key, verdict, wrong_fields, reviewer)"
                " values (%s, %s, %s, %s, %s, %s)",
                [
                    (sample_id, review, key, each.verdict, sorted(each.wrong_fields), reviewer)
                    for key, each in verdicts.items()
                ],
            )
            found = estimates(verdicts.values(), _LEVEL)
            cursor.executemany(
                "insert into audit.review_results (sample_id, review, row_kind, field, reviewed, unclear, estimate,"
                " interval_low, interval_high, confidence_level) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [(sample_id, review, *_rounded(each), _LEVEL) for each in found],
            )
        audit_chain.append(writer, "review", f"{sample_id}#{review}")
        audit_chain.append(writer, "review_result", f"{sample_id}#{review}")
    return sample_id, found


def _rounded(each: Estimate) -> tuple[object, ...]:
    return tuple(round(value, 6) if isinstance(value, float) else value for value in astuple(each))


def _verdicts(
    sheet: Path, told: list[tuple[int, dict[str, str]]], sample_id: str, known: dict[str, tuple[str, float]]
) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for line, row in told:
        place = f"{sheet}, line {line}"
        key, verdict = _unguarded(row.get("row_key") or ""), (row["verdict"] or "").strip().lower()
        if _unguarded(row.get("sample_id") or "") != sample_id:
            raise ReviewError(f"{place}: of another sample than the first line; import one sample at a time")
        if key not in known:
            raise ReviewError(f"{place}: {key!r} is no row of sample {sample_id!r}")
        if key in found:
            raise ReviewError(f"{place}: {key} was judged on an earlier line")
        if verdict not in _VERDICTS:
            raise ReviewError(f"{place}: the verdict {verdict!r} is none of {', '.join(_VERDICTS)}")
        kind, weight = known[key]
        wrong = frozenset((row.get("wrong_fields") or "").replace(";", ",").replace(",", " ").split())
        if not wrong <= set(FIELDS[kind]):
            raise ReviewError(f"{place}: {', '.join(sorted(wrong - set(FIELDS[kind])))} is no field of a {kind}")
        if bool(wrong) != (verdict == "wrong"):
            raise ReviewError(f"{place}: wrong_fields go with the verdict wrong, and it with them")
        found[key] = Verdict(kind, verdict, wrong, weight)
    return found


def _current_version(reader: Connection) -> int:
    row = reader.execute("select version from audit.published_versions where is_current").fetchone()
    if row is None:
        raise ReviewError("nothing is published yet: `make run` publishes the first version")
    return int(row[0])


def _drawn(reader: Connection, query: LiteralString, size: int, seed: str) -> Iterator[dict[str, Any]]:
    """The first rows of each stratum in an order that the seed decides; with the rows that each stands for."""
    with reader.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(query, {"size": size, "seed": seed}).fetchall()
    drawn = Counter(row["stratum"] for row in found)
    for row in found:
        yield row | {"weight": row["of_stratum"] / drawn[row["stratum"]]}


def _sheet(reader: Connection, sample_id: str, drawn: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for row in drawn:
        article = reader.execute("select text from raw.articles where article_id = %s", (row["article_id"],)).fetchone()
        text = article[0] if article else ""
        start, end = sentence_around(sentence_spans(text), row["span_start"], row["span_end"])
        yield {
            "sample_id": sample_id,
            "row_key": row["row_key"],
            "row_kind": row["row_kind"],
            "told": visible("; ".join(f"{name}: {value}" for name, value in row["told"].items() if value is not None)),
            "sentence": visible(text[start : min(end, start + 1200)]),
            "page": row["page"],
            "verdict": "",
            "wrong_fields": "",
            "note": "",
        }


def _cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _unguarded(value: str) -> str:
    return value.removeprefix("'").strip()


def told_estimates(found: Iterable[Estimate]) -> Iterator[tuple[str, str, str, str]]:
    """Rows of a table: kind, field, share with its interval, rows judged."""
    for each in found:
        share = f"{each.share:.1%} ({each.low:.1%} – {each.high:.1%})"
        yield each.row_kind, each.field, share, f"{each.reviewed:,}"


# Every stratum gives its share of the sample, and at least one row.
_MEETINGS: LiteralString = """
with strata as (
    select m.*, 'meeting ' || m.primary_session_type as stratum, count(*) over () as of_all
    from marts.fct_meetings as m
),
ordered as (
    select s.*, count(*) over (partition by stratum) as of_stratum,
        row_number() over (partition by stratum order by md5(%(seed)s || meeting_key)) as nth
    from strata as s
)
select 'meeting' as row_kind, o.meeting_key as row_key, o.stratum, o.of_stratum, o.article_id, o.span_start, o.span_end,
    audit.evidence_page(o.meeting_key) as page,
    jsonb_build_object('held_on', o.held_on, 'precision', o.held_on_precision, 'session_type', o.primary_session_type,
        'body', b.body_name, 'unit', concat_ws(' ', u.unit_kind, u.unit_name), 'province', u.province_name,
        'reviewed_period', o.reviewed_from || ' – ' || o.reviewed_to, 'planned_period', o.planned_from || ' – ' ||
        o.planned_to) as told
from ordered as o
inner join marts.dim_bodies as b using (body_key)
inner join marts.dim_units as u on o.unit_key = u.unit_key
where o.nth <= greatest(1, round(%(size)s * o.of_stratum / o.of_all::numeric))
order by o.stratum, o.nth
"""
_FACTS: LiteralString = """
with strata as (
    select f.*, 'fact ' || case when f.measure_unit in ('count', 'percent', 'vnd') then f.measure_unit else 'other' end
        || case when f.confidence >= 0.9 then ' sure' when f.confidence >= 0.7 then ' likely' else ' unsure' end
        as stratum,
        count(*) over () as of_all
    from marts.fct_metrics as f
),
ordered as (
    select s.*, count(*) over (partition by stratum) as of_stratum,
        row_number() over (partition by stratum order by md5(%(seed)s || metric_value_key)) as nth
    from strata as s
)
select 'fact' as row_kind, o.metric_value_key as row_key, o.stratum, o.of_stratum, o.article_id, o.span_start,
    o.span_end, audit.evidence_page(o.meeting_key, o.metric_value_key) as page,
    jsonb_build_object('quote', o.quote, 'value', trim_scale(o.value_low) || case when o.value_high <> o.value_low then
        ' – ' || trim_scale(o.value_high) else '' end, 'qualifier', o.qualifier, 'counted', o.counted, 'unit',
        o.measure_unit, 'per', o.per, 'period', o.period_from || ' – ' || o.period_to, 'status', o.status, 'metric',
        k.metric_name_vi) as told
from ordered as o
inner join marts.dim_metrics as k using (metric_key)
where o.nth <= greatest(1, round(%(size)s * o.of_stratum / o.of_all::numeric))
order by o.stratum, o.nth
"""
