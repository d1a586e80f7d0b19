"""What somebody might plant in a page: the channel, the rule that must refuse it, and how."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.release_check.drawn_page import BODY, CHART, PICTURE, coded, drawn_page

SECRET = "Jaydenne"
NUMBER = "9434765919"
META, QUIET = '<meta charset="utf-8">', '<p class="quiet quiet quiet">'


@dataclass(frozen=True)
class Canary:
    """One planted thing; `by` is the rule that refuses it."""

    channel: str
    by: str
    html: str


def said(what: str) -> str:
    return drawn_page(BODY + f"<p>{what}</p>")


def swapped(old: str, new: str, page: str | None = None) -> str:
    clean = page or drawn_page()
    assert clean.count(old) >= 1, old
    return clean.replace(old, new, 1)


def chart(change: Callable[[str], str]) -> str:
    return drawn_page().replace(coded(), coded(change(PICTURE)))


PACKED = base64.b64encode(zlib.compress(SECRET.encode() * 3)).decode().rstrip("=")
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\ntEXt" + SECRET.encode()).decode()

CANARIES = (
    # figures
    Canary("a figure that was not released", "figures", said("There were 413 children.")),
    Canary("a small count in a sentence", "figures", said("There were 3 children.")),
    Canary("a small count in words", "figures", said("There were three children.")),
    Canary(
        "a released figure of another indicator",
        "figures",
        swapped('<td class="numeric">96.2%', '<td class="numeric">412'),
    ),
    Canary("a withheld cell filled in", "figures", swapped(">[c]</td>", ">4</td>")),
    Canary("a figure in an alternative text", "figures", swapped("newest 412.", "newest 413.")),
    Canary(
        "a figure in a caption",
        "figures",
        swapped(">Scorecard</caption>", ">Scorecard 7</caption>"),
    ),
    Canary("a figure in a heading", "figures", swapped("<h3>Plans: 105", "<h3>Plans: 104")),
    Canary("a figure with its digits apart", "figures", said("There were 4 1 3 children.")),
    Canary("a figure in entities", "figures", said("There were &#52;&#49;&#51; children.")),
    Canary("a figure glued to a word", "figures", said("There were children413.")),
    Canary("a date of birth", "figures", said("31 March 2009")),
    Canary("a date in figures", "figures", said("31/03/2009")),
    Canary("a number of the health service", "figures", said(NUMBER)),
    Canary("a number of the health service in groups", "figures", said("943 476 5919")),
    Canary("a percentage that gives a count back", "figures", said("96.153846%")),
    Canary("a postcode", "figures", said("LE1 1AA")),
    Canary("a re-keyed identifier", "figures", said("LSCBID0123456789abcd")),
    Canary("digits of another script", "figures", said("٤١٣ children")),
    Canary("a fraction in one character", "figures", said("½ children")),
    # words
    Canary("a name in a paragraph", "words", said(SECRET)),
    Canary("a name in a cell", "words", swapped(">[c]</td>", f">{SECRET}</td>")),
    Canary("a name in an alternative text", "words", swapped("Line chart of plans", SECRET)),
    Canary("a name in a table heading", "words", swapped(">Period</th>", f">{SECRET}</th>")),
    Canary(
        "a name in a label of navigation",
        "words",
        swapped('aria-label="On this page"', f'aria-label="{SECRET}"'),
    ),
    Canary("a name in entities", "words", said("&#74;aydenne")),
    Canary("a name in pieces of markup", "words", said("Jay<em>den</em>ne")),
    Canary("a user name in a path", "words", said("/home/jaydenne/children")),
    Canary("a path of Windows", "words", said("C:\\Users\\jaydenne")),
    Canary("an address of mail", "words", said("jaydenne@leicester.gov.uk")),
    Canary("an address of the web", "words", said("https://jaydenne.example")),
    Canary("an error message", "words", said("Traceback KeyError jaydenne")),
    Canary("a text in base64", "words", said(base64.b64encode(SECRET.encode()).decode())),
    Canary("a text that is packed", "words", said(PACKED)),
    Canary("a text in hexadecimal digits", "words", said(SECRET.encode().hex())),
    Canary("a text that is percent-encoded", "words", said("%4A%61%79%64%65%6E")),
    Canary("widget state", "words", said("application vnd jupyter widget state jaydenne")),
    Canary("papermill's parameters", "words", said("papermill parameters jaydenne")),
    # characters
    Canary("a character without width", "characters", said("Pl​ans")),
    Canary("a mark of direction", "characters", said("‮Plans")),
    Canary("a character that is not printed", "characters", said("Plans\u00ad")),
    Canary("a tally of strokes", "characters", said("Plans: |||")),
    Canary("a tally of points apart", "characters", said("Plans . . .")),
    Canary("blanks that carry a code", "characters", said("Plans  fewer")),
    # images
    Canary("another picture", "images", chart(lambda svg: svg.replace("L 9 9", "L 9 8"))),
    Canary("a figure drawn into a chart", "images", chart(lambda svg: svg.replace(">412<", ">3<"))),
    Canary(
        "a picture of points",
        "images",
        drawn_page().replace(f"svg+xml;base64,{coded()}", f"svg+xml;base64,{coded('<svg></svg>')}"),
    ),
    Canary(
        "text in a chunk of a PNG",
        "attributes",
        drawn_page().replace(
            f"data:image/svg+xml;base64,{coded()}", f"data:image/png;base64,{PNG}"
        ),
    ),
    Canary(
        "a picture from elsewhere",
        "attributes",
        drawn_page().replace(f"data:image/svg+xml;base64,{coded()}", "https://example.org/a.svg"),
    ),
    Canary(
        "bits after the end of a picture", "images", drawn_page().replace(coded(), coded() + "QQ==")
    ),
    Canary(
        "an image without words",
        "alternatives",
        swapped('alt="Line chart of plans, newest 412."', 'alt=""'),
    ),
    # drawings: a chart that the house itself might draw wrongly; its hash is in the manifest
    Canary(
        "a script in a chart",
        "drawings",
        chart(lambda svg: svg.replace("</g>", "<script>1</script></g>")),
    ),
    Canary(
        "a comment in a chart", "drawings", chart(lambda svg: svg.replace("</g>", "<!-- x --></g>"))
    ),
    Canary(
        "a title in a chart",
        "drawings",
        chart(lambda svg: svg.replace("</g>", "<title>x</title></g>")),
    ),
    Canary(
        "data kept in a chart",
        "drawings",
        chart(lambda svg: svg.replace("</g>", "<metadata>x</metadata></g>")),
    ),
    Canary(
        "a hidden text in a chart",
        "drawings",
        chart(lambda svg: svg.replace("font-size: 12.5px", "opacity: 0")),
    ),
    Canary(
        "a reference out of a chart",
        "drawings",
        chart(lambda svg: svg.replace("<path d", '<use xlink:href="https://x"/><path d')),
    ),
    Canary(
        "a handler in a chart",
        "drawings",
        chart(lambda svg: svg.replace("<path d", '<path onload="x()" d')),
    ),
    # unseen
    Canary("a comment", "unseen", drawn_page(BODY + f"<!-- {SECRET} -->")),
    Canary("a comment that never ends", "unseen", drawn_page() + f"<!-- {SECRET}"),
    Canary("a processing instruction", "unseen", drawn_page(BODY + f"<?x {SECRET} ?>")),
    Canary("a CDATA section", "unseen", drawn_page(BODY + f"<![CDATA[{SECRET}]]>")),
    # declaration and nesting
    Canary(
        "a document type that says more",
        "declaration",
        swapped("<!DOCTYPE html>", f'<!DOCTYPE html SYSTEM "{SECRET}">'),
    ),
    Canary("something before the page", "declaration", "\n" + drawn_page()),
    Canary("an element that is never closed", "nesting", drawn_page(BODY + "<p>Plans")),
    Canary("empty paragraphs that can be counted", "nesting", drawn_page(BODY + "<p></p>" * 3)),
    Canary("an empty cell", "nesting", swapped(">[c]</td>", "></td>")),
    Canary("an element that closes nothing", "nesting", drawn_page(BODY + "</section>")),
    Canary("elements that overlap", "nesting", drawn_page(BODY + "<p><em>Plans</p></em>")),
    # elements
    *(
        Canary(f"a {tag} element", "elements", drawn_page(BODY + f"<{tag}>Plans</{tag}>"))
        for tag in (
            "script",
            "iframe",
            "object",
            "form",
            "button",
            "template",
            "noscript",
            "svg",
            "canvas",
            "dialog",
            "video",
            "pre",
            "span",
            "code",
        )
    ),
    Canary("an element that is made up", "elements", drawn_page(BODY + "<x-plans>Plans</x-plans>")),
    # attributes
    *(
        Canary(f"the attribute {name}", "attributes", drawn_page(BODY + f"<p {name}='1'>Plans</p>"))
        for name in (
            "hidden",
            "style",
            "onclick",
            "title",
            "data-count",
            "aria-description",
            "id",
            "srcset",
            "contenteditable",
            "lang",
            "dir",
            "is",
            "slot",
        )
    ),
    Canary(
        "a class that carries a name",
        "attributes",
        drawn_page(BODY + f'<p class="{SECRET.lower()}">Plans</p>'),
    ),
    Canary(
        "an attribute given twice",
        "attributes",
        drawn_page(BODY + '<p class="quiet" class="author">Plans</p>'),
    ),
    Canary(
        "a page that moves on by itself",
        "attributes",
        swapped('<meta charset="utf-8">', '<meta charset="utf-8"><meta http-equiv="refresh">'),
    ),
    Canary(
        "details that stay closed",
        "attributes",
        drawn_page(BODY + '<details name="x"><summary>Plans</summary></details>'),
    ),
    # links, styles, numbering, policy
    Canary("a link to the web", "links", drawn_page(BODY + '<p><a href="https://x">Plans</a></p>')),
    Canary(
        "a link that carries a name",
        "links",
        drawn_page(BODY + f'<p><a href="{SECRET}.html">Plans</a></p>'),
    ),
    Canary(
        "a link to nothing", "links", drawn_page(BODY + '<p><a href="#section-9">Plans</a></p>')
    ),
    Canary(
        "a link to a file", "links", drawn_page(BODY + '<p><a href="../../raw/x.csv">Plans</a></p>')
    ),
    Canary("a stylesheet with more in it", "styles", swapped("<style>", "<style>/* 3 */ ")),
    Canary("a style that hides", "styles", swapped("<style>", "<style>p { display: none } ")),
    Canary(
        "a second stylesheet",
        "styles",
        swapped("</head>", "<style>p { color: red }</style></head>"),
    ),
    Canary(
        "a number in the place of a table's",
        "references",
        drawn_page().replace("table-2", "table-3"),
    ),
    Canary(
        "a page that may load anything",
        "policy",
        swapped(
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "img-src data:; style-src 'unsafe-inline'\">",
            "",
        ),
    ),
    # structure
    Canary(
        "a page of more than a megabyte",
        "size",
        drawn_page(BODY + "<p>Plans</p><p>Fewer</p>" * 45_000),
    ),
    Canary("a second main heading", "headings", drawn_page(BODY + "<h1>Plans</h1>")),
    Canary(
        "a level that is skipped",
        "headings",
        drawn_page(BODY.replace("<h3>", "<h4>").replace("</h3>", "</h4>")),
    ),
    Canary("a heading without words", "headings", drawn_page(BODY + "<h3></h3>")),
    Canary(
        "a table without a caption",
        "captions",
        swapped('<caption id="table-1-caption">Scorecard</caption>', "").replace(
            'aria-labelledby="table-1-caption" ', ""
        ),
    ),
    Canary(
        "a heading that heads nothing",
        "scopes",
        swapped('<th scope="row">Starts</th>', "<th>Starts</th>"),
    ),
    Canary(
        "a table heading without words",
        "scopes",
        swapped('<th scope="row">Starts</th>', '<th scope="row"></th>'),
    ),
    Canary("a page of another language", "language", swapped(' lang="en-GB"', "")),
    Canary("the title of another briefing", "title", swapped("<title>Plans, ", "<title>Starts, ")),
    Canary("a page without its marking", "marking", drawn_page(marking="Plans")),
    Canary(
        "a page not marked at its foot",
        "marking",
        "".join(drawn_page().rsplit('<p class="marking">OFFICIAL-SENSITIVE</p>', 1)),
    ),
    Canary(
        "synthetic data that does not say so",
        "synthetic",
        drawn_page().replace("SYNTHETIC DATA.", "Plans."),
    ),
    Canary(
        "a page with two main parts",
        "landmarks",
        swapped("<footer>", "<main><p>Plans</p></main><footer>"),
    ),
    Canary(
        "a page without a link to its main part",
        "landmarks",
        swapped('<a class="skip" href="#main">Skip to the briefing</a>', ""),
    ),
    Canary(
        "a chart without its table",
        "charted",
        drawn_page(
            BODY.replace('<details class="figures" open="">', '<details class="trend" open="">')
        ),
    ),
    # written: the way of writing carries nothing, and nothing can be counted
    *(
        Canary(f"{what} of {tag}", "written", drawn_page(BODY + html))
        for what, tag, html in (
            ("a number in the end", "an element", "<p>Plans</p data-count=413>"),
            ("a name in the end", "an element", f"<p>Plans</p {SECRET}>"),
            ("ends", "nothing", "<p>Plans</></></></p>"),
            ("strokes", "a tag", '<p /// class="quiet">Plans</p>'),
            ("the quotation marks", "an attribute", "<p class='quiet'>Plans</p>"),
            ("the capitals", "a tag", "<P>Plans</P>"),
            ("the signs", "an attribute", '<p class==="quiet">Plans</p>'),
            ("the entities", "a word", "<p>Pl&#97;ns</p>"),
            ("the line ends", "a text", "<p>Plans\n\n\nfewer</p>"),
        )
    ),
    Canary("declarations that can be counted", "policy", drawn_page(BODY + META * 3)),
    Canary("a text after the page", "written", drawn_page() + "<p>Plans</p>"),
    Canary(
        "classes that can be counted", "attributes", said("Plans").replace("<p>P", QUIET + "P", 1)
    ),
    *(
        Canary(f"an empty {tag} that can be counted", "nesting", drawn_page(BODY + html * 3))
        for tag, html in (
            ("list", "<ul></ul>"),
            ("link", '<a class="quiet" href="#section-1"></a>'),
            ("navigation", "<nav></nav>"),
        )
    ),
    Canary("an empty row", "nesting", swapped("</tbody>", "<tr></tr></tbody>")),
    Canary(
        "a number in the name of a note",
        "references",
        drawn_page(BODY + '<p id="table-7-note">Plans</p>'),
    ),
    Canary(
        "a number in a reference",
        "references",
        drawn_page(BODY + '<div aria-labelledby="table-7-caption">Plans</div>'),
    ),
    Canary(
        "a number in a description",
        "references",
        swapped('aria-describedby="table-1-note"', 'aria-describedby="table-3-note"'),
    ),
    Canary("a number in a link", "references", drawn_page(BODY + '<a href="#section-2">Plans</a>')),
    Canary("a tally of words", "repeats", said("Plans plans plans")),
    Canary("a tally of letters", "repeats", said("c c c")),
    Canary("a tally of several marks", "repeats", said("Plans ,.,.")),
    Canary("a tally of paragraphs", "repeats", drawn_page(BODY + "<p>Plans</p>" * 3)),
    Canary(
        "a tally of elements",
        "repeats",
        drawn_page(BODY + "<div><div><div>Plans</div></div></div>"),
    ),
    Canary("a row with more cells", "shape", swapped(">[c]</td>", ">[c]</td><td>412</td>")),
    Canary(
        "a tally of rows",
        "shape",
        swapped("</tbody>", '<tr><th scope="row">Starts</th><td>[c]</td></tr>' * 2 + "</tbody>"),
    ),
    # small numbers that the legend and the catalogue have too
    Canary("the end of the legend as a count", "figures", said("There were 5 children.")),
    Canary("the end of the legend in a cell", "figures", swapped(">[c]</td>", ">5 children</td>")),
    Canary("a couple", "figures", said("A couple fewer.")),
    Canary("a single one", "figures", said("A single managers.")),
)

assert CHART in BODY
