"""exomine: from reviews on exosomes, microRNAs and drug resistance to tidy tables of statements.

Importing the package is light: spaCy and pandas load when a function that needs them is first called.
"""

__version__ = "0.1.0"

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exomine.nlp.load import load as load

#: Public names and the modules they live in; a name is imported when it is first asked for.
_LAZY: dict[str, str] = {
    "load": "exomine.nlp.load",
}


def __getattr__(name: str) -> Any:
    import importlib

    module = _LAZY.get(name)
    if module is None:
        raise AttributeError(f"module 'exomine' has no attribute {name!r}; public are {', '.join(sorted(_LAZY))}")
    found = importlib.import_module(module)
    return found if found.__name__ == f"exomine.{name}" else getattr(found, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])
