# ruff: noqa: E501 (markup stands in one line, as on pages)
"""Every provider's post in every form that is no provider's own: markup made of its canonical address.

What only markup that says "embed" makes a post (`marked` in the table) is none in the forms that do not say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from extractors.embeds.providers import recognise
from tests.extractors.embeds.sampled import NONE, samples

MARKED = {
    "iframe": ['<iframe src="{html}"></iframe>'],
    "iframe that is loaded late": [
        '<iframe src="about:blank" data-src="{html}" class="lazyload"></iframe>',
        '<iframe data-lazy-src="{html}"></iframe>',
    ],
    "noscript": ['<div class="lazy-player"></div><noscript><iframe src="{html}"></iframe></noscript>'],
    "template": ['<template><iframe src="{html}"></iframe></template>'],
    "amp": ['<amp-iframe src="{html}" layout="responsive" width="16" height="9"></amp-iframe>'],
    "wordpress with a player": [
        '<figure class="wp-block-embed is-type-rich"><div class="wp-block-embed__wrapper"><iframe src="{html}"></iframe></div></figure>'
    ],
    "flash object": ['<object width="480" height="270"><param name="movie" value="{html}"></object>'],
}
UNMARKED = {
    "iframe of a wrapper": ['<iframe src="/embed?type=oembed&amp;url={quoted}&amp;id=frame-1"></iframe>'],
    "iframe with srcdoc": ['<iframe srcdoc="{twice}"></iframe>'],
    "consent placeholder": [
        '<div class="embed-consent" data-src="{html}"><button>Accept and show</button></div>',
        '<div class="consent" data-embed="{twice}"><button>Accept and show</button></div>',
    ],
    "data attribute": ['<div class="js-embed" data-url="{html}"></div>'],
    "link of a placeholder": ['<div class="social-embed"><a class="embed-link" href="{html}">Open</a></div>'],
    "wordpress with nothing but an address": [
        '<figure class="wp-block-embed is-type-rich"><div class="wp-block-embed__wrapper">\n{html}\n</div></figure>'
    ],
    "bare address": ["<p>{html}</p>", "<p>{html}<br></p>"],
    "bare link": ['<p><a href="{html}">{html}</a></p>'],
    "markup inside a string": ['<script type="text/template"><iframe src="{html}"></iframe></script>'],
    "plain text": ["{plain}"],
}
NOT_A_POST = frozenset({"self", NONE})


def posts() -> dict[str, dict[str, object]]:
    """The first post of each provider of which its samples give address and id."""
    found: dict[str, dict[str, object]] = {}
    for provider, sample in samples():
        for embed in sample.get("embed", ()):
            if provider not in NOT_A_POST and embed.get("url") and embed.get("id"):
                found.setdefault(provider, embed)
    return found


def crossed() -> Iterator[tuple[str, str, dict[str, str], dict[str, object]]]:
    """Provider, form, a sample in that form as `sampled.given` reads it, and the post that it must give."""
    for provider, post in posts().items():
        address = str(post["url"])
        forms = MARKED if recognise(address) is None else MARKED | UNMARKED
        iframe = escape(f'<iframe src="{escape(address)}"></iframe>')
        for form, templates in forms.items():
            for template in templates:
                written = template.format(
                    html=escape(address), quoted=quote(address, safe=""), twice=iframe, plain=address
                )
                yield provider, form, {"text" if form == "plain text" else "markup": written}, post
