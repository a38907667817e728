import pytest

from server.screen_codes import LENGTH, LETTERS, LIVES_SECONDS, MOST_WRONG, Offer, ScreenCodes, TooManyWrong

OFFER = Offer("lãnh đạo", "bang1", "so1")
HERE = "192.0.2.7"


class Clock:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def codes(clock: Clock) -> ScreenCodes:
    return ScreenCodes(clock)


def test_a_code_is_short_and_has_no_letters_that_look_alike(codes: ScreenCodes) -> None:
    for _ in range(50):
        code = codes.offer(OFFER)
        assert len(code) == LENGTH
        assert set(code) <= set(LETTERS)
    assert not set("01OIL") & set(LETTERS)


def test_a_code_opens_once(codes: ScreenCodes) -> None:
    code = codes.offer(OFFER)
    assert [codes.take(code, HERE), codes.take(code, HERE)] == [OFFER, None]


@pytest.mark.parametrize("typed", ["{a}-{b}", " {a} {b} ", "{a}{b}"])
def test_a_code_may_be_typed_in_small_letters_and_with_a_gap(codes: ScreenCodes, typed: str) -> None:
    code = codes.offer(OFFER)
    assert codes.take(typed.format(a=code[:4], b=code[4:]).lower(), HERE) == OFFER


@pytest.mark.parametrize("typed", ["", "x", "\ud800", "đ" * 8, "ı" * 8, "2" * 1000])
def test_what_is_no_code_opens_nothing(codes: ScreenCodes, typed: str) -> None:
    codes.offer(OFFER)
    assert codes.take(typed, HERE) is None


def test_a_code_lives_ten_minutes(codes: ScreenCodes, clock: Clock) -> None:
    early, late = codes.offer(OFFER), codes.offer(Offer("cán bộ", "bang1", "so1"))
    clock.seconds = LIVES_SECONDS - 1
    assert codes.take(early, HERE) is not None
    clock.seconds = LIVES_SECONDS
    assert codes.take(late, HERE) is None


def test_asking_again_voids_the_code_before(codes: ScreenCodes) -> None:
    first, second = codes.offer(OFFER), codes.offer(OFFER)
    assert codes.take(first, HERE) is None
    assert codes.take(second, HERE) == OFFER


def test_codes_are_withdrawn_for_one_department_alone(codes: ScreenCodes) -> None:
    other = Offer("ai khác", "bang2", "so2")
    ours, theirs = codes.offer(OFFER), codes.offer(other)
    codes.withdraw(OFFER.department_id)
    assert codes.take(ours, HERE) is None
    assert codes.take(theirs, HERE) == other


def _type_wrong_ones(codes: ScreenCodes, sender: str, many: int = MOST_WRONG) -> None:
    for _ in range(many):
        assert codes.take("22222222", sender) is None


def test_after_ten_wrong_codes_the_right_one_is_not_looked_at_for_a_while(codes: ScreenCodes, clock: Clock) -> None:
    _type_wrong_ones(codes, HERE)
    code = codes.offer(OFFER)
    with pytest.raises(TooManyWrong):
        codes.take(code, HERE)
    clock.seconds = LIVES_SECONDS
    code = codes.offer(OFFER)
    assert codes.take(code, HERE) == OFFER


def test_the_wrong_codes_of_one_sender_do_not_stop_another(codes: ScreenCodes) -> None:
    _type_wrong_ones(codes, HERE)
    assert codes.take(codes.offer(OFFER), "192.0.2.8") == OFFER


def test_a_sender_with_many_addresses_counts_as_one(codes: ScreenCodes) -> None:
    for number in range(MOST_WRONG):
        _type_wrong_ones(codes, f"2001:db8:0:1::{number:x}", 1)
    with pytest.raises(TooManyWrong):
        codes.take(codes.offer(OFFER), "2001:db8:0:1:ffff::1")
    assert codes.take(codes.offer(OFFER), "2001:db8:0:2::1") == OFFER


def test_floods_of_offers_and_senders_take_bounded_memory(codes: ScreenCodes) -> None:
    first = codes.offer(OFFER)
    for number in range(250):
        codes.offer(Offer("ai", f"bang{number}", "so2"))
    assert codes.take(first, HERE) is None
    for number in range(1_200):
        codes.take("22222222", f"10.0.{number // 256}.{number % 256}")
    assert codes.wrong_ones("10.0.0.0") == 0
    assert codes.wrong_ones("10.0.4.175") == 1
