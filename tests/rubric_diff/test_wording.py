"""How a comparison says what a criterion asks."""

from decimal import Decimal

from cchc_core.rubric_diff.wording import modifiers, rule_words
from cchc_core.rules.kinds import Checklist, Effect, Item, Leaf


def test_periods_and_bonuses_are_named_as_people_call_them() -> None:
    one = Decimal(1)
    leaf = Leaf(one, Checklist((Item("Gửi đủ", one, due_period="h1"),)), due_period="q3", effect=Effect.BONUS)
    assert rule_words(leaf).endswith("Gửi đủ: 1,0000 (từ kỳ 6 tháng)")
    assert (modifiers(leaf)["Kỳ đến hạn"], modifiers(leaf)["Loại điểm"]) == ("quý III", "Điểm thưởng")
