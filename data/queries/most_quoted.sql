-- Who is quoted most?
-- Named persons by number of quotations; several who speak as one are counted each.
SELECT
    quote_speaker.name,
    count(*) AS quotes,
    count(DISTINCT quote.article_id) AS articles,
    count(DISTINCT quote.site) AS outlets,
    min(quote.published) AS first,
    max(quote.published) AS last
FROM quote_speaker
JOIN quote ON quote.id = quote_speaker.quote_id
WHERE quote_speaker.kind = 'person'
GROUP BY quote_speaker.name
ORDER BY quotes DESC, articles DESC, quote_speaker.name
LIMIT 50;
