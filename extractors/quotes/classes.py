"""Word classes as bits, so that one integer says all that is known of a word."""

from __future__ import annotations

SAY = 1  # finite reporting verb: "said", "adds"
WEAK = 2  # finite verb that brings in a fragment: "called"
ING = 4  # participle in -ing of either
BASE = 8  # base form of either: infinitive, or present tense of a plural
AUX = 16
BE = 32  # auxiliary that makes a passive
ADV = 64
DET = 128
PREP = 256
NOUN_PREP = 512  # preposition that continues a noun phrase: "a friend of", "a spokesman for"
CONJ = 1024
SUB = 2048
REL = 4096
PRON = 8192
PAST = 16384  # other finite verb
NOUNISH = 32768  # reporting verb that is a noun as well: "claims"
TIME = 65536
MARK = 131072  # punctuation
QUOTE = 262144  # placeholder of a quotation
CAPITAL = 524288  # written with a capital
COMMA = 1048576
POSSESSIVE = 2097152  # ends in 's
ROLE = 4194304  # noun for somebody who may speak

CUE = SAY | WEAK | ING | BASE
