-- Reviews by people: rows drawn from a version, verdicts on them, estimates with their intervals.
create table audit.review_samples (
    sample_id text not null,
    row_kind text not null check (row_kind in ('meeting', 'fact')),
    row_key text not null,
    version bigint not null references audit.published_versions,
    stratum text not null,
    weight numeric not null check (weight > 0),
    drawn_at timestamptz not null default now(),
    primary key (sample_id, row_key)
);
comment on table audit.review_samples is 'One row per published row that was drawn for a review by people (bienban review sample).';
comment on column audit.review_samples.sample_id is 'The sample; a hash of version, size and seed, so the same draw has the same id.';
comment on column audit.review_samples.row_kind is 'meeting (fct_meetings) or fact (fct_metrics).';
comment on column audit.review_samples.row_key is 'meeting_key or metric_value_key.';
comment on column audit.review_samples.version is 'The published version that it was drawn from.';
comment on column audit.review_samples.stratum is 'The stratum it was drawn from.';
comment on column audit.review_samples.weight is 'Rows of the version that it stands for: size of the stratum by rows drawn from it.';
comment on column audit.review_samples.drawn_at is 'When.';

create table audit.review_verdicts (
    sample_id text not null,
    review integer not null,
    row_key text not null,
    verdict text not null check (verdict in ('right', 'wrong', 'unclear')),
    wrong_fields text[] not null default '{}',
    reviewer text not null,
    reviewed_at timestamptz not null default now(),
    primary key (sample_id, review, row_key),
    foreign key (sample_id, row_key) references audit.review_samples
);
comment on table audit.review_verdicts is 'One row per reviewed row and import of its sheet (bienban review import).';
comment on column audit.review_verdicts.sample_id is 'The sample.';
comment on column audit.review_verdicts.review is 'Which import of the sample, counted from 1; a later one does not replace an earlier one.';
comment on column audit.review_verdicts.row_key is 'The row that was judged.';
comment on column audit.review_verdicts.verdict is 'right, wrong or unclear (the text does not decide).';
comment on column audit.review_verdicts.wrong_fields is 'The fields that are wrong; empty unless the verdict is wrong.';
comment on column audit.review_verdicts.reviewer is 'Who judged, as a role.';
comment on column audit.review_verdicts.reviewed_at is 'When the sheet was imported.';

create table audit.review_results (
    sample_id text not null,
    review integer not null,
    row_kind text not null,
    field text not null,
    reviewed integer not null,
    unclear integer not null,
    estimate numeric not null,
    interval_low numeric not null,
    interval_high numeric not null,
    confidence_level numeric not null,
    scored_at timestamptz not null default now(),
    primary key (sample_id, review, row_kind, field)
);
comment on table audit.review_results is 'One row per review, kind of row and field: the estimated share of right values in the version, with its interval.';
comment on column audit.review_results.sample_id is 'The sample.';
comment on column audit.review_results.review is 'Which import of the sample, counted from 1.';
comment on column audit.review_results.row_kind is 'meeting or fact.';
comment on column audit.review_results.field is 'The field; "all" is the whole row.';
comment on column audit.review_results.reviewed is 'Rows with a verdict of right or wrong.';
comment on column audit.review_results.unclear is 'Rows on which the text does not decide; they are left out of the estimate.';
comment on column audit.review_results.estimate is 'Share of right values in the version, weighted by stratum.';
comment on column audit.review_results.interval_low is 'Lower end of the Wilson score interval, of the effective sample size.';
comment on column audit.review_results.interval_high is 'Upper end of it.';
comment on column audit.review_results.confidence_level is 'Confidence level of the interval, for instance 0.95.';
comment on column audit.review_results.scored_at is 'When.';

create function audit.evidence_page(meeting_key text, metric_value_key text default null)
returns text language sql immutable parallel safe as $$
    select 'evidence/meetings/' || meeting_key || '.html' || coalesce('#f-' || metric_value_key, '')
$$;
comment on function audit.evidence_page is 'The page among the reports that shows the evidence of a meeting, or of one of its facts, relative to their folder: select audit.evidence_page(meeting_key, metric_value_key), * from marts.fct_metrics.';

comment on column audit.chain.kind is 'What it is about: run, validation, measures, reconciliation, version, shown_articles, retired_keys, pin, take_down, correction, review_sample, review or review_result.';
