-- How many articles of each day does the database have, outlet by outlet?
-- Days on which nothing was fetched tell of a gap in the crawl, not of a quiet day.
SELECT
    article.site,
    substr(article.published, 1, 10) AS day,
    count(*) AS articles,
    sum(article.copy_of IS NOT NULL) AS copies,
    (
        SELECT count(*) FROM fetch
        WHERE fetch.site = article.site
            AND fetch.fetched_at >= substr(article.published, 1, 10)
            AND fetch.fetched_at < date(substr(article.published, 1, 10), '+1 day')
    ) AS pages_fetched_that_day
FROM article
WHERE article.published_precision IN ('second', 'minute', 'hour', 'day')
GROUP BY article.site, day
ORDER BY day DESC, article.site;
