"""Dump files: nothing is lost between a file and the tables."""

from expectations.rules import each_row, rows_must_not_exist

SCHEMA = "raw"
_KEY = "dump_file_id"

EXPECTATIONS = [
    each_row(
        "records_read = loaded + duplicates + filtered + rejected",
        "status <> 'loaded' or coalesce(records_read = loaded + duplicates + filtered + rejected, false)",
        key=_KEY,
        columns=("records_read", "loaded", "duplicates", "filtered", "rejected", "status"),
        notes="The balance of the warehouse contract; the table's own check enforces the same.",
    ),
    each_row(
        "counts are counts, sizes are sizes",
        "least(records_read, loaded, duplicates, filtered, rejected, bytes) >= 0",
        key=_KEY,
        columns=("records_read", "loaded", "duplicates", "filtered", "rejected", "bytes"),
        notes="A negative count balances a record that was counted twice.",
    ),
    each_row(
        "a loaded file has its hash and its times",
        "status <> 'loaded' or sha256 is null or sha256 ~ '^[0-9a-f]{{64}}$' and ended_at >= started_at",
        key=_KEY,
        columns=("sha256", "started_at", "ended_at", "status"),
        notes="By the hash an auditor knows that the file at hand is the file that was loaded.",
    ),
    rows_must_not_exist(
        "loaded and duplicates are the occurrences of the file",
        """select files.dump_file_id, files.loaded, files.duplicates,
            count(*) filter (where met.outcome = 'loaded') as found_loaded,
            count(*) filter (where met.outcome = 'duplicate') as found_duplicates
        from batch as files left join raw.article_occurrences as met on met.dump_file_id = files.dump_file_id
        where files.status = 'loaded'
        group by files.dump_file_id, files.loaded, files.duplicates
        having files.loaded <> count(*) filter (where met.outcome = 'loaded')
            or files.duplicates <> count(*) filter (where met.outcome = 'duplicate')""",
        notes="The counters and the rows are written apart: a difference is a record lost or counted twice.",
        columns=("loaded", "duplicates"),
    ),
    rows_must_not_exist(
        "rejected is the number of rejected records",
        """select files.dump_file_id, files.rejected, count(refused.dump_file_id) as found
        from batch as files left join raw.rejected_records as refused on refused.dump_file_id = files.dump_file_id
        where files.status = 'loaded' group by files.dump_file_id, files.rejected
        having files.rejected <> count(refused.dump_file_id)""",
        notes="Every rejected record has a row with its reason.",
        columns=("rejected",),
    ),
    each_row(
        "few records of a file are rejected",
        "status <> 'loaded' or records_read < 20 or rejected <= records_read / 2",
        key=_KEY,
        columns=("rejected", "records_read"),
        notes="More than half rejected: most likely the wrong format or charset was recognised.",
        severity="warning",
    ),
    each_row(
        "no file failed",
        "status <> 'failed'",
        key=_KEY,
        columns=("status",),
        notes="A failed file is offered again; its error says what to do. The others are published without it.",
        severity="warning",
    ),
    rows_must_not_exist(
        "no loading died",
        """select dump_file_id, status, started_at from batch
        where status = 'loading' and started_at < now() - interval '1 day'""",
        notes="The longest loads take hours; after a day the loader is dead, and the next run offers the file again.",
        severity="warning",
        columns=("status", "started_at"),
    ),
]
