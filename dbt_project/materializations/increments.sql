{#- Models that are made part by part: rows of a part whose inputs are unchanged stay, all others are made anew.
    A part is what its column holds (a report, a meeting …). Beside the table stands another, `intermediate.changed__<model>`:
    which rows came, went or became others since a build last ended well, noted in one transaction with the rows. What
    is made of these rows asks there which of its own parts to make (`touched_parts`), and data tests which rows to look
    at. bienban.io.increments drops these notes when models, macros, seeds or register change, and empties them when a
    build ended well. docs/decisions/increments.md. -#}

{#- The configuration of such a model: the column that holds the part; whether its joins are all by equality; which of
    `touched_parts` it is made by, where that is not the one of its column's name; further columns of its rows that
    others ask for; the macro whose rows are gathered first (`gathered`). -#}
{%- macro made_by(part, joins_by_equality=false, touched_by=none, tells=[], gathers=none) -%}
    {%- if not execute %}{% do touched_parts(touched_by or part) %}{% endif -%}  {#- tells dbt which models this reads -#}
    {{ config(
        materialized='by_part',
        unique_key=part,
        meta={'touched_by': touched_by or part, 'tells': tells, 'gathers': gathers},
        pre_hook=['{{ by_equality() }}'] if joins_by_equality else [],
    ) }}
{%- endmacro -%}

{#- The same for a model that is small or hangs on all of its inputs: made as a whole each time, but of its rows (one
    per `key`) only those that differ are written. -#}
{%- macro made_as_a_whole(key, joins_by_equality=false, tells=[]) -%}
    {{ config(
        materialized='by_part',
        unique_key=key,
        meta={'tells': tells},
        pre_hook=['{{ by_equality() }}'] if joins_by_equality else [],
    ) }}
{%- endmacro -%}

{#- The same for a model that hangs on seeds, register and models alone: it stays until these change. -#}
{%- macro made_once(key) -%}
    {{ config(materialized='by_part', unique_key=key, meta={'touched_by': 'nothing', 'tells': []}) }}
{%- endmacro -%}

{#- Whether this run makes only what was touched. Unit tests make whole tables. -#}
{%- macro goes_on() -%}
    {%- if not execute or flags.FULL_REFRESH or model.config.materialized != 'by_part' -%}
        {{ return(false) }}
    {%- endif -%}
    {%- if model.goes_on is not defined -%}
        {%- set found = run_query(
            "select to_regclass('" ~ this ~ "') is not null and to_regclass('" ~ changed(model.name) ~ "') is not null"
        ) -%}
        {%- do model.update({'goes_on': found.columns[0][0]}) -%}
    {%- endif -%}
    {{ return(model.goes_on) }}
{%- endmacro -%}

{#- Restricts rows to the parts that are to be made: nothing while the whole table is. -#}
{%- macro touched(column) -%}
    {%- if goes_on() and 'touched_by' in model.config.meta -%}
        {{ column }} in (select touched.part from touched)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{#- What a model joins time and again, by the macro that it `gathers`. While parts are made it is put into a table first:
    only tables have the statistics without which joins of common table expressions are planned blindly. -#}
{%- macro gathered(name) -%}
    {%- if goes_on() -%}
        select * from gathered
    {%- else -%}
        {{ context[name]() }}
    {%- endif -%}
{%- endmacro %}

{#- Where it stands which rows of a model changed. Analysed with each change: emptied when a build ended well, it looks as
    if it held nothing to a planner who then reads a mart once for each changed row. -#}
{%- macro changed(model_name) -%}intermediate.changed__{{ model_name }}{%- endmacro %}

{#- What the changed rows of a model have in a column of theirs, as `part`. -#}
{%- macro changed_in(model_name, column) -%}
    {%- do ref(model_name) -%}
    select {{ column }} as part from {{ changed(model_name) }}
{%- endmacro %}

{#- Parts that are to be made, more than once where several changes touch them. -#}
{%- macro touched_parts(kind) -%}
    {%- if kind == 'noted_article' -%}
        {#- What an article revised is superseded by it no longer when it goes. -#}
        select article_id as part from noted
        union all
        select revision_of as part from {{ ref('stg_raw__articles') }}
        where article_id in (select noted.article_id from noted)
    {%- elif kind == 'offered_article' -%}
        {{ changed_in('int_articles__offered', 'article_id') }}
    {%- elif kind == 'article_id' -%}
        {{ changed_in('int_articles__active', 'article_id') }}
    {%- elif kind == 'telling_article' -%}
        {{ changed_in('int_figures__facts', 'article_id') }}
    {%- elif kind == 'noun_id' -%}
        select {{ noun_id() }} as part from {{ ref('stg_raw__figures') }}
        where article_id in ({{ changed_in('int_articles__active', 'article_id') }})
    {%- elif kind == 'record_id' -%}
        {{ changed_in('int_reports__current', 'record_id') }}
    {%- elif kind == 'copies' -%}
        {{ changed_in('int_reports__current', 'coalesce(near_duplicate_cluster, record_id)') }}
    {%- elif kind == 'slotted_record' -%}
        {{ changed_in('int_reports__current', 'record_id') }}
        union all
        {{ changed_in('int_reports__slots', 'record_id') }}
        union all
        select record_id as part from {{ ref('int_reports__slots') }}
        where slot in ({{ changed_in('int_reports__components', 'slot') }})
        union all
        select reports.record_id as part
        from {{ changed('int_bodies__spellings') }} as spellings
        inner join {{ ref('int_reports__current') }} as reports using (place_id, host_body)
    {%- elif kind == 'component_id' -%}
        {{ changed_in('int_reports__described', 'component_id') }}
    {%- elif kind == 'meeting_session_id' -%}
        {{ changed_in('int_sessions__joined', 'meeting_session_id') }}
        union all
        {{ changed_in('int_sessions__joined', 'session_id') }}
        union all
        {{ changed_in('int_reports__sessions', 'session_id') }}
        union all
        select {{ meeting_session() }} as part
        from {{ ref('int_reports__sessions') }} as sessions
        left join {{ ref('int_sessions__joined') }} as joined using (session_id)
        where sessions.component_id in ({{ changed_in('int_reports__described', 'component_id') }})
    {%- elif kind == 'meetings_and_twins' -%}
        {{ changed_in('int_meetings__named', 'meeting_session_id') }}
        union all
        select meeting_session_id as part
        from {{ ref('int_meetings__named') }}
        where twins in ({{ changed_in('int_meetings__named', 'twins') }})
    {%- elif kind == 'meeting_key' -%}
        {{ changed_in('int_reports__meetings', 'meeting_key') }}
    {%- elif kind == 'citing_meeting' -%}
        {{ changed_in('int_documents__keyed', 'meeting_key') }}
    {%- elif kind == 'numbered' -%}
        {{ changed_in('int_documents__cited', 'numbered') }}
    {%- elif kind == 'document_key' -%}
        {{ changed_in('int_documents__keyed', 'document_key') }}
    {%- elif kind == 'person_key' -%}
        {{ changed_in('int_persons__keyed', 'person_key') }}
    {%- elif kind == 'sum_group' -%}
        {{ changed_in('int_facts__additive', 'sum_group') }}
    {%- elif kind == 'unit_id' -%}
        {{ changed_in('int_units__versions', 'unit_id') }}
    {%- endif -%}
{%- endmacro %}

{#- How many parts there are, as far as statistics tell: of the table itself, or where only some parts have rows, of the
    one that has them all. -#}
{%- macro parts_made(kind) -%}
    {%- set column = config.get('unique_key') -%}
    {%- if kind == 'meeting_key' -%}
        {%- set relation = ref('int_reports__meetings') -%}
    {%- elif kind == 'component_id' -%}
        {%- set relation = ref('int_reports__described') -%}
    {%- elif kind == 'noun_id' -%}
        {%- set relation, column = ref('int_articles__active'), 'article_id' -%}
    {%- else -%}
        {%- set relation = this -%}
    {%- endif -%}
    coalesce((
        select case when n_distinct < 0 then - n_distinct * reltuples else n_distinct end
        from pg_stats inner join pg_class on pg_class.oid = '{{ relation }}'::regclass
        where
            pg_stats.schemaname = '{{ relation.schema }}'
            and pg_stats.tablename = '{{ relation.identifier }}'
            and pg_stats.attname = '{{ column }}'
    ), 0)
{%- endmacro %}

{#- Few parts are looked up by indexes that are in memory, as scans of all rows would be, too; many are joined as in the
    whole table (by_equality). -#}
{%- macro find_touched(kind) -%}
    select set_config('random_page_cost', '0.1', true);
    {% if kind == 'noted_article' %}{{ take_up_notes() }};{% endif %}
    create temporary table touched on commit drop as
    select distinct part from ({{ touched_parts(kind) }}) as parts
    where part is not null;
    analyze touched;
    select
        count(*) as parts,
        count(*) * 20 > {{ parts_made(kind) }} as are_many,
        case
            when count(*) * 20 > {{ parts_made(kind) }}
                then set_config('enable_nestloop', 'off', true) || set_config(
                    'random_page_cost', (select reset_val from pg_settings where name = 'random_page_cost'), true
                )
        end
    from touched
{%- endmacro %}

{#- The notes that raw's triggers wrote (migration 0011) go in the transaction that makes what they are of: whoever commits
    later is noted for the next build. -#}
{%- macro take_up_notes() -%}
    create temporary table noted (article_id uuid) on commit drop;
    with gone as (delete from raw.changed_articles returning article_id)
    insert into noted select distinct article_id from gone;
    analyze noted
{%- endmacro %}

{#- Of what a part had and what it has now, only the rows that differ are written: most of a touched part stays as it is. -#}
{%- macro make_touched(part, sql) -%}
    create temporary table rows_before on commit drop as
    select standing.ctid as place, hash_record_extended(standing, 0) as digest, {{ columns_told() }}
    from {{ this }} as standing
    where {{ part }} in (select touched.part from touched);
    {% if model.config.meta.gathers %}
        create temporary table gathered on commit drop as {{ context[model.config.meta.gathers]() }};
        analyze gathered;
        set local enable_nestloop = off;
    {% endif %}
    create temporary table rows_after on commit drop as
    select hash_record_extended(made, 0) as digest, made.* from (
        select {{ columns_made() }} from ({{ sql }}) as rows_made
    ) as made;
    create temporary table rows_gone on commit drop as {{ rows_without(part, 'rows_before', 'rows_after') }};
    create temporary table rows_come on commit drop as {{ rows_without(part, 'rows_after', 'rows_before') }};
    delete from {{ this }} where ctid = any(array(select rows_gone.place from rows_gone));
    alter table rows_come drop column digest;
    insert into {{ this }} select * from rows_come;
    insert into {{ changed(model.name) }}
    select {{ columns_told() }} from rows_gone
    union
    select {{ columns_told() }} from rows_come;
    analyze {{ changed(model.name) }}
{%- endmacro %}

{#- The rows of `one` that are none of `other`. -#}
{%- macro rows_without(part, one, other) -%}
    select * from {{ one }}
    where not exists (select 1 from {{ other }} where {{ same([part, 'digest'], one, other) }})
{%- endmacro %}

{#- Whether anything that the model reads changed since a build last ended well: rows of other models, as noted. Seeds and
    register stand with the project; what raw holds is not known. -#}
{%- macro inputs_changed() -%}
    {%- set told = [] if is_settled() else ['true'] -%}
    {%- set unread = model.depends_on.nodes | list -%}
    {%- for _ in range(100) if unread -%}
        {%- set id = unread.pop() -%}
        {%- set node = graph.nodes.get(id, graph.sources.get(id)) -%}
        {%- if node.config.materialized == 'by_part' -%}
            {%- do told.append('exists (select from ' ~ changed(node.name) ~ ')') -%}
        {%- elif node.config.materialized == 'view' -%}
            {%- do unread.extend(node.depends_on.nodes) -%}
        {%- elif node.source_name == 'raw' -%}
            {%- do told.append('true') -%}
        {%- endif -%}
    {%- endfor -%}
    {{ told | unique | join(' or ') or 'false' }}
{%- endmacro %}

{%- macro make_as_a_whole(key, sql) -%}
    create temporary table rows_after on commit drop as select {{ columns_made() }} from ({{ sql }}) as rows_made;
    analyze rows_after;
    create temporary table rows_changed (like {{ this }}) on commit drop;
    with gone as (
        delete from {{ this }} as standing
        where not exists (
            select 1 from rows_after as made
            where {{ same(key, 'made', 'standing') }} and row(made.*) is not distinct from row(standing.*)
        )
        returning *
    )
    insert into rows_changed select * from gone;
    with come as (
        insert into {{ this }}
        select * from rows_after as made
        where not exists (select 1 from {{ this }} as standing where {{ same(key, 'made', 'standing') }})
        returning *
    )
    insert into rows_changed select * from come;
    insert into {{ changed(model.name) }} select distinct {{ columns_told() }} from rows_changed;
    analyze {{ changed(model.name) }}
{%- endmacro %}

{%- macro same(key, one, other) -%}
    {%- for column in ([key] if key is string else key) -%}
        {{ ' and ' if not loop.first }}{{ one }}.{{ column }} = {{ other }}.{{ column }}
    {%- endfor -%}
{%- endmacro %}

{%- macro columns_made() -%}
    {%- if config.get('contract').enforced -%}
        {%- for column in model['columns'].values() -%}
            cast({{ column['name'] }} as {{ column['data_type'] }}) as {{ column['name'] }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    {%- else -%}
        *
    {%- endif -%}
{%- endmacro %}

{%- macro columns_told() -%}
    {%- set key = config.get('unique_key') -%}
    {{ (([key] if key is string else key) + model.config.meta['tells']) | unique | join(', ') }}
{%- endmacro %}

{#- One transaction either way. A part's rows are made by the model's own SQL, which `touched` restricts. -#}
{% materialization by_part, adapter='postgres' %}
    {%- set part, kind = config.get('unique_key'), model.config.meta.get('touched_by') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- if not goes_on() -%}
        {{ run_hooks(pre_hooks, inside_transaction=true) }}
        {%- if kind == 'noted_article' %}{% do run_query('delete from raw.changed_articles') %}{% endif -%}
        {%- if existing is not none %}{% do adapter.drop_relation(existing) %}{% endif -%}
        {%- call statement('main') -%}{{ get_create_table_as_sql(false, target, sql) }}{%- endcall -%}
        {%- do create_indexes(target) -%}
        {%- do persist_docs(target, model) -%}
        {%- call statement('note') -%}
            drop table if exists {{ changed(model.name) }};
            create table {{ changed(model.name) }} as select {{ columns_told() }} from {{ this }} limit 0
        {%- endcall -%}
        {#- The server counts rows when they are committed: analysed before, they would be once more beside the build. -#}
        {%- do adapter.commit() -%}
        {%- call statement('analyze') %}analyze {{ this }}{% endcall -%}
    {%- elif kind == 'nothing' -%}
        {%- call statement('main') -%}select 0 as touched{%- endcall -%}
    {%- elif kind is none -%}
        {%- call statement('main', fetch_result=true) -%}select {{ inputs_changed() }}{%- endcall -%}
        {%- if load_result('main').data[0][0] -%}
            {{ run_hooks(pre_hooks, inside_transaction=true) }}
            {%- call statement('main') -%}{{ make_as_a_whole(part, sql) }}{%- endcall -%}
        {%- endif -%}
    {%- else -%}
        {%- call statement('main', fetch_result=true) -%}{{ find_touched(kind) }}{%- endcall -%}
        {%- if load_result('main').data[0][0] > 0 -%}
            {%- set are_many = load_result('main').data[0][1] -%}
            {%- call statement('main') -%}{{ make_touched(part, sql) }}{%- endcall -%}
            {%- if are_many %}{% call statement('analyze') %}analyze {{ this }}{% endcall %}{% endif -%}
        {%- endif -%}
    {%- endif -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}
