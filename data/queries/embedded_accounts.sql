-- Whose posts are shown most?
-- Accounts by number of embeds; the handle, or the name shown where the page has no handle.
-- :provider  one provider, such as instagram; empty: all
-- :rows  how many accounts; empty: 20
-- chart: bar x=embeds y=author
SELECT
    author,
    provider,
    count(*) AS embeds,
    count(DISTINCT article_id) AS articles
FROM embed INDEXED BY embed_account
WHERE author IS NOT NULL AND provider = coalesce(nullif(:provider, ''), provider)
GROUP BY provider, author
ORDER BY embeds DESC, articles DESC, author
LIMIT coalesce(nullif(:rows, ''), 20);
