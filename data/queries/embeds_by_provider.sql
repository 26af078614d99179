-- Whose posts and players do outlets show?
-- Embeds by provider and outlet, and how many there are to a hundred articles.
-- :site  one outlet, by its domain; empty: all
-- :since  the first month, such as 2026-01; empty: the beginning
-- chart: stack x=embeds y=site by=provider
WITH shown AS (
    SELECT provider, site, sum(embeds) AS embeds FROM embed_month
    WHERE site = coalesce(nullif(:site, ''), site) AND month >= substr(coalesce(:since, ''), 1, 7)
    GROUP BY provider, site HAVING sum(embeds) > 0
), held AS (
    SELECT site, sum(articles) AS articles FROM article_day
    WHERE substr(day, 1, 7) >= substr(coalesce(:since, ''), 1, 7)
    GROUP BY site
)
SELECT
    shown.provider,
    shown.site,
    shown.embeds,
    round(100.0 * shown.embeds / held.articles, 1) AS per_hundred_articles
FROM shown JOIN held ON held.site = shown.site
ORDER BY shown.embeds DESC, shown.provider, shown.site;
