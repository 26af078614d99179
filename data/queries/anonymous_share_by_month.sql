-- Does an outlet rely on nameless sources more or less than it did?
-- The share of anonymous speakers among those found, month by month. Read `quotes` beside it: a share of few
-- quotations says little, and a month with few of them may be a gap in the crawl.
-- :site  one outlet, by its domain; empty: all
-- :since  the first month, such as 2026-01; empty: the beginning
-- chart: line x=month y=anonymous_share by=site
SELECT
    month,
    site,
    sum(quotes) AS quotes,
    coalesce(sum(quotes) FILTER (WHERE kind = 'anonymous'), 0) AS anonymous,
    round(
        1.0 * coalesce(sum(quotes) FILTER (WHERE kind = 'anonymous'), 0)
        / nullif(sum(quotes) FILTER (WHERE kind <> ''), 0), 3
    ) AS anonymous_share
FROM quote_month
WHERE month <> '' AND month >= substr(coalesce(:since, ''), 1, 7) AND site = coalesce(nullif(:site, ''), site)
GROUP BY month, site
HAVING sum(quotes) > 0
ORDER BY month DESC, site;
