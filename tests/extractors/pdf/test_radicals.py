from extractors.pdf.radicals import radical_characters, without_radicals


def test_radicals_become_the_characters_they_stand_for() -> None:
    assert without_radicals("项⽬⾦额、⻓度、⻅效") == "项目金额、长度、见效"
    assert without_radicals("目标 ≥95%") == "目标 ≥95%"


def test_the_shapes_of_vertical_punctuation_become_the_punctuation() -> None:
    assert without_radicals("产出指标︵50分︶") == "产出指标（50分）"


def test_no_radical_stands_for_a_radical() -> None:
    characters = radical_characters()
    assert len(characters) > 300
    assert not any(ord(character) in characters for character in characters.values())
