from extractors.document import Document
from extractors.microdata import value_of
from tests.growth import assert_linear


def values(html: str, name: str) -> list[str]:
    return [value_of(element) for element in Document(html).microdata.get(name, ())]


ARTICLE = '<article itemscope itemtype="https://schema.org/NewsArticle">{}</article>'


def test_properties_give_their_value_by_the_kind_of_element() -> None:
    html = ARTICLE.format(
        '<h1 itemprop="headline name">Orla  Quinn leaves</h1>'
        '<time itemprop="datePublished" datetime="2026-11-20">today</time>'
        '<a itemprop="url" href="/a">x</a><meta itemprop="articleSection" content="Showbiz">'
    )
    assert values(html, "headline") == values(html, "name") == ["Orla Quinn leaves"]
    assert values(html, "datePublished") == ["2026-11-20"]
    assert values(html, "url") == ["/a"]
    assert values(html, "articleSection") == ["Showbiz"]


def test_properties_of_a_nested_item_are_not_the_article_s() -> None:
    html = ARTICLE.format(
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Tom Hale</b></span>'
    )
    assert values(html, "name") == []
    assert values(html, "author") == ["Tom Hale"]


def test_the_article_that_holds_the_main_heading_is_the_page_s_own() -> None:
    teaser = ARTICLE.format('<h2 itemprop="headline">Teaser</h2>')
    own = ARTICLE.format('<h1 itemprop="headline">Own</h1>')
    assert values(f"<aside>{teaser}</aside>{teaser}{own}{teaser}", "headline") == ["Own"]


def test_articles_in_lists_only_are_teasers() -> None:
    assert values("<ul><li>" + ARTICLE.format('<b itemprop="headline">Teaser</b>') + "</li></ul>", "headline") == []


def test_properties_outside_any_item_are_the_page_s() -> None:
    assert values('<div><h1 itemprop="headline">Own</h1></div>', "headline") == ["Own"]


def test_many_properties_in_deep_trees_are_read_in_linear_time() -> None:
    html = "<div>" * 1500 + '<b itemprop="name">x</b>' * 50_000
    assert len(values(html, "name")) == 50_000
    assert_linear(
        lambda times: "<div>" * 1500 + '<b itemprop="name">x</b>' * times, lambda html: values(html, "name"), 6_000
    )
