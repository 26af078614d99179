-- How many quotations each outlet printed in a month, by kind of speaker. Rows of none may stand.
CREATE TABLE quote_month (
    site TEXT NOT NULL,
    month TEXT NOT NULL,                -- of the article's publication; '' where that is not known
    language TEXT NOT NULL,             -- of the article; '' where that is not known
    kind TEXT NOT NULL,                 -- of speaker; '' where none was found
    quotes INTEGER NOT NULL,
    PRIMARY KEY (site, month, language, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO quote_month
SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), coalesce(quote.speaker_kind, ''), count(*)
FROM quote JOIN article ON article.id = quote.article_id
GROUP BY 1, 2, 3, 4;

CREATE TRIGGER quote_month_insert AFTER INSERT ON quote BEGIN
    INSERT INTO quote_month
    SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), coalesce(new.speaker_kind, ''), 1
    FROM article WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
END;

CREATE TRIGGER quote_month_delete AFTER DELETE ON quote BEGIN
    UPDATE quote_month SET quotes = quotes - 1
    WHERE (site, month, language) = (SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, '') FROM article WHERE id = old.article_id)
        AND kind = coalesce(old.speaker_kind, '');
END;

CREATE TRIGGER quote_month_update AFTER UPDATE OF article_id, speaker_kind ON quote
WHEN (old.article_id, old.speaker_kind) IS NOT (new.article_id, new.speaker_kind)
BEGIN
    UPDATE quote_month SET quotes = quotes - 1
    WHERE (site, month, language) = (SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, '') FROM article WHERE id = old.article_id)
        AND kind = coalesce(old.speaker_kind, '');
    INSERT INTO quote_month
    SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), coalesce(new.speaker_kind, ''), 1
    FROM article WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
END;

CREATE TRIGGER quote_month_of_article AFTER UPDATE OF site, published, language ON article
WHEN (old.site, substr(old.published, 1, 7), old.language) IS NOT (new.site, substr(new.published, 1, 7), new.language)
BEGIN
    INSERT INTO quote_month
    SELECT old.site, coalesce(substr(old.published, 1, 7), ''), coalesce(old.language, ''), coalesce(quote.speaker_kind, ''), -count(*)
    FROM quote WHERE article_id = new.id GROUP BY 4
    ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes;
    INSERT INTO quote_month
    SELECT new.site, coalesce(substr(new.published, 1, 7), ''), coalesce(new.language, ''), coalesce(quote.speaker_kind, ''), count(*)
    FROM quote WHERE article_id = new.id GROUP BY 4
    ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes;
END;

-- How many posts and players each outlet showed in a month. Rows of none may stand.
CREATE TABLE embed_month (
    site TEXT NOT NULL,
    month TEXT NOT NULL,                -- of the article's publication; '' where that is not known
    language TEXT NOT NULL,             -- of the article; '' where that is not known
    provider TEXT NOT NULL,             -- instagram, x, tiktok, youtube, …
    kind TEXT NOT NULL,                 -- post, video, audio, …
    embeds INTEGER NOT NULL,
    PRIMARY KEY (site, month, language, provider, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO embed_month
SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), embed.provider, embed.kind, count(*)
FROM embed JOIN article ON article.id = embed.article_id
GROUP BY 1, 2, 3, 4, 5;

CREATE TRIGGER embed_month_insert AFTER INSERT ON embed BEGIN
    INSERT INTO embed_month
    SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), new.provider, new.kind, 1
    FROM article WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET embeds = embeds + 1;
END;

CREATE TRIGGER embed_month_delete AFTER DELETE ON embed BEGIN
    UPDATE embed_month SET embeds = embeds - 1
    WHERE (site, month, language) = (SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, '') FROM article WHERE id = old.article_id)
        AND provider = old.provider AND kind = old.kind;
END;

CREATE TRIGGER embed_month_update AFTER UPDATE OF article_id, provider, kind ON embed
WHEN (old.article_id, old.provider, old.kind) IS NOT (new.article_id, new.provider, new.kind)
BEGIN
    UPDATE embed_month SET embeds = embeds - 1
    WHERE (site, month, language) = (SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, '') FROM article WHERE id = old.article_id)
        AND provider = old.provider AND kind = old.kind;
    INSERT INTO embed_month
    SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), new.provider, new.kind, 1
    FROM article WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET embeds = embeds + 1;
END;

CREATE TRIGGER embed_month_of_article AFTER UPDATE OF site, published, language ON article
WHEN (old.site, substr(old.published, 1, 7), old.language) IS NOT (new.site, substr(new.published, 1, 7), new.language)
BEGIN
    INSERT INTO embed_month
    SELECT old.site, coalesce(substr(old.published, 1, 7), ''), coalesce(old.language, ''), embed.provider, embed.kind, -count(*)
    FROM embed WHERE article_id = new.id GROUP BY 4, 5
    ON CONFLICT DO UPDATE SET embeds = embeds + excluded.embeds;
    INSERT INTO embed_month
    SELECT new.site, coalesce(substr(new.published, 1, 7), ''), coalesce(new.language, ''), embed.provider, embed.kind, count(*)
    FROM embed WHERE article_id = new.id GROUP BY 4, 5
    ON CONFLICT DO UPDATE SET embeds = embeds + excluded.embeds;
END;

-- Whom each outlet credited in a month. Rows of none may stand.
CREATE TABLE citation_month (
    site TEXT NOT NULL,
    month TEXT NOT NULL,                -- of the article's publication; '' where that is not known
    language TEXT NOT NULL,             -- of the article; '' where that is not known
    outlet TEXT NOT NULL,               -- that is cited, by its usual name
    citations INTEGER NOT NULL,
    PRIMARY KEY (site, month, language, outlet)
) STRICT, WITHOUT ROWID;

INSERT INTO citation_month
SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), citation.outlet, count(*)
FROM citation JOIN article ON article.id = citation.article_id
GROUP BY 1, 2, 3, 4;

CREATE TRIGGER citation_month_insert AFTER INSERT ON citation BEGIN
    INSERT INTO citation_month
    SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), new.outlet, 1
    FROM article WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET citations = citations + 1;
END;

CREATE TRIGGER citation_month_delete AFTER DELETE ON citation BEGIN
    UPDATE citation_month SET citations = citations - 1
    WHERE (site, month, language) = (SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, '') FROM article WHERE id = old.article_id)
        AND outlet = old.outlet;
END;

CREATE TRIGGER citation_month_update AFTER UPDATE OF article_id, outlet ON citation
WHEN (old.article_id, old.outlet) IS NOT (new.article_id, new.outlet)
BEGIN
    UPDATE citation_month SET citations = citations - 1
    WHERE (site, month, language) = (SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, '') FROM article WHERE id = old.article_id)
        AND outlet = old.outlet;
    INSERT INTO citation_month
    SELECT article.site, coalesce(substr(article.published, 1, 7), ''), coalesce(article.language, ''), new.outlet, 1
    FROM article WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET citations = citations + 1;
END;

CREATE TRIGGER citation_month_of_article AFTER UPDATE OF site, published, language ON article
WHEN (old.site, substr(old.published, 1, 7), old.language) IS NOT (new.site, substr(new.published, 1, 7), new.language)
BEGIN
    INSERT INTO citation_month
    SELECT old.site, coalesce(substr(old.published, 1, 7), ''), coalesce(old.language, ''), citation.outlet, -count(*)
    FROM citation WHERE article_id = new.id GROUP BY 4
    ON CONFLICT DO UPDATE SET citations = citations + excluded.citations;
    INSERT INTO citation_month
    SELECT new.site, coalesce(substr(new.published, 1, 7), ''), coalesce(new.language, ''), citation.outlet, count(*)
    FROM citation WHERE article_id = new.id GROUP BY 4
    ON CONFLICT DO UPDATE SET citations = citations + excluded.citations;
END;
