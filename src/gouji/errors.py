"""Everything gouji raises. Standard library only.

Only a file that cannot be read at all raises. A sum that does not hold is a finding, a doubtful reading a note.
"""

from __future__ import annotations


class GoujiError(Exception):
    """The base of all errors of gouji.

    Attributes:
        code: Stable short name, e.g. ``"READ-ENCRYPTED"``; ``gouji explain CODE`` tells more.
        where: What was being read, e.g. a path, or ``form.toml: table[1].rule[0].left``.
    """

    code = "GOUJI"

    def __init__(self, message: str, *, code: str | None = None, where: str = "") -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.where = where

    def __str__(self) -> str:
        """The message, with the place in front when it is known."""
        message = super().__str__()
        return f"{self.where}: {message}" if self.where else message


class ReadError(GoujiError, ValueError):
    """The bytes cannot be read as a document: damaged, encrypted, empty, of an unknown format."""

    code = "READ"


class MissingToolError(ReadError):
    """The document needs a program or an extra that is not installed; the message says which."""

    code = "READ-TOOL"


class NotAReportError(GoujiError, ValueError):
    """The document was read and is no annual report."""

    code = "NOT-A-REPORT"


class FormError(GoujiError, ValueError):
    """A form's TOML has a mistake; ``where`` names it by its path in the file."""

    code = "FORM"


class UnknownEditionError(FormError, LookupError):
    """No form of that edition is known."""

    code = "FORM-EDITION"
