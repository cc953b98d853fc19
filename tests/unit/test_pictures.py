"""Only drawings that are nothing but drawings go into a pack."""

from __future__ import annotations

import pytest

from content_pack.build.pictures import BadPicture, read_picture

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 320 80.4">'


def drawing(inside: str) -> str:
    return f"{HEAD}{inside}</svg>"


def refusal(text: str) -> str:
    with pytest.raises(BadPicture) as caught:
        read_picture(text)
    return f"{caught.value}; {caught.value.write}"


def test_a_drawing_keeps_its_bytes_and_has_its_size() -> None:
    text = drawing('<g font-family="Source Sans 3, sans-serif"><text>é<tspan>x</tspan></text></g>')
    picture = read_picture(text)
    assert picture.content == text.encode()
    assert (picture.width, picture.height) == (320, 80)


def test_references_inside_the_drawing_are_fine() -> None:
    inside = '<marker id="a"/><path marker-end="url(#a)"/><use xlink:href="#a"/><use href="#a"/>'
    assert read_picture(drawing(inside)).width == 320


def test_a_font_may_stand_in_a_style() -> None:
    assert read_picture(drawing("<text style=\"font-family:'Source Sans 3'\">x</text>"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (drawing("<script/>"), "holds <script>; take that out"),
        (drawing("<style>a{}</style>"), "holds <style>"),
        (drawing("<g><foreignObject/></g>"), "holds <foreignObject>"),
        (drawing('<rect onclick="go()"/>'), "the script onclick"),
        (drawing('<a href="https://example.org"/>'), "something outside"),
        (drawing('<image xlink:href="data:image/png;base64,AA"/>'), "something outside"),
        (drawing('<rect fill="url(https://example.org/a.svg#b)"/>'), "something outside"),
        (drawing("<rect style=\"fill:URL( 'x.svg' )\"/>"), "something outside"),
        (drawing("<text>x</text>"), "not our font"),
        (drawing('<text font-family="Arial">x</text>'), "not our font"),
        (drawing("<rect>"), "breaks off or is garbled here; close what is opened"),
        ("<p>Hello</p>", "not an SVG drawing"),
        ("<!DOCTYPE svg>" + drawing(""), "DOCTYPE"),
        (drawing("").replace(' viewBox="0 0 320 80.4"', ""), "no size"),
        (drawing("").replace("320", "wide"), "no size"),
        (drawing("").replace("320", "0"), "empty or huge"),
    ],
)
def test_everything_else_is_refused(text: str, said: str) -> None:
    assert said in refusal(text)
