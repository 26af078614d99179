-- Full text, as indexes beside the tables; the triggers keep them in step with every write, whoever writes.
-- Datasette finds the index only where the table's name stands in double quotes.
CREATE VIRTUAL TABLE article_fts USING fts5(
    headline, dek, body, content="article", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER article_fts_insert AFTER INSERT ON article BEGIN
    INSERT INTO article_fts(rowid, headline, dek, body) VALUES (new.id, new.headline, new.dek, new.body);
END;
CREATE TRIGGER article_fts_delete AFTER DELETE ON article BEGIN
    INSERT INTO article_fts(article_fts, rowid, headline, dek, body)
    VALUES ('delete', old.id, old.headline, old.dek, old.body);
END;
CREATE TRIGGER article_fts_update AFTER UPDATE ON article
WHEN old.id IS NOT new.id OR old.headline IS NOT new.headline OR old.dek IS NOT new.dek OR old.body IS NOT new.body
BEGIN
    INSERT INTO article_fts(article_fts, rowid, headline, dek, body)
    VALUES ('delete', old.id, old.headline, old.dek, old.body);
    INSERT INTO article_fts(rowid, headline, dek, body) VALUES (new.id, new.headline, new.dek, new.body);
END;

CREATE VIRTUAL TABLE quote_fts USING fts5(
    text, speaker, content="quote", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER quote_fts_insert AFTER INSERT ON quote BEGIN
    INSERT INTO quote_fts(rowid, text, speaker) VALUES (new.id, new.text, new.speaker);
END;
CREATE TRIGGER quote_fts_delete AFTER DELETE ON quote BEGIN
    INSERT INTO quote_fts(quote_fts, rowid, text, speaker) VALUES ('delete', old.id, old.text, old.speaker);
END;
CREATE TRIGGER quote_fts_update AFTER UPDATE ON quote
WHEN old.id IS NOT new.id OR old.text IS NOT new.text OR old.speaker IS NOT new.speaker
BEGIN
    INSERT INTO quote_fts(quote_fts, rowid, text, speaker) VALUES ('delete', old.id, old.text, old.speaker);
    INSERT INTO quote_fts(rowid, text, speaker) VALUES (new.id, new.text, new.speaker);
END;
