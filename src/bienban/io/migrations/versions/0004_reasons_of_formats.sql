-- Rows of CSV, documents of BSON and records of WARC can be wrong in their own ways.
alter table raw.rejected_records drop constraint rejected_records_reason_check;
alter table raw.rejected_records add constraint rejected_records_reason_check check (
    reason in (
        'binary', 'empty_text', 'encrypted', 'expands_too_far', 'http_error', 'invalid_encoding', 'invalid_json',
        'invalid_record', 'lone_surrogate', 'no_text', 'not_a_page', 'not_an_object', 'taken_down', 'too_large',
        'truncated', 'unsafe_path'
    )
);
