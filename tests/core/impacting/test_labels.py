"""Where the true classes of a set come from."""

from pathlib import Path

import pytest

from core.errors import LabelError
from core.impacting.labels import csv_labels, folder_labels, labels
from core.models.imagenet import class_names

NAMES = ("cat", "great white shark", "dog")


def test_folders_are_classes_by_number_name_or_synset() -> None:
    assert folder_labels(["set/2/a.jpg", "set/cat/b.jpg", "set/great_white_shark/c.jpg"], NAMES) == {
        "set/2/a.jpg": 2,
        "set/cat/b.jpg": 0,
        "set/great_white_shark/c.jpg": 1,
    }
    assert folder_labels(["n02510455/a.jpg"], class_names()) == {"n02510455/a.jpg": 388}


def test_unnamed_classes_count_in_the_order_of_their_folders() -> None:
    assert folder_labels(["x/dogs/1.jpg", "x/cats/2.jpg"], ()) == {"x/dogs/1.jpg": 1, "x/cats/2.jpg": 0}


def test_a_folder_that_is_no_class_is_named() -> None:
    with pytest.raises(LabelError, match="'birds' in the set is no class"):
        folder_labels(["birds/1.jpg", "cat/2.jpg"], NAMES)
    with pytest.raises(LabelError, match=r"1\.jpg lies in no folder"):
        folder_labels(["1.jpg"], NAMES)


def test_a_csv_file_names_files_with_or_without_their_folder() -> None:
    label_of = csv_labels("labels.csv", b"file,class\nset/a.jpg,cat\nb.jpg,2\n", NAMES)
    assert [label_of(name) for name in ("set/a.jpg", "elsewhere/a.jpg", "b.jpg", "c.jpg")] == [0, 0, 2, None]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a.jpg,cat\nb.jpg,bird\n", "'bird' in line 2 of labels.csv"),
        (b"a.jpg,cat\nb.jpg,3\n", "'3' in line 2"),
        (b"a.jpg,cat\nb.jpg\n", "Line 2 of labels.csv has one column"),
        (b"\xff\xfe", "no CSV file in UTF-8"),
    ],
)
def test_a_line_that_is_wrong_is_named(data: bytes, said: str) -> None:
    with pytest.raises(LabelError, match=said):
        csv_labels("labels.csv", data, NAMES)


def test_labels_by_where_they_are(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("a.jpg,dog\n")
    assert labels(str(path), [], NAMES)("a.jpg") == 2
    assert labels("folders", ["cat/a.jpg"], NAMES)("cat/a.jpg") == 0
    assert labels("ilsvrc2012", [], NAMES)("ILSVRC2012_val_00000001.JPEG") == 65
    with pytest.raises(LabelError, match="cannot be read"):
        labels(str(tmp_path / "none.csv"), [], NAMES)
