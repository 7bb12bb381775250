"""Whether the landing folder still brings something new, told by the identities of articles."""

from typing import Any

from psycopg import Connection


class LandingStale(RuntimeError):
    """Nothing new came for too long; the message says since when and what came instead."""


_NEWEST = """
select
    (select max(loaded_at) from raw.articles) as newest,
    extract(day from now() - (select max(loaded_at) from raw.articles))::integer as days,
    (select count(*) from raw.dump_files where started_at > now() - make_interval(days => %(days)s)) as files,
    (select coalesce(sum(records_read), 0)::bigint from raw.dump_files
        where started_at > now() - make_interval(days => %(days)s)) as records
"""


def check(connection: Connection, days: int) -> dict[str, Any]:
    """``newest`` (when raw last gained a text it had not seen), files and records offered within ``days``.

    Raises LandingStale when nothing new came within ``days``.
    """
    row = connection.execute(_NEWEST, {"days": days}).fetchone()
    assert row is not None
    newest, age, files, records = row
    if newest is None:
        raise LandingStale("no article was ever loaded: nothing came to the landing folder yet")
    if age >= days:
        raise LandingStale(
            f"no new article for {age} days, the last on {newest:%Y-%m-%d}. Dump files read since {days} days ago: "
            f"{files}, with {records} records, none of them new. See whether the landing folder is still filled"
        )
    return {"newest": newest.isoformat(), "days": age, "files": files, "records": records}
