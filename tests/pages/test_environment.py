from streamlit.testing.v1 import AppTest

from tests.pages.conftest import html, opened, run


def environment_page() -> AppTest:
    return run(opened().switch_page("../pages/environment.py"))


def test_every_library_is_listed_with_its_version() -> None:
    shown = html(environment_page())
    assert [name for name in ("OpenCV", "TensorFlow", "Pillow", "NumPy") if name in shown] == [
        "OpenCV",
        "TensorFlow",
        "Pillow",
        "NumPy",
    ]
    assert "numpy==" in shown


def test_the_operations_link_to_their_documentation() -> None:
    assert "opencv.resize</a>" in html(environment_page())


def test_all_of_it_can_be_copied() -> None:
    assert '"title": "Pillow"' in environment_page().code[0].value


def test_the_compare_page_is_as_it_was_after_a_visit() -> None:
    test = opened(a="pillow", b="opencv.imdecode", picture="cat")
    run(test.switch_page("../pages/environment.py"))
    back = run(test.switch_page("../pages/compare.py"))
    assert back.selectbox("picture").value == "cat"
    assert back.selectbox("a.preset").value == "pillow"
