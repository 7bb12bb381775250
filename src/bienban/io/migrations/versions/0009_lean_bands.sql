-- Twenty rows an article: the check of the reference and a second index took most of the time of finding near
-- duplicates. Who deletes a signature deletes its bands (bienban.io.clusters.forget), found by the primary key.
alter table raw.article_bands drop constraint article_bands_article_id_fkey;
drop index raw.article_bands_article;
comment on table raw.article_bands is 'Bands of the signatures: articles that share one are compared. A row without a signature means nothing.';

-- Clusters that are joined or divided are looked up by their name.
create index articles_cluster on raw.articles (near_duplicate_cluster) where near_duplicate_cluster is not null;
