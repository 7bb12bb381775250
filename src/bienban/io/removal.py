"""Taking things out again: a wrong dump file, or one article for good.

What is removed here leaves the marts with the next build.
"""

from psycopg import Connection

from bienban.identity import text_sha256
from bienban.io import audit_chain, clusters, representatives
from bienban.io.database import raw_transaction


class RemovalError(LookupError):
    """There is no such dump file or article; the message names it."""


# Articles of the file: another file's occurrence may now speak for them, and they move in dbt's eyes.
_TOUCHED_BY_FILE = """
create temporary table touched on commit drop as
select distinct article_id, false as is_new from raw.article_occurrences where dump_file_id = %s
"""
# As if the text had been met after it was taken down: the record counts as rejected, its words are gone.
_OCCURRENCES_REJECTED = """
insert into raw.rejected_records (dump_file_id, record_locator, reason, detail, excerpt)
select dump_file_id, record_locator, 'taken_down', 'its text was taken down', null
from raw.article_occurrences where article_id = %s
"""
_BALANCE = """
update raw.dump_files as f
set loaded = f.loaded - o.loaded, duplicates = f.duplicates - o.duplicates,
    rejected = f.rejected + o.loaded + o.duplicates, changed_at = clock_timestamp()
from (
    select dump_file_id, count(*) filter (where outcome = 'loaded') as loaded,
        count(*) filter (where outcome = 'duplicate') as duplicates
    from raw.article_occurrences where article_id = %s group by dump_file_id
) as o
where f.dump_file_id = o.dump_file_id
"""
_SAME_URL = """
create temporary table touched on commit drop as
select b.article_id, false as is_new from raw.articles as a
inner join raw.articles as b on b.url = a.url and b.article_id <> a.article_id
where a.article_id = %s
"""


def withdraw(connection: Connection, dump_file_id: str) -> dict[str, int]:
    """Mark the file withdrawn. Counts: its articles. Raises RemovalError when there is no such file."""
    with raw_transaction(connection):
        changed = connection.execute(
            "update raw.dump_files set status = 'withdrawn', changed_at = clock_timestamp()"
            " where dump_file_id = %s returning loaded + duplicates",
            (dump_file_id,),
        ).fetchone()
        if changed is None:
            raise RemovalError(f"no dump file {dump_file_id} in raw.dump_files")
        connection.execute(_TOUCHED_BY_FILE, (dump_file_id,))
        counted = connection.execute("select count(*) from touched").fetchone()
        representatives.choose(connection)
        clusters.leave(connection)
        return {"articles": counted[0] if counted else 0}


def take_down(connection: Connection, article_id: str, reason: str) -> dict[str, int]:
    """Remove the article's text, occurrences, extractions and records; keep its hash, so that it stays out.

    Counts: occurrences removed. Raises RemovalError when there is no such article.
    """
    with raw_transaction(connection):
        row = connection.execute(
            "select text, near_duplicate_cluster from raw.articles where article_id = %s for update", (article_id,)
        ).fetchone()
        if row is None:
            raise RemovalError(f"no article {article_id} in raw.articles")
        sha256 = text_sha256(row[0])
        connection.execute(
            "insert into audit.take_downs (article_sha256, reason) values (%s, %s) on conflict do nothing",
            (sha256, reason),
        )
        audit_chain.append(connection, "take_down", sha256)
        removed = connection.execute(_OCCURRENCES_REJECTED, (article_id,)).rowcount
        connection.execute(_BALANCE, (article_id,))
        connection.execute(_SAME_URL, (article_id,))
        clusters.forget(connection, [article_id])
        connection.execute("delete from raw.articles where article_id = %s", (article_id,))
        if row[1] is not None:
            clusters.part(connection, [row[1]])
        representatives.choose(connection)
        return {"occurrences": removed}
