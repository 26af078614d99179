-- How much of an outlet is agency copy?
-- Articles that print an agency's text, by credit line or by words, and articles whose text another outlet had first.
-- :since  published on or after this day, such as 2026-01-01; empty: the beginning
-- chart: bar x=agency_share y=site
SELECT
    site,
    sum(articles) AS articles,
    sum(agency) AS agency,
    round(1.0 * sum(agency) / sum(articles), 3) AS agency_share,
    sum(copies) AS copies,
    round(1.0 * sum(copies) / sum(articles), 3) AS copy_share
FROM article_day
WHERE day >= coalesce(:since, '')
GROUP BY site
HAVING sum(articles) > 0
ORDER BY agency_share DESC, site;
