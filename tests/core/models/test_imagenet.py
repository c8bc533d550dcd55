"""ImageNet's classes: facts that everybody who has worked with them knows."""

from core.models.imagenet import class_names, is_training_name, synsets, validation_label


def test_the_names_stand_in_the_usual_order() -> None:
    names = class_names()
    assert (names[0], names[281], names[388], names[999]) == ("tench", "tabby", "giant panda", "toilet tissue")
    assert len(set(names)) == len(names) == 1000


def test_a_name_that_occurs_twice_has_its_number() -> None:
    assert (class_names()[134], class_names()[517]) == ("crane (134)", "crane (517)")


def test_synsets_are_classes() -> None:
    assert synsets()["n02510455"] == 388


def test_validation_pictures_are_told_by_their_names() -> None:
    assert validation_label("folder/ILSVRC2012_val_00000001.JPEG") == 65
    assert validation_label("ILSVRC2012_val_00000001.png") == 65
    assert validation_label("holiday.jpg") is None


def test_training_pictures_are_told_by_their_names() -> None:
    assert is_training_name("n02123045_10026.JPEG")
    assert not is_training_name("ILSVRC2012_val_00000001.JPEG")
