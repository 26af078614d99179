-- Which share of its quotations does each outlet give to somebody without a name?
-- Quotations whose speaker is not known at all stand apart.
SELECT
    site,
    count(*) AS quotes,
    sum(speaker_kind = 'anonymous') AS anonymous,
    round(1.0 * sum(speaker_kind = 'anonymous') / count(speaker), 3) AS anonymous_share,
    count(*) - count(speaker) AS without_speaker
FROM quote
GROUP BY site
ORDER BY anonymous_share DESC, site;
