from transforms.doubts import doubt_reasons


def test_every_reason_has_a_sentence_for_the_person_who_decides() -> None:
    reasons = doubt_reasons()
    assert reasons["low_confidence"].holds
    assert all(reason.sentence.endswith("。") for reason in reasons.values())
