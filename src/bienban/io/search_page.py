"""What the search page tells: one row per published meeting, newest first, as far as evidence pages exist.

Not here: the search itself, which runs in the reader's browser (``reports/meetings.html.j2``).
"""

from typing import Any, LiteralString

from psycopg import Connection

from bienban.io.templates import cut
from bienban.marking import visible

_FIELDS = ("key", "day", "title", "body", "province", "type", "reports", "facts")


def search_facts(connection: Connection, newest: int) -> dict[str, Any]:
    """``meetings``: rows of ``_FIELDS`` for the ``newest`` meetings; ``total``: how many are published."""
    rows = connection.execute(_MEETINGS, (newest,)).fetchall()
    (total,) = connection.execute("select count(*) from marts.fct_meetings").fetchone() or (0,)
    return {"meetings": [dict(zip(_FIELDS, map(_harmless, row), strict=True)) for row in rows], "total": total}


def _harmless(value: Any) -> Any:
    return visible(cut(value)) if isinstance(value, str) else value


_MEETINGS: LiteralString = """
select m.meeting_key, coalesce(m.held_on::text, ''), coalesce(m.headline, m.quote),
    concat_ws(' ', b.body_name, case when u.unit_level <> 'central' then concat_ws(' ', u.unit_kind, u.unit_name) end),
    coalesce(u.province_name, ''), m.primary_session_type,
    m.report_count, (select count(*) from marts.fct_metrics as f where f.meeting_key = m.meeting_key)
from marts.fct_meetings as m
inner join marts.dim_bodies as b using (body_key)
inner join marts.dim_units as u on m.unit_key = u.unit_key
order by m.held_on desc nulls last, m.meeting_key
limit %s
"""
