-- For the questions of data/queries. An article's row carries its whole text: a question that asks for the outlets of
-- many articles by their ids reads this narrow index instead (`INDEXED BY article_slim`).
CREATE INDEX article_slim ON article(id, site, published);
CREATE INDEX article_gone ON article(gone_at, site) WHERE gone_at IS NOT NULL;

DROP INDEX article_story_id;
CREATE INDEX article_story_id ON article(story_id, site, published) WHERE story_id IS NOT NULL;
CREATE INDEX story_shared ON story(sites DESC, articles DESC, id) WHERE sites > 1;

CREATE INDEX embed_account ON embed(provider, author, article_id) WHERE author IS NOT NULL;
CREATE INDEX revision_later ON revision(fetched_at) WHERE number > 1;

DROP INDEX article_agency;
CREATE INDEX article_agency ON article(agency, published, story_id) WHERE agency IS NOT NULL;
