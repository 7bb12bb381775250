"""Clusters of near duplicates in ``raw.articles``: new articles join, articles that nobody offers any more leave.

A cluster is what near duplicates connect, and its name the smallest article_id in it: a function of the articles
that are there, never of the order in which they came.

Not here: when two texts are near duplicates (``bienban.near_duplicates``).
"""

from collections.abc import Iterable
from uuid import UUID

import numpy as np
from psycopg import Connection

from bienban.io.database import copy_fixed, raw_transaction
from bienban.near_duplicates import BANDS, PERMUTATIONS, Signatures, bands, components, near_pairs, signatures

_BATCH = 2000

_NEW = """
select a.article_id::text, a.text from raw.articles as a
where a.article_id > %s and not exists (select from raw.article_signatures as s where s.article_id = a.article_id)
and exists (
    select from raw.article_occurrences as o
    inner join raw.dump_files as f on f.dump_file_id = o.dump_file_id and f.status <> 'withdrawn'
    where o.article_id = a.article_id
)
order by a.article_id limit %s
"""
# Taken down, or written by another process, since it was read.
_STILL_NEW = """
select a.article_id::text from raw.articles as a
where a.article_id = any(%s::uuid[])
and not exists (select from raw.article_signatures as s where s.article_id = a.article_id)
"""
_KNOWN = """
select s.article_id::text, s.signature, a.near_duplicate_cluster
from raw.article_signatures as s inner join raw.articles as a on a.article_id = s.article_id
where s.article_id in (select b.article_id from raw.article_bands as b where b.band = any(%s))
"""
_UNSIGN = "delete from raw.article_signatures where article_id = any(%s::uuid[]) returning article_id::text, signature"
_UNBAND = "delete from raw.article_bands where band = any(%s) and article_id = any(%s::uuid[])"
_MEMBERS = """
select s.article_id::text, s.signature from raw.article_signatures as s
inner join raw.articles as a on a.article_id = s.article_id where a.near_duplicate_cluster = any(%s)
"""
_ASSIGN = """
update raw.articles as a set near_duplicate_cluster = n.cluster, changed_at = clock_timestamp()
from unnest(%s::uuid[], %s::text[]) as n (article_id, cluster)
where a.article_id = n.article_id and a.near_duplicate_cluster is distinct from n.cluster
"""
_MERGE = """
update raw.articles as a set near_duplicate_cluster = n.cluster, changed_at = clock_timestamp()
from unnest(%s::text[], %s::text[]) as n (old, cluster)
where a.near_duplicate_cluster = n.old and n.old <> n.cluster
"""
_GONE = """
select a.article_id::text, a.near_duplicate_cluster from raw.articles as a
inner join touched as t on t.article_id = a.article_id
inner join raw.article_signatures as s on s.article_id = a.article_id
where not exists (
    select from raw.article_occurrences as o
    inner join raw.dump_files as f on f.dump_file_id = o.dump_file_id and f.status <> 'withdrawn'
    where o.article_id = a.article_id
)
"""


def cluster_new(connection: Connection) -> dict[str, int]:
    """Look for near duplicates of the articles that were not looked at yet. Counts: compared, near_duplicates."""
    compared = near = 0
    after = "00000000-0000-0000-0000-000000000000"
    while True:
        with connection.transaction():
            rows = connection.execute(_NEW, (after, _BATCH)).fetchall()
        if not rows:
            return {"compared": compared, "near_duplicates": near}
        after = rows[-1][0]
        found = signatures(text for _, text in rows)
        with raw_transaction(connection):
            near += _join(connection, [row[0] for row in rows], found)
        compared += len(rows)


def leave(connection: Connection) -> None:
    """Take the articles of ``touched`` that no dump file offers any more out of their clusters.

    The caller stands in a ``database.raw_transaction``.
    """
    gone = connection.execute(_GONE).fetchall()
    if not gone:
        return
    ids = [row[0] for row in gone]
    forget(connection, ids)
    connection.execute(_ASSIGN, (ids, [None] * len(ids)))
    part(connection, {row[1] for row in gone if row[1] is not None})


def forget(connection: Connection, ids: list[str]) -> None:
    """Remove the signatures of articles with their bands. The caller stands in a ``database.raw_transaction``."""
    rows = connection.execute(_UNSIGN, (ids,)).fetchall()
    if rows:
        cut = np.unique(bands(_signatures(row[1] for row in rows)))
        connection.execute(_UNBAND, (cut.tolist(), [row[0] for row in rows]))


def part(connection: Connection, clusters: Iterable[str]) -> None:
    """Divide clusters that lost a member into what still hangs together."""
    for cluster in clusters:
        rows = connection.execute(_MEMBERS, ([cluster],)).fetchall()
        if rows:
            known = _signatures(row[1] for row in rows)
            ids = [row[0] for row in rows]
            _assign(connection, components(ids, _links(ids, known, ids, known)))


def _join(connection: Connection, ids: list[str], found: Signatures) -> int:
    """Write the signatures; the number of articles that have near duplicates."""
    still_new = {row[0] for row in connection.execute(_STILL_NEW, (ids,))}
    chosen = [at for at, each in enumerate(ids) if each in still_new]
    ids, found = [ids[at] for at in chosen], found[chosen]
    known = connection.execute(_KNOWN, (np.unique(bands(found)).tolist(),)).fetchall()
    links = _links(ids, found, ids, found)
    if known:
        links += _links(ids, found, [row[0] for row in known], _signatures(row[1] for row in known))
    cluster_of = {row[0]: row[2] or row[0] for row in known}
    named = [(cluster_of.get(one, one), cluster_of.get(other, other)) for one, other in links]
    groups = components([*ids, *set(cluster_of.values())], named)
    _write(connection, ids, found)
    linked = {each for link in links for each in link}
    _assign_linked(connection, linked, cluster_of, groups)
    return len(linked & still_new)


def _assign_linked(
    connection: Connection, linked: set[str], cluster_of: dict[str, str], groups: dict[str, str]
) -> None:
    """Name the clusters of what is linked; clusters that were joined take their common name with all members."""
    chosen = sorted(linked)
    names = [groups[cluster_of.get(each, each)] for each in chosen]
    connection.execute(_ASSIGN, (chosen, names))
    olds = sorted({cluster_of[each] for each in linked if each in cluster_of})
    connection.execute(_MERGE, (olds, [groups[old] for old in olds]))


def _assign(connection: Connection, groups: dict[str, str]) -> None:
    sizes: dict[str, int] = {}
    for leader in groups.values():
        sizes[leader] = sizes.get(leader, 0) + 1
    names = [leader if sizes[leader] > 1 else None for leader in groups.values()]
    connection.execute(_ASSIGN, (list(groups), names))


def _links(ones: list[str], found: Signatures, others: list[str], known: Signatures) -> list[tuple[str, str]]:
    """Pairs of near duplicates; among the same articles each pair once."""
    links: list[tuple[str, str]] = []
    for rows, near in near_pairs(found, known):
        kept = rows < near if others is ones else slice(None)
        links += [(ones[at], others[to]) for at, to in zip(rows[kept].tolist(), near[kept].tolist(), strict=True)]
    return links


def _write(connection: Connection, ids: list[str], found: Signatures) -> None:
    keys = np.frombuffer(b"".join(UUID(each).bytes for each in ids), "V16")
    signed = np.ascontiguousarray(found, "<u4").view(f"V{4 * PERMUTATIONS}").ravel()
    copy_fixed(connection, "raw.article_signatures", {"article_id": keys, "signature": signed})
    cut = bands(found).ravel()
    order = np.argsort(cut)  # as the index stands
    banded = {"band": cut[order].astype(">i8"), "article_id": keys[order // BANDS]}
    copy_fixed(connection, "raw.article_bands", banded)


def _signatures(stored: Iterable[bytes]) -> Signatures:
    return np.frombuffer(b"".join(stored), "<u4").reshape(-1, PERMUTATIONS).astype(np.uint32)
