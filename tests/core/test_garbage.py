from __future__ import annotations

import gc

import pytest

from core.garbage import collection_paused


def test_the_collector_rests_for_a_block_and_works_again_after_it() -> None:
    with collection_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), collection_paused():
        _ = 1 / 0
    assert gc.isenabled()


def test_a_pause_within_a_pause_leaves_the_outer_one_be() -> None:
    with collection_paused():
        with collection_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
