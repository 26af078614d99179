from extractors.address import url_key
from extractors.news import own_article

OWN = "https://glint.example/showbiz/orla-quinn-leaves"


def article(headline: str, url: str | None = None, **more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": headline, **({"url": url} if url else {}), **more}


def chosen(*nodes: dict[str, object], titles: tuple[str, ...] = ("Orla Quinn leaves The Long Room",)) -> object:
    return own_article(nodes, {url_key(OWN)}, titles).get("headline")


def test_the_article_of_this_address_is_the_page_s_own() -> None:
    teaser = article("Dax Morrowby sings again", "https://glint.example/showbiz/dax-morrowby")
    assert chosen(teaser, article("Orla is off", OWN + "?utm_source=x")) == "Orla is off"


def test_the_article_of_this_headline_is_the_page_s_own() -> None:
    assert (
        chosen(article("Dax Morrowby sings"), article("Orla Quinn leaves the Long Room!"))
        == "Orla Quinn leaves the Long Room!"
    )


def test_an_address_in_the_main_entity_counts() -> None:
    node = article("Off she goes", mainEntityOfPage={"@type": "WebPage", "@id": OWN})
    assert chosen(article("Dax Morrowby sings"), node) == "Off she goes"


def test_an_article_of_another_address_and_headline_is_none() -> None:
    assert chosen(article("Dax Morrowby sings", "https://glint.example/showbiz/dax-morrowby")) is None


def test_a_lone_article_that_says_nothing_against_it_is_taken() -> None:
    assert chosen(article("Off she goes")) == "Off she goes"


def test_one_common_word_makes_no_headline_the_same() -> None:
    node = article("Home is where Dax Morrowby sings", "https://glint.example/showbiz/dax-morrowby")
    assert chosen(node, titles=("Home",)) is None


def test_a_second_description_of_the_same_article_fills_the_gaps() -> None:
    first = article("Orla Quinn leaves The Long Room", OWN, author=None)
    second = article("Orla Quinn leaves The Long Room", OWN, author={"name": "Tom Hale"}, datePublished="2026-11-20")
    found = own_article((first, second), {url_key(OWN)}, ())
    assert found["author"] == {"name": "Tom Hale"}
    assert found["datePublished"] == "2026-11-20"
