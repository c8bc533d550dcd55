"""What an audit does to every picture: the same in every process that takes part."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from ..errors import RecipeError
from ..limits import Limits, limits, limits_from
from ..operations.catalogue import library_of
from ..operations.libraries import Library
from ..recipe import Recipe, parse_stages

Checkpoints: TypeAlias = Literal["all", "final"]


@dataclass(frozen=True)
class Job:
    """One A against one or several B, which `recipe_b` of a row counts from 0.

    `checkpoints` "final" leaves out the figures after the stages, which saves a quarter of the time; `with_ssim` adds
    the structural similarity of the final images, which doubles it. A picture beyond `limits` is an error in its row.
    """

    a: Recipe
    bs: tuple[Recipe, ...]
    checkpoints: Checkpoints = "all"
    with_ssim: bool = False
    limits: Limits = field(default_factory=limits)

    def __post_init__(self) -> None:
        if not self.bs:
            raise RecipeError("There is no B to compare with.", "Give --b once or several times.")

    @property
    def libraries(self) -> tuple[Library, ...]:
        """The libraries that the recipes need, each once."""
        stages = (stage for recipe in (self.a, *self.bs) for stage in recipe.stages)
        found = (library_of(stage.name) for stage in stages)
        return tuple(dict.fromkeys(library for library in found if library is not None))

    def as_dict(self) -> dict[str, Any]:
        """The same as values that JSON knows."""
        return {
            "a": str(self.a),
            "b": [str(each) for each in self.bs],
            "checkpoints": self.checkpoints,
            "with_ssim": self.with_ssim,
            "limits": vars(self.limits),
        }


def job_from(value: dict[str, Any]) -> Job:
    """The job that `Job.as_dict` describes; raises `RecipeError` where an operation is unknown here."""
    return Job(
        parse_stages(value["a"]),
        tuple(parse_stages(each) for each in value["b"]),
        value["checkpoints"],
        value["with_ssim"],
        limits_from(value["limits"]),
    )
