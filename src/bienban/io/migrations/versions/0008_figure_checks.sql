-- Disagreements inside an article, and what the extractor could not match, as views of what raw holds now: a
-- take-down or a withdrawal leaves nothing behind. Whoever may not read raw (bi) may not read them either.
alter table raw.figures add column disagreement text check (disagreement in ('share', 'sum'));
comment on column raw.figures.disagreement is 'What does not fit inside the article: share (a percentage beside its own fraction), sum (parts and their total); null: nothing seen.';

create view audit.disagreements with (security_invoker = true) as
select
    figures.article_id,
    figures.record_id,
    figures.disagreement,
    figures.span_start,
    figures.span_end,
    figures.quote,
    figures.low,
    figures.of_total,
    figures.unit
from raw.figures as figures
inner join raw.extractions as extractions using (article_id, extractor_version)
where extractions.is_current and figures.disagreement is not null;
comment on view audit.disagreements is 'One row per figure of the current extractions that does not fit the figures beside it in its article.';
comment on column audit.disagreements.article_id is 'The article that says it.';
comment on column audit.disagreements.record_id is 'The figure in raw.figures.';
comment on column audit.disagreements.disagreement is 'share: a percentage beside its own fraction; sum: parts and their total.';
comment on column audit.disagreements.span_start is 'Where the figure begins in the article, in characters.';
comment on column audit.disagreements.span_end is 'Where it ends.';
comment on column audit.disagreements.quote is 'The exact words of the figure.';
comment on column audit.disagreements.low is 'Its value in its unit.';
comment on column audit.disagreements.of_total is 'The whole of a fraction.';
comment on column audit.disagreements.unit is 'Its unit.';

create view audit.unmatched_names with (security_invoker = true) as
with names as (
    select 'counted noun' as kind, lower(figures.counted) as name, figures.unit as detail, figures.article_id
    from raw.figures as figures
    inner join raw.extractions as extractions using (article_id, extractor_version)
    where extractions.is_current and figures.metric_code is null
    union all
    select
        case when meetings.host_unit_level = 'organisation' then 'organisation' else 'unit' end,
        case
            when meetings.host_unit_level = 'organisation' then meetings.host_name
            else concat_ws(' ', meetings.host_unit_kind, meetings.host_unit_name)
        end,
        meetings.host_unit_level,
        meetings.article_id
    from raw.meetings as meetings
    inner join raw.extractions as extractions using (article_id, extractor_version)
    where extractions.is_current and meetings.host_unit_id is null and meetings.host_unit_level <> 'central'
)

select
    kind,
    name,
    detail,
    count(*) as occurrences,
    count(distinct article_id) as articles,
    (array_agg(distinct article_id order by article_id))[1:3] as example_articles
from names
group by kind, name, detail;
comment on view audit.unmatched_names is 'One row per name or noun of the current extractions that matches nothing: the list to review by frequency.';
comment on column audit.unmatched_names.kind is 'counted noun: no metric of the catalogue; unit: no unit of the register; organisation: a host that is no administrative unit.';
comment on column audit.unmatched_names.name is 'The words as the articles say them, nouns in lower case.';
comment on column audit.unmatched_names.detail is 'The measure unit of a noun; the level of a unit.';
comment on column audit.unmatched_names.occurrences is 'How many figures or meetings say it.';
comment on column audit.unmatched_names.articles is 'In how many articles.';
comment on column audit.unmatched_names.example_articles is 'Up to three of these articles.';
