-- Twenty rows an article: checking the reference, the primary key and a second index took most of the time of finding
-- near duplicates. Who deletes a signature deletes its bands (bienban.io.clusters.forget).
alter table raw.article_bands drop constraint article_bands_article_id_fkey;
alter table raw.article_bands drop constraint article_bands_pkey;
drop index raw.article_bands_article;
create index article_bands_band on raw.article_bands (band);
comment on table raw.article_bands is 'Bands of the signatures: articles that share one are compared. A row without a signature means nothing.';

-- Clusters that are joined or divided are looked up by their name.
create index articles_cluster on raw.articles (near_duplicate_cluster) where near_duplicate_cluster is not null;
