-- Which outlet prints the texts of which other, and how much later?
-- Hours are given where both publication times are known to the hour or better.
SELECT
    copy.site,
    original.site AS original_site,
    count(*) AS articles,
    round(avg(CASE
        WHEN length(copy.published) > 10 AND length(original.published) > 10
        THEN 24 * (julianday(copy.published) - julianday(original.published))
    END), 1) AS hours_later
FROM article AS copy
JOIN article AS original ON original.id = copy.copy_of
GROUP BY copy.site, original.site
ORDER BY articles DESC, copy.site, original.site;
