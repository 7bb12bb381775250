"""Is the audit what it was when it was written, and are the marts what it says? Reads as the auditor.

Told in this order: the chain from its first link, rows that a link seals, rows that none seals, the
current version and the rows of the marts. What cannot be seen this way: ``docs/decisions/tamper-evidence.md``.
"""

from dataclasses import dataclass

from psycopg import Connection

from bienban.io import audit_chain, mart_fingerprints
from bienban.io.audit_chain import NOTHING_BEFORE, SEALED, Link
from bienban.io.mart_shapes import MARTS, read_tables


class Broken(RuntimeError):
    """Something was edited, added or removed; the message names the first broken link."""


@dataclass(frozen=True, slots=True)
class Verified:
    """An unbroken chain: its length and newest hash, and the version whose rows were compared (None: none yet)."""

    links: int
    head: str
    version: int | None
    rows: int


def verify(connection: Connection, known_head: str | None = None) -> Verified:
    """Check everything. ``known_head``: a hash that was noted elsewhere; it must be a link still.

    While others write, the connection must read in one snapshot. Raises Broken.
    """
    chain = list(audit_chain.links(connection))
    faults = [*_in_the_chain(chain, known_head), *_in_the_contents(connection, chain), *_in_samples(connection)]
    version, rows, others = _in_the_marts(connection, chain)
    faults += others
    if faults:
        raise Broken("\n".join([f"the audit is not what was written: {len(faults)} faults.", *faults]))
    return Verified(len(chain), chain[-1].link_sha256 if chain else NOTHING_BEFORE, version, rows)


def _in_the_chain(chain: list[Link], known_head: str | None) -> list[str]:
    """The first link that does not follow the one before; what comes after it proves nothing."""
    previous = NOTHING_BEFORE
    for number, link in enumerate(chain, start=1):
        if link.link != number:
            return [f"link {number}: is missing; link {link.link} follows"]
        if link.previous_sha256 != previous:
            return [f"link {number} ({link.kind} {link.subject}): does not follow the link before"]
        if link.computed_sha256() != link.link_sha256:
            return [f"link {number} ({link.kind} {link.subject}): was edited"]
        previous = link.link_sha256
    if known_head is not None and known_head not in {NOTHING_BEFORE, *(link.link_sha256 for link in chain)}:
        return [f"no link has the hash {known_head}: the chain was cut or written anew"]
    return []


def _in_the_contents(connection: Connection, chain: list[Link]) -> list[str]:
    newest = {(link.kind, link.subject): link for link in chain}  # a run that failed may still be published
    faults = [(link.link, f"link {link.link}: unknown kind {link.kind}") for link in chain if link.kind not in SEALED]
    for kind, sealed in SEALED.items():
        found = dict(audit_chain.contents(connection, kind))
        for (_, subject), link in ((key, link) for key, link in newest.items() if key[0] == kind):
            told = f"link {link.link} ({kind} {subject}): its rows in audit.{sealed.table}"
            if subject not in found:
                faults.append((link.link, f"{told} are gone"))
            elif found[subject] != link.content_sha256:
                faults.append((link.link, f"{told} were edited, added or removed"))
        end = len(chain) + 1
        faults += [
            (end, f"audit.{sealed.table}: {subject} was written without a link")
            for subject in found
            if (kind, subject) not in newest
        ]
    return [told for _, told in sorted(faults)]


def _in_samples(connection: Connection) -> list[str]:
    """A sample may go with a take-down, but it may not change."""
    return [
        f"audit.validation_results: the sample of {run_id} {expectation_id} was edited"
        for run_id, expectation_id, sample, sha256 in connection.execute(
            "select run_id, expectation_id, sample, sample_sha256 from audit.validation_results"
            " where sample is not null order by run_id, expectation_id"
        )
        if audit_chain.canonical_sha256(sample) != sha256
    ]


def _in_the_marts(connection: Connection, chain: list[Link]) -> tuple[int | None, int, list[str]]:
    current = connection.execute(
        "select version, row_counts, fingerprints from audit.published_versions where is_current"
    ).fetchone()
    published = [int(link.subject) for link in chain if link.kind == "version"]
    if current is None:
        return None, 0, [f"no version is current, though {published[-1]} was published last"] if published else []
    version, counts, fingerprints = current
    faults = []
    if not published or published[-1] != version:
        faults.append(f"version {version} is marked as current, but {published[-1:] or 'none'} was published last")
    tables = read_tables(connection, MARTS)
    faults += [f"marts.{name}: is gone" for name in sorted(fingerprints.keys() - tables.keys())]
    faults += [f"marts.{name}: was not published" for name in sorted(tables.keys() - fingerprints.keys())]
    known = [table for name, table in tables.items() if name in fingerprints]
    found = mart_fingerprints.take_and_count(connection, known)
    for table, (hashed, rows) in found.items():
        if rows != counts.get(table):
            faults.append(f"marts.{table}: {rows} rows, version {version} was published with {counts.get(table)}")
        elif hashed != fingerprints[table]:
            faults.append(f"marts.{table}: its rows are not those that version {version} was published with")
    return version, sum(rows for _, rows in found.values()), faults
