-- Schemas raw and audit, and who may do what (roles exist already: bienban.io.roles).
create schema if not exists raw;
create schema if not exists audit;
create schema if not exists staging authorization bienban_transformer;
create schema if not exists intermediate authorization bienban_transformer;
create schema if not exists marts_candidate authorization bienban_transformer;
create schema if not exists marts authorization bienban_publisher;
create schema if not exists marts_history authorization bienban_publisher;

create table raw.dump_files (
    dump_file_id text primary key,
    url text not null,
    identity text not null,
    sha256 text,
    format text,
    compression text,
    bytes bigint,
    licence text,
    records_read bigint,
    loaded bigint,
    duplicates bigint,
    filtered bigint,
    rejected bigint,
    status text not null default 'pending' check (status in ('pending', 'loading', 'loaded', 'failed', 'withdrawn')),
    error text,
    started_at timestamptz,
    ended_at timestamptz,
    changed_at timestamptz not null default clock_timestamp(),
    unique (url, identity),
    constraint dump_files_balance check (
        status <> 'loaded'
        or (records_read is not null and records_read = loaded + duplicates + filtered + rejected)
    )
);

create table raw.articles (
    article_id uuid primary key,
    text text not null,
    title text,
    url text,
    site text,
    published_at timestamptz,
    published_at_source text,
    revision_of uuid,
    is_latest boolean not null default true,
    near_duplicate_cluster text,
    loaded_at timestamptz not null default clock_timestamp(),
    changed_at timestamptz not null default clock_timestamp()
);
create index articles_changed_at on raw.articles (changed_at);
create index articles_url on raw.articles using hash (url);

create table raw.article_occurrences (
    dump_file_id text not null references raw.dump_files on delete cascade,
    record_locator text not null,
    article_id uuid not null references raw.articles on delete cascade,
    title text,
    url text,
    site text,
    published_at timestamptz,
    published_at_source text,
    crawled_at timestamptz,
    own_text text,
    outcome text not null check (outcome in ('loaded', 'duplicate')),
    primary key (dump_file_id, record_locator)
);
create index article_occurrences_article on raw.article_occurrences (article_id);

create table raw.rejected_records (
    dump_file_id text not null references raw.dump_files on delete cascade,
    record_locator text not null,
    reason text not null check (
        reason in (
            'binary', 'empty_text', 'encrypted', 'expands_too_far', 'invalid_encoding', 'invalid_json', 'lone_surrogate',
            'no_text', 'not_an_object', 'taken_down', 'too_large', 'truncated', 'unsafe_path'
        )
    ),
    detail text,
    excerpt text,
    primary key (dump_file_id, record_locator)
);

create table raw.extractions (
    article_id uuid not null references raw.articles on delete cascade,
    extractor_version text not null,
    status text not null check (status in ('extracted', 'failed')),
    error text,
    is_meeting_report boolean,
    confidence numeric(5, 4),
    fields jsonb not null default '{}',
    extracted_at timestamptz not null default clock_timestamp(),
    is_current boolean not null default true,
    primary key (article_id, extractor_version)
);
create unique index extractions_current on raw.extractions (article_id) where is_current;

create table raw.meetings (
    record_id text not null,
    article_id uuid not null,
    extractor_version text not null,
    span_start integer not null,
    span_end integer not null,
    quote text not null,
    rule text not null,
    confidence numeric(5, 4) not null,
    headline text,
    session_types text[] not null,
    held_on date,
    held_on_precision text not null,
    held_on_basis text not null,
    part_of_day text,
    reviewed_from date,
    reviewed_to date,
    planned_from date,
    planned_to date,
    host_name text not null,
    host_body text not null,
    host_unit_level text not null,
    host_unit_kind text,
    host_unit_name text,
    host_unit_province text,
    host_unit_id text,
    host_unit_code text,
    primary key (record_id, extractor_version),
    foreign key (article_id, extractor_version) references raw.extractions on delete cascade
);

create table raw.figures (
    record_id text not null,
    article_id uuid not null,
    extractor_version text not null,
    span_start integer not null,
    span_end integer not null,
    quote text not null,
    rule text not null,
    confidence numeric(5, 4) not null,
    low numeric(28, 6) not null,
    high numeric(28, 6) not null,
    qualifier text not null,
    of_total numeric(28, 6),
    counted text not null,
    unit text not null,
    per text,
    status text not null,
    period_from date,
    period_to date,
    metric_code text,
    is_cumulative boolean not null,
    primary key (record_id, extractor_version),
    foreign key (article_id, extractor_version) references raw.extractions on delete cascade
);

create table raw.persons (
    record_id text not null,
    article_id uuid not null,
    extractor_version text not null,
    span_start integer not null,
    span_end integer not null,
    quote text not null,
    rule text not null,
    confidence numeric(5, 4) not null,
    name text not null,
    role text not null,
    positions text[] not null,
    primary key (record_id, extractor_version),
    foreign key (article_id, extractor_version) references raw.extractions on delete cascade
);

create table raw.documents (
    record_id text not null,
    article_id uuid not null,
    extractor_version text not null,
    span_start integer not null,
    span_end integer not null,
    quote text not null,
    rule text not null,
    confidence numeric(5, 4) not null,
    kind text not null,
    number text not null,
    issuer text,
    dated_on date,
    primary key (record_id, extractor_version),
    foreign key (article_id, extractor_version) references raw.extractions on delete cascade
);

create table raw.bylines (
    record_id text not null,
    article_id uuid not null,
    extractor_version text not null,
    span_start integer not null,
    span_end integer not null,
    quote text not null,
    rule text not null,
    confidence numeric(5, 4) not null,
    authors text[] not null,
    agency text,
    primary key (record_id, extractor_version),
    foreign key (article_id, extractor_version) references raw.extractions on delete cascade
);

create index meetings_extraction on raw.meetings (article_id, extractor_version);
create index figures_extraction on raw.figures (article_id, extractor_version);
create index persons_extraction on raw.persons (article_id, extractor_version);
create index documents_extraction on raw.documents (article_id, extractor_version);
create index bylines_extraction on raw.bylines (article_id, extractor_version);

create table audit.pipeline_runs (
    run_id text primary key,
    dag_id text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    status text not null check (status in ('running', 'published', 'unchanged', 'refused', 'failed')),
    dump_files bigint,
    articles bigint,
    raw_watermark timestamptz not null,
    extractor_version text,
    dbt_version text,
    code_version text
);

create table audit.validation_results (
    run_id text not null,
    suite text not null,
    table_name text not null,
    column_name text,
    expectation text not null,
    expectation_id text not null,
    severity text not null check (severity in ('critical', 'warning', 'info')),
    success boolean not null,
    observed_value text,
    unexpected_count bigint,
    sample jsonb,
    notes text,
    data_docs_url text,
    validated_at timestamptz not null default clock_timestamp(),
    primary key (run_id, expectation_id)
);

create table audit.published_versions (
    version bigint primary key,
    run_id text not null,
    published_at timestamptz not null default clock_timestamp(),
    approved_by text not null,
    approval text not null check (approval in ('auto', 'asked')),
    row_counts jsonb not null,
    previous_version bigint references audit.published_versions,
    is_current boolean not null
);
create unique index published_versions_current on audit.published_versions (is_current) where is_current;

create table audit.retired_keys (
    table_name text not null,
    old_key text not null,
    new_key text,
    version bigint not null,
    reason text not null,
    primary key (table_name, old_key, version)
);

create table audit.take_downs (
    article_sha256 text primary key,
    taken_down_at timestamptz not null default clock_timestamp(),
    reason text
);

create table audit.corrections (
    correction_id text primary key,
    table_name text not null,
    record_key text not null,
    column_name text not null,
    old_value text,
    new_value text,
    decided_by text not null,
    reason text not null,
    applied_at timestamptz not null default clock_timestamp()
);

-- The writers of audit may only insert. What has to change in a row of theirs goes through these two functions.
create function audit.finish_run(given_run_id text, given_status text) returns void
language plpgsql security definer set search_path = '' as $$
begin
    update audit.pipeline_runs
    set status = given_status, ended_at = clock_timestamp()
    where run_id = given_run_id and status not in ('published', 'unchanged', given_status);
    if not found and not exists (
        select from audit.pipeline_runs where run_id = given_run_id and status = given_status
    ) then
        raise exception 'run % is unknown or already ended well, it cannot become %', given_run_id, given_status;
    end if;
end
$$;

create function audit.make_current(given_version bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
    update audit.published_versions set is_current = false where is_current and version <> given_version;
    update audit.published_versions set is_current = true where version = given_version;
    if not found then
        raise exception 'version % was never published', given_version;
    end if;
end
$$;

comment on table raw.dump_files is 'One row per dump file ever offered. Candidates = loaded + duplicates.';
comment on column raw.dump_files.dump_file_id is '32 hex of the sha256 over url and identity: the same file at the same place, never its reading.';
comment on column raw.dump_files.url is 'Where the file was found, as a URL.';
comment on column raw.dump_files.identity is 'Size and modification time, those of its metadata file included; unchanged means not opened again.';
comment on column raw.dump_files.sha256 is '64 hex of the file''s bytes as loaded; null until loaded.';
comment on column raw.dump_files.format is 'Format recognised by content: text, segmented_text, json_lines, json, parquet or zip; null until opened.';
comment on column raw.dump_files.compression is 'gzip, bzip2, xz or zstd; null when the file is not compressed.';
comment on column raw.dump_files.bytes is 'Size of the file in bytes as found.';
comment on column raw.dump_files.licence is 'Licence of the dump where its metadata state one.';
comment on column raw.dump_files.records_read is 'Records met in the file: loaded + duplicates + filtered + rejected.';
comment on column raw.dump_files.loaded is 'Records whose text was new to the warehouse.';
comment on column raw.dump_files.duplicates is 'Candidates whose text was in the warehouse already.';
comment on column raw.dump_files.filtered is 'Records dropped by the candidate filter: they speak of no meeting of a public body.';
comment on column raw.dump_files.rejected is 'Records that could not be read; each has a row in raw.rejected_records.';
comment on column raw.dump_files.status is 'pending, loading, loaded, failed (offered again) or withdrawn (its articles leave the marts).';
comment on column raw.dump_files.error is 'Why the file failed and what to do; null unless failed.';
comment on column raw.dump_files.started_at is 'When the last loading began.';
comment on column raw.dump_files.ended_at is 'When the last loading ended, well or not.';
comment on column raw.dump_files.changed_at is 'When this row last changed in a way that the marts must see.';

comment on table raw.articles is 'One row per distinct text, after Unicode composition, case folding and collapsing of white space.';
comment on column raw.articles.article_id is 'uuid5 of the sha256 over the folded text: equal texts are one article, wherever they were met.';
comment on column raw.articles.text is 'The text: NFC, no NUL, line ends \n. All offsets in the database refer to it. Of the occurrence chosen as below.';
comment on column raw.articles.title is 'Headline as the dump gives it apart from the text; null when it gives none.';
comment on column raw.articles.url is 'Address of the occurrence chosen: the earliest known publication, then the lowest url.';
comment on column raw.articles.site is 'Host name of the url, without www.';
comment on column raw.articles.published_at is 'The earliest known publication; days without a time are midnight in Asia/Ho_Chi_Minh.';
comment on column raw.articles.published_at_source is 'Where published_at comes from: the field of the record or its metadata file. Never a crawl date.';
comment on column raw.articles.revision_of is 'The article that stood under the same url before; null when there is none.';
comment on column raw.articles.is_latest is 'False when a later text stands under the same url.';
comment on column raw.articles.near_duplicate_cluster is 'Cluster of nearly equal texts; null while no near duplicate is known.';
comment on column raw.articles.loaded_at is 'When the text was first loaded.';
comment on column raw.articles.changed_at is 'When the article, or where it was met, last changed: what increments go by.';

comment on table raw.article_occurrences is 'One row per record met and not rejected or filtered: where in which dump an article stands.';
comment on column raw.article_occurrences.dump_file_id is 'The dump file.';
comment on column raw.article_occurrences.record_locator is 'Where the record stands in the file: member of the archive and byte offset; enough to find it again.';
comment on column raw.article_occurrences.article_id is 'The article whose text the record carries.';
comment on column raw.article_occurrences.title is 'Headline as this record gives it.';
comment on column raw.article_occurrences.url is 'Address as this record gives it.';
comment on column raw.article_occurrences.site is 'Host name of the url, without www.';
comment on column raw.article_occurrences.published_at is 'Publication as this record gives it.';
comment on column raw.article_occurrences.published_at_source is 'Where this record''s published_at comes from.';
comment on column raw.article_occurrences.crawled_at is 'When the record was crawled, as it says itself.';
comment on column raw.article_occurrences.own_text is 'This record''s text where it differs from that of raw.articles in case, white space or line ends; else null.';
comment on column raw.article_occurrences.outcome is 'loaded: this record brought the text; duplicate: the text was there already.';

comment on table raw.rejected_records is 'One row per record that could not be read.';
comment on column raw.rejected_records.dump_file_id is 'The dump file.';
comment on column raw.rejected_records.record_locator is 'Where the record stands in the file.';
comment on column raw.rejected_records.reason is 'Why it was rejected: one of a closed list (docs/reliability.md).';
comment on column raw.rejected_records.detail is 'The same in words, with the values at hand.';
comment on column raw.rejected_records.excerpt is 'First 500 bytes of the record, escaped; null for a text that was taken down.';

comment on table raw.extractions is 'One row per article and extractor version, also when nothing was found or the extractor failed.';
comment on column raw.extractions.article_id is 'The article.';
comment on column raw.extractions.extractor_version is 'Package version and 12 hex over code, lexicons and register.';
comment on column raw.extractions.status is 'extracted or failed.';
comment on column raw.extractions.error is 'What failed; null unless failed.';
comment on column raw.extractions.is_meeting_report is 'Whether the article reports a held meeting of a public body; null when the extractor failed.';
comment on column raw.extractions.confidence is 'Confidence in is_meeting_report, 0 to 1.';
comment on column raw.extractions.fields is 'Per field of the extraction: found, absent or not_looked.';
comment on column raw.extractions.extracted_at is 'When the records were written.';
comment on column raw.extractions.is_current is 'Whether dbt reads the records of this version; one version per article is current.';

comment on table raw.meetings is 'The meeting that an article reports: at most one per article and version.';
comment on column raw.meetings.record_id is '32 hex over article, kind of record, span and ordinal: the same record in every version.';
comment on column raw.meetings.article_id is 'The article that says it.';
comment on column raw.meetings.extractor_version is 'The extractor version that found it.';
comment on column raw.meetings.span_start is 'First code point of the quote in raw.articles.text, counted from 0.';
comment on column raw.meetings.span_end is 'The code point after the quote in raw.articles.text.';
comment on column raw.meetings.quote is 'The exact words: text[span_start:span_end].';
comment on column raw.meetings.rule is 'The rule or lexicon entry that found it.';
comment on column raw.meetings.confidence is 'Confidence in the record, 0 to 1.';
comment on column raw.meetings.headline is 'The title of the article in modern spelling, on one line; null when it has none.';
comment on column raw.meetings.session_types is 'Kinds of session, the main one first.';
comment on column raw.meetings.held_on is 'Day of the meeting, or first day of the span that is known; null when the text does not say.';
comment on column raw.meetings.held_on_precision is 'day, month, quarter, half, year or none.';
comment on column raw.meetings.held_on_basis is 'What decided the year: phrase, title, period, published_on or none.';
comment on column raw.meetings.part_of_day is 'morning, afternoon or evening; null when the text does not say.';
comment on column raw.meetings.reviewed_from is 'First day of the period under review.';
comment on column raw.meetings.reviewed_to is 'Last day of the period under review.';
comment on column raw.meetings.planned_from is 'First day of the period that is planned.';
comment on column raw.meetings.planned_to is 'Last day of the period that is planned.';
comment on column raw.meetings.host_name is 'The organising body with its unit, in modern spelling.';
comment on column raw.meetings.host_body is 'The body without its unit.';
comment on column raw.meetings.host_unit_level is 'central, province, district, commune or organisation.';
comment on column raw.meetings.host_unit_kind is 'Kind of the unit (huyện, phường …); null at the centre.';
comment on column raw.meetings.host_unit_name is 'Name of the unit without its kind.';
comment on column raw.meetings.host_unit_province is 'Province of the unit when the text or the name decides it.';
comment on column raw.meetings.host_unit_id is 'Durable id of the unit in the register; null when it is not decided.';
comment on column raw.meetings.host_unit_code is 'Official code of the unit on the day of the meeting.';

comment on table raw.figures is 'One row per quantity exactly as an article states it. Never corrected, never merged.';
comment on column raw.figures.record_id is '32 hex over article, kind of record, span and ordinal: the same record in every version.';
comment on column raw.figures.article_id is 'The article that says it.';
comment on column raw.figures.extractor_version is 'The extractor version that found it.';
comment on column raw.figures.span_start is 'First code point of the quote in raw.articles.text, counted from 0.';
comment on column raw.figures.span_end is 'The code point after the quote in raw.articles.text.';
comment on column raw.figures.quote is 'The exact words: text[span_start:span_end].';
comment on column raw.figures.rule is 'The rule or lexicon entry that found it.';
comment on column raw.figures.confidence is 'Confidence in the record, 0 to 1.';
comment on column raw.figures.low is 'Lower bound, in unit.';
comment on column raw.figures.high is 'Upper bound, in unit; equal to low for a single number.';
comment on column raw.figures.qualifier is 'exact, over, under, about, range or up_to.';
comment on column raw.figures.of_total is 'The total of a fraction (21/21 thôn); null without one.';
comment on column raw.figures.counted is 'The counted noun phrase, or what a percentage or sum of money measures, as in the text.';
comment on column raw.figures.unit is 'count, percent, vnd, ha, km, m2, kg, tonne, day or other:<text>.';
comment on column raw.figures.per is 'Rate: day, week, month, quarter or year; null without one.';
comment on column raw.figures.status is 'result or target.';
comment on column raw.figures.period_from is 'First day of the period that the figure speaks of.';
comment on column raw.figures.period_to is 'Last day of the period that the figure speaks of.';
comment on column raw.figures.metric_code is 'Metric of the catalogue; null when none matches.';
comment on column raw.figures.is_cumulative is 'Whether the text says luỹ kế: a running total, never to be added up.';

comment on table raw.persons is 'One row per person in a public office as one article names them.';
comment on column raw.persons.record_id is '32 hex over article, kind of record, span and ordinal: the same record in every version.';
comment on column raw.persons.article_id is 'The article that says it.';
comment on column raw.persons.extractor_version is 'The extractor version that found it.';
comment on column raw.persons.span_start is 'First code point of the quote in raw.articles.text, counted from 0.';
comment on column raw.persons.span_end is 'The code point after the quote in raw.articles.text.';
comment on column raw.persons.quote is 'The exact words: text[span_start:span_end].';
comment on column raw.persons.rule is 'The rule or lexicon entry that found it.';
comment on column raw.persons.confidence is 'Confidence in the record, 0 to 1.';
comment on column raw.persons.name is 'Name without honorific and rank, modern tone placement.';
comment on column raw.persons.role is 'chair, concluded, presenter, speaker or attended.';
comment on column raw.persons.positions is 'Offices as the text chains them at the first full mention.';

comment on table raw.documents is 'One row per cited document that carries a number.';
comment on column raw.documents.record_id is '32 hex over article, kind of record, span and ordinal: the same record in every version.';
comment on column raw.documents.article_id is 'The article that says it.';
comment on column raw.documents.extractor_version is 'The extractor version that found it.';
comment on column raw.documents.span_start is 'First code point of the quote in raw.articles.text, counted from 0.';
comment on column raw.documents.span_end is 'The code point after the quote in raw.articles.text.';
comment on column raw.documents.quote is 'The exact words: text[span_start:span_end].';
comment on column raw.documents.rule is 'The rule or lexicon entry that found it.';
comment on column raw.documents.confidence is 'Confidence in the record, 0 to 1.';
comment on column raw.documents.kind is 'Kind of document (Nghị quyết, Chỉ thị …).';
comment on column raw.documents.number is 'Number without blanks, with plain hyphens.';
comment on column raw.documents.issuer is 'Who issued it, as in the text.';
comment on column raw.documents.dated_on is 'Date of the document, as in the text.';

comment on table raw.bylines is 'Who signed an article: at most one row per article and version.';
comment on column raw.bylines.record_id is '32 hex over article, kind of record, span and ordinal: the same record in every version.';
comment on column raw.bylines.article_id is 'The article that says it.';
comment on column raw.bylines.extractor_version is 'The extractor version that found it.';
comment on column raw.bylines.span_start is 'First code point of the quote in raw.articles.text, counted from 0.';
comment on column raw.bylines.span_end is 'The code point after the quote in raw.articles.text.';
comment on column raw.bylines.quote is 'The exact words: text[span_start:span_end].';
comment on column raw.bylines.rule is 'The rule or lexicon entry that found it.';
comment on column raw.bylines.confidence is 'Confidence in the record, 0 to 1.';
comment on column raw.bylines.authors is 'Names of authors and photographers.';
comment on column raw.bylines.agency is 'Organisation in brackets beside the names.';

comment on table audit.pipeline_runs is 'One row per run of a build.';
comment on column audit.pipeline_runs.run_id is 'Run of the DAG.';
comment on column audit.pipeline_runs.dag_id is 'The DAG.';
comment on column audit.pipeline_runs.started_at is 'When the build began.';
comment on column audit.pipeline_runs.ended_at is 'When it ended; null while it runs or when it died.';
comment on column audit.pipeline_runs.status is 'running, published, unchanged, refused (by the gate or a person) or failed.';
comment on column audit.pipeline_runs.dump_files is 'Loaded dump files at the start.';
comment on column audit.pipeline_runs.articles is 'Articles in raw at the start.';
comment on column audit.pipeline_runs.raw_watermark is 'Every change of raw up to this moment is in the build.';
comment on column audit.pipeline_runs.extractor_version is 'Version of the extractor of the running code.';
comment on column audit.pipeline_runs.dbt_version is 'Version of dbt.';
comment on column audit.pipeline_runs.code_version is 'Version of the package.';

comment on table audit.validation_results is 'One row per expectation and run.';
comment on column audit.validation_results.run_id is 'Run of the DAG.';
comment on column audit.validation_results.suite is 'Suite of expectations, named after the table.';
comment on column audit.validation_results.table_name is 'Table that was checked, with its schema.';
comment on column audit.validation_results.column_name is 'Column that was checked; null for a whole table.';
comment on column audit.validation_results.expectation is 'Kind of expectation.';
comment on column audit.validation_results.expectation_id is 'The expectation: suite, kind and arguments.';
comment on column audit.validation_results.severity is 'critical stops the publication, warning asks a person, info only reports.';
comment on column audit.validation_results.success is 'Whether the data met it.';
comment on column audit.validation_results.observed_value is 'What was observed.';
comment on column audit.validation_results.unexpected_count is 'Rows that did not meet it.';
comment on column audit.validation_results.sample is 'Some of these rows'' values.';
comment on column audit.validation_results.notes is 'Why the bound stands where it stands.';
comment on column audit.validation_results.data_docs_url is 'The result''s page in the Data Docs.';
comment on column audit.validation_results.validated_at is 'When it was checked.';

comment on table audit.published_versions is 'One row per publication of the marts.';
comment on column audit.published_versions.version is 'Number of the version, counted up.';
comment on column audit.published_versions.run_id is 'Run of the DAG that published it.';
comment on column audit.published_versions.published_at is 'When it was published.';
comment on column audit.published_versions.approved_by is 'Who approved it.';
comment on column audit.published_versions.approval is 'auto (by setting) or asked (a person).';
comment on column audit.published_versions.row_counts is 'Rows per table of the marts.';
comment on column audit.published_versions.previous_version is 'The version that stood before.';
comment on column audit.published_versions.is_current is 'Whether the marts show this version.';

comment on table audit.retired_keys is 'One row per key of the marts that a later version replaced.';
comment on column audit.retired_keys.table_name is 'Table of the marts.';
comment on column audit.retired_keys.old_key is 'The key that no longer stands.';
comment on column audit.retired_keys.new_key is 'The key that stands instead; null when the row is gone.';
comment on column audit.retired_keys.version is 'The version that retired it.';
comment on column audit.retired_keys.reason is 'Why.';

comment on table audit.take_downs is 'Texts that were taken down, by hash only: met again they stay out.';
comment on column audit.take_downs.article_sha256 is '64 hex of the sha256 over the folded text.';
comment on column audit.take_downs.taken_down_at is 'When.';
comment on column audit.take_downs.reason is 'Why, without naming the article.';

comment on table audit.corrections is 'One row per reviewed correction of a single fact.';
comment on column audit.corrections.correction_id is 'Hash of table, key, column and values.';
comment on column audit.corrections.table_name is 'Table of the marts.';
comment on column audit.corrections.record_key is 'Key of the corrected row.';
comment on column audit.corrections.column_name is 'Corrected column.';
comment on column audit.corrections.old_value is 'Value as extracted.';
comment on column audit.corrections.new_value is 'Value as corrected.';
comment on column audit.corrections.decided_by is 'Who decided, as a role.';
comment on column audit.corrections.reason is 'Why.';
comment on column audit.corrections.applied_at is 'When it was first applied.';

comment on table audit.schema_version is 'The newest migration that ran.';
comment on column audit.schema_version.version_num is 'Number of the migration.';
