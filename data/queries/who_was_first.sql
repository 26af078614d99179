-- Which outlet has shared stories first?
-- Over the stories that at least two outlets tell: in how many an outlet takes part, and in how many it was first.
-- `sure` counts those that the times of publication decide; in the others only the page that came in first is known,
-- which says as much about the crawl as about the outlet.
-- :outlets  how many outlets a story needs; empty: 2
-- chart: bar x=first y=site
SELECT
    site,
    count(*) AS stories,
    sum(is_first) AS first,
    sum(is_first AND is_sure) AS sure,
    round(1.0 * sum(is_first) / count(*), 3) AS first_share
FROM story_outlet
WHERE sites >= CAST(coalesce(nullif(:outlets, ''), 2) AS INTEGER)
GROUP BY site
ORDER BY first DESC, stories DESC, site;
