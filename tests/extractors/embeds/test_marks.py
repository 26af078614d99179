import tomllib
from pathlib import Path

from lxml import html

from extractors.embed_marks import is_embed
from extractors.embeds.marks import judge

TABLE = Path(__file__).parents[3] / "extractors" / "embeds" / "providers.toml"


def test_what_the_table_knows_by_its_class_is_no_text_of_the_body() -> None:
    providers = tomllib.loads(TABLE.read_text(encoding="utf-8"))["provider"]
    classes = [name for provider in providers for name in provider.get("classes", ())]
    assert [
        name for name in classes if not is_embed(html.fragment_fromstring(f'<div class="{name}">words</div>'))
    ] == []


def test_classes_say_whose_markup_it_is() -> None:
    assert (mark := judge("foo Instagram-Media").mark) is not None
    assert mark.provider == "instagram"
    assert (mark := judge("wp-block-embed is-type-rich is-provider-twitter").mark) is not None
    assert (mark.provider, mark.kind) == ("x", "post")
    assert judge("wp-block-embed__wrapper").mark is None
    assert judge("wp-block-embed is-provider-unheard-of").mark is None


def test_words_of_a_class_hint_at_an_embed() -> None:
    assert judge("LazyEmbed_root__x").link
    assert judge("c-instagram").hinted
    assert not judge("c-instagram").link
    assert not judge("paragraph").hinted
