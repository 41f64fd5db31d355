"""Settings in three layers, the later wins: an app's ``conf.py``, ``SMO_KIT`` in settings.py, the admin.

An app declares one frozen dataclass and a handle to it::

    share_settings = AppSettings("SHARE", ShareConf)

and asks ``share_settings().limit`` whenever it needs to know. Nothing is read at import: ``override_settings`` works.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, fields
from dataclasses import field as dataclass_field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from django.apps import apps
from django.conf import settings
from django.core.signals import setting_changed
from django.utils.functional import Promise
from django.utils.translation import gettext

from smo_kit.core.tables import is_migrated

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from django.utils.functional import _StrPromise

ASK_EVERY: Final = 5.0
"""Seconds for which a process believes what it last read from the admin's table."""

Conf = TypeVar("Conf", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Editing:
    """How an editor sees a setting in the admin."""

    label: str | _StrPromise
    help: str | _StrPromise
    choices: Callable[[], list[tuple[str, Any]]] | None = None
    """The values there are, asked when the form is shown."""
    multiline: bool = False
    notes: Callable[[], Mapping[str, Any]] | None = None
    """What is to be said of some of the values, asked when the form is shown."""
    apps: tuple[str, ...] = ()
    """Modules of the apps that it is for: it is shown where one of them is installed; (): always."""
    ordered: bool = True
    """Whether the order of several values means something."""

    @property
    def is_on(self) -> bool:
        """Whether it has an effect on this site."""
        return not self.apps or any(map(apps.is_installed, self.apps))

    @property
    def notes_now(self) -> Mapping[str, Any]:
        """What is to be said of some of the values today."""
        return self.notes() if self.notes else {}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a value, and the cure."""

    app: str
    name: str
    message: str
    hint: str = ""


def fixed(default: Any = None, *, default_factory: Any = None, check: Callable[[Any], str] | None = None) -> Any:
    """Declare a setting that only settings.py can change. ``check`` returns what is wrong with a value, or ""."""
    return _field(default, default_factory, {"check": check})


def editable(
    default: Any,
    *,
    label: str | _StrPromise,
    help: str | _StrPromise,  # the word that forms use
    choices: Callable[[], list[tuple[str, Any]]] | None = None,
    multiline: bool = False,
    notes: Callable[[], Mapping[str, Any]] | None = None,
    check: Callable[[Any], str] | None = None,
    apps: tuple[str, ...] = (),
    ordered: bool = True,
) -> Any:
    """Declare a setting that an editor may change in the admin, where one of the ``apps`` is installed."""
    editing = Editing(label, help, choices, multiline, notes, apps, ordered)
    return _field(default, None, {"check": check, "editing": editing})


def _field(default: Any, factory: Any, metadata: dict[str, Any]) -> Any:
    if factory is not None:
        return dataclass_field(default_factory=factory, metadata=metadata)
    return dataclass_field(default=default, metadata=metadata)


class AppSettings(Generic[Conf]):
    """The settings of one app; call it to read them."""

    registry: Final[dict[str, AppSettings[Any]]] = {}

    def __init__(
        self,
        name: str,
        conf: type[Conf],
        label: str | _StrPromise | None = None,
        *,
        of_site: bool = True,
        moved: Mapping[str, str] | None = None,
    ) -> None:
        """``of_site`` False: these are options of a tag alone, which settings.py and the admin don't know.

        ``moved`` says of what was a setting here where it is now.
        """
        self.name = name
        self.moved = moved or {}
        self.conf = conf
        self.label = name.capitalize() if label is None else label
        self._current: tuple[Saved, Conf] | None = None
        if of_site:
            self.registry[name] = self

    @classmethod
    def of_installed_apps(cls) -> dict[str, AppSettings[Any]]:
        """Return those that have an effect: a module of an app that is not installed may have been imported too."""
        return {name: one for name, one in cls.registry.items() if one._is_installed}

    @property
    def _is_installed(self) -> bool:
        module = self.conf.__module__
        return not module.startswith("smo_kit.") or apps.get_containing_app_config(module) is not None

    def __call__(self) -> Conf:
        """Return the settings in force."""
        saved, current = _stored.read(), self._current
        if current is None or current[0] is not saved:
            conf = self.conf(**{**self.from_code()[0], **self._sift_editable(saved)[0]})
            self._current = current = (saved, conf)
        return current[1]

    @property
    def fields(self) -> dict[str, Field[Any]]:
        """Each setting by its name."""
        return {one.name: one for one in fields(self.conf)}

    @property
    def editable(self) -> dict[str, Editing]:
        """The settings that an editor may change, but for those of apps that are not there."""
        every = ((name, one.metadata.get("editing")) for name, one in self.fields.items())
        return {name: editing for name, editing in every if editing is not None and editing.is_on}

    def in_code(self) -> Conf:
        """Return the settings as they would be if nothing were saved in the admin."""
        return self.conf(**self.from_code()[0])

    def from_code(self) -> tuple[dict[str, Any], list[Wrong]]:
        """Return the right values of settings.py, and what is wrong with the others."""
        whole = getattr(settings, "SMO_KIT", {})
        own = whole.get(self.name, {}) if isinstance(whole, Mapping) else {}
        if not isinstance(own, Mapping):
            return {}, [Wrong(self.name, "", f"must be a dict, not {type(own).__name__}", "Write {} for no settings.")]
        return self._sift(own)

    def wrong_in_admin(self) -> list[Wrong]:
        """Return what is wrong with the values of the admin's table; they have no effect."""
        return self._sift_editable(_stored.read())[1]

    def unknown_in_admin(self) -> dict[str, Any]:
        """Return what is saved in the admin's table and is no setting (any more): it is kept, and has no effect."""
        saved = _stored.read().data.get(self.name, {})
        return {name: value for name, value in saved.items() if name not in self.editable}

    def _sift_editable(self, saved: Saved) -> tuple[dict[str, Any], list[Wrong]]:
        own = saved.data.get(self.name, {})
        return self._sift({name: value for name, value in own.items() if name in self.editable})

    def accept(self, name: str, value: Any) -> Any:
        """Return a value as the setting keeps it. Raises ValueError with what is wrong."""
        return self._accept(name, value, _types(self.conf)[name])

    def _sift(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Wrong]]:
        good: dict[str, Any] = {}
        wrong: list[Wrong] = []
        types = _types(self.conf)
        for name, value in given.items():
            if name not in self.fields:
                wrong.append(Wrong(self.name, str(name), "is no setting", self._cure(str(name))))
                continue
            try:
                good[name] = self._accept(name, value, types[name])
            except ValueError as error:
                default = getattr(self.conf(), name)
                wrong.append(Wrong(self.name, name, str(error), f"The default is {default!r}."))
        return good, wrong

    def _cure(self, unknown: str) -> str:
        if unknown in self.moved:
            return gettext("It is %(place)s now.") % {"place": self.moved[unknown]}
        return did_you_mean(unknown, self.fields)

    def _accept(self, name: str, value: Any, kind: Any) -> Any:
        value = of_type(value, kind)
        check = self.fields[name].metadata.get("check")
        if check and (problem := check(str(value) if isinstance(value, Promise) else value)):
            raise ValueError(problem)
        return value


@cache
def _types(conf: type[DataclassInstance]) -> dict[str, Any]:
    return get_type_hints(conf)


def of_type(value: Any, kind: Any) -> Any:
    """Return the value as the annotation wants it (lists become tuples); ValueError says what was expected."""
    if kind is str and isinstance(value, Promise):  # a text that settings.py gives in each language
        return value
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        if isinstance(value, str) or not isinstance(value, list | tuple):
            raise ValueError(f"must be a list, not {value!r}")
        return tuple(of_type(one, args[0]) for one in value)
    if origin is Literal:
        if value not in args:
            raise ValueError(f"must be one of {', '.join(map(repr, args))}, not {value!r}")
        return value
    expected = origin or kind
    wrong_bool = isinstance(value, bool) and expected is not bool
    if wrong_bool or not isinstance(value, Mapping if expected is Mapping else expected):
        raise ValueError(f"must be {getattr(expected, '__name__', expected)}, not {value!r}")
    return value


def did_you_mean(word: str, known: Mapping[str, object] | list[str]) -> str:
    """Return a hint that names the nearest known word, or all of them."""
    near = difflib.get_close_matches(word, list(known), n=1)
    if near:
        return gettext("Did you mean %(word)r?") % {"word": near[0]}
    return gettext("There are: %(words)s.") % {"words": ", ".join(sorted(known))}


@dataclass(frozen=True, slots=True)
class Saved:
    """What editors saved, as this process last read it; another object whenever it may be something else."""

    data: Mapping[str, Mapping[str, Any]]
    versions: tuple[tuple[str, int], ...] | None
    """Of each app; None: to be read anew."""

    @property
    def version(self) -> int:
        """A number that grows with every save."""
        return sum(version for _, version in self.versions or ())


class _Stored:
    """Reads what editors saved. Threads meet only in whole ``Saved`` objects, so none sees half of a change."""

    def __init__(self) -> None:
        self.saved = Saved({}, None)
        self._asked = float("-inf")

    def read(self) -> Saved:
        """Return what is saved, asking the database if it is time to."""
        now = time.monotonic()
        if now - self._asked < ASK_EVERY and self.saved.versions is not None:
            return self.saved
        self._asked = now
        rows = self._rows()
        versions = tuple((app, version) for app, version, _ in rows)
        if versions != self.saved.versions:
            self.saved = Saved({app: data for app, _, data in rows if isinstance(data, dict)}, versions)
        return self.saved

    def forget(self) -> None:
        self.saved = Saved(self.saved.data, None)
        self._asked = float("-inf")

    def _rows(self) -> list[tuple[str, int, Any]]:
        if not apps.models_ready:
            return []
        table = apps.get_model("smo_core", "Settings")
        if not is_migrated(table):
            return []
        return list(table.objects.filter(site_id=site_id()).order_by("app").values_list("app", "version", "data"))


_stored: Final = _Stored()


def site_id() -> int:
    """Return the number of the site that this process serves: SITE_ID, else 1."""
    return int(getattr(settings, "SITE_ID", None) or 1)


def settings_version() -> int:
    """Return a number that changes whenever an editor saves a setting: a part of cache keys."""
    return _stored.read().version


def forget_settings() -> None:
    """Make this process read every setting anew: called when one was saved, and by tests."""
    _stored.forget()


def _on_setting_changed(*, setting: str, **kwargs: object) -> None:
    if setting in {"SMO_KIT", "SITE_ID"}:
        forget_settings()


setting_changed.connect(_on_setting_changed, dispatch_uid="smo_kit.core.settings")
