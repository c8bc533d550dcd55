from core.operations.catalogue import operations
from tools.write_operations_page import PAGE, page


def test_the_page_is_what_the_declarations_say() -> None:
    """After a change of declarations: python -m tools.write_operations_page."""
    assert PAGE.read_text("utf-8") == page()


def test_every_operation_and_option_is_on_the_page() -> None:
    text = page()
    for operation in operations():
        section = text.partition(f"### `{operation.name}`\n")[2].partition("\n### ")[0]
        assert section
        missing = [option.name for option in operation.options if f"| `{option.name}` |" not in section]
        assert missing == []


def test_a_condition_is_said_the_shorter_way() -> None:
    assert "Without effect where `flags` is `IMREAD_UNCHANGED`." in page()
    assert "For `shorter=N`, `longer=N` alone." in page()
