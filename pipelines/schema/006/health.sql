-- What each run found at each outlet; what an outlet's next runs are held against.
CREATE TABLE site_run (
    crawl_id INTEGER NOT NULL REFERENCES crawl(id),
    site TEXT NOT NULL,
    finished TEXT NOT NULL,             -- of the run
    pages INTEGER NOT NULL,             -- answers, and requests that got none
    failures INTEGER NOT NULL,          -- of those, that failed
    statuses TEXT NOT NULL CHECK (json_valid(statuses)),    -- answers by HTTP status
    articles_new INTEGER NOT NULL,
    articles_changed INTEGER NOT NULL,
    articles_unchanged INTEGER NOT NULL,
    refused INTEGER NOT NULL,           -- pages that were taken for articles and gave no record
    missing_headline INTEGER NOT NULL,  -- of the new and changed articles
    missing_date INTEGER NOT NULL,
    missing_author INTEGER NOT NULL,
    missing_body INTEGER NOT NULL,      -- no body, or none of more than a few words
    median_words INTEGER,               -- of their bodies
    languages TEXT NOT NULL CHECK (json_valid(languages)),  -- their languages, with how many
    alarm TEXT,                         -- how the outlet fell out of its own past, in one line
    PRIMARY KEY (crawl_id, site)
) STRICT, WITHOUT ROWID;
CREATE INDEX site_run_site ON site_run(site, finished);

DROP VIEW site_health;
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
            ELSE (SELECT alarm FROM site_run WHERE site_run.site = week.site ORDER BY crawl_id DESC LIMIT 1)
        END AS alarm
    FROM week LEFT JOIN missing ON missing.site = week.site;
