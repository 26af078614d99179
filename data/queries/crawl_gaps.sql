-- On which days was an outlet not asked at all?
-- One row for each stretch of days between the outlet's first and last page on which nothing was fetched, the longest
-- first. No number of such days may be read as a trend. `articles` were published in them all the same and came in later.
-- :site  one outlet, by its domain; empty: all
-- :days  the shortest stretch; empty: 1
WITH pair AS (
    SELECT site, day, lead(day) OVER (PARTITION BY site ORDER BY day) AS next
    FROM fetch_day WHERE site = coalesce(nullif(:site, ''), site)
)
SELECT
    pair.site,
    date(pair.day, '+1 day') AS first_day,
    date(pair.next, '-1 day') AS last_day,
    CAST(julianday(pair.next) - julianday(pair.day) AS INTEGER) - 1 AS days,
    (
        SELECT coalesce(sum(articles), 0) FROM article_day
        WHERE article_day.site = pair.site AND article_day.day > pair.day AND article_day.day < pair.next
    ) AS articles
FROM pair
WHERE julianday(pair.next) - julianday(pair.day) > CAST(coalesce(nullif(:days, ''), 1) AS INTEGER)
ORDER BY days DESC, pair.site, first_day;
