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
    outcome text not null check (outcome in ('loaded', 'duplicate')),
    primary key (dump_file_id, record_locator)
);
create index article_occurrences_article on raw.article_occurrences (article_id);

create table raw.rejected_records (
    dump_file_id text not null references raw.dump_files on delete cascade,
    record_locator text not null,
    reason text not null,
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
