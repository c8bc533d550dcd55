"""What a session looks at: the picture, both recipes and the view; and the same as query parameters of the URL.

The settings are one frozen value under one key of the session. Widgets show it and their callbacks replace it, so that
the URL, a permalink and what is on the screen cannot disagree.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, TypeAlias

import streamlit as st

from core.errors import RecipeError
from core.operations.declaration import Value
from core.presets import parse_recipe
from core.recipe import Recipe
from ui import editing, view
from ui.messages import plain

Side: TypeAlias = Literal["a", "b"]

FIRST_PICTURE = ""
UPLOAD_PREFIX = "upload:"
MAX_NAME_CHARACTERS = 200

_SETTINGS = "settings"
_WRITTEN = "written_queries"
_PROBLEMS = "url_problems"


def _frozen(values: Mapping[str, Value]) -> Mapping[str, Value]:
    return MappingProxyType({**view.DEFAULTS, **values})


@dataclass(frozen=True)
class Settings:
    """Everything that a permalink reproduces.

    `picture` is a sample's name, `upload:` and the sha256 of an uploaded file, or empty for the first sample; `name` is
    that of the uploaded file, so that a link can ask for it.
    """

    a: Recipe
    b: Recipe
    picture: str = FIRST_PICTURE
    name: str = ""
    view: Mapping[str, Value] = field(default_factory=lambda: _frozen({}))

    @property
    def upload_sha256(self) -> str | None:
        """The sha256 of the uploaded picture that is meant, or None for a sample."""
        return self.picture.removeprefix(UPLOAD_PREFIX) if self.picture.startswith(UPLOAD_PREFIX) else None

    def recipe(self, side: Side) -> Recipe:
        """Recipe A or B."""
        return self.a if side == "a" else self.b

    def with_recipe(self, side: Side, recipe: Recipe) -> "Settings":
        """These settings with another recipe on one side; the other follows its sizes when they are linked."""
        other = self.recipe("b" if side == "a" else "a")
        if self.view["link"]:
            other = editing.with_sizes_of(other, recipe)
        return replace(self, a=recipe, b=other) if side == "a" else replace(self, a=other, b=recipe)

    def with_view(self, **changes: Value) -> "Settings":
        """These settings with some of the view changed; raises `RecipeError` for a value that is not allowed."""
        checked = {name: view.option(name).check(value) for name, value in changes.items()}
        return replace(self, view=_frozen({**self.view, **checked}))


def first_settings() -> Settings:
    """What a first visit shows: OpenCV's defaults beside TensorFlow's."""
    return Settings(parse_recipe("opencv"), parse_recipe("tensorflow"))


def write_query(settings: Settings) -> dict[str, str]:
    """The query parameters that stand for `settings`; the view's defaults are left out."""
    query = {"picture": settings.picture, "a": str(settings.a), "b": str(settings.b)}
    if settings.upload_sha256:
        query["name"] = settings.name
    for option in view.OPTIONS:
        if settings.view[option.name] != option.default:
            query[option.name] = option.format(settings.view[option.name])
    return {key: value for key, value in query.items() if value}


def read_query(query: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """The settings that the query parameters stand for, and a message for each that had to be left out."""
    problems: list[str] = []
    first = first_settings()
    settings = Settings(
        a=_recipe(query, "a", first.a, problems),
        b=_recipe(query, "b", first.b, problems),
        picture=query.get("picture", FIRST_PICTURE)[:MAX_NAME_CHARACTERS],
        name=query.get("name", "")[:MAX_NAME_CHARACTERS],
        view=_frozen(_view(query, problems)),
    )
    return settings, tuple(problems)


def _recipe(query: Mapping[str, str], key: str, first: Recipe, problems: list[str]) -> Recipe:
    if key not in query:
        return first
    try:
        return parse_recipe(query[key])
    except RecipeError as error:
        problems.append(f"Recipe {key.upper()} in the address: {error} Shown instead: {first}")
        return first


def _view(query: Mapping[str, str], problems: list[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for option in view.OPTIONS:
        if option.name in query:
            try:
                values[option.name] = option.parse(query[option.name])
            except RecipeError as error:
                problems.append(f"In the address: {error}")
    return values


def open_settings() -> Settings:
    """The session's settings, taken from the URL when it is opened or when a link has set it.

    An address without parameters keeps what the session has: the navigation between pages drops them. So does one that
    the session has written itself: a browser that is behind sends the address of some changes ago along with the next.
    """
    query = st.query_params.to_dict()
    is_foreign = bool(query) and _digest(query) not in st.session_state.get(_WRITTEN, ())
    if _SETTINGS not in st.session_state or is_foreign:
        st.session_state[_SETTINGS], st.session_state[_PROBLEMS] = read_query(query)
    show_in_url()
    return settings()


def settings() -> Settings:
    """The session's settings."""
    current: Settings = st.session_state[_SETTINGS]
    return current


def change(edit: Callable[[Settings], Settings]) -> None:
    """Replaces the session's settings by `edit` of them, and forgets what was wrong with the address."""
    st.session_state[_SETTINGS] = edit(settings())
    st.session_state[_PROBLEMS] = ()


def change_view(values: Mapping[str, Value]) -> None:
    """Replaces some of the view; what was wrong with the address stays on the screen when nothing changes by it."""
    changed = settings().with_view(**values)
    if changed != settings():
        change(lambda _: changed)


def url_problems() -> tuple[str, ...]:
    """What could not be read in the address that was opened, until something is changed; as Markdown."""
    problems: tuple[str, ...] = st.session_state.get(_PROBLEMS, ())
    return tuple(map(plain, problems))


def show_in_url() -> None:
    """Makes the address say what the settings are."""
    query = write_query(settings())
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    st.session_state.setdefault(_WRITTEN, set()).add(_digest(query))


def _digest(query: Mapping[str, str]) -> int:
    return hash(frozenset(query.items()))
