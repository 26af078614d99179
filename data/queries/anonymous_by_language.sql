-- In which language are speakers named, and in which are they "insiders"?
-- Quotations by the article's language and the kind of speaker. `unknown` counts those whose speaker was not found;
-- a language that the extractor reads less well has more of them, so compare that column first.
-- :site  one outlet, by its domain; empty: all
-- chart: bar x=anonymous_share y=language
SELECT
    coalesce(nullif(language, ''), '(unknown)') AS language,
    sum(quotes) AS quotes,
    coalesce(sum(quotes) FILTER (WHERE kind = 'person'), 0) AS named,
    coalesce(sum(quotes) FILTER (WHERE kind = 'anonymous'), 0) AS anonymous,
    coalesce(sum(quotes) FILTER (WHERE kind NOT IN ('person', 'anonymous', '')), 0) AS others,
    coalesce(sum(quotes) FILTER (WHERE kind = ''), 0) AS unknown,
    round(
        1.0 * coalesce(sum(quotes) FILTER (WHERE kind = 'anonymous'), 0)
        / nullif(sum(quotes) FILTER (WHERE kind <> ''), 0), 3
    ) AS anonymous_share
FROM quote_month
WHERE site = coalesce(nullif(:site, ''), site)
GROUP BY 1
HAVING sum(quotes) > 0
ORDER BY quotes DESC, 1;
