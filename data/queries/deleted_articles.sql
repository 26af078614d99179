-- Which articles were taken down?
-- Articles whose address answers 404 or 410, the latest first, and how many days they stood. The text is kept.
-- :site  one outlet, by its domain; empty: all
-- :rows  how many; empty: 100
SELECT
    article.gone_at,
    article.site,
    article.headline,
    article.published,
    round(julianday(article.gone_at) - julianday(coalesce(article.published, article.first_seen)), 1) AS days_online,
    article.id AS article_id
FROM article INDEXED BY article_gone
WHERE article.gone_at IS NOT NULL AND article.site = coalesce(nullif(:site, ''), article.site)
ORDER BY article.gone_at DESC
LIMIT coalesce(nullif(:rows, ''), 100);
