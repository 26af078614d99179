import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.byline.people import read_byline


def people(text: str) -> list[str]:
    return [person.name for person in read_byline(text) if person.kind == "person"]


def organisations(text: str) -> list[str]:
    return [person.name for person in read_byline(text) if person.kind == "organisation"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Orla Quinn", ["Orla Quinn"]),
        ("ByOrla Quinn", ["Orla Quinn"]),
        ("by: Orla Quinn", ["Orla Quinn"]),
        ("Written by Orla Quinn", ["Orla Quinn"]),
        ("Words by Orla Quinn", ["Orla Quinn"]),
        ("Von Svenja Althoff", ["Svenja Althoff"]),
        ("Text: Petra Meier", ["Petra Meier"]),
        ("Par Amélie Dufour", ["Amélie Dufour"]),
        ("Por Inés Caldera", ["Inés Caldera"]),
        ("Di Fiamma Rossi", ["Fiamma Rossi"]),
        ("a cura di Fiamma Rossi", ["Fiamma Rossi"]),
        ("Door Joost van der Meer", ["Joost van der Meer"]),
        ("Av Åse Lindqvist", ["Åse Lindqvist"]),
        ("Byron Hale", ["Byron Hale"]),
    ],
)
def test_what_introduces_a_name_is_left_out_in_many_languages(line: str, names: list[str]) -> None:
    assert people(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Orla Quinn and Tom Hale", ["Orla Quinn", "Tom Hale"]),
        ("Orla Quinn & Tom Hale", ["Orla Quinn", "Tom Hale"]),
        ("Orla Quinn, Tom Hale and Ana Ruiz", ["Orla Quinn", "Tom Hale", "Ana Ruiz"]),
        ("Orla Quinn, Tom Hale, and Ana Ruiz", ["Orla Quinn", "Tom Hale", "Ana Ruiz"]),
        ("Von Svenja Althoff und Jonas Krestin", ["Svenja Althoff", "Jonas Krestin"]),
        ("Par Amélie Dufour et Luc Morel", ["Amélie Dufour", "Luc Morel"]),
        ("Por Inés Caldera y Luis Prado", ["Inés Caldera", "Luis Prado"]),
        ("Door Joost Meer en Sanne Vos", ["Joost Meer", "Sanne Vos"]),
        ("Av Åse Berg och Nils Lund", ["Åse Berg", "Nils Lund"]),
        ("Orla Quinn, Orla Quinn", ["Orla Quinn"]),
        ("Katerina & Maria", ["Katerina", "Maria"]),
    ],
)
def test_several_names_are_taken_one_by_one(line: str, names: list[str]) -> None:
    assert people(line) == names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Orla Quinn, Showbiz Reporter", "Orla Quinn"),
        ("Orla Quinn Entertainment Editor", "Orla Quinn"),
        ("Orla Quinn, Senior Reporter, The Evening Gazette", "Orla Quinn"),
        ("By Orla Quinn for GlintOnline", "Orla Quinn"),
        ("Orla Quinn in Dublin", "Orla Quinn"),
        ("By Orla Quinn | Published 3 May 2026", "Orla Quinn"),
        ("By Orla Quinn Updated: 12:30, 3 May 2026", "Orla Quinn"),
        ("Orla Quinn - 27 Mar 2026", "Orla Quinn"),
        ("By Orla Quinn @orlaquinn Follow", "Orla Quinn"),
        ("Orla Quinn orla@glint.example", "Orla Quinn"),
        ("Orla Quinn (Dublin)", "Orla Quinn"),
        ("Orla Quinn, MD, Ph.D.", "Orla Quinn"),
        ("Orla Quinn, Ph.D., RD", "Orla Quinn"),
        ("By Orla Quinn, AP Film Writer", "Orla Quinn"),
        ("Orla Quinn, Associated Press", "Orla Quinn"),
        ("Orla Quinn • Staff Writer • 5 min read", "Orla Quinn"),
        ("ORLA QUINN", "Orla Quinn"),
        ("By KATE O'NEIL", "Kate O'Neil"),
        ("J.K. Marrow", "J.K. Marrow"),
        ("A. J. Neal", "A. J. Neal"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("Ahmed bin Salim", "Ahmed bin Salim"),
        ("Jean-Paul de la Tour", "Jean-Paul de la Tour"),
        ("Rui Ma", "Rui Ma"),
        ("Dr. Vera Osman", "Dr. Vera Osman"),
        ("李 娜", "李 娜"),
    ],
)
def test_a_name_comes_without_role_place_date_handle_and_letters(line: str, name: str) -> None:
    assert people(line) == [name]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By PA", ["PA"]),
        ("Associated Press", ["Associated Press"]),
        ("By Glint Staff", ["Glint Staff"]),
        ("Von dpa", ["dpa"]),
        ("Lifestyle-Redaktion", []),
        ("By The Canadian Press", ["The Canadian Press"]),
        ("Orla Quinn and PA Media", ["PA Media"]),
        ("Glint Editorial Team", ["Glint Editorial Team"]),
    ],
)
def test_desks_and_agencies_are_organisations(line: str, names: list[str]) -> None:
    assert organisations(line) == names


@pytest.mark.parametrize(
    "line",
    [
        *(
            "admin",
            "orla.quinn",
            "Glint1",
            "By",
            "",
            "Updated 3 May 2026",
            "5 min read",
            "Follow",
            "3.5",
            "Image",
            "Monday",
        ),
        *(
            "(Image: Instagram/orla)",
            "https://glint.example/a",
            "View all posts",
            "adding a spoon of sugar",
            "x" * 5000,
        ),
        "By the time she left",
    ],
)
def test_what_is_no_name_gives_nobody(line: str) -> None:
    assert read_byline(line) == []


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["By", "and", ",", "|", "Orla", "Quinn", "PA", "in", "3", "("])).map(" ".join)
)
def test_any_line_gives_short_clean_names_each_once(line: str) -> None:
    names = [person.name for person in read_byline(line)]
    assert len(set(map(str.casefold, names))) == len(names)
    assert all(name == " ".join(name.split()) and name and len(name.split()) <= 7 for name in names)
