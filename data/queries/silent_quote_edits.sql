-- Which quotations were changed or taken out after publication without a word?
-- Each quotation of an earlier state whose words are no longer in the article's text, the latest changes first.
-- `told` is 1 where the page's own "updated" time moved with the change, 0 where it did not: a silent edit.
-- :site  one outlet, by its domain; empty: all
-- :changes  how many of the latest changed articles are looked at; empty: 200
WITH later AS (
    SELECT revision.id, revision.article_id, revision.number, revision.fetched_at, revision.body, revision.record
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
    later.fetched_at AS seen_at,
    json_extract(later.record, '$.modified.value') IS NOT json_extract(before.record, '$.modified.value') AS told,
    later.article_id,
    article.headline
FROM later
JOIN revision AS before ON before.article_id = later.article_id AND before.number = later.number - 1
JOIN article ON article.id = later.article_id
JOIN json_each(before.record, '$.quotes') AS quote
WHERE instr(later.body, json_extract(quote.value, '$.text')) = 0
ORDER BY later.fetched_at DESC, later.id DESC, quote.key;
