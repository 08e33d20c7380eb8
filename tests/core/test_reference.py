"""Regions, classifications, education codes, UMK, nomenclature: loaded once, found by what people write."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core import classification, regions
from core.models.reference import (
    ClassificationCode,
    EducationLevel,
    IpkEducationCode,
    MinimumWage,
    Nomenclature,
    Region,
    RegionAlias,
)
from core.reference import BadReferenceData, load_nomenclature, load_reference

pytestmark = pytest.mark.django_db


def _counts():
    tables = (Region, RegionAlias, ClassificationCode, IpkEducationCode, EducationLevel, MinimumWage)
    return [table.objects.count() for table in tables]


def test_loading_twice_changes_nothing_and_reads_nothing(reference, capsys, django_assert_max_num_queries):
    before = _counts()
    with django_assert_max_num_queries(4):
        assert load_reference() == {}
    load_reference(force=True)
    assert _counts() == before
    call_command("load_reference")
    assert "sudah terbaru" in capsys.readouterr().out


def test_loading_keeps_what_the_office_verified_itself(reference):
    wage = MinimumWage.objects.get(region_id="32.77", year=2023)
    assert (wage.amount, wage.verified) == (Decimal("3514093.25"), False)
    wage.amount, wage.verified, wage.decree = Decimal("3514093.00"), True, "Kepgub"
    wage.save()
    load_reference(force=True)
    wage.refresh_from_db()
    assert (wage.amount, wage.verified, wage.decree) == (Decimal("3514093.00"), True, "Kepgub")
    assert MinimumWage.objects.get(region_id="32.75", year=2026).verified


def test_regions_have_their_place(reference):
    current = Region.objects.current()
    assert [current.filter(level=level).count() for level in ("PROVINCE", "REGENCY", "DISTRICT")] == [
        38,
        514,
        7285,
    ]
    cimahi = Region.objects.get(code="32.77")
    assert current.within(cimahi).filter(level="VILLAGE").count() == 15
    assert current.within(Region.objects.get(code="32.75")).filter(level="VILLAGE").count() == 56
    melong = Region.objects.get(code="32.77.01.1001")
    assert (melong.name, melong.kind, melong.parent.name) == ("Melong", "URBAN", "Cimahi Selatan")
    assert melong.parent.parent == cimahi
    assert melong.parent.plain_code == "327701"


def test_a_region_is_found_however_it_is_spelled(reference):
    bekasi = Region.objects.get(code="32.75")
    for typed in ("Duren Jaya", "DURENJAYA", "durenjaya", " Kel. Duren-Jaya ", "Kelurahan Durenjaya"):
        assert regions.find_region(typed, within=bekasi).code == "32.75.01.1003", typed


def test_finding_needs_the_level_or_place_when_a_name_is_used_twice(reference):
    bekasi = Region.objects.get(code="32.75")
    with pytest.raises(regions.AmbiguousRegion, match="Ada 2 wilayah"):
        regions.find_region("Medan Satria", within=bekasi)
    assert regions.find_region("Medan Satria", within=bekasi, level="DISTRICT").code == "32.75.06"
    assert regions.find_region("Medan Satria", within=bekasi, level="VILLAGE").code == "32.75.06.1001"
    assert regions.find_region("Kota Bekasi").code == "32.75"
    assert regions.find_region("Kabupaten Bekasi").code == "32.16"
    with pytest.raises(regions.AmbiguousRegion):
        regions.find_region("Bekasi", level="REGENCY")
    assert regions.find_region("Atlantis") is None


def test_old_codes_keep_their_time_and_lead_to_the_present_ones(reference):
    merauke = Region.objects.get(code="91.01")
    assert (merauke.name, merauke.valid_until) == ("Kabupaten Merauke", dt.date(2022, 12, 31))
    assert merauke not in Region.objects.current()
    assert merauke in Region.objects.current(dt.date(2021, 5, 1))
    assert regions.current_region("91.01").code == "93.01"
    assert regions.current_region("92.71.01").name == "Sorong"
    assert regions.current_region("32.77").name == "Kota Cimahi"
    assert regions.current_region("99.99") is None
    assert regions.find_region("Kabupaten Merauke").code == "93.01"


def test_the_region_of_a_nik_warns_but_never_refuses(reference):
    cimahi = Region.objects.get(code="32.77")
    assert regions.region_warnings("327701", home=cimahi) == []
    assert "tidak dipakai" in regions.region_warnings("910101")[0]
    assert "bukan kode kecamatan" in regions.region_warnings("999999")[0]
    assert "di luar kota" in regions.region_warnings("327501", home=cimahi)[0]


LEVELS = {
    "KBJI2014": {1: 10, 2: 43, 3: 130, 4: 446, 6: 2137},
    "KBJI2026": {1: 10, 2: 43, 3: 130, 4: 447},
    "KBLI2020": {1: 21, 2: 88, 3: 245, 4: 567, 5: 1791},
}


def test_classifications_are_complete_and_without_orphans(reference):
    for version, by_level in LEVELS.items():
        codes = classification.codes(version)
        assert {level: codes.filter(level=level).count() for level in by_level} == by_level
        assert codes.count() == sum(by_level.values())
        known = set(codes.values_list("code", flat=True))
        assert set(codes.exclude(parent_code="").values_list("parent_code", flat=True)) <= known
        assert codes.first().scheme_version == version
        assert classification.NOTES[version]


def test_a_code_means_something_only_with_its_version(reference):
    assert classification.lookup("KBJI2014", "4212").title == "Juru Taruh, Bandar, dan YBDI"
    assert classification.lookup("KBJI2026", "4212").title == "JURU GADAI DAN PEMBERI PINJAMAN UANG"
    assert classification.lookup("KBJI2026", "4214") is None
    assert "Truk" in classification.lookup("KBJI2014", "833").title


FOLLOWED = {"4212": None, "4213": "4212", "4214": "4213", "4213.01": "4212", "4212.02": None, "2514": "2514"}


def test_following_an_occupation_into_kbji_2026(reference):
    assert {old: classification.mapped(old).code for old in FOLLOWED} == FOLLOWED


def test_following_notes_what_is_not_the_same_code(reference):
    assert classification.mapped("2514").note == ""
    assert "juru gadai" in classification.mapped("4213").note.lower()
    deeper = classification.mapped("2514.01")
    assert deeper.code == "2514"
    assert "belum terbit" in deeper.note
    assert classification.mapped("zz").code is None


def test_every_group_of_kbji_2014_is_followed_to_a_group_that_exists(reference):
    present = set(classification.codes("KBJI2026").values_list("code", flat=True))
    groups = classification.codes("KBJI2014").filter(level=4).values_list("code", flat=True)
    ends = {code: classification.mapped(code).code for code in groups}
    assert {code for code, end in ends.items() if end is None} == {"4212"}
    assert set(ends.values()) - {None} <= present
    assert present - set(ends.values()) >= {"2515", "4219"}


def test_education(reference):
    assert list(EducationLevel.objects.values_list("code", flat=True))[:4] == [
        "TIDAK_SEKOLAH",
        "TIDAK_TAMAT_SD",
        "SD",
        "SMP",
    ]
    smk = EducationLevel.objects.get(code="SMK")
    assert (smk.label, smk.kkni_level, smk.ipk_group) == ("SMK/MAK", 2, "3 (31-37)")
    assert IpkEducationCode.objects.count() == 625
    assert IpkEducationCode.objects.get(code="1101").level == "SD"


ROWS = [
    {"level": "PROGRAMME", "name": "Program A", "code": "2.07.03"},
    {"level": "ACTIVITY", "name": "Kegiatan 1", "code": "2.07.03.2.01"},
    {"level": "SUB_ACTIVITY", "name": "Sub  x", "code": ""},
    {"level": "SUB_ACTIVITY", "name": "Sub y"},
    {"level": "PROGRAMME", "name": "Program B", "code": ""},
    {"level": "ACTIVITY", "name": "Kegiatan 1", "code": ""},
]


def test_nomenclature_is_a_tree_a_year_with_or_without_codes(reference):
    loaded = load_nomenclature(ROWS, year=2023)
    assert [item.order for item in loaded] == [1, 2, 3, 4, 5, 6]
    assert loaded[2].parent == loaded[1]
    assert loaded[2].name == "Sub x"
    assert (loaded[2].code, loaded[2].code_display) == (None, "tanpa kode")
    assert loaded[0].code_display == "2.07.03"
    assert loaded[5].parent == loaded[4]
    again = load_nomenclature(ROWS, year=2023)
    assert [item.pk for item in again] == [item.pk for item in loaded]
    load_nomenclature(ROWS, year=2024)
    assert Nomenclature.objects.count() == 12


@pytest.mark.parametrize(
    "rows",
    [
        [{"level": "ACTIVITY", "name": "K"}],
        [{"level": "PROGRAMME", "name": " "}],
        [{"level": "X", "name": "K"}],
        [*ROWS[:2], {"level": "PROGRAMME", "name": "C"}, {"level": "SUB_ACTIVITY", "name": "S"}],
        [ROWS[0], ROWS[0]],
    ],
)
def test_a_broken_nomenclature_is_refused_whole(db, rows):
    with pytest.raises(BadReferenceData, match="baris"):
        load_nomenclature(rows, year=2025)
    assert not Nomenclature.objects.filter(year=2025).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"level": "ACTIVITY", "parent": None, "name": "x"},
        {"level": "PROGRAMME", "parent": None, "name": "Program A"},
        {"level": "PROGRAMME", "parent": None, "name": "y", "code": ""},
        {"level": "PROGRAMME", "parent": None, "name": "z", "code": "2.07.03"},
    ],
)
def test_the_database_refuses_a_crooked_nomenclature(db, fields):
    load_nomenclature(ROWS[:1], year=2023)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomenclature.objects.create(year=2023, **fields)


def test_the_database_refuses_a_region_of_unknown_level_or_backward_validity(db):
    for fields in ({"level": "STATE"}, {"level": "PROVINCE", "kind": "X"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Region.objects.create(code="00", name="x", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(
            code="00",
            name="x",
            level="PROVINCE",
            valid_from=dt.date(2020, 1, 2),
            valid_until=dt.date(2020, 1, 1),
        )


def test_nomenclature_takes_the_keys_of_the_document(db):
    loaded = load_nomenclature([{**row, "key": f"k{i}"} for i, row in enumerate(ROWS)], year=2023)
    assert [item.key for item in loaded] == ["k0", "k1", "k2", "k3", "k4", "k5"]
    assert [item.key for item in load_nomenclature(ROWS, year=2024)] == [
        "1",
        "1.1",
        "1.1.1",
        "1.1.2",
        "2",
        "2.1",
    ]
    renamed = [{**ROWS[0], "key": "k0", "name": "Program A, nama baru"}]
    assert load_nomenclature(renamed, year=2023)[0].pk == loaded[0].pk


def test_a_name_that_is_a_word_for_a_level_is_still_found(reference):
    bekasi = Region.objects.get(code="32.75")
    assert regions.find_region("Kota Baru", within=bekasi).code == "32.75.02.1003"
    assert (
        regions.find_region("Cimahi", within=Region.objects.get(code="32.77"), level="VILLAGE").name
        == "Cimahi"
    )
    assert regions.find_region("Kec. Cimahi Utara").code == "32.77.03"
    with pytest.raises(regions.AmbiguousRegion):
        regions.find_region("Cimahi", within=Region.objects.get(code="32.77"))
