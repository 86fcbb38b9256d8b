"""A file that crashes, hangs or eats memory is that file's outcome and nobody else's."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gouji.batches import pool
from gouji.batches.pool import Seat, Watch, Worker
from gouji.batches.result import Result, unpack
from gouji.batches.settings import Settings
from gouji.errors import GoujiError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits need POSIX")

Parse = Callable[[bytes], Result]


@pytest.fixture
def seat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    monkeypatch.setattr(pool, "COMMAND", [str(Path(__file__).with_name("strange_worker.py"))])
    watch = Watch()
    seat = Seat(Settings(workers=2, timeout=0.5, memory=600, recycle=3), watch=watch)
    yield seat
    seat.leave()
    watch.stop()


def reason(result: Result) -> bytes:
    return unpack(result.rows)["documents"]


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"crash:", "BATCH-CRASH", b"SIGSEGV"),
        (b"exit:", "BATCH-CRASH", b"exit status 3"),
        (b"spin:", "BATCH-TIME", b"longer than 0.5 seconds"),
        (b"sleep:", "BATCH-TIME", b"longer than 0.5 seconds"),
        (b"memory:", "BATCH-MEMORY", b"memory"),
    ],
)
def test_a_bad_file_fails_alone(seat: Seat, content: bytes, code: str, said: bytes) -> None:
    assert seat.parse(b"<html><body><p>weather</p></body></html>").status == "not_a_report"
    bad = seat.parse(content)
    assert (bad.status, bad.code) == ("failed", code)
    assert said in reason(bad)
    assert seat.parse(b"<html><body><p>weather</p></body></html>").status == "not_a_report"


def test_a_hang_without_work_is_ended_by_the_clock(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "cpu_seconds", lambda _: 0.0)
    assert seat.parse(b"spin:").code == "BATCH-TIME"


def test_what_is_printed_does_not_get_between_the_frames(seat: Seat) -> None:
    assert seat.parse(b"print:").status in {"not_a_report", "failed"}


def test_an_unexpected_error_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    from gouji.batches import worker

    def broken(*_: object, **__: object) -> None:
        raise KeyError("no such key")

    monkeypatch.setattr("gouji.pipeline.parse_bytes", broken)
    result = worker.parse(b"anything")
    assert result.status == "failed"
    assert result.code == "BATCH-ERROR"
    assert b"KeyError" in reason(result)


def test_a_worker_killed_by_others_is_tried_again(seat: Seat, tmp_path: Path) -> None:
    result = seat.parse(b"second:" + str(tmp_path / "mark").encode())
    assert result.code == ""


def test_a_worker_is_replaced_after_some_files(seat: Seat) -> None:
    seen = set()
    for _ in range(4):
        seat.parse(b"<html><body><p>weather</p></body></html>")
        seen.add(seat.worker.process.pid if seat.worker else 0)
    assert len(seen) == 3  # one, none after the third file, another


def test_no_new_worker_is_started_for_a_short_rest(seat: Seat) -> None:
    seat.files_left = iter([None, 3]).__next__
    seen = []
    for _ in range(7):
        seat.parse(b"<html><body><p>weather</p></body></html>")
        seen.append(seat.worker.process.pid if seat.worker else 0)
    assert seen[2] == seen[5] == 0  # after the third nobody knows how many are left; after the sixth, enough for two
    seat.leave()
    seat.files_left = lambda: 2
    seen = []
    for _ in range(6):
        seat.parse(b"<html><body><p>weather</p></body></html>")
        seen.append(seat.worker.process.pid if seat.worker else 0)
    assert len(set(seen[:5])) == 1  # it does the rest, but not for ever
    assert seen[5] == 0


def test_nothing_is_tried_again_while_stopping(seat: Seat) -> None:
    seat.parse(b"<html><body><p>weather</p></body></html>")
    seat.stopping = threading.Event()
    seat.stopping.set()
    assert seat.parse(b"crash:").code == "BATCH-CRASH"
    assert seat.worker is None


def test_a_worker_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "COMMAND", ["-c", "raise SystemExit('no luck today')"])
    with pytest.raises(GoujiError, match="no luck today"):
        Worker(Settings())
