CREATE TABLE crawl (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,                      -- NULL: running, or killed
    status TEXT NOT NULL,               -- running, finished, failed, interrupted
    pages INTEGER NOT NULL DEFAULT 0,
    articles_new INTEGER NOT NULL DEFAULT 0,
    articles_changed INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Every answer, and every request that got none.
CREATE TABLE fetch (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,                  -- that answered
    requested_url TEXT,                 -- that was asked, where it led elsewhere
    site TEXT NOT NULL,
    status INTEGER,                     -- of HTTP; NULL: no answer
    fetched_at TEXT NOT NULL,
    crawl_id INTEGER REFERENCES crawl(id),
    bytes INTEGER,                      -- of the decompressed body
    archive_file TEXT,                  -- in the archive folder
    archive_offset INTEGER,             -- of the response record
    error TEXT,
    article_id INTEGER REFERENCES article(id),
    result TEXT NOT NULL                -- new, changed, unchanged, not_article, gone, failed
) STRICT;
CREATE INDEX fetch_site_time ON fetch(site, fetched_at);
CREATE INDEX fetch_article_id ON fetch(article_id) WHERE article_id IS NOT NULL;
CREATE INDEX fetch_crawl_id ON fetch(crawl_id) WHERE crawl_id IS NOT NULL;
CREATE INDEX fetch_url ON fetch(url);

-- Seven days up to the end of each outlet's last finished crawl.
CREATE VIEW site_health AS
    WITH last AS (
        SELECT fetch.site, max(fetch.fetched_at) AS until
        FROM fetch LEFT JOIN crawl ON crawl.id = fetch.crawl_id
        WHERE fetch.crawl_id IS NULL OR crawl.finished IS NOT NULL
        GROUP BY fetch.site
    ), week AS (
        SELECT last.site,
            max(CASE WHEN fetch.result <> 'failed' THEN fetch.fetched_at END) AS last_success,
            count(*) AS pages,
            sum(fetch.result = 'failed') AS failures,
            count(DISTINCT CASE WHEN fetch.result IN ('new', 'changed') THEN fetch.article_id END) AS articles
        FROM last JOIN fetch ON fetch.site = last.site
            AND fetch.fetched_at <= last.until
            AND fetch.fetched_at > strftime('%Y-%m-%dT%H:%M:%SZ', last.until, '-7 days')
        GROUP BY last.site
    ), missing AS (
        SELECT last.site,
            avg(article.headline IS NULL) AS headline,
            avg(article.published IS NULL) AS date,
            avg(article.body = '') AS body
        FROM last JOIN article ON article.site = last.site
            AND article.last_fetched <= last.until
            AND article.last_fetched > strftime('%Y-%m-%dT%H:%M:%SZ', last.until, '-7 days')
        GROUP BY last.site
    )
    SELECT week.site, week.last_success, week.pages AS pages_7d, week.articles AS articles_7d,
        round(1.0 * week.failures / week.pages, 4) AS error_rate_7d,
        round(missing.headline, 4) AS missing_headline,
        round(missing.date, 4) AS missing_date,
        round(missing.body, 4) AS missing_body,
        CASE
            WHEN week.last_success IS NULL THEN 'no page answered'
            WHEN 2 * week.failures > week.pages THEN 'most pages fail'
            WHEN week.articles = 0 THEN 'no new article'
        END AS alarm
    FROM week LEFT JOIN missing ON missing.site = week.site;
