{#- A common table expression: the articles that report a meeting, with their current extraction. Many are not put
    aside: what is read from there is read by one process. -#}
{%- macro reporting_articles(name) -%}
    {{ name }} as {{ '' if goes_on() else 'not ' }}materialized (
        select
            extractions.article_id,
            extractions.extractor_version
        from {{ ref('stg_raw__extractions') }} as extractions
        inner join {{ ref('int_articles__active') }} as articles using (article_id)
        where
            extractions.is_current
            and extractions.status = 'extracted'
            and articles.is_latest
            and {{ touched('extractions.article_id') }}
            and exists (
                select 1 from {{ ref('stg_raw__meetings') }} as meetings
                where
                    meetings.article_id = extractions.article_id
                    and meetings.extractor_version = extractions.extractor_version
            )
    )
{%- endmacro %}
