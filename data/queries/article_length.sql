-- How long are an outlet's articles?
-- Mean words of the bodies, month by month.
-- :site  one outlet, by its domain; empty: all
-- :since  the first month, such as 2026-01; empty: the beginning
-- chart: line x=month y=mean_words by=site
SELECT
    substr(day, 1, 7) AS month,
    site,
    sum(articles) AS articles,
    round(1.0 * sum(words) / sum(articles)) AS mean_words
FROM article_day
WHERE day <> '' AND site = coalesce(nullif(:site, ''), site) AND substr(day, 1, 7) >= substr(coalesce(:since, ''), 1, 7)
GROUP BY 1, 2
HAVING sum(articles) > 0
ORDER BY month DESC, site;
