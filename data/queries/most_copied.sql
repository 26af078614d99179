-- Which articles were copied most?
-- Originals by the number of later articles of other outlets that have their text.
-- :rows  how many; empty: 20
SELECT
    count(*) AS copies,
    count(DISTINCT copy_delay.site) AS outlets,
    article.headline,
    article.site,
    article.agency,
    article.published,
    max(copy_delay.published) AS last_copy,
    article.id AS article_id
FROM (
    SELECT original_id FROM copy_delay INDEXED BY copy_delay_original
    GROUP BY original_id ORDER BY count(*) DESC, original_id LIMIT coalesce(nullif(:rows, ''), 20)
) AS top
CROSS JOIN copy_delay ON copy_delay.original_id = top.original_id
CROSS JOIN article ON article.id = top.original_id
GROUP BY article.id
ORDER BY copies DESC, outlets DESC, article.id;
