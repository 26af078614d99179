-- Who is quoted most?
-- Persons by number of quotations, with the forms of a name folded into one; several who speak as one are counted each.
-- :site  only in this outlet, by its domain; empty: all
-- :rows  how many persons; empty: 20
-- chart: bar x=quotes y=name
WITH chosen(person_id, quotes) AS (
    SELECT * FROM (
        SELECT id, quotes FROM person
        WHERE coalesce(:site, '') = '' AND quotes > 0
        ORDER BY quotes DESC, name LIMIT coalesce(nullif(:rows, ''), 20)
    )
    UNION ALL
    SELECT * FROM (
        SELECT person_id, quotes FROM person_site
        WHERE site = :site AND quotes > 0
        ORDER BY quotes DESC, person_id LIMIT coalesce(nullif(:rows, ''), 20)
    )
)
SELECT
    person.name,
    chosen.quotes,
    sum(person_site.quoted_in) AS articles,
    count(*) AS outlets
FROM chosen
JOIN person ON person.id = chosen.person_id
JOIN person_site ON person_site.person_id = person.id AND person_site.quotes > 0
WHERE person_site.site = coalesce(nullif(:site, ''), person_site.site)
GROUP BY person.id
ORDER BY chosen.quotes DESC, articles DESC, person.name;
