"""Which folders of the server a person may read: the one place where that is decided.

Where roots are configured, those and no others. Where none are, all that the server's user may read if the person sits
at this machine and the server listens to nobody else; else nothing.
"""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from core.errors import CorpusError

_FORWARDING = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
"""Headers of a proxy: the person is elsewhere, though the server itself listens on localhost."""


@dataclass(frozen=True)
class Access:
    """`roots` by the names that people see; the name of a local person's only root, `/`, is empty."""

    roots: Mapping[str, Path]

    @property
    def is_local(self) -> bool:
        """Whether a person may name any folder of this machine, for an audit's results, too."""
        return "" in self.roots

    def resolve(self, text: str) -> Path:
        """The folder that `text` names. Raises `CorpusError` where there is none, or it is not below a root.

        The words are the same for both, so that nobody learns what there is elsewhere. Links are followed as long as
        they stay below the root.
        """
        root, rest = self._root_of(text)
        try:
            found = Path(root, rest).resolve(strict=True)
        except (OSError, RuntimeError, ValueError):  # loops of links, names with a NUL
            raise self._refusal(text) from None
        if not found.is_relative_to(root) or not found.is_dir():
            raise self._refusal(text)
        return found

    def may_read(self, path: str | Path) -> bool:
        """Whether `path`, with all links followed, is below a root."""
        try:
            found = Path(path).resolve()
        except (OSError, RuntimeError, ValueError):
            return False
        return any(found.is_relative_to(root) for root in self.roots.values())

    def shown(self, path: Path) -> str:
        """A folder below a root as people name it."""
        for name, root in self.roots.items():
            if path.is_relative_to(root):
                return str(Path(name, path.relative_to(root))) if name else str(path)
        return path.name

    def hidden(self, text: str) -> str:
        """`text` with the names of roots in place of where these are."""
        for name, root in self.roots.items():
            text = text.replace(str(root), name) if name else text
        return text

    def folders(self, text: str) -> list[str]:
        """The folders in the one that `text` names, as people name them; where it is empty, what to begin with."""
        if not text:
            return [str(Path.home()), *map(str, self.roots.values())] if self.is_local else list(self.roots)
        found = self.resolve(text)
        try:
            inner = sorted(each for each in found.iterdir() if not each.name.startswith(".") and each.is_dir())
        except OSError:
            raise CorpusError(f"{text} cannot be looked into.", "Check who may read it.") from None
        return [self.shown(each) for each in inner if self.may_read(each)]

    def above(self, text: str) -> str:
        """What to name for the folder above; nothing above a root."""
        if text in self.roots or text in map(str, self.roots.values()):
            return ""
        return str(Path(text).parent) if Path(text).parent != Path() else ""

    def _root_of(self, text: str) -> tuple[Path, str]:
        """The root that `text` begins with, and the rest of it; a way up is refused before anything is looked at."""
        if ".." in Path(text).parts or not text:
            raise self._refusal(text)
        if self.is_local:
            path = Path(text).expanduser() if text.startswith("~") else Path(text)
            if not path.is_absolute():
                raise CorpusError(
                    f"{text} does not begin at the root.", "Name the whole path, such as /home/me/photos."
                )
            return self.roots[""], str(path)
        name, _, rest = text.strip("/").partition("/")
        if name not in self.roots:
            raise self._refusal(text)
        return self.roots[name], rest

    def _refusal(self, text: str) -> CorpusError:
        if self.is_local:
            return CorpusError(f"There is no folder {text or '(nothing was named)'}.", "Check the path.")
        return CorpusError(
            f"There is no folder {text or '(nothing was named)'} that may be read here.",
            f"Folders lie below {', '.join(self.roots) or 'no root'}; links that lead out are not followed.",
        )


def access(configured: Sequence[Path], server_address: str | None, headers: Mapping[str, str]) -> Access:
    """What a person may read whose browser sent `headers` to the server that listens at `server_address`.

    A server without an address listens to everybody.
    """
    if configured:
        return Access(_named([root.resolve() for root in configured]))
    return Access({"": Path("/").resolve()} if _is_here(server_address, headers) else {})


def _is_here(server_address: str | None, headers: Mapping[str, str]) -> bool:
    """Whether the server listens to this machine alone, and the browser asked it directly by such a name.

    The name is asked for since another site's name can be made to point here (DNS rebinding).
    """
    lower = {name.lower(): value for name, value in headers.items()}
    is_forwarded = any(name in lower for name in _FORWARDING)
    asked_for = urlsplit(f"//{lower.get('host', '')}").hostname
    return _is_loopback(server_address) and _is_loopback(asked_for) and not is_forwarded


def _is_loopback(host: str | None) -> bool:
    if not host:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _named(roots: Sequence[Path]) -> dict[str, Path]:
    """Each root by its last part, or the whole of it where two end alike."""
    names = [root.name or "root" for root in roots]
    return {
        name if names.count(name) == 1 else f"{name}-{names[: place + 1].count(name)}": root
        for place, (name, root) in enumerate(zip(names, roots, strict=True))
    }
