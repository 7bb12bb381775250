"""Evidence pages: for each published meeting its reports and facts, for each report its text with every find marked.

A page is one file that runs nothing and fetches nothing. What stands on it is told by one transaction over
``marts`` and ``raw``; pages of what has left the marts are removed, unchanged ones are left alone.

Not here: the search over meetings (``search_page.py``), marking (``bienban.marking``), the templates (``reports/``).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, LiteralString

import orjson
from jinja2 import Environment
from markupsafe import Markup
from psycopg import Connection

from bienban.io.provenance import sentence_around, sentence_spans
from bienban.io.templates import write_page
from bienban.marking import Mark, marked

_BATCH = 200
_MANIFEST = "manifest.json"
_SAFE_KEY = re.compile(r"[A-Za-z0-9-]{1,64}")  # it becomes a file name
_SAFE_LINK = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_SENTENCE = 600  # code points: a "sentence" without an end may be a whole text

_TABLES = {
    "bridge_meeting_articles",
    "bridge_meeting_documents",
    "bridge_meeting_persons",
    "bridge_metric_mentions",
    "dim_articles",
    "dim_bodies",
    "dim_documents",
    "dim_metrics",
    "dim_persons",
    "dim_sources",
    "dim_units",
    "fct_meetings",
    "fct_metrics",
}

Pages = dict[str, str]  # path of a page inside the folder -> fingerprint of what it tells


def write_evidence(connection: Connection, environment: Environment, folder: Path, newest: int) -> dict[str, int]:
    """Pages of the ``newest`` meetings and of their articles into ``folder``; counts of written, kept and removed.

    The caller's transaction decides which version is told. Raises OSError when the folder cannot be written.
    """
    known = _known(folder)
    looks = hashlib.sha256("".join(_sources(environment)).encode()).hexdigest()
    found: Pages = {}
    written = 0
    articles: set[str] = set()
    for page, fingerprint, told in _meetings(connection, newest):
        articles.update(each["article_id"] for each in told["reports"])
        found[page] = f"{looks[:16]}{fingerprint}"
        if known.get(page) != found[page]:
            write_page(
                folder / page, environment.get_template("evidence_meeting.html.j2").render(_meeting_values(told))
            )
            written += 1
    for page, fingerprint, told, text in _articles(connection, sorted(articles)):
        found[page] = f"{looks[:16]}{fingerprint}"
        if known.get(page) != found[page]:
            write_page(
                folder / page, environment.get_template("evidence_article.html.j2").render(_article_values(told, text))
            )
            written += 1
    removed = _remove_others(folder, found)
    _remember(folder, found)
    return {"written": written, "unchanged": len(found) - written, "removed": removed}


def can_be_told(connection: Connection) -> bool:
    """Whether marts hold all that the pages tell: not before the first publication, nor after an upgrade until
    the next one brings a table that is new."""
    row = connection.execute("select array_agg(tablename::text) from pg_tables where schemaname = 'marts'").fetchone()
    return row is not None and _TABLES.issubset(row[0] or ())


def web_link(address: str | None) -> str | None:
    """The address when a click on it can only open a web page."""
    return address if address and _SAFE_LINK.match(address) else None


def _meetings(connection: Connection, newest: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    keys = [key for (key,) in connection.execute(_NEWEST, (newest,)) if _SAFE_KEY.fullmatch(key)]
    for at in range(0, len(keys), _BATCH):
        for key, told in connection.execute(_MEETING, {"keys": keys[at : at + _BATCH]}):
            yield f"meetings/{key}.html", _fingerprint(told), orjson.loads(told)


def _articles(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, str, dict[str, Any], str]]:
    for at in range(0, len(ids), _BATCH):
        for article_id, text, told in connection.execute(_ARTICLE, {"ids": ids[at : at + _BATCH]}):
            yield f"articles/{article_id}.html", _fingerprint(text, told), orjson.loads(told), text


def _meeting_values(told: dict[str, Any]) -> dict[str, Any]:
    for each in told["reports"]:
        each["link"] = web_link(each["url"])
    return told


def _article_values(told: dict[str, Any], text: str) -> dict[str, Any]:
    finds = sorted(told["finds"], key=lambda find: (find["span_start"], -find["span_end"], find["anchor"]))
    sentences = sentence_spans(text)
    for find in finds:
        start, end = find["span_start"], find["span_end"]
        first, last = sentence_around(sentences, start, end)
        if last - first > _LONGEST_SENTENCE:
            first, last = max(first, start - _LONGEST_SENTENCE // 3), min(last, end + _LONGEST_SENTENCE // 3)
        find["sentence"] = (text[first:start], text[start:end], text[end:last])
    marks = [
        Mark(each["kind"], each["span_start"], each["span_end"], f"t-{each['anchor']}", f"#f-{each['anchor']}")
        for each in finds
    ]
    # Each piece is escaped by the marking itself.
    return told | {
        "link": web_link(told["url"]),
        "finds": finds,
        "marked": Markup("").join(map(Markup, marked(text, marks))),
    }


def _fingerprint(*told: str) -> str:
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _sources(environment: Environment) -> Iterable[str]:
    """The templates' own text: other looks are other pages."""
    if environment.loader is not None:
        for name in (
            "evidence_meeting.html.j2",
            "evidence_article.html.j2",
            "evidence.html.j2",
            "base.html.j2",
            "style.css",
        ):
            yield environment.loader.get_source(environment, name)[0]


def _known(folder: Path) -> Pages:
    """What the last run wrote, as far as the pages are still there."""
    try:
        told: Pages = orjson.loads((folder / _MANIFEST).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    present = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.html")}
    return {page: fingerprint for page, fingerprint in told.items() if page in present}


def _remember(folder: Path, pages: Pages) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{_MANIFEST}.new"
    draft.write_bytes(orjson.dumps(pages))
    draft.replace(folder / _MANIFEST)


def _remove_others(folder: Path, pages: Pages) -> int:
    """Pages of what left the marts, and drafts of a run that was killed."""
    others = [path for path in folder.glob("*/*") if path.relative_to(folder).as_posix() not in pages]
    for path in others:
        path.unlink()
    return len(others)


_NEWEST: LiteralString = """
select meeting_key from marts.fct_meetings order by held_on desc nulls last, meeting_key limit %s
"""
_MEETING: LiteralString = """
select m.meeting_key, jsonb_build_object(
    'meeting', to_jsonb(m), 'host', concat_ws(' ', b.body_name,
        case when u.unit_level <> 'central' then concat_ws(' ', u.unit_kind, u.unit_name) end),
    'province_name', u.province_name,
    'reports', coalesce((
        select jsonb_agg(jsonb_build_object('article_id', a.article_id, 'title', a.title, 'url', a.url, 'site', s.name,
            'published_on', a.published_on, 'is_primary', r.is_primary, 'dump_url', a.dump_url,
            'record_locator', a.record_locator) order by r.is_primary desc, a.published_on, a.article_id)
        from marts.bridge_meeting_articles as r inner join marts.dim_articles as a using (article_id)
        left join marts.dim_sources as s using (source_key) where r.meeting_key = m.meeting_key), '[]'),
    'facts', coalesce((
        select jsonb_agg(to_jsonb(f) || jsonb_build_object('metric_name_vi', k.metric_name_vi, 'metric_name_en',
            k.metric_name_en, 'mentions', (select count(*) from marts.bridge_metric_mentions as n
            where n.metric_value_key = f.metric_value_key)) order by f.article_id, f.span_start, f.metric_value_key)
        from marts.fct_metrics as f inner join marts.dim_metrics as k using (metric_key)
        where f.meeting_key = m.meeting_key), '[]'),
    'persons', coalesce((
        select jsonb_agg(jsonb_build_object('name', p.display_name, 'role', q.role, 'positions', q.positions)
            order by array_position(array['chair', 'concluded', 'presenter', 'speaker'], q.role), p.display_name)
        from marts.bridge_meeting_persons as q inner join marts.dim_persons as p using (person_key)
        where q.meeting_key = m.meeting_key), '[]'),
    'documents', coalesce((
        select jsonb_agg(jsonb_build_object('kind', d.kind, 'number', d.number, 'issuer', d.issuer)
            order by d.kind, d.number, d.document_key)
        from marts.bridge_meeting_documents as c inner join marts.dim_documents as d using (document_key)
        where c.meeting_key = m.meeting_key), '[]')
)::text
from marts.fct_meetings as m
inner join marts.dim_bodies as b using (body_key)
inner join marts.dim_units as u on m.unit_key = u.unit_key
where m.meeting_key = any(%(keys)s)
"""
# People are marked as far as marts name them: who holds no public office stands in no list.
_ARTICLE: LiteralString = """
select a.article_id::text, a.text, jsonb_build_object(
    'article_id', a.article_id, 'title', a.title, 'url', a.url, 'site', a.site,
    'published_at', a.published_at, 'published_at_source', a.published_at_source,
    'occurrences', (
        select jsonb_agg(jsonb_build_object('outcome', o.outcome, 'record_locator', o.record_locator,
            'dump_file_id', d.dump_file_id, 'dump_url', d.url, 'sha256', d.sha256, 'status', d.status)
            order by o.outcome desc, d.url, o.record_locator)
        from raw.article_occurrences as o inner join raw.dump_files as d using (dump_file_id)
        where o.article_id = a.article_id),
    'meetings', (
        select jsonb_agg(jsonb_build_object('meeting_key', m.meeting_key, 'headline', m.headline, 'held_on', m.held_on,
            'is_primary', r.is_primary) order by m.meeting_key)
        from marts.bridge_meeting_articles as r inner join marts.fct_meetings as m using (meeting_key)
        where r.article_id = a.article_id),
    'finds',
    coalesce((
        select jsonb_agg(jsonb_build_object('kind', 'meeting', 'anchor', m.meeting_key, 'span_start', m.span_start,
            'span_end', m.span_end, 'row', to_jsonb(m) - '{quote,span_start,span_end,article_id,headline}'::text[]))
        from marts.fct_meetings as m where m.article_id = a.article_id), '[]')
    || coalesce((
        select jsonb_agg(jsonb_build_object('kind', 'figure', 'anchor', n.metric_value_key || '-' || n.span_start,
            'span_start', n.span_start, 'span_end', n.span_end, 'metric', k.metric_name_vi,
            'row', to_jsonb(f) - '{quote,span_start,span_end,article_id}'::text[]))
        from marts.bridge_metric_mentions as n inner join marts.fct_metrics as f using (metric_value_key)
        inner join marts.dim_metrics as k using (metric_key) where n.article_id = a.article_id), '[]')
    || coalesce((
        select jsonb_agg(jsonb_build_object('kind', 'person', 'anchor', p.record_id, 'span_start', p.span_start,
            'span_end', p.span_end, 'row', jsonb_build_object('name', p.name, 'role', p.role, 'positions', p.positions,
            'rule', p.rule, 'confidence', p.confidence)))
        from raw.persons as p inner join raw.extractions as e using (article_id, extractor_version)
        where p.article_id = a.article_id and e.is_current and lower(p.name) in (
            select lower(z.display_name) from marts.bridge_meeting_articles as r
            inner join marts.bridge_meeting_persons as q using (meeting_key)
            inner join marts.dim_persons as z using (person_key) where r.article_id = a.article_id)), '[]')
    || coalesce((
        select jsonb_agg(jsonb_build_object('kind', 'document', 'anchor', d.record_id, 'span_start', d.span_start,
            'span_end', d.span_end, 'row', jsonb_build_object('kind', d.kind, 'number', d.number, 'issuer', d.issuer,
            'rule', d.rule, 'confidence', d.confidence)))
        from raw.documents as d inner join raw.extractions as e using (article_id, extractor_version)
        where d.article_id = a.article_id and e.is_current), '[]')
)::text
from raw.articles as a where a.article_id = any(%(ids)s::uuid[])
"""
