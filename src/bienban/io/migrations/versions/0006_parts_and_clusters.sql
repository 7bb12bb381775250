-- What was filtered, by reason; the keys are those of the filter (bienban.candidates).
alter table raw.dump_files add column filtered_reasons jsonb not null default '{}';
comment on column raw.dump_files.filtered_reasons is 'Of the filtered records, how many for which reason.';

-- A large file is read in parts, each by a task of its own; the candidates wait in staged_records until all are read.
create table raw.dump_file_parts (
    dump_file_id text not null references raw.dump_files on delete cascade,
    part integer not null,
    place text not null,
    records_read bigint,
    candidates bigint,
    filtered bigint,
    filtered_reasons jsonb not null default '{}',
    rejected bigint,
    format text,
    compression text,
    staged_at timestamptz,
    primary key (dump_file_id, part),
    constraint dump_file_parts_balance check (
        staged_at is null
        or (records_read is not null and records_read = candidates + filtered + rejected)
    )
);
comment on table raw.dump_file_parts is 'One row per part of a dump file that is read in parts. The file is loaded when all are staged.';
comment on column raw.dump_file_parts.dump_file_id is 'The dump file.';
comment on column raw.dump_file_parts.part is 'Number of the part from 0, in the order of the file.';
comment on column raw.dump_file_parts.place is 'What of the file it is: a range of row groups, bytes or members, the end excluded.';
comment on column raw.dump_file_parts.records_read is 'Records met in the part: candidates + filtered + rejected; null until staged.';
comment on column raw.dump_file_parts.candidates is 'Records that the candidate filter kept.';
comment on column raw.dump_file_parts.filtered is 'Records that it dropped.';
comment on column raw.dump_file_parts.filtered_reasons is 'Of these, how many for which reason.';
comment on column raw.dump_file_parts.rejected is 'Records that could not be read.';
comment on column raw.dump_file_parts.format is 'Format recognised by content; null until staged.';
comment on column raw.dump_file_parts.compression is 'Compression, where there is one.';
comment on column raw.dump_file_parts.staged_at is 'When the part was read to its end; null until then.';

create table raw.staged_records (
    dump_file_id text not null,
    part integer not null,
    record_locator text not null,
    ordinal bigint not null,
    reason text,
    detail text,
    excerpt text,
    article_id uuid,
    article_sha256 text,
    text text,
    title text,
    url text,
    site text,
    published_at timestamptz,
    published_at_source text,
    crawled_at timestamptz,
    primary key (dump_file_id, part, ordinal),
    foreign key (dump_file_id, part) references raw.dump_file_parts on delete cascade
);
comment on table raw.staged_records is 'Candidates and rejections of parts whose file is not loaded yet; empty when nothing is being loaded.';
comment on column raw.staged_records.dump_file_id is 'The dump file.';
comment on column raw.staged_records.part is 'The part of the file.';
comment on column raw.staged_records.record_locator is 'Where the record stands in the file.';
comment on column raw.staged_records.ordinal is 'Running number of the record within its part.';
comment on column raw.staged_records.reason is 'Why it could not be read; null for a candidate.';
comment on column raw.staged_records.detail is 'Details of the reason.';
comment on column raw.staged_records.excerpt is 'First 500 bytes of what could not be read, escaped.';
comment on column raw.staged_records.article_id is 'The article whose text the record carries.';
comment on column raw.staged_records.article_sha256 is 'Hash of the folded text.';
comment on column raw.staged_records.text is 'The text, as in raw.articles.';
comment on column raw.staged_records.title is 'Headline as this record gives it.';
comment on column raw.staged_records.url is 'Address as this record gives it.';
comment on column raw.staged_records.site is 'Host name of the url, without www.';
comment on column raw.staged_records.published_at is 'Publication as this record gives it.';
comment on column raw.staged_records.published_at_source is 'Where published_at comes from.';
comment on column raw.staged_records.crawled_at is 'When the record was crawled.';

-- The sum of the parts is the file: records leave raw by a take-down as rejected, so two sums suffice with the balance.
create function raw.check_parts() returns trigger
language plpgsql set search_path = '' as $$
declare
    parts record;
begin
    select count(*) as number, bool_and(p.staged_at is not null) as are_staged,
        sum(p.records_read) as records_read, sum(p.filtered) as filtered
    into parts from raw.dump_file_parts as p where p.dump_file_id = new.dump_file_id;
    if parts.number > 0 and not (
        parts.are_staged and parts.records_read = new.records_read and parts.filtered = new.filtered
    ) then
        raise check_violation using message = format('dump file %s is not the sum of its parts', new.dump_file_id);
    end if;
    return new;
end
$$;
create trigger dump_files_are_the_sum_of_their_parts
before insert or update on raw.dump_files
for each row when (new.status = 'loaded') execute function raw.check_parts();

-- Near duplicates: two articles are linked when their signatures agree; a cluster is what links connect.
create table raw.article_signatures (
    article_id uuid primary key references raw.articles on delete cascade,
    signature bytea not null
);
comment on table raw.article_signatures is 'One row per article whose near duplicates were looked for.';
comment on column raw.article_signatures.article_id is 'The article.';
comment on column raw.article_signatures.signature is 'MinHash of the text''s shingles, 32 bit numbers, little endian.';

create table raw.article_bands (
    band bigint not null,
    article_id uuid not null references raw.article_signatures on delete cascade,
    primary key (band, article_id)
);
create index article_bands_article on raw.article_bands (article_id);
comment on table raw.article_bands is 'Bands of the signatures: articles that share one are compared.';
comment on column raw.article_bands.band is 'Hash of the band''s number and its part of the signature.';
comment on column raw.article_bands.article_id is 'The article.';
