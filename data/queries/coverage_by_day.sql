-- How many articles of each day does the database have, outlet by outlet?
-- Every day of the window has a row for every outlet, so that a day without articles is seen. `fetched` counts what
-- was asked of the outlet on that day: where it is 0, a low number of articles may be a gap in the crawl, not a quiet day.
-- `copies` had another outlet first. Articles whose day is not known are left out.
-- :site  one outlet, by its domain; empty: all
-- :until  the last day, such as 2026-11-22; empty: the last one that has an article
-- :days  how many days; empty: 30
-- chart: line x=day y=articles by=site
WITH RECURSIVE last(day) AS (
    SELECT coalesce(nullif(:until, ''), max(day)) FROM article_day
), calendar(day) AS (
    SELECT day FROM last
    UNION ALL
    SELECT date(calendar.day, '-1 day') FROM calendar, last
    WHERE calendar.day > date(last.day, '-' || (coalesce(nullif(:days, ''), 30) - 1) || ' days')
), outlet(site) AS (
    SELECT DISTINCT site FROM article_day WHERE site = coalesce(nullif(:site, ''), site)
)
SELECT
    calendar.day,
    outlet.site,
    coalesce(article_day.articles, 0) AS articles,
    coalesce(article_day.copies, 0) AS copies,
    coalesce(fetch_day.pages, 0) AS fetched
FROM calendar
JOIN outlet
LEFT JOIN article_day ON article_day.site = outlet.site AND article_day.day = calendar.day
LEFT JOIN fetch_day ON fetch_day.site = outlet.site AND fetch_day.day = calendar.day
ORDER BY calendar.day DESC, outlet.site;
