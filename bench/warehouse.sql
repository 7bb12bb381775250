-- Raw rows of articles %(first)s to %(last)s: texts of 1 kB whose records quote them; six of ten report a meeting, some of
-- the meetings twice, eight or nine figures a report: three of the catalogue, the fourth a target for the next year. Every
-- third meeting cites a document; one in eleven second reports errs in a figure. Statements are parted by a line of dashes.
insert into raw.dump_files (dump_file_id, url, identity, status, records_read, loaded, duplicates, filtered, rejected)
values ('bench-' || %(first)s, 'file:///bench-' || %(first)s, '1', 'loaded', 0, 0, 0, 0, 0)
----
create temporary table made on commit drop as
select
    n, md5('article ' || n)::uuid as article_id, n %% 10 < 6 as is_report,
    -- Reports n and n + 0.3 N are of one meeting.
    (n / 10 * 6 + n %% 10) %% greatest((%(articles)s * 4 / 10)::bigint, 1) as m,
    (n / 10 * 6 + n %% 10 >= %(articles)s * 4 / 10)::integer * 7 as misreads,
    'https://bao' || n %% 300 || '.example/' || n as url,
    timestamptz '2017-01-01 08:00+07' + (n %% 3000) * interval '1 day' as published_at
from generate_series(%(first)s::bigint, %(last)s::bigint) as n
----
create or replace function pg_temp.told(meeting bigint, figure integer, misreads integer) returns bigint language sql immutable as $$
    select 100000 + (meeting * 37 + figure * 1009 + case when meeting %% 100 = figure then misreads else 0 end) %% 900000
$$
----
create temporary table places on commit drop as
select *, row_number() over (order by unit_level = 'commune', unit_id) - 1 as place, count(*) over () as places
from (
    select unit_id, unit_name, unit_kind, unit_level, province_name
    from staging.register_units where unit_level in ('district', 'commune') and valid_to = '2025-06-30'
    -- Of each place some 57 meetings: more articles tell of more places, districts first.
    order by unit_level = 'commune', unit_id limit greatest(701, %(articles)s * 4 / 10 / 57)
) as units
----
insert into raw.articles (article_id, text, title, url, site, published_at, published_at_source)
select
    article_id,
    rpad('Ban Chỉ đạo họp, ông Lê Văn ' || chr(65 + (m %% 26)::integer) || ' chủ trì.', 100)
    || coalesce((
        select string_agg(rpad(lpad((pg_temp.told(m, k, misreads))::text, 6) || ' tin bài', 20), '' order by k)
        from generate_series(0, 8) as k
    ), '') || rpad('Theo Nghị quyết ' || lpad((m %% 900)::text, 3, '0') || '-NQ/TW.', 40)
    || rpad('Bài ' || n, 680, ' nội dung bài'),
    'Hội nghị ' || m, url, split_part(url, '/', 3), published_at, 'record'
from made
----
insert into raw.article_occurrences (
    dump_file_id, record_locator, article_id, title, url, site, published_at, published_at_source, outcome
)
select 'bench-' || %(first)s, 'row:' || n, article_id, 'Hội nghị ' || m, url, split_part(url, '/', 3), published_at,
    'record', 'loaded'
from made
----
insert into raw.extractions (article_id, extractor_version, status, is_meeting_report, confidence)
select article_id, 'bench', 'extracted', is_report, 0.9 from made
----
insert into raw.meetings (
    record_id, article_id, extractor_version, span_start, span_end, quote, rule, confidence, session_types, held_on,
    held_on_precision, held_on_basis, part_of_day, reviewed_from, reviewed_to, host_name, host_body, host_unit_level,
    host_unit_kind, host_unit_name, host_unit_province, host_unit_id
)
select
    md5('meeting ' || n), article_id, 'bench', 0, 15, 'Ban Chỉ đạo họp', 'bench', 0.9,
    array[(array['briefing', 'mid_term_review', 'training', 'launch', 'year_end_review'])[1 + m %% 5]],
    case when n %% 20 > 0 then date '2017-01-01' + (m %% 3000)::integer end, case when n %% 20 > 0 then 'day' else 'none' end,
    case when n %% 20 > 0 then 'phrase' else 'none' end, (array['morning', 'afternoon', null])[1 + m %% 3],
    date_trunc('year', date '2017-01-01' + (m %% 3000)::integer)::date,
    (date_trunc('year', date '2017-01-01' + (m %% 3000)::integer) + interval '6 months - 1 day')::date,
    'Ban Chỉ đạo ' || m / places %% 3, 'Ban Chỉ đạo ' || m / places %% 3, unit_level, unit_kind, unit_name, province_name, unit_id
from made inner join places on place = m %% places
where is_report
----
insert into raw.figures (
    record_id, article_id, extractor_version, span_start, span_end, quote, rule, confidence, low, high, qualifier, counted,
    unit, status, period_from, period_to, metric_code, is_cumulative
)
select
    md5('figure ' || n || '/' || k), article_id, 'bench', 100 + k * 20, 114 + k * 20,
    lpad(value::text, 6) || ' tin bài', 'bench', 0.9, value, value, 'exact', 'tin bài ' || k, 'count',
    case when k = 3 then 'target' else 'result' end, period_from, (period_from + interval '6 months - 1 day')::date,
    (array['posts_published', 'video_items', 'newsletters_issued', 'posts_published'])[k + 1], false
from made
cross join generate_series(0, 7 + (n %% 3 > 0)::integer) as k
cross join lateral (
    select
        pg_temp.told(m, k, misreads) as value,
        (date_trunc('year', date '2017-01-01' + (m %% 3000)::integer) + case when k = 3 then interval '1 year' else '0' end)::date
            as period_from
) as told
where is_report
----
insert into raw.documents (
    record_id, article_id, extractor_version, span_start, span_end, quote, rule, confidence, kind, number, issuer
)
select
    md5('document ' || n), article_id, 'bench', 285, 305, 'Nghị quyết ' || lpad((m %% 900)::text, 3, '0') || '-NQ/TW',
    'bench', 0.9, 'Nghị quyết', lpad((m %% 900)::text, 3, '0') || '-NQ/TW', 'Bộ Chính trị'
from made where is_report and m %% 3 = 0
----
insert into raw.persons (
    record_id, article_id, extractor_version, span_start, span_end, quote, rule, confidence, name, role, positions
)
select
    md5('person ' || n), article_id, 'bench', 21, 29, 'Lê Văn ' || chr(65 + (m %% 26)::integer), 'bench', 0.9,
    'Lê Văn ' || chr(65 + (m %% 26)::integer), 'chair', array['Chủ tịch UBND huyện']
from made where is_report
