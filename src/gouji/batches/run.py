"""Run a batch: every input gets one outcome, kept at once; then the data set is built from all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from gouji.batches.archives import Found, open_source
from gouji.batches.assemble import assemble_apart
from gouji.batches.inputs import Item, find_files, show_path
from gouji.batches.journal import ContainerRecord, InputRecord, Journal
from gouji.batches.pool import Seat, Watch
from gouji.batches.progress import Silent, Tally
from gouji.batches.result import Result, failure, is_stale
from gouji.batches.settings import Settings, read_settings
from gouji.batches.version import identify, parser_version
from gouji.datasets.dataset import Dataset, open_dataset
from gouji.errors import GoujiError
from gouji.forms import load_form

_SHOW_EVERY = 0.1


def batch(
    sources: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    settings: Settings | None = None,
    force: bool = False,
    add: bool = False,
    dask: str | None = None,
    display: Silent | None = None,
    **changes: Any,
) -> Dataset:
    """Read many reports into a data set.

    Stopped at any moment, the same call goes on where it was; the data set is the same in the end. Files whose content
    is known are not parsed again.

    Args:
        sources: Files, folders, archives (zip, tar, WARC), or a single one.
        out: Folder of the data set; made when it is not there.
        settings: See :class:`~gouji.batches.settings.Settings`; read from ``gouji.toml`` when ``None``.
        force: Parse again what is known already.
        add: Keep the documents of earlier runs; without, the data set holds the given inputs and nothing else.
        dask: Address of a Dask scheduler whose workers do the parsing (``tcp://…:8786``).
        display: What shows the progress; nothing when ``None``.
        **changes: Single settings: ``workers=4``, ``timeout=30``.

    Returns:
        The data set, open for reading.

    Raises:
        FormError: A form has a mistake.
        GoujiError: A source is not there, another run uses the folder, the disk is full, no worker starts.
    """
    chosen = (settings or read_settings()).with_changes(changes)
    for form in chosen.forms:
        load_form(form)  # a mistake in a form is told before any work
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    folder = Path(out)
    files = _files(named, settings=chosen, folder=folder)
    make_folder(folder)
    tally = Tally()
    with display or Silent() as shown:
        with Journal(folder) as journal:
            journal.begin()
            parser_version()  # once, before several threads ask for it
            run = Run(files, journal=journal, settings=chosen, force=force, tally=tally, show=shown.show)
            if dask is None:
                run.here()
            else:
                from gouji.batches.cluster import run_on_cluster

                run_on_cluster(run, address=dask, folder=folder)
            journal.finish()
        tally.stage = "building"
        shown.show(tally)
        assemble_apart(
            folder,
            parser=parser_version(),
            forms=chosen.forms,
            all_runs=add,
            check=chosen.check,
            threads=max(1, chosen.processes - 1),  # one processor is busy with unpacking
        )
        tally.stage = "done"
        shown.show(tally)
    return open_dataset(folder)


def make_folder(folder: Path) -> None:
    """Make the folder of a data set, when it is not there.

    Raises:
        GoujiError: It cannot be made, or has a name that DuckDB does not open.
    """
    shown = show_path(str(folder))
    try:
        str(folder).encode()
        folder.mkdir(parents=True, exist_ok=True)
    except UnicodeEncodeError:
        reason = "the name is not UTF-8, and DuckDB opens no such folder"
        raise GoujiError(reason, code="BATCH-FOLDER", where=shown) from None
    except OSError as error:
        raise GoujiError(f"cannot make the folder: {error.strerror}", code="BATCH-FOLDER", where=shown) from error


def _files(sources: list[str | Path], *, settings: Settings, folder: Path) -> Callable[[], Iterator[str]]:
    """The files, as often as they are asked for; a source that is not there is told at once."""
    for source in sources:
        next(find_files([source], settings=settings), None)
    return lambda: find_files(sources, settings=settings, without=folder)


class Run:
    """One pass over the inputs.

    Attributes:
        files: Gives the paths of the files, in order.
        journal: Where outcomes are kept.
        settings: How to read.
        tally: What has been done.
    """

    def __init__(
        self,
        files: Callable[[], Iterator[str]],
        *,
        journal: Journal,
        settings: Settings,
        force: bool,
        tally: Tally,
        show: Callable[[Tally], None],
    ) -> None:
        self.files = files
        self.journal = journal
        self.settings = settings
        self.force = force
        self.tally = tally
        self.show = show
        self.stopping = threading.Event()
        self.trouble: BaseException | None = None
        self.found = self._all_items()
        self.turn = threading.Lock()

    @property
    def limits(self) -> tuple[float, ...]:
        """What decides whether a failure may be tried again."""
        return (self.settings.timeout, float(self.settings.memory))

    def _all_items(self) -> Iterator[Found]:
        return chain.from_iterable(open_source(path, settings=self.settings) for path in self.files())

    def here(self) -> None:
        """Do all of it with worker processes on this machine."""
        watch = Watch()
        threads = [
            threading.Thread(target=self._serve, args=(watch,), name=f"gouji-seat-{number}", daemon=True)
            for number in range(self.settings.processes)
        ]
        threads.append(self.counting())
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                while thread.is_alive():
                    thread.join(_SHOW_EVERY)
                    self.show(self.tally)
        except BaseException:
            self.stopping.set()
            raise
        finally:
            if self.stopping.is_set():
                watch.kill_all()
            for thread in threads:
                thread.join()
            watch.stop()
        if self.trouble is not None:
            raise self.trouble

    def counting(self) -> threading.Thread:
        """A thread, not yet started, that counts the files for the display."""
        return threading.Thread(target=self._count, name="gouji-count", daemon=True)

    def _count(self) -> None:
        count = 0
        for count, _ in enumerate(self.files(), start=1):  # noqa: B007 - the last number is the count
            if self.stopping.is_set():
                return
        with self.tally.lock:
            self.tally.total = count + (self.tally.total or 0)

    def _serve(self, watch: Watch) -> None:
        seat = Seat(self.settings, watch=watch, stopping=self.stopping, files_left=self.tally.left)
        try:
            while not self.stopping.is_set():
                with self.turn:
                    found = next(self.found, None)
                if found is None:
                    return
                if isinstance(found, ContainerRecord):
                    self.keep_container(found)
                else:
                    self._settle(found, seat)
        except BaseException as error:  # noqa: BLE001 - the main thread raises it
            self.trouble = self.trouble or error
            self.stopping.set()
            watch.kill_all()
        finally:
            seat.leave()

    def _settle(self, item: Item, seat: Seat) -> None:
        record = identify(item, settings=self.settings)
        if self.is_known(record.key, item=item):
            self.keep(record)
            return
        result = failure(item.code, item.reason) if item.code else seat.parse(item.data)
        if not self.stopping.is_set():  # else it may have been killed by us
            self.keep(record, result=result)

    def is_known(self, key: str, *, item: Item | None = None) -> bool:
        """Whether there is a result that need not be made again."""
        if self.force and (item is None or not item.code):
            return False
        known = self.journal.find(key)
        return known is not None and not is_stale(known[1], limits=known[3], now=self.limits)

    def keep(self, record: InputRecord, *, result: Result | None = None) -> None:
        """Keep an outcome; without a result, the known one."""
        if result is not None:
            self.journal.add_result(record.key, result, limits=self.limits)
            status, errors = result.status, result.errors
        else:
            known = self.journal.find(record.key)
            status, errors = (known[0], known[2]) if known else ("", 0)
        self.journal.add_input(record)
        self.tally.add(status, errors=errors, kept=result is None)

    def keep_container(self, record: ContainerRecord) -> None:
        """Keep what an archive was."""
        self.journal.add_container(record)
        self.tally.expect(record.taken - 1)
