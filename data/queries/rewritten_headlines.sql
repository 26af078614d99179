-- Which headlines were rewritten after publication?
-- One row for each change, with the words before and after it.
SELECT
    article.site,
    before.headline AS headline_before,
    after.headline AS headline_after,
    after.fetched_at AS seen_at,
    after.article_id,
    article.url
FROM revision AS after
JOIN revision AS before ON before.article_id = after.article_id AND before.number = after.number - 1
JOIN article ON article.id = after.article_id
WHERE after.headline IS NOT before.headline
ORDER BY after.fetched_at DESC, after.id DESC;
