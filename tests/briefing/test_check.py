"""The release check: a good page passes, and each thing that must not be there is refused."""

from __future__ import annotations

import base64

import pytest

from lscb_analysis.briefing.check import LARGEST, check_page
from tests.briefing.drawn_workspace import MARKING

SECRET = "LSCBID0123456789abcd"


def svg(picture: str = "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>") -> str:
    coded = base64.b64encode(picture.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{coded}" alt="Plans fell over three years">'


TABLE = (
    '<table><caption>Plans</caption><tr><th scope="col">Year</th></tr>'
    '<tr><th scope="row">2017</th></tr></table>'
)


def page(body: str = "", *, marking: str = MARKING, lang: str = "en-GB", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>Plans, Mereford</title>{head}</head>"
        f"<body><header><p>{marking}</p></header>"
        f'<main id="main"><h1>Plans</h1>{TABLE}{svg()}<h2 id="section-1">More</h2>{body}</main>'
        f"<footer><p>{marking}</p></footer></body></html>"
    )


def problems(html: str, *, is_synthetic: bool = False) -> list[str]:
    return check_page(html, marking=MARKING, is_synthetic=is_synthetic)


def test_a_good_page_passes():
    assert problems(page()) == []


def test_a_good_page_of_a_fictional_area_passes():
    assert problems(page("<p>SYNTHETIC DATA</p>"), is_synthetic=True) == []


@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        ("<script>1</script>", "a <script> element"),
        ("<iframe></iframe>", "a <iframe> element"),
        ("<svg></svg>", "a <svg> element"),
        ("<audio src='a.mp3'></audio>", "a <audio> element"),
        ("<button>Go</button>", "a <button> element"),
        ("<p onclick='go()'>Go</p>", "a handler on <p>"),
        ("<!-- left by an editor -->", "a comment"),
        ("<!-- begun and never ended", "a comment"),
        ("<?xml left by an editor ?>", "a comment"),
        ("<![CDATA[ left by an editor ]]>", "a comment"),
        (svg().replace("Plans fell over three years", ""), "without a real text alternative"),
        (svg().replace("Plans fell over three years", "Chart"), "without a real text alternative"),
        ('<img src="https://a.example/a.png" alt="A far away picture">', "not one of our charts"),
        ('<img src="data:image/png;base64,AAAA" alt="Not a drawn chart">', "not one of our charts"),
        (svg().replace("base64,", "base64,*"), "an image that cannot be read"),
        (svg("<svg><script>1</script></svg>"), "holds more than a picture"),
        (svg('<svg><image href="https://a.example"/></svg>'), "holds more than a picture"),
        (svg(f"<svg><text>{SECRET}</text></svg>"), "an identifier or a path in an image"),
        (svg("<svg><text>/home/ann/raw</text></svg>"), "an identifier or a path in an image"),
        ('<a href="https://a.example">out</a>', "a link that leaves"),
        ('<a href="javascript:go()">out</a>', "a link that leaves"),
        ('<a href="/etc/hosts">out</a>', "a link that leaves"),
        (r'<a href="\\a.example\share">out</a>', "a link that leaves"),
        ('<a href=" /etc/hosts">out</a>', "a link that leaves"),
        ('<a href="../../../data/raw/plans.xlsx">out</a>', "a link that leaves"),
        ('<a href="https://a.example" href="#main">out</a>', "a link that leaves"),
        ('<area href="javascript:go()">', "a <area> element"),
        ('<p srcset="a.png">x</p>', "refers to something outside"),
        ('<p style="background: url(//a.example/b)">x</p>', "refers to something outside"),
        ('<td background="https://a.example/b">x</td>', "refers to something outside"),
        (TABLE.replace("<caption>Plans</caption>", ""), "table 2 has no caption"),
        (TABLE.replace("Plans", " "), "table 2 has no caption"),
        (TABLE.replace("2017", " "), "table 2 has a heading without words"),
        ("<p hidden>x</p>", "a hidden <p>"),
        ('<p style="color: red; display: none">x</p>', "a hidden <p>"),
        (TABLE.replace(' scope="row"', ""), "table 2 has a heading without a scope"),
        ("<h1>Another</h1>", "not exactly one main heading"),
        ("<h4>Too deep</h4>", "a heading level that is skipped"),
        (f"<p>{SECRET}</p>", "an identifier or a path in the text"),
        ("<p>LSC&#66;ID0123456789abcd</p>", "an identifier or a path in the text"),
        (f"<p title='{SECRET}'>x</p>", "an identifier or a path in the text"),
        ("<p>kept in /home/ann/raw</p>", "an identifier or a path in the text"),
        ("<p title='/home/ann/raw'>x</p>", "an identifier or a path in the text"),
        ("<p>kept in C:\\Users\\ann</p>", "an identifier or a path in the text"),
        ("<p>Traceback (most recent call last)</p>", "an error message in the text"),
        ("<p>KeyError: 'plans'</p>", "an error message in the text"),
    ],
)
def test_what_must_not_be_there_is_refused(planted, problem):
    found = problems(page(planted))
    assert any(problem in each for each in found), found


@pytest.mark.parametrize(
    "target",
    ["#section-1", "child_deaths.html", "X06000001/2016-17-Q4/partnership/index.html"],
)
def test_a_link_within_the_folder_of_briefings_passes(target):
    assert problems(page(f'<p><a href="{target}">Read on</a></p>')) == []


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("<style>@import 'a.css';</style>", "a stylesheet that refers"),
        ("<style>p { background: url(a.png) }</style>", "a stylesheet that refers"),
        ('<link rel="stylesheet" href="a.css">', "a <link> element"),
        ('<meta http-equiv="refresh" content="0;url=b.html">', "a page that moves on by itself"),
    ],
)
def test_what_must_not_be_in_the_head_is_refused(head, problem):
    found = problems(page(head=head))
    assert any(problem in each for each in found), found


def test_a_page_without_its_marking_at_the_bottom_is_refused():
    html = page().replace(f"<footer><p>{MARKING}</p></footer>", "<footer></footer>")
    assert problems(html) == ["a page without its protective marking at top and bottom"]


def test_a_marking_twice_at_the_top_is_not_one_at_top_and_bottom():
    html = page().replace(f"<footer><p>{MARKING}</p></footer>", "<footer></footer>")
    html = html.replace("<header>", f"<header><p>{MARKING}</p>")
    assert problems(html) == ["a page without its protective marking at top and bottom"]


def test_a_blank_marking_is_never_enough():
    assert check_page(page(marking=""), marking="", is_synthetic=False) == [
        "a page without its protective marking at top and bottom"
    ]


def test_synthetic_data_must_say_so():
    assert problems(page(), is_synthetic=True) == [
        "a page that does not say rightly whether its data are synthetic"
    ]


def test_real_data_must_not_call_themselves_synthetic():
    assert problems(page("<p>SYNTHETIC DATA</p>")) == [
        "a page that does not say rightly whether its data are synthetic"
    ]


def test_a_page_says_its_language():
    assert problems(page(lang="en")) == ["a page that does not say its language"]


def test_a_page_has_a_title():
    html = page().replace("<title>Plans, Mereford</title>", "<title> </title>")
    assert problems(html) == ["a page without a title"]


def test_a_page_of_more_than_a_megabyte_is_refused():
    assert problems(page("<p>" + "a" * LARGEST + "</p>")) == ["a page of more than a megabyte"]


def test_a_problem_never_repeats_what_it_found():
    found = problems(page(f"<p title='{SECRET}'>{SECRET} in /home/ann/raw</p>{svg(SECRET)}"))
    assert found
    assert not any(SECRET in each or "/home" in each for each in found)
