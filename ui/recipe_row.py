"""A recipe as a row: its preset, a chip for each stage that opens on the stage's options, and ⋯ for the rest."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.operations.catalogue import operations
from core.operations.declaration import Value
from core.presets import parse_recipe, presets
from core.recipe import Recipe, Stage
from ui import controls, editing, state

OWN = "custom"
_MORE = ":material/more_horiz:"  # the style sheet hides the words beside it
Edit = Callable[[Recipe], Recipe]


def recipe_row(side: state.Side) -> None:
    """The row of recipe A or B, and its changes of the session's settings."""
    recipe = state.settings().recipe(side)
    with st.container(key=f"recipe-{side}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        spoken = '<span class="sp-spoken">Recipe </span>'
        st.html(f'<h2 class="sp-side sp-side-{side}">{spoken}{side.upper()}</h2>', width="content")
        _preset_box(side, recipe)
        for index, stage in enumerate(recipe.stages):
            with st.popover(_chip(stage), key=f"{side}.{index}"):
                _stage_editor(side, recipe, index)
        with st.popover(
            f"More of recipe {side.upper()}",
            icon=_MORE,
            key=f"{side}.more",
            help="Add a stage, edit or copy the recipe's text",
        ):
            _recipe_editor(side, recipe)


def _edit(side: state.Side, edit: Edit) -> None:
    state.change(lambda settings: settings.with_recipe(side, edit(settings.recipe(side))))


def _chip(stage: Stage) -> str:
    name, _, arguments = str(stage).partition("(")
    return f"{name} **{_escaped(arguments.removesuffix(')'))}**" if arguments else name


def _escaped(text: str) -> str:
    return text.replace("[", r"\[").replace("]", r"\]")


def _preset_box(side: state.Side, recipe: Recipe) -> None:
    names = {preset.recipe: name for name, preset in reversed(list(presets().items()))}
    name = names.get(recipe, OWN)
    key = controls.hold(f"{side}.preset", name)
    st.selectbox(
        f"Preset of recipe {side.upper()}",
        [*presets(), *([OWN] if name == OWN else [])],
        key=key,
        label_visibility="collapsed",
        width=225,
        on_change=controls.held,
        args=(key, partial(_choose_preset, side)),
    )


def _choose_preset(side: state.Side, name: Value) -> None:
    if name != OWN:
        _edit(side, lambda _: parse_recipe(str(name)))


def _stage_editor(side: state.Side, recipe: Recipe, index: int) -> None:
    stage = recipe.stages[index]
    declared = stage.operation
    key = f"{side}.{index}"
    operation_key = controls.hold(f"{key}.operation", stage.name)
    st.selectbox(
        declared.kind.capitalize(),
        [each.name for each in operations(declared.kind)],
        key=operation_key,
        help=f"{declared.summary}  \n[Documentation]({declared.reference})",
        on_change=controls.held,
        args=(operation_key, lambda name: _edit(side, lambda old: editing.replace_operation(old, index, name))),
    )
    st.caption(declared.summary)
    for option in declared.options:
        if option.applies(stage.options):
            apply = partial(_set_option, side, index, option.name)
            controls.option_widget(option, stage.options[option.name], f"{key}.{stage.name}.{option.name}", apply)
    if index > 0:
        _place_buttons(side, recipe, index)


def _set_option(side: state.Side, index: int, name: str, value: Value) -> None:
    _edit(side, lambda recipe: editing.replace_stage(recipe, index, recipe.stages[index].replace(**{name: value})))


def _place_buttons(side: state.Side, recipe: Recipe, index: int) -> None:
    is_last = index == len(recipe.stages) - 1
    with st.container(horizontal=True, gap="xsmall"):
        _button(side, f"{index}.earlier", "Earlier", lambda old: editing.move_stage(old, index, -1), off=index == 1)
        _button(side, f"{index}.later", "Later", lambda old: editing.move_stage(old, index, 1), off=is_last)
        st.space("stretch")
        _button(side, f"{index}.remove", "Remove", lambda old: editing.remove_stage(old, index))


def _button(side: state.Side, name: str, label: str, edit: Edit, *, off: bool = False) -> None:
    st.button(label, key=f"{side}.{name}", on_click=_edit, args=(side, edit), disabled=off)


def _recipe_editor(side: state.Side, recipe: Recipe) -> None:
    key = f"{side}.add"
    st.selectbox(
        "Add a stage",
        [each.name for each in operations() if each.kind != "decode"],
        index=None,
        placeholder="Choose what comes after the last stage",
        key=key,
        on_change=_add_stage,
        args=(side, key),
    )
    controls.text_field(
        f"Recipe {side.upper()} as text",
        str(recipe),
        f"{side}.text",
        lambda text: _edit(side, lambda _: parse_recipe(text)),
        help_text="Stages joined by |, or a preset's name. Ctrl+Enter takes it over.",
        lines=4,
    )
    st.code(str(recipe), language=None, wrap_lines=True)
    for preset in presets().values():
        if preset.recipe == recipe:
            st.caption(f"**{preset.name}** — {preset.used_by}. [Reference]({preset.reference})")


def _add_stage(side: state.Side, key: str) -> None:
    name = st.session_state[key]
    st.session_state[key] = None
    if name:
        _edit(side, lambda recipe: editing.append_stage(recipe, name))
