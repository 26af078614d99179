-- The quotations of every state that an article went through.
CREATE VIEW revision_quote AS
    SELECT revision.article_id, revision.number AS revision, revision.fetched_at, each.key AS position,
        json_extract(each.value, '$.text') AS text, json_extract(each.value, '$.speaker') AS speaker,
        json_extract(each.value, '$.speaker_kind') AS speaker_kind
    FROM revision, json_each(revision.record, '$.quotes') AS each;
