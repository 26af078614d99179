-- Which quotations were changed or taken out after publication without a word?
-- Each quotation of an earlier state that is no longer one of the article's, the latest changes first; `words_now` is what
-- the same speaker says instead, where there is such a quotation. `told` is 1 where the page's own "updated" time moved with
-- the change, 0 where it did not: a silent edit.
-- :site  one outlet, by its domain; empty: all
-- :changes  how many of the latest changed articles are looked at; empty: 200
WITH later AS (
    SELECT revision.id, revision.article_id, revision.number, revision.fetched_at, revision.record
    FROM revision INDEXED BY revision_later
    WHERE revision.number > 1
        AND revision.changed LIKE '%"body"%'
        AND (
            coalesce(:site, '') = ''
            OR (SELECT site FROM article INDEXED BY article_slim WHERE id = revision.article_id) = :site
        )
    ORDER BY revision.fetched_at DESC
    LIMIT coalesce(nullif(:changes, ''), 200)
)
SELECT
    article.site,
    json_extract(quote.value, '$.speaker') AS speaker,
    json_extract(quote.value, '$.text') AS words_before,
    (
        SELECT json_extract(new.value, '$.text') FROM json_each(later.record, '$.quotes') AS new
        WHERE json_extract(new.value, '$.speaker') = json_extract(quote.value, '$.speaker')
            AND json_extract(new.value, '$.text') NOT IN (
                SELECT json_extract(old.value, '$.text') FROM json_each(before.record, '$.quotes') AS old
            )
        ORDER BY new.key LIMIT 1
    ) AS words_now,
    later.fetched_at AS seen_at,
    json_extract(later.record, '$.modified.value') IS NOT json_extract(before.record, '$.modified.value') AS told,
    later.article_id,
    article.headline
FROM later
JOIN revision AS before ON before.article_id = later.article_id AND before.number = later.number - 1
JOIN article ON article.id = later.article_id
JOIN json_each(before.record, '$.quotes') AS quote
WHERE json_extract(quote.value, '$.text') NOT IN (
    SELECT json_extract(new.value, '$.text') FROM json_each(later.record, '$.quotes') AS new
)
ORDER BY later.fetched_at DESC, later.id DESC, quote.key;
