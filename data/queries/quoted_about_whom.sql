-- Who is quoted in the articles about somebody?
-- The speakers in articles whose headline names the person, by number of quotations, the person's own words among them.
-- Nameless sources stand together, by what they are called: "a source", "a friend".
-- :person  the name as table person has it; empty: who has most articles
-- :rows  how many speakers; empty: 20
-- chart: bar x=quotes y=speaker
WITH about(person_id) AS (
    SELECT id FROM person WHERE name = :person
    UNION ALL
    SELECT * FROM (SELECT id FROM person WHERE coalesce(:person, '') = '' ORDER BY articles DESC, id LIMIT 1)
)
SELECT
    person.name AS about,
    coalesce(quote.speaker, '(' || lower(quote.mention) || ')') AS speaker,
    quote.speaker_kind,
    count(*) AS quotes,
    count(DISTINCT quote.article_id) AS articles
FROM about
CROSS JOIN person ON person.id = about.person_id
CROSS JOIN article_person ON article_person.person_id = about.person_id AND article_person.in_headline = 1
CROSS JOIN quote ON quote.article_id = article_person.article_id
WHERE quote.speaker_kind IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY quotes DESC, articles DESC, speaker
LIMIT coalesce(nullif(:rows, ''), 20);
