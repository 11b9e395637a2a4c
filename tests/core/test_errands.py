from bot.core.ports import Errand
from tests.core.rig import Rig


def test_an_errand_is_done_after_the_commit_and_its_result_counts_once(rig: Rig) -> None:
    rig.run(lambda records: records.run_errand(Errand("e1", "fetch", {})))
    rig.later()
    rig.later(hours=1)
    assert rig.fetched == ["e1"]
    assert rig.tally("posts") == "1"


def test_an_errand_that_fails_is_tried_again_later(rig: Rig) -> None:
    rig.run(lambda records: records.run_errand(Errand("e1", "fetch", {"fail": "1"})))
    rig.later()
    assert rig.tally("posts") == "0"
    rig.later(minutes=2)
    assert rig.fetched == ["e1", "e1"]
    assert rig.tally("posts") == "1"
