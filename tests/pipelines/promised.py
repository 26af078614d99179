"""The columns that CONTRACT.md promises of each table."""

from __future__ import annotations

PROMISED = {
    "article": "id url site headline dek authors published published_precision published_local modified section "
    "tags language access body words first_seen last_fetched gone_at revisions copy_of story_id extractor_version",
    "block": "article_id position kind level text",
    "author": "id name kind",
    "quote": "id article_id text speaker speaker_kind principal mention cue continues block start_char end_char "
    "published site",
    "quote_speaker": "quote_id name kind",
    "embed": "id article_id provider kind url embed_id author position after_block",
    "image": "id article_id url caption credit lead position after_block",
    "citation": "id article_id outlet url block start_char end_char",
    "date_mention": "id article_id text value precision block start_char end_char",
    "story": "id headline first_article_id first_published articles sites",
    "revision": "id article_id number fetched_at headline body changed",
    "fetch": "id url site status fetched_at crawl_id bytes archive_file archive_offset error",
    "crawl": "id started finished status pages articles_new articles_changed errors",
    "site_health": "site last_success pages_7d articles_7d error_rate_7d missing_headline missing_date "
    "missing_body alarm",
}
