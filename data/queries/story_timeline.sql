-- How did a story travel from outlet to outlet?
-- Its articles in the order of publication, each with the hours since the first. `copy_of` names the article whose text it has.
-- :story  the story's id; empty: the largest one told by at least two outlets
-- chart: strip x=published y=site
WITH chosen AS (
    SELECT coalesce(
        nullif(:story, ''),
        (SELECT id FROM story WHERE sites > 1 ORDER BY sites DESC, articles DESC, id LIMIT 1)
    ) AS id
)
SELECT
    article.published,
    article.site,
    article.headline,
    CASE WHEN length(article.published) > 10 AND length(story.first_published) > 10
        THEN round(24 * (julianday(article.published) - julianday(story.first_published)), 1)
    END AS hours_later,
    article.agency,
    article.copy_of,
    article.id AS article_id
FROM chosen
JOIN story ON story.id = chosen.id
JOIN article ON article.story_id = story.id
ORDER BY article.id <> story.first_article_id, article.published IS NULL, article.published, article.id;
