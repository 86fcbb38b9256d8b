"""Python's search for cycles while a document is read."""

import gc
import threading

import pytest

from gouji.readers.collecting import without_collecting


def test_it_is_off_inside_and_on_again_after_even_an_error() -> None:
    with without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        divide_without_collecting()
    assert gc.isenabled()


def divide_without_collecting() -> float:
    with without_collecting():
        return 1 / 0


def test_it_stays_off_for_a_caller_who_had_it_off() -> None:
    gc.disable()
    try:
        with without_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_last_of_several_threads_puts_it_on_again() -> None:
    inside, done = threading.Event(), threading.Event()

    def read() -> None:
        with without_collecting():
            inside.set()
            done.wait(10)

    thread = threading.Thread(target=read)
    thread.start()
    inside.wait(10)
    with without_collecting():
        pass
    assert not gc.isenabled()
    done.set()
    thread.join()
    assert gc.isenabled()
