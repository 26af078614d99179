-- Whom are the articles about?
-- Persons by the number of articles that quote, tag or repeatedly name them; `in_headlines` counts those that name them in the
-- headline, `quotes` the person's own words.
-- :rows  how many persons; empty: 20
-- chart: bar x=articles y=name
SELECT
    person.name,
    person.articles,
    (
        SELECT count(*) FROM article_person
        WHERE article_person.person_id = person.id AND article_person.in_headline = 1
    ) AS in_headlines,
    person.quotes
FROM person
WHERE person.articles > 0
ORDER BY person.articles DESC, person.quotes DESC, person.name
LIMIT coalesce(nullif(:rows, ''), 20);
