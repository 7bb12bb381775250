-- Measures and reconciliation of every run, articles by the version that first showed them, the chain of hashes.
create table audit.chain (
    link bigint primary key,
    kind text not null,
    subject text not null,
    content_sha256 text not null,
    linked_at timestamptz not null,
    previous_sha256 text not null unique,
    link_sha256 text not null unique
);
comment on table audit.chain is 'One row per fact of the audit that must not change unseen; bienban verify checks it from link 1.';
comment on column audit.chain.link is 'Number of the link, counted up without a gap.';
comment on column audit.chain.kind is 'What it is about: run, validation, measures, reconciliation, version, shown_articles, retired_keys, pin, take_down or correction.';
comment on column audit.chain.subject is 'Which one: the run, the version or the row.';
comment on column audit.chain.content_sha256 is '64 hex of the sha256 over its rows. Hashes only, so that a take-down breaks nothing.';
comment on column audit.chain.linked_at is 'When.';
comment on column audit.chain.previous_sha256 is 'link_sha256 of the link before; zeros for the first. No two links follow the same one.';
comment on column audit.chain.link_sha256 is '64 hex of the sha256 over all other columns. That of the newest link is the head: kept elsewhere, it proves that nothing before it was rewritten.';

create table audit.measures (
    run_id text not null,
    attempt integer not null,
    measure text not null,
    value numeric,
    floor numeric,
    ceiling numeric,
    learned_from text[] not null default '{}',
    measured_at timestamptz not null default now(),
    primary key (run_id, attempt, measure)
);
create index measures_measure on audit.measures (measure);
comment on table audit.measures is 'One row per run and measure of a candidate: volumes, fill rates, shares, freshness and scores, with the bounds that history sets.';
comment on column audit.measures.run_id is 'Run of the DAG.';
comment on column audit.measures.attempt is 'Which validation of the run, counted from 1.';
comment on column audit.measures.measure is 'What was measured: its kind and, after a colon, table and column.';
comment on column audit.measures.value is 'The value; null when there was nothing to measure it on.';
comment on column audit.measures.floor is 'The lowest value that history lets expect; null while there is too little history.';
comment on column audit.measures.ceiling is 'The highest value that history lets expect; null while there is too little history.';
comment on column audit.measures.learned_from is 'The runs that the bounds were learned from, the newest first.';
comment on column audit.measures.measured_at is 'When; the same for all measures of one validation.';

create table audit.reconciliations (
    run_id text not null,
    attempt integer not null,
    step text not null,
    came bigint not null,
    went bigint not null,
    left_out jsonb not null,
    unexplained bigint not null generated always as (came - went - coalesce((left_out ->> 'total')::bigint, 0)) stored,
    reconciled_at timestamptz not null default now(),
    primary key (run_id, attempt, step)
);
comment on table audit.reconciliations is 'One row per run and step from the dump to the marts: what came, what went on, what was left out and why.';
comment on column audit.reconciliations.run_id is 'Run of the DAG.';
comment on column audit.reconciliations.attempt is 'Which validation of the run, counted from 1.';
comment on column audit.reconciliations.step is 'The step: from and to.';
comment on column audit.reconciliations.came is 'Records before the step.';
comment on column audit.reconciliations.went is 'Records after it that come from them.';
comment on column audit.reconciliations.left_out is 'Records left out by reason, and their total.';
comment on column audit.reconciliations.unexplained is 'came - went - left out: anything but 0 is a record lost or invented.';
comment on column audit.reconciliations.reconciled_at is 'When.';

create table audit.shown_articles (
    article_id uuid primary key,
    version bigint not null references audit.published_versions
);
create index shown_articles_version on audit.shown_articles (version);
comment on table audit.shown_articles is 'One row per article that any version ever showed. Freshness is told by these identities, never by dates.';
comment on column audit.shown_articles.article_id is 'The article; a hash of its text, so it stays when the text is taken down.';
comment on column audit.shown_articles.version is 'The first version that showed it.';

do $$
begin
    if to_regclass('marts.dim_articles') is not null then
        insert into audit.shown_articles
        select article_id, (select version from audit.published_versions where is_current) from marts.dim_articles
        where exists (select from audit.published_versions where is_current);
    end if;
end
$$;

alter table audit.published_versions add column fingerprints jsonb not null default '{}';
comment on column audit.published_versions.fingerprints is 'Per table 64 hex of the sha256 over its rows in the order of the key, as published.';

alter table audit.validation_results add column sample_sha256 text;
comment on column audit.validation_results.sample_sha256 is '64 hex of the sha256 over the sample; it stays when a take-down removes the sample.';

-- Samples of before could quote articles; now they hold keys, numbers and days.
update audit.validation_results set sample = null where sample is not null;
comment on column audit.validation_results.sample is 'Some of these rows: keys, numbers, days and codes, never words of an article.';
comment on column audit.validation_results.column_name is 'Columns that were checked, separated by commas; null for a whole table.';
