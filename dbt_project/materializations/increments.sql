{#- Models that are made part by part: rows of a part whose inputs are unchanged stay, all others are made anew.
    A part is what its column holds (a report, a meeting …); `parts` below gives each part of today with a fingerprint
    of everything that its rows are made from. Beside the table stands another, `intermediate.made__<model>`, with the
    fingerprints that its rows were made from, written in the same transaction: no earlier build has to be trusted.
    bienban.io.dbt drops these when models, macros, seeds or register change. docs/decisions/increments.md. -#}

{#- The configuration of such a model: the column that holds the part, whether its joins are all by equality, and which
    of `parts` it is made of, where that is not the one of its column's name. -#}
{%- macro made_by(part, joins_by_equality=false, parts_of=none) -%}
    {%- if not execute %}{% do parts(parts_of or part) %}{% endif -%}  {#- tells dbt which models this reads -#}
    {{ config(
        materialized='by_part',
        unique_key=part,
        meta={'parts_of': parts_of or part},
        pre_hook=['{{ by_equality() }}'] if joins_by_equality else [],
    ) }}
{%- endmacro -%}

{#- Whether this run makes only the parts that were touched. Unit tests make whole tables. -#}
{%- macro goes_on() -%}
    {%- if not execute or flags.FULL_REFRESH or model.config.materialized != 'by_part' -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(run_query("select to_regclass('" ~ this ~ "') is not null and to_regclass('" ~ made() ~ "') is not null")
        .columns[0][0]) }}
{%- endmacro -%}

{#- Restricts rows to the parts that are to be made: nothing while the whole table is. -#}
{%- macro touched(column) -%}
    {%- if goes_on() -%}
        {{ column }} in (select touched.part from touched)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{#- The one part of a table that hangs on seeds, register and models alone. -#}
{%- macro whole() -%}'whole'{%- endmacro %}

{#- Today's parts. Sums of hashes do not depend on an order. -#}
{%- macro parts(kind) -%}
    {%- if kind == 'article_id' -%}
        select article_id as part, fingerprint from {{ ref('int_articles__active') }}
    {%- elif kind == 'reports_of_meetings' -%}
        select
            article_id as part,
            hash_record_extended(row(meeting_key, fingerprint), 0) as fingerprint
        from {{ ref('int_reports__meetings') }}
    {%- elif kind == 'record_id' -%}
        select record_id as part, article_fingerprint as fingerprint from {{ ref('int_reports__current') }}
    {%- elif kind == 'component_id' -%}
        select component_id as part, sum(fingerprint) as fingerprint
        from {{ ref('int_reports__described') }} group by component_id
    {%- elif kind == 'meetings_with_ordinals' -%}
        select meeting_session_id as part, fingerprint from ({{ meetings_with_ordinals() }}) as meetings
    {%- elif kind == 'meeting_session_id' -%}
        select
            joined.meeting_session_id as part,
            sum(hashtextextended(joined.joined_by, reports.fingerprint)) as fingerprint
        from {{ ref('int_reports__described') }} as reports
        inner join {{ ref('int_reports__sessions') }} as sessions using (record_id)
        inner join {{ ref('int_sessions__joined') }} as joined using (session_id)
        group by joined.meeting_session_id
    {%- elif kind == 'meeting_key' -%}
        select meeting_key as part, fingerprint from {{ ref('int_reports__meetings') }} where choice = 1
    {%- elif kind == 'person_key' -%}
        select person_key as part, sum(fingerprint) as fingerprint
        from {{ ref('int_persons__keyed') }} group by person_key having bool_or(has_office)
    {%- elif kind == 'unit_id' -%}
        select unit_id as part, sum(fingerprint) as fingerprint
        from {{ ref('int_units__versions') }} group by unit_id
    {%- elif kind == whole() -%}
        select {{ whole() }} as part, 0 as fingerprint
    {%- endif -%}
{%- endmacro %}

{#- Where the fingerprints stand that a model's rows were made from. -#}
{%- macro made() -%}intermediate.made__{{ model.name }}{%- endmacro %}

{%- macro find_touched(kind) -%}
    create temporary table touched on commit drop as
    select coalesce(today.part, made.part) as part, today.fingerprint
    from ({{ parts(kind) }}) as today
    full join {{ made() }} as made on today.part = made.part
    where today.fingerprint is distinct from made.fingerprint;
    analyze touched;
    -- Few parts are looked up one by one; many are joined as in the whole table (by_equality).
    select set_config('enable_nestloop', 'off', true)
    where (select count(*) from touched) * 20 > (select count(*) from {{ made() }});
    select count(*) from touched
{%- endmacro %}

{#- What a part had goes, what it has now comes, and what it was made from is noted. -#}
{%- macro make_touched(part, sql) -%}
    {%- set columns = model['columns'].keys() | join(', ') if config.get('contract').enforced else '*' -%}
    delete from {{ this }} where {{ part }} in (select touched.part from touched);
    delete from {{ made() }} where part in (select touched.part from touched);
    insert into {{ made() }} select part, fingerprint from touched where fingerprint is not null;
    insert into {{ this }} select {{ columns }} from ({{ sql }}) as rows_made
{%- endmacro %}

{#- One transaction either way. A part's rows are made by the model's own SQL, which `touched` restricts. -#}
{% materialization by_part, adapter='postgres' %}
    {%- set part, kind = config.get('unique_key'), model.config.meta['parts_of'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- if goes_on() -%}
        {%- call statement('main', fetch_result=true) -%}{{ find_touched(kind) }}{%- endcall -%}
        {%- if load_result('main').data[0][0] > 0 -%}
            {%- call statement('main') -%}{{ make_touched(part, sql) }}{%- endcall -%}
        {%- endif -%}
    {%- else -%}
        {{ run_hooks(pre_hooks, inside_transaction=true) }}
        {%- if existing is not none %}{% do adapter.drop_relation(existing) %}{% endif -%}
        {%- call statement('main') -%}{{ get_create_table_as_sql(false, target, sql) }}{%- endcall -%}
        {%- do create_indexes(target) -%}
        {%- do persist_docs(target, model) -%}
        {%- call statement('note') -%}
            drop table if exists {{ made() }};
            create table {{ made() }} as {{ parts(kind) }};
            analyze {{ made() }};
            analyze {{ this }}
        {%- endcall -%}
    {%- endif -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}
