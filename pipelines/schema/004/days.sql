-- What each outlet published on a day, as the database has it. A day without articles has no row.
CREATE TABLE article_day (
    site TEXT NOT NULL,
    day TEXT NOT NULL,                  -- of publication; '' where it is known no better than to the week
    articles INTEGER NOT NULL,
    copies INTEGER NOT NULL,            -- articles that another outlet had first
    agency INTEGER NOT NULL,            -- articles that print an agency's copy
    gone INTEGER NOT NULL,              -- articles whose address is gone
    words INTEGER NOT NULL,             -- of all bodies
    PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

INSERT INTO article_day
SELECT site,
    CASE WHEN published_precision IN ('second', 'minute', 'hour', 'day') THEN substr(published, 1, 10) ELSE '' END,
    count(*), count(copy_of), count(agency), count(gone_at), sum(words)
FROM article GROUP BY 1, 2;

CREATE TRIGGER article_day_insert AFTER INSERT ON article BEGIN
    INSERT INTO article_day VALUES (
        new.site,
        CASE WHEN new.published_precision IN ('second', 'minute', 'hour', 'day') THEN substr(new.published, 1, 10) ELSE '' END,
        1, new.copy_of IS NOT NULL, new.agency IS NOT NULL, new.gone_at IS NOT NULL, new.words
    ) ON CONFLICT DO UPDATE SET articles = articles + 1, copies = copies + excluded.copies,
        agency = agency + excluded.agency, gone = gone + excluded.gone, words = words + excluded.words;
END;

CREATE TRIGGER article_day_delete AFTER DELETE ON article BEGIN
    UPDATE article_day SET articles = articles - 1, copies = copies - (old.copy_of IS NOT NULL),
        agency = agency - (old.agency IS NOT NULL), gone = gone - (old.gone_at IS NOT NULL), words = words - old.words
    WHERE site = old.site AND day = CASE
        WHEN old.published_precision IN ('second', 'minute', 'hour', 'day') THEN substr(old.published, 1, 10) ELSE '' END;
    DELETE FROM article_day WHERE site = old.site AND articles = 0;
END;

CREATE TRIGGER article_day_update
AFTER UPDATE OF site, published, published_precision, copy_of, agency, gone_at, words ON article
WHEN (old.site, old.published, old.published_precision, old.copy_of, old.agency, old.gone_at, old.words)
    IS NOT (new.site, new.published, new.published_precision, new.copy_of, new.agency, new.gone_at, new.words)
BEGIN
    UPDATE article_day SET articles = articles - 1, copies = copies - (old.copy_of IS NOT NULL),
        agency = agency - (old.agency IS NOT NULL), gone = gone - (old.gone_at IS NOT NULL), words = words - old.words
    WHERE site = old.site AND day = CASE
        WHEN old.published_precision IN ('second', 'minute', 'hour', 'day') THEN substr(old.published, 1, 10) ELSE '' END;
    INSERT INTO article_day VALUES (
        new.site,
        CASE WHEN new.published_precision IN ('second', 'minute', 'hour', 'day') THEN substr(new.published, 1, 10) ELSE '' END,
        1, new.copy_of IS NOT NULL, new.agency IS NOT NULL, new.gone_at IS NOT NULL, new.words
    ) ON CONFLICT DO UPDATE SET articles = articles + 1, copies = copies + excluded.copies,
        agency = agency + excluded.agency, gone = gone + excluded.gone, words = words + excluded.words;
    DELETE FROM article_day WHERE site = old.site AND articles = 0;
END;

-- What was asked of each outlet on a day. A day without a row is a gap: nothing was asked.
CREATE TABLE fetch_day (
    site TEXT NOT NULL,
    day TEXT NOT NULL,
    pages INTEGER NOT NULL,             -- requests, answered or not
    failed INTEGER NOT NULL,            -- requests that failed
    PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

INSERT INTO fetch_day
SELECT site, substr(fetched_at, 1, 10), count(*), sum(result = 'failed') FROM fetch GROUP BY 1, 2;

CREATE TRIGGER fetch_day_insert AFTER INSERT ON fetch BEGIN
    INSERT INTO fetch_day VALUES (new.site, substr(new.fetched_at, 1, 10), 1, new.result = 'failed')
    ON CONFLICT DO UPDATE SET pages = pages + 1, failed = failed + excluded.failed;
END;

CREATE TRIGGER fetch_day_delete AFTER DELETE ON fetch BEGIN
    UPDATE fetch_day SET pages = pages - 1, failed = failed - (old.result = 'failed')
    WHERE site = old.site AND day = substr(old.fetched_at, 1, 10);
    DELETE FROM fetch_day WHERE site = old.site AND pages = 0;
END;

CREATE TRIGGER fetch_day_update AFTER UPDATE OF site, fetched_at, result ON fetch
WHEN (old.site, old.fetched_at, old.result) IS NOT (new.site, new.fetched_at, new.result)
BEGIN
    UPDATE fetch_day SET pages = pages - 1, failed = failed - (old.result = 'failed')
    WHERE site = old.site AND day = substr(old.fetched_at, 1, 10);
    INSERT INTO fetch_day VALUES (new.site, substr(new.fetched_at, 1, 10), 1, new.result = 'failed')
    ON CONFLICT DO UPDATE SET pages = pages + 1, failed = failed + excluded.failed;
    DELETE FROM fetch_day WHERE site = old.site AND pages = 0;
END;
