"""Stories: articles on one event, grouped over outlets and days.

`signs` says what an article is told by, `relation` whether two articles tell of one event, `keys` under which keys such
articles meet in the database, `link` keeps the pairs and `component` the stories that they hold together.

A story is a connected component of the pairs. Whether two articles are a pair depends on these two alone, so the
stories are the same in whatever order the articles came in.
"""
