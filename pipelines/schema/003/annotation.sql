-- The researcher's own codes for articles and quotations. redtop never writes here and never takes a row away.
CREATE TABLE annotation (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    quote_text TEXT,                    -- the quotation's words; NULL: the code is for the article
    occurrence INTEGER,                 -- which of the article's quotations with these words, from 1
    coder TEXT NOT NULL DEFAULT '',     -- who says so
    name TEXT NOT NULL,                 -- of the variable
    value TEXT,
    note TEXT,
    made_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    CHECK ((quote_text IS NULL) = (occurrence IS NULL))
) STRICT;
CREATE UNIQUE INDEX annotation_once
    ON annotation(article_id, name, coder, coalesce(quote_text, ''), coalesce(occurrence, 0));
CREATE INDEX annotation_name ON annotation(name, value);

-- The codes for quotations, each with the row that the quotation has now.
CREATE VIEW quote_annotation AS
    SELECT annotation.id AS annotation_id, annotation.article_id, quote.id AS quote_id, annotation.quote_text,
        annotation.occurrence, quote.speaker, quote.speaker_kind, annotation.coder, annotation.name, annotation.value,
        annotation.note, annotation.made_at
    FROM annotation LEFT JOIN quote ON quote.article_id = annotation.article_id AND quote.text = annotation.quote_text
        AND annotation.occurrence = 1 + (
            SELECT count(*) FROM quote AS earlier WHERE earlier.article_id = quote.article_id
            AND earlier.text = quote.text AND earlier.position < quote.position
        )
    WHERE annotation.quote_text IS NOT NULL;

-- A code is given by the id that the quotation has now; the same coder's second word for it takes the place of the first.
CREATE TRIGGER quote_annotation_insert INSTEAD OF INSERT ON quote_annotation BEGIN
    SELECT raise(ABORT, 'no such quotation') WHERE NOT EXISTS (SELECT 1 FROM quote WHERE id = new.quote_id);
    INSERT INTO annotation (article_id, quote_text, occurrence, coder, name, value, note)
    SELECT quote.article_id, quote.text, 1 + (
            SELECT count(*) FROM quote AS earlier WHERE earlier.article_id = quote.article_id
            AND earlier.text = quote.text AND earlier.position < quote.position
        ), coalesce(new.coder, ''), new.name, new.value, new.note
    FROM quote WHERE quote.id = new.quote_id
    ON CONFLICT (article_id, name, coder, coalesce(quote_text, ''), coalesce(occurrence, 0))
    DO UPDATE SET value = excluded.value, note = excluded.note, made_at = excluded.made_at;
END;
CREATE TRIGGER quote_annotation_delete INSTEAD OF DELETE ON quote_annotation BEGIN
    DELETE FROM annotation WHERE id = old.annotation_id;
END;
