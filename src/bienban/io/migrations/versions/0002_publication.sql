-- What a publication changed, what a rollback restored, and until when it holds.
alter table audit.published_versions
    add column changes jsonb not null default '{}',
    add column restored_version bigint references audit.published_versions,
    add column approval_note text;
comment on column audit.published_versions.changes is 'Per table that changed: rows inserted, updated, deleted.';
comment on column audit.published_versions.approval_note is 'What the person said who approved it; null when nobody was asked.';
comment on column audit.published_versions.restored_version is 'The older version that a rollback brought back; null for a publication.';

create table audit.pin_events (
    event_id bigint generated always as identity primary key,
    version bigint not null references audit.published_versions,
    event text not null check (event in ('pinned', 'unpinned')),
    raw_watermark timestamptz,
    decided_by text not null,
    decided_at timestamptz not null default clock_timestamp()
);
comment on table audit.pin_events is 'One row when a rollback pins a version and one when a person unpins it; new raw data end a pin by themselves.';
comment on column audit.pin_events.event_id is 'Running number.';
comment on column audit.pin_events.version is 'The version that the rollback published.';
comment on column audit.pin_events.event is 'pinned or unpinned.';
comment on column audit.pin_events.raw_watermark is 'The newest raw row that any build had seen when the version was pinned: news is what came later.';
comment on column audit.pin_events.decided_by is 'Who rolled back or unpinned.';
comment on column audit.pin_events.decided_at is 'When.';
