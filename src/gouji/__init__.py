"""Read China's government-information-disclosure annual reports as data, and check their figures."""

__all__ = ["__version__"]

__version__: str


def __getattr__(name: str) -> str:
    """Give ``gouji.__version__`` without reading the package metadata at import time."""
    if name == "__version__":
        from importlib.metadata import version

        return version("gouji")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
