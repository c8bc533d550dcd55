from ui.tables import decibels, table_html


def test_heads_are_escaped_and_the_first_columns_are_text() -> None:
    assert table_html(("a < b", "max"), [("<b>x</b>", "1")]) == (
        '<table class="sp-table"><thead><tr><th class=sp-text>a &lt; b</th><th>max</th></tr></thead>'
        "<tbody><tr><td class=sp-text><b>x</b></td><td>1</td></tr></tbody></table>"
    )


def test_identical_images_have_an_infinite_psnr() -> None:
    assert decibels(None) == "∞"
    assert decibels(43.846) == "43.8 dB"
