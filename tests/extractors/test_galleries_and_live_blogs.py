# ruff: noqa: E501 (markup stands in one line, as on pages)
"""A gallery and a live blog as records: slides and entries in the page's order, each with what is its own."""

from extractors import extract

HEAD = "<!doctype html><html lang='en'><head><title>%s</title><meta property='og:type' content='article'></head><body>"
SLIDES = (
    (
        "The eldest goat",
        "The eldest of the goats has lived on the tower for eleven years and was never seen to leave it.",
    ),
    (
        "The quiet goat",
        "The second one is quiet, eats what the bell ringers leave, and came down only for the harvest feast.",
    ),
    (
        "The new goat",
        "The youngest arrived in the spring, and the vicar of Harrowmoor says that nobody knows where she came from.",
    ),
)
ENTRIES = (
    ("2026-11-19T14:05:00Z", "The goat is down", "The goat has come down from the tower and is walking along the high street."),
    ("2026-11-19T13:40:00Z", "Fire brigade arrives", "The fire brigade has arrived with a ladder that is too short by about a third."),
    ("2026-11-19T13:00:00Z", "A goat on the tower", "People who live near the church of Harrowmoor report a goat on top of its tower."),
)  # fmt: skip


def test_each_slide_of_a_gallery_keeps_its_picture_after_its_text_or_heading() -> None:
    slides = "".join(
        f"<div class='gallery-slide'><h2>{title}</h2><p>{text}</p><figure><img src='/img/slide-number-{number}.jpg'>"
        f"<figcaption>{title} (Image: Tam Ray)</figcaption></figure></div>"
        for number, (title, text) in enumerate(SLIDES)
    )
    page = HEAD % "The goats of Harrowmoor" + f"<article><h1>The goats of Harrowmoor</h1><div>{slides}</div></article>"
    article = extract(page, url="https://paper.example/2026/11/the-goats")
    assert [block.text for block in article.body] == [words for slide in SLIDES for words in slide]
    assert [(image.caption, image.credit, image.after_block) for image in article.images] == [
        (title, "Tam Ray", 2 * number + 1) for number, (title, _) in enumerate(SLIDES)
    ]


def test_each_entry_of_a_live_blog_keeps_its_stamp_and_its_picture() -> None:
    entries = "".join(
        f"<div class='live-post'><time datetime='{stamp}'>{stamp[11:16]}</time><h3>{title}</h3><p>{text}</p>"
        f"<figure><img src='/img/entry-at-{stamp[11:13]}-{stamp[14:16]}.jpg'><figcaption>{title} (Image: Tam Ray)</figcaption></figure></div>"
        for stamp, title, text in ENTRIES
    )
    page = (
        HEAD % "Live: the goat of Harrowmoor"
        + f"<article class='live-blog'><h1>Live: the goat of Harrowmoor</h1><div class='live-posts'>{entries}</div></article>"
    )
    article = extract(page, url="https://paper.example/2026/11/live-goat")
    assert [block.text for block in article.body] == [words for _, *both in ENTRIES for words in both]
    stamped = [(index, block.published.raw) for index, block in enumerate(article.body) if block.published]
    assert stamped == [(2 * number, stamp) for number, (stamp, *_) in enumerate(ENTRIES)]
    assert [image.after_block for image in article.images] == [1, 3, 5]
