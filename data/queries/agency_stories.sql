-- Who had an agency's story first?
-- Stories in which at least one outlet prints an agency's copy, the latest first: who had it first, what decides that
-- (`published`, or only `first_seen`), and who else printed it.
-- :agency  one agency, such as PA; empty: all
-- :rows  how many stories; empty: 50
SELECT
    story.headline,
    first.site AS first_outlet,
    story.first_by,
    story.first_published,
    group_concat(DISTINCT article.agency) AS agencies,
    story.sites AS outlets,
    (
        SELECT group_concat(DISTINCT other.site) FROM article AS other INDEXED BY article_story_id
        WHERE other.story_id = story.id AND other.site <> first.site
    ) AS also_told_by,
    story.id AS story_id
FROM (
    SELECT DISTINCT story_id FROM article INDEXED BY article_agency
    WHERE agency IS NOT NULL AND agency = coalesce(nullif(:agency, ''), agency)
    ORDER BY published DESC LIMIT coalesce(nullif(:rows, ''), 50)
) AS recent
CROSS JOIN story ON story.id = recent.story_id
CROSS JOIN article ON article.story_id = story.id AND article.agency IS NOT NULL
CROSS JOIN article AS first INDEXED BY article_slim ON first.id = story.first_article_id
GROUP BY story.id
ORDER BY story.first_published DESC, story.id;
