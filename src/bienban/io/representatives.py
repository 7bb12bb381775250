"""Which occurrence speaks for an article, and which article is the latest under its url.

Both are functions of what the warehouse holds, never of the order in which it was read: earliest
known publication, then lowest url, then lowest text. Withdrawn files have no say.

Callers stand in a ``database.raw_transaction`` and fill the temporary table ``touched``: ``article_id``, and
``is_new`` for those that were inserted just now with their best occurrence.
"""

from psycopg import Connection

_CHOSEN = """
create temporary table chosen on commit drop as
select distinct on (o.article_id)
    o.article_id, coalesce(o.own_text, a.text) as text, o.title, o.url, o.site, o.published_at, o.published_at_source,
    a.text as old_text, a.url as old_url,
    (coalesce(o.own_text, a.text), o.title, o.url, o.published_at)
        is distinct from (a.text, a.title, a.url, a.published_at) as changes_extraction
from touched as t
inner join raw.articles as a on a.article_id = t.article_id
inner join raw.article_occurrences as o on o.article_id = t.article_id
inner join raw.dump_files as f on f.dump_file_id = o.dump_file_id and f.status <> 'withdrawn'
where not t.is_new
order by
    o.article_id, o.published_at nulls last, o.url collate "C" nulls last, coalesce(o.own_text, a.text) collate "C",
    o.title collate "C" nulls last, o.published_at_source collate "C" nulls last
"""

# Occurrences keep their own text only where it differs from the article's: both sides of a switch move.
_KEEP_OLD_TEXT = """
update raw.article_occurrences as o set own_text = c.old_text
from chosen as c where o.article_id = c.article_id and c.text <> c.old_text and o.own_text is null
"""
_DROP_SAME_TEXT = """
update raw.article_occurrences as o set own_text = null
from chosen as c where o.article_id = c.article_id and c.text <> c.old_text and o.own_text = c.text
"""
_SWITCH = """
update raw.articles as a
set text = c.text, title = c.title, url = c.url, site = c.site,
    published_at = c.published_at, published_at_source = c.published_at_source
from chosen as c where a.article_id = c.article_id
and (a.text, a.title, a.url, a.site, a.published_at, a.published_at_source)
    is distinct from (c.text, c.title, c.url, c.site, c.published_at, c.published_at_source)
"""
_DROP_EXTRACTIONS = """
delete from raw.extractions as e using chosen as c where e.article_id = c.article_id and c.changes_extraction
"""
_TOUCH = """
update raw.articles as a set changed_at = clock_timestamp()
from touched as t where a.article_id = t.article_id and not t.is_new
"""

# The latest of the texts under one url: last published, else last crawled; the id only breaks ties.
_REVISIONS = """
with urls as (
    select a.url from touched as t inner join raw.articles as a on a.article_id = t.article_id where a.url is not null
    union
    select old_url from chosen where old_url is not null
),
dated as (
    select a.article_id, a.url, a.published_at, max(o.crawled_at) as crawled_at
    from urls as u
    inner join raw.articles as a on a.url = u.url
    inner join raw.article_occurrences as o on o.article_id = a.article_id
    inner join raw.dump_files as f on f.dump_file_id = o.dump_file_id and f.status <> 'withdrawn'
    group by a.article_id, a.url, a.published_at
),
chained as (
    select
        article_id,
        lag(article_id) over same_url as revision_of,
        lead(article_id) over same_url is null as is_latest
    from dated
    window same_url as (partition by url order by published_at nulls first, crawled_at nulls first, article_id)
)
update raw.articles as a
set revision_of = n.revision_of, is_latest = n.is_latest, changed_at = clock_timestamp()
from chained as n where a.article_id = n.article_id
and (a.revision_of, a.is_latest) is distinct from (n.revision_of, n.is_latest)
"""
_UNCHAIN = """
update raw.articles as a set revision_of = null, is_latest = true
from touched as t where a.article_id = t.article_id and not t.is_new and (a.url is null or not exists (
    select from raw.article_occurrences as o
    inner join raw.dump_files as f on f.dump_file_id = o.dump_file_id and f.status <> 'withdrawn'
    where o.article_id = a.article_id
))
"""


def choose(connection: Connection) -> None:
    """Choose anew for the articles of ``touched`` that are not new; their ``changed_at`` becomes now.

    An article whose text, title, url or publication moved loses its extractions: it is extracted anew.
    """
    for statement in (
        _CHOSEN,
        _KEEP_OLD_TEXT,
        _DROP_SAME_TEXT,
        _DROP_EXTRACTIONS,
        _SWITCH,
        _TOUCH,
        _UNCHAIN,
        _REVISIONS,
    ):
        connection.execute(statement)
