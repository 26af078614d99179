ALTER TABLE article ADD COLUMN agency TEXT;         -- whose copy the article prints: PA, AP, AFP, Reuters, dpa, …
CREATE INDEX article_agency ON article(agency) WHERE agency IS NOT NULL;

ALTER TABLE citation ADD COLUMN cited_site TEXT;    -- registrable domain of the outlet, where it is known
CREATE INDEX citation_cited_site ON citation(cited_site) WHERE cited_site IS NOT NULL;
