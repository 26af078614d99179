-- Which outlet has shared stories first?
-- Over the stories that at least two outlets tell: in how many an outlet takes part, and in how many it was first.
-- `sure` counts those that the times of publication decide; in the others only the page that came in first is known,
-- which says as much about the crawl as about the outlet.
-- :outlets  how many outlets a story needs; empty: 2
-- chart: bar x=first y=site
WITH shared AS NOT MATERIALIZED (
    SELECT id, first_article_id, first_by FROM story INDEXED BY story_shared
    WHERE sites > 1 AND sites >= CAST(coalesce(nullif(:outlets, ''), 2) AS INTEGER)
), part AS (
    SELECT site, count(*) AS stories
    FROM (
        SELECT DISTINCT article.story_id, article.site
        FROM shared CROSS JOIN article INDEXED BY article_story_id ON article.story_id = shared.id
    )
    GROUP BY site
), lead AS (
    SELECT article.site, count(*) AS first, sum(shared.first_by = 'published') AS sure
    FROM shared CROSS JOIN article INDEXED BY article_slim ON article.id = shared.first_article_id
    GROUP BY article.site
)
SELECT
    part.site,
    part.stories,
    coalesce(lead.first, 0) AS first,
    coalesce(lead.sure, 0) AS sure,
    round(1.0 * coalesce(lead.first, 0) / part.stories, 3) AS first_share
FROM part LEFT JOIN lead ON lead.site = part.site
ORDER BY first DESC, part.stories DESC, part.site;
