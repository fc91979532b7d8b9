"""Which drugs a line names, which word is only nearly a name, and what never counts."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.drug_names import fold_name, language_forms, words_of
from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, Workup
from rls_workup.protocols import load_protocol
from tests.smallprotocol import TODAY


@cache
def shipped() -> Protocol:
    return load_protocol()


def read(line: object) -> TakenDrug:
    return shipped().reader.pharmacy.read_line(line)


def ids(line: object) -> list[str]:
    return [drug.id for drug in read(line).drugs]


def assessed(*lines: Any) -> Assessment:
    workup = Workup("w", visit_date="2026-11-20", answers={"medications": Answer(list(lines))})
    return assess(shipped(), workup, TODAY)


@pytest.mark.parametrize(
    ("line", "drugs"),
    [
        ("omeprazole", ["omeprazole"]),
        ("LOSEC 20 mg", ["omeprazole"]),
        ("omeprazol", ["omeprazole"]),
        ("omeprazolum", ["omeprazole"]),
        ("oméprazole 20mg", ["omeprazole"]),
        ("ome\u0301prazole 20mg", ["omeprazole"]),
        ("metformina", ["metformin"]),
        ("metformine", ["metformin"]),
        ("sertralin", ["sertraline"]),
        ("clorpromazina", ["chlorpromazine"]),
        ("difenhidramina", ["diphenhydramine"]),
        ("fenitoína", ["phenytoin"]),
        ("levotiroxina", ["levothyroxine"]),
        ("hidroxizina", ["hydroxyzine"]),
        ("chlorpheniramine", ["chlorphenamine"]),
        ("clorfenamina", ["chlorphenamine"]),
        ("cholestyramine", ["colestyramine"]),
        ("meclizine", ["meclozine"]),
        ("levodopa/carbidopa", ["levodopa"]),
        ("carbidopa-levodopa CR", ["levodopa"]),
        ("aspirin and clopidogrel", ["aspirin", "clopidogrel"]),
        ("clopidogrel + aspirin", ["clopidogrel", "aspirin"]),
        ("omeprazole (Losec)", ["omeprazole"]),
        ("Tylenol PM", ["diphenhydramine"]),
        ("Advil PM", ["diphenhydramine", "ibuprofen"]),
        ("ferrous sulfate (iron) 200 mg", ["ferrous_sulfate"]),
        ("iron", ["iron_unnamed"]),
        ("PPI", ["ppi_unnamed"]),
        ("PPI: omeprazole", ["omeprazole"]),
        ("moon dust", []),
    ],
)
def test_a_name_brand_or_language_counts_at_once(line: str, drugs: list[str]) -> None:
    assert ids(line) == drugs
    assert read(line).recognised is bool(drugs)


@pytest.mark.parametrize(
    ("line", "written", "meant"),
    [
        ("omeprazle", "omeprazle", ["omeprazole"]),
        ("Omeprazle 20 mg od", "Omeprazle", ["omeprazole"]),
        ("Prozak", "Prozak", ["Prozac (fluoxetine)"]),
        ("amitryptiline", "amitryptiline", ["amitriptyline"]),
        ("Efexor", "Efexor", ["Effexor (venlafaxine)"]),
        ("dyphenhydramine", "dyphenhydramine", ["diphenhydramine"]),
        ("Tylenol PN at night", "Tylenol PN", ["Tylenol PM (diphenhydramine)"]),
        ("ferrous sulfite", "ferrous sulfite", ["ferrous sulfate"]),
    ],
)
def test_a_slip_is_asked_about_and_does_not_count(line: str, written: str, meant: list[str]) -> None:
    taken = read(line)
    assert taken.drugs == ()
    assert not taken.recognised
    (slip,) = taken.slips
    assert slip.written == written == line[slip.start : slip.end]
    assert [likely.shown for likely in slip.meant] == meant
    assert f"Did you mean {meant[0]}?" in slip.says()


# Pairs of real medicines that have been mistaken for each other; the first is not in the list, the second is.
LOOK_ALIKES = [
    ("hydralazine", "hydroxyzine"),
    ("chlorpropamide", "chlorpromazine"),
    ("clonidine", "clonazepam"),
    ("clonidine", "clozapine"),
    ("prednisone", "primidone"),
    ("prednisolone", "primidone"),
    ("Lasix", "Losec"),
    ("Celebrex", "Celexa"),
    ("Cerebyx", "Celexa"),
    ("buspirone", "bupropion"),
    ("protriptyline", "nortriptyline"),
    ("desipramine", "imipramine"),
    ("lofepramine", "clomipramine"),
    ("cyclizine", "meclizine"),
    ("tizanidine", "nizatidine"),
    ("carbimazole", "carbamazepine"),
    ("oxcarbazepine", "carbamazepine"),
    ("methyldopa", "levodopa"),
    ("Prograf", "Prozac"),
    ("MiraLax", "Mirapex"),
    ("Taxol", "Paxil"),
    ("Lovenox", "Luvox"),
    ("Zocor", "Zoloft"),
    ("Xanax", "Zantac"),
    ("naloxone", "naproxen"),
    ("hydromorphone", "morphine"),
    ("liothyronine", "levothyroxine"),
    ("sumatriptan", "zonisamide"),
    ("estriol", "estradiol"),
    ("cocaine", "codeine"),
    ("lorazepam", "clonazepam"),
    ("ketoprofen", "ibuprofen"),
    ("propafenone", "propranolol"),
    ("Adderall", "Inderal"),
    ("Neoral", "Inderal"),
]


@pytest.mark.parametrize(("taken", "other"), LOOK_ALIKES)
def test_a_look_alike_is_never_taken_for_the_other(taken: str, other: str) -> None:
    assert ids(other), f"{other} is in the list"
    assert ids(taken) == []
    assert read(taken).slips == ()
    found = assessed({"name": taken})
    assert {f.id for f in found.findings if f.item == "medications"} == {"medicine_not_checked"}


def test_no_language_form_of_one_drug_names_another() -> None:
    named: dict[str, set[str]] = {}
    for drug in shipped().drugs.values():
        for name in (drug.name, *drug.also):
            for form in language_forms(fold_name(name)):
                named.setdefault(form, set()).add(drug.id)
    assert all(len(drugs) == 1 for drugs in named.values())
    assert not {fold_name(taken) for taken, _ in LOOK_ALIKES} & set(named)


def test_an_unconfirmed_slip_fires_no_flag_and_is_reported() -> None:
    found = assessed({"name": "omeprazle", "years": 3})
    (said,) = (f for f in found.findings if f.item == "medications")
    assert (said.id, said.severity) == ("medicine_not_checked", "caution")
    assert "Did you mean omeprazole?" in said.explanation
    assert "drug_lowers_b12" not in {f.id for f in found.findings}


def test_a_slip_beside_a_known_drug_leaves_a_no_open() -> None:
    taken = read("aspirin and omeprazle")
    assert [drug.id for drug in taken.drugs] == ["aspirin"]
    assert not taken.recognised
    assert {"drug_lowers_iron", "medicine_not_checked"} <= {
        f.id for f in assessed("aspirin and omeprazle").findings
    }


def test_a_spelling_that_is_confirmed_is_asked_about_no_more() -> None:
    line = {"name": "omeprazle", "as_spelt": True}
    assert read(line).slips == ()
    (said,) = (f for f in assessed(line).findings if f.item == "medications")
    assert (said.id, said.severity) == ("medicine_not_checked", "note")
    assert said.explanation == "“omeprazle” is not in the list: not checked."


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("promethazine", {"worsens_rls", "antihistamine", "blocks_dopamine"}),
        ("phenytoin", {"worsens_rls", "lowers_folate", "do_not_stop"}),
        ("pregabalin", {"lowers_b12", "aasm_for"}),
        ("omeprazole", {"lowers_b12", "lowers_iron"}),
        ("famotidine", {"lowers_b12", "lowers_iron"}),
        ("levodopa", {"lowers_b12", "augmentation_risk"}),
        ("colestyramine", {"lowers_b12", "lowers_iron"}),
        ("Aleve PM", {"worsens_rls", "lowers_iron"}),
        ("bupropion", {"aasm_against"}),
    ],
)
def test_a_drug_of_two_tables_shows_both(line: str, kinds: set[str]) -> None:
    assert {kind for kind in shipped().flags if read(line).has(kind)} >= kinds


@pytest.mark.parametrize(
    ("ago", "trouble"),
    [
        (4, ""),
        ("4", ""),
        ("", ""),
        (None, ""),
        ("long", "weeks ago X was stopped cannot be read"),
        ("<3", "stopped"),
    ],
)
def test_when_a_medicine_was_stopped_is_a_number_of_weeks(ago: Any, trouble: str) -> None:
    said = read({"name": "X", "current": False, "weeks_ago": ago}).trouble
    assert trouble in said
    assert bool(trouble) is bool(said)


def test_a_known_duration_that_is_too_short_takes_the_flag_away() -> None:
    assert read({"name": "metformin"}).has("lowers_b12")
    assert read({"name": "metformin", "months": Decimal(5)}).has("lowers_b12")
    assert not read({"name": "metformin", "months": Decimal(4)}).has("lowers_b12")


def test_what_is_not_in_the_list_says_so() -> None:
    assert read("moon dust").unchecked == "“moon dust” is not in the list: not checked."
    assert read("metformin").unchecked == ""
    assert read({"dose": "1 g"}).drug is None


@given(st.text(max_size=40))
def test_the_words_of_any_text_stand_where_they_say(text: str) -> None:
    for word in words_of(text):
        assert word.folded in fold_name(text[word.start : word.end]).split()


@given(
    st.lists(
        st.sampled_from(["omeprazole", "omeprazle", "Losec", "20", "mg", "and", "+", "Zyprexia", "é"]),
        max_size=7,
    )
)
def test_a_line_of_any_words_is_read(words: list[str]) -> None:
    line = " ".join(words)
    taken = read({"name": line})
    assert all(line[slip.start : slip.end] == slip.written for slip in taken.slips)
    assert ("omeprazole" in [drug.id for drug in taken.drugs]) is bool({"omeprazole", "Losec"} & set(words))


def test_more_names_than_are_remembered_are_read() -> None:
    for number in range(4200):
        assert not read(f"moondust{number}").slips
    assert read("omeprazle").slips
