-- Which share of its quotations does each outlet give to somebody without a name?
-- "A source", "an insider", "a friend of the pair". The share is of the quotations whose speaker was found;
-- `without_speaker` counts the others, `named` those of persons with a name.
-- :since  the first month, such as 2026-01; empty: the beginning
-- :until  the last month; empty: the end
-- chart: bar x=anonymous_share y=site
SELECT
    site,
    sum(quotes) AS quotes,
    sum(quotes) FILTER (WHERE kind = 'person') AS named,
    coalesce(sum(quotes) FILTER (WHERE kind = 'anonymous'), 0) AS anonymous,
    round(
        1.0 * coalesce(sum(quotes) FILTER (WHERE kind = 'anonymous'), 0)
        / nullif(sum(quotes) FILTER (WHERE kind <> ''), 0), 3
    ) AS anonymous_share,
    coalesce(sum(quotes) FILTER (WHERE kind = ''), 0) AS without_speaker
FROM quote_month
WHERE month >= substr(coalesce(:since, ''), 1, 7) AND month <= coalesce(nullif(substr(:until, 1, 7), ''), '9999')
GROUP BY site
HAVING sum(quotes) > 0
ORDER BY anonymous_share DESC, site;
