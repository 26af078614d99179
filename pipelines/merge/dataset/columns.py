"""The columns of the dataset's tables: those of the database, with hashes of addresses for its ids."""

from __future__ import annotations

from dataclasses import dataclass

BY_OUTLET = ("article_day", "fetch_day", "quote_month", "embed_month", "citation_month", "author")
"""Small tables, which lie by outlet alone."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Of one table."""

    names: tuple[str, ...]
    """All of them."""
    written: tuple[str, ...]
    """Those in the files; `site` stands in the names of their folders."""
    kinds: tuple[str, ...]
    """Of those in the files."""
    select: str
    """Gives site, year and month before the columns, the rows of one partition one after the other."""


def _columns(described: str, source: str, *, at: str = "number.site, number.year, number.month", order: str) -> Columns:
    """Read lines of `name KIND expression`; without an expression it is the column of that name."""
    names, written, kinds, expressions = [], [], [], []
    for line in described.strip().splitlines():
        name, kind, *expression = line.split(None, 2)
        names.append(name)
        if name == "site":
            continue
        written.append(name)
        kinds.append(kind)
        expressions.append(expression[0] if expression else name)
    select = f"SELECT {at}, {', '.join(expressions)} FROM {source} ORDER BY 1, 2, 3, {order}"
    return Columns(tuple(names), tuple(written), tuple(kinds), select)


def _of_article(table: str, described: str, order: str = "number.number, position") -> Columns:
    return _columns(described, f"{table} JOIN number ON number.article_id = {table}.article_id", order=order)


_ARTICLE = _columns(
    """
id INTEGER number.number
url TEXT
site TEXT article.site
headline TEXT
dek TEXT
authors TEXT
published TEXT
published_precision TEXT
published_local TEXT
modified TEXT
section TEXT
tags TEXT
language TEXT
access TEXT
body TEXT
words INTEGER
first_seen TEXT
last_fetched TEXT
gone_at TEXT
revisions INTEGER
copy_of INTEGER
story_id INTEGER
extractor_version TEXT
read_from TEXT
agency TEXT
agency_by TEXT
provenance TEXT
""",
    "article JOIN number ON number.article_id = article.id",
    order="number.number",
)
_BLOCK = _of_article(
    "block",
    """
article_id INTEGER number.number
position INTEGER
kind TEXT
level INTEGER
text TEXT
published TEXT
""",
)
_QUOTE = _of_article(
    "quote",
    """
id INTEGER hashed('quote', number.address, position)
article_id INTEGER number.number
position INTEGER
text TEXT
speaker TEXT
speaker_kind TEXT
speakers TEXT
principal TEXT
mention TEXT
cue TEXT
continues INTEGER
block INTEGER
start_char INTEGER
end_char INTEGER
published TEXT
site TEXT quote.site
""",
)
_QUOTE_SPEAKER = _columns(
    """
quote_id INTEGER hashed('quote', number.address, position)
name TEXT quote_speaker.name
kind TEXT quote_speaker.kind
""",
    "quote_speaker JOIN quote ON quote.id = quote_id JOIN number ON number.article_id = quote.article_id",
    order="number.number, position, quote_speaker.name",
)
_EMBED = _of_article(
    "embed",
    """
id INTEGER hashed('embed', number.address, position)
article_id INTEGER number.number
provider TEXT
kind TEXT
url TEXT
embed_id TEXT
author TEXT
text TEXT
position INTEGER
after_block INTEGER
""",
)
_IMAGE = _of_article(
    "image",
    """
id INTEGER hashed('image', number.address, position)
article_id INTEGER number.number
url TEXT
caption TEXT
credit TEXT
alt TEXT
lead INTEGER
position INTEGER
after_block INTEGER
""",
)
_CITATION = _of_article(
    "citation",
    """
id INTEGER hashed('citation', number.address, block, start_char, end_char, outlet)
article_id INTEGER number.number
outlet TEXT citation.outlet
cited_site TEXT
url TEXT
block INTEGER
start_char INTEGER
end_char INTEGER
""",
    "number.number, block, start_char, end_char",
)
_DATE_MENTION = _of_article(
    "date_mention",
    """
id INTEGER hashed('date_mention', number.address, block, start_char, end_char, value)
article_id INTEGER number.number
text TEXT
value TEXT
precision TEXT
block INTEGER
start_char INTEGER
end_char INTEGER
""",
    "number.number, block, start_char, end_char",
)
_REVISION = _of_article(
    "revision",
    """
id INTEGER hashed('revision', number.address, revision.number)
article_id INTEGER number.number
number INTEGER revision.number
fetched_at TEXT
headline TEXT
dek TEXT
authors TEXT
published TEXT
body TEXT
changed TEXT
record TEXT
extractor_version TEXT
""",
    "number.number, revision.number",
)
_ARTICLE_AUTHOR = _of_article(
    "article_author",
    """
article_id INTEGER number.number
position INTEGER
author_id INTEGER (SELECT hashed('author', name, kind) FROM author WHERE author.id = author_id)
url TEXT
""",
)
_AUTHOR = _columns(
    """
id INTEGER hashed('author', name, kind)
name TEXT
kind TEXT
""",
    "(SELECT DISTINCT author.name, author.kind, number.site FROM author JOIN article_author ON author_id = author.id "
    "JOIN number ON number.article_id = article_author.article_id) AS author",
    at="site, 0, 0",
    order="name, kind",
)
_ARTICLE_PERSON = _columns(
    """
article_id INTEGER number.number
person_id INTEGER hashed('person', key)
name TEXT article_person.name
quotes INTEGER article_person.quotes
mentions INTEGER
in_headline INTEGER
tagged INTEGER
""",
    "article_person JOIN person ON person.id = person_id JOIN number ON number.article_id = article_person.article_id",
    order="number.number, key",
)
_FETCH = _columns(
    """
id INTEGER hashed('fetch', fetched_at, url, requested_url, status)
url TEXT
requested_url TEXT
site TEXT fetch.site
status INTEGER
fetched_at TEXT
crawl_id INTEGER (SELECT hashed('crawl', started) FROM crawl WHERE crawl.id = crawl_id)
bytes INTEGER
archive_file TEXT
archive_offset INTEGER
payload_file TEXT
error TEXT
article_id INTEGER number.number
result TEXT
""",
    "fetch LEFT JOIN number ON number.article_id = fetch.article_id",
    at="fetch.site, CAST(substr(fetched_at, 1, 4) AS INTEGER), CAST(substr(fetched_at, 6, 2) AS INTEGER)",
    order="fetched_at, url, requested_url, status",
)


def _summary(table: str, described: str) -> Columns:
    return _columns(described, table, at="site, 0, 0", order="4, 5, 6, 7" if table == "embed_month" else "4, 5, 6")


TABLES = {
    "article": _ARTICLE,
    "block": _BLOCK,
    "quote": _QUOTE,
    "quote_speaker": _QUOTE_SPEAKER,
    "embed": _EMBED,
    "image": _IMAGE,
    "citation": _CITATION,
    "date_mention": _DATE_MENTION,
    "revision": _REVISION,
    "author": _AUTHOR,
    "article_author": _ARTICLE_AUTHOR,
    "article_person": _ARTICLE_PERSON,
    "fetch": _FETCH,
    "article_day": _summary(
        "article_day",
        """
site TEXT
day TEXT
articles INTEGER
copies INTEGER
agency INTEGER
gone INTEGER
words INTEGER
""",
    ),
    "fetch_day": _summary(
        "fetch_day",
        """
site TEXT
day TEXT
pages INTEGER
failed INTEGER
""",
    ),
    "quote_month": _summary(
        "quote_month",
        """
site TEXT
month TEXT
language TEXT
kind TEXT
quotes INTEGER
""",
    ),
    "embed_month": _summary(
        "embed_month",
        """
site TEXT
month TEXT
language TEXT
provider TEXT
kind TEXT
embeds INTEGER
""",
    ),
    "citation_month": _summary(
        "citation_month",
        """
site TEXT
month TEXT
language TEXT
outlet TEXT
citations INTEGER
""",
    ),
}
