"""JSON documents held to their published schemas."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema

NAMES = ("compare", "explain", "measure", "translate", "identify", "environment")
SCHEMAS = files("core").joinpath("schema")


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema in core/schema of this name, without the ending."""
    found: dict[str, Any] = json.loads(SCHEMAS.joinpath(f"{name}.json").read_text("utf-8"))
    return found


def validated(value: dict[str, Any], name: str) -> dict[str, Any]:
    """`value` as it comes out of JSON, once it has the published form, with no name that the schema does not know."""
    read: dict[str, Any] = json.loads(json.dumps(value, allow_nan=False))
    jsonschema.validate(read, _closed(schema(name)))
    assert read == value
    return read


def _closed(part: Any) -> Any:
    """A schema with every object limited to the properties that it describes."""
    if isinstance(part, list):
        return [_closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    limit = {"additionalProperties": False} if "properties" in part and "required" in part else {}
    return {name: _closed(value) for name, value in part.items()} | limit
