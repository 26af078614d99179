-- Which outlet prints the texts of which other, and how fast?
-- Articles whose text an outlet shares with an earlier article of another one. Agency copy counts too: where both print
-- an agency, neither need have copied the other. The hours are a median over pairs whose times are both known.
-- :site  the outlet that copies; empty: all
-- :since  published on or after this day; empty: the beginning
-- chart: bar x=articles y=pair
WITH pair AS (
    SELECT site, original_site, count(*) AS articles, count(hours) AS known, min(hours) AS fastest
    FROM copy_delay INDEXED BY copy_delay_sites
    WHERE site = coalesce(nullif(:site, ''), site) AND (coalesce(:since, '') = '' OR published >= :since)
    GROUP BY site, original_site
), ranked AS (
    SELECT site, original_site, hours, row_number() OVER (PARTITION BY site, original_site ORDER BY hours) AS place
    FROM copy_delay INDEXED BY copy_delay_sites
    WHERE hours IS NOT NULL
        AND site = coalesce(nullif(:site, ''), site) AND (coalesce(:since, '') = '' OR published >= :since)
), middle AS (
    SELECT pair.site, pair.original_site, avg(ranked.hours) AS hours
    FROM ranked
    JOIN pair ON pair.site = ranked.site AND pair.original_site = ranked.original_site
    WHERE ranked.place IN ((pair.known + 1) / 2, (pair.known + 2) / 2)
    GROUP BY pair.site, pair.original_site
)
SELECT
    pair.site || ' from ' || pair.original_site AS pair,
    pair.site,
    pair.original_site,
    pair.articles,
    round(middle.hours, 1) AS median_hours,
    round(pair.fastest, 1) AS fastest_hours
FROM pair
LEFT JOIN middle ON middle.site = pair.site AND middle.original_site = pair.original_site
ORDER BY pair.articles DESC, pair.site, pair.original_site;
