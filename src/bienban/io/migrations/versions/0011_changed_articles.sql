-- Which articles a build has yet to look at. Whoever writes raw, the note is of the same transaction: it becomes visible with
-- what changed, so that no late writer is overlooked, and a build need not read all of raw to learn what is new.
create table raw.changed_articles (article_id uuid not null);
comment on table raw.changed_articles is
'Articles whose text, occurrences or extraction changed, or their file was withdrawn, since a build last took them up; some more than once.';
comment on column raw.changed_articles.article_id is 'Article, or what was one before it was taken down.';

create function raw.note_articles() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into raw.changed_articles (article_id) select article_id from noted;
    return null;
end
$$;

create trigger note_inserted after insert on raw.article_occurrences
referencing new table as noted for each statement execute function raw.note_articles();
create trigger note_updated after update on raw.article_occurrences
referencing new table as noted for each statement execute function raw.note_articles();
create trigger note_deleted after delete on raw.article_occurrences
referencing old table as noted for each statement execute function raw.note_articles();
create trigger note_inserted after insert on raw.extractions
referencing new table as noted for each statement execute function raw.note_articles();
create trigger note_updated after update on raw.extractions
referencing new table as noted for each statement execute function raw.note_articles();
create trigger note_deleted after delete on raw.extractions
referencing old table as noted for each statement execute function raw.note_articles();

-- New texts are noted by where they were met; a table of the changed rows would hold all texts. What an article revises
-- is superseded by it.
create function raw.note_article() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into raw.changed_articles (article_id)
    select article_id from unnest(array[old.article_id, old.revision_of, new.revision_of]) as noted (article_id)
    where article_id is not null;
    return null;
end
$$;

create trigger note_updated after update on raw.articles for each row execute function raw.note_article();
create trigger note_deleted after delete on raw.articles for each row execute function raw.note_article();

-- A withdrawn file no longer tells its articles.
create function raw.note_articles_of_file() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into raw.changed_articles (article_id)
    select article_id from raw.article_occurrences where dump_file_id = new.dump_file_id;
    return null;
end
$$;

create trigger note_withdrawn after update of status on raw.dump_files for each row
when ((old.status = 'withdrawn') <> (new.status = 'withdrawn')) execute function raw.note_articles_of_file();

revoke all on function raw.note_articles(), raw.note_article(), raw.note_articles_of_file() from public;

create index articles_revision on raw.articles (revision_of) where revision_of is not null;
