"""A press that does not exist, as it would come in: articles of 44 outlets as they arrive, and the truth.

What is made, all of it from one seed, so that the first 10,000 articles of any longer run are the same ones:

- Events happen, some 370 a day, to 3,000 celebrities of whom few are news daily (`events`, `cast`, `plots`). One in
  six is followed within three days by another event of the same celebrity with another plot, in three of ten cases
  with the same second name or the same place: a near miss, and a different story.
- Each event is told by one outlet (56%) up to fifteen, minutes to four days after it, in the outlet's waking hours,
  at its own length, under one of five headlines, in one of three wordings of each fact, with some of the event's
  sayings (45% each, some shortened, some of them phrases that people say at any event), some of its posts (half
  each), and with sayings, posts and sentences of the outlet's own (`writing`). A later event may bring
  up a saying that is three days old or more; one article in forty is a round-up that names a dozen people and
  belongs to no event.
- An agency feeds one event in six that several outlets tell: the first prints the text, others print it too with
  none, 5% or 20% of its words changed, each place chosen by itself, with the agency's dateline, credit and notice
  added or not, and under their own headline or not (`copying`). The rest tell the event in their own words.
- Most pages end with their outlet's template paragraphs, up to three, which outlets of one house share (`outlets`);
  beside a short article they are most of the words. They make no copy.
- One article in twenty is read again later with a changed headline, body or both; others unchanged.

Truth: articles of one event are one story, all others are not; of an agency's text the prints are copies of each
other, with their share of changed words, and nothing else is a copy. No function of `pipelines` or `extractors` has a
part in making it: only the record's types are theirs.
"""

from benchmarks.corpus.press import Piece, corpus

__all__ = ["Piece", "corpus"]
