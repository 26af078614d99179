-- Which headlines were rewritten after publication?
-- One row for each change, with the words before and after it, the latest first.
-- :site  one outlet, by its domain; empty: all
-- :rows  how many changes; empty: 100
SELECT
    article.site,
    before.headline AS headline_before,
    after.headline AS headline_after,
    round(24 * (julianday(after.fetched_at) - julianday(article.published)), 1) AS hours_after_publication,
    after.fetched_at AS seen_at,
    after.article_id
FROM revision AS after INDEXED BY revision_later
CROSS JOIN revision AS before ON before.article_id = after.article_id AND before.number = after.number - 1
CROSS JOIN article INDEXED BY article_slim ON article.id = after.article_id
WHERE after.number > 1
    AND after.headline IS NOT before.headline
    AND article.site = coalesce(nullif(:site, ''), article.site)
ORDER BY after.fetched_at DESC
LIMIT coalesce(nullif(:rows, ''), 100);
