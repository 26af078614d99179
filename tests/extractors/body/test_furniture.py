import pytest
from lxml import html

from extractors.body.cues import shape
from extractors.body.furniture import is_call, is_furniture
from extractors.body.stretch import cut


def judged(markup: str) -> bool:
    cuts = cut(html.document_fromstring(markup))
    (segment,) = cuts.segments
    return is_furniture(segment.text, shape(segment), cuts.nodes[segment.node].tag)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>READ MORE: <a href='/x'>Odalys Brampton's brother buys a boat</a></p>",
        "<p>Watch: Odalys Brampton lands in the duck pond!</p>",
        "<p>40 mins ago12:09 Wystan Orrin</p>",
        "<p>vor 3 Stunden</p>",
        "<p><strong>Lesen Sie auch: <a href='/x'>Der Bruder kauft ein Boot</a></strong></p>",
        "<p>RELATED: Why the drummer bought a boat</p>",
        "<p><a href='/x'>DRUMMER BUYS THE BIGGEST BOAT IN TOWN</a></p>",
        "<p><a href='/x'>Why the drummer bought a boat and what it cost him</a></p>",
        "<p>Advertisement</p>",
        "<div>3 of 12</div>",
        "<div>21:48</div>",
        "<li>22 shares</li>",
        "<li>1,402 Kommentare</li>",
        "<div>1.4K views</div>",
        "<p>Got a tip? Write to wystan.orrin@lantern.localhost</p>",
        "<p>© 2026 The Evening Lantern</p>",
        "<p>Pages: 1 2 3</p>",
        "<p>* Follow the Lantern's music desk on Instagram, TikTok and YouTube.</p>",
        "<p>Folgen Sie der Laterne auf Facebook und Instagram.</p>",
        "<p>Never miss a gig again. Sign up here to get our newsletters on Fridays.</p>",
        "<p>THIS PAGE IS NO LONGER LIVE. SCROLL DOWN TO SEE IT ALL.</p>",
        "<p>Table of Contents</p>",
        "<p>[button link='/boat' type='big']See the boat[/button]</p>",
        "<p>{{boat-banner='/banners/boat'}}</p>",
        "<div>2026-03-04T08:57:40+01:00</div>",
        "<div>https://img.lantern.localhost/odalys-on-stage.jpg</div>",
        "<p>LOUD <a href='/1'>Drummer buys a boat</a> [PICTURES] <a href='/2'>Boat sinks off Oslo</a> [VIDEO]</p>",
    ],
)
def test_labels_links_counters_and_prompts_are_furniture(markup: str) -> None:
    assert judged(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Read more books, she told the children, and they did.</p>",
        "<p>20 minutes ago the singer left the stage.</p>",
        "<p>“Watch me,” the singer said, and <a href='/x'>jumped off the stage</a>.</p>",
        "<p>The band, founded in 2009, has <a href='/x'>sold four million records</a>.</p>",
        "<h2><a href='/x'>THE DRUMMER BUYS A BOAT</a></h2>",
        "<p>1. The boat that the drummer bought</p>",
        "<p>“No more buses.”</p>",
        "<li>22 shares of the brewery</li>",
        "<h2>12 views of the pond</h2>",
        "<p>Sharing a flat was her idea.</p>",
        "<p>Share this plan with the drummer before the tour begins.</p>",
        "<p>Following the show she posted a long letter on Instagram.</p>",
        "<p>“Follow me on Instagram,” she told the hall, and the hall laughed.</p>",
        "<p>I read six newsletters that I subscribe to, and none of them knew.</p>",
        "<p>https://lantern.localhost/odalys</p>",
    ],
)
def test_sentences_and_headings_are_not(markup: str) -> None:
    assert not judged(markup)


def test_the_last_line_may_call_the_reader_elsewhere() -> None:
    assert is_call("Follow all of the band's last tour at https://lantern.localhost/larkspurs")
    assert is_call("The post Odalys leaves appeared first on The Evening Lantern.")
    assert is_call("PLEASE NOTE: Comments that are rude to the band will be moderated.")
    long = "ATENÇÃO: Comentários de quem insulta a banda, os amigos, os vizinhos e os motoristas vão ao moderador."
    assert is_call(long)
    assert not is_call("She asked for no comments, and the hall fell silent.")
