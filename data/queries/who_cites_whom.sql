-- Which outlet credits which other?
-- "told People", "as TMZ first reported": mentions of another outlet as the source, by the outlet that prints them.
-- :site  the outlet that cites, by its domain; empty: all
-- :since  the first month, such as 2026-01; empty: the beginning
-- :rows  how many pairs; empty: 50
-- chart: bar x=citations y=outlet
SELECT
    outlet,
    site AS cited_by,
    sum(citations) AS citations
FROM citation_month
WHERE site = coalesce(nullif(:site, ''), site) AND month >= substr(coalesce(:since, ''), 1, 7)
GROUP BY outlet, site
HAVING sum(citations) > 0
ORDER BY citations DESC, outlet, site
LIMIT coalesce(nullif(:rows, ''), 50);
