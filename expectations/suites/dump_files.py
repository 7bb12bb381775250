"""Dump files: nothing is lost between a file and the tables."""

import great_expectations.expectations as gxe

from expectations.reasons import rows_must_not_exist

SCHEMA = "raw"

EXPECTATIONS = [
    rows_must_not_exist(
        "records_read = loaded + duplicates + filtered + rejected",
        """select dump_file_id, records_read, loaded, duplicates, filtered, rejected from batch
        where status = 'loaded'
            and records_read is distinct from loaded + duplicates + filtered + rejected""",
        notes="The balance of the warehouse contract; the table's own check enforces the same.",
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
    ),
    rows_must_not_exist(
        "rejected is the number of rejected records",
        """select files.dump_file_id, files.rejected, count(refused.dump_file_id) as found
        from batch as files left join raw.rejected_records as refused on refused.dump_file_id = files.dump_file_id
        where files.status = 'loaded' group by files.dump_file_id, files.rejected
        having files.rejected <> count(refused.dump_file_id)""",
        notes="Every rejected record has a row with its reason.",
    ),
    rows_must_not_exist(
        "few records of a file are rejected",
        """select dump_file_id, url, rejected, records_read from batch
        where status = 'loaded' and records_read >= 20 and rejected > records_read / 2""",
        notes="More than half rejected: most likely the wrong format or charset was recognised.",
        severity="warning",
    ),
    gxe.ExpectColumnValuesToNotBeInSet(
        column="status",
        value_set=["failed"],
        severity="warning",
        notes="A failed file is offered again; its error says what to do. The others are published without it.",
    ),
]
