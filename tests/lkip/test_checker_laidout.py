"""Text that came from a page: contents, running heads and columns of spaces; what contradicts itself is still found."""

import pytest

from core.errors import Refused
from lkip.checker.check import check
from lkip.checker.reading import read
from lkip.checker.reading.laidout import is_laid_out

CONTENTS = """\
                                  Daftar isi
                    BAB I     Pendahuluan                                              1
                    2.1       Realisasi dan capaian penempatan tenaga kerja            2
                    2.2       Realisasi dan capaian pelatihan tenaga kerja             3
                              menurut sumber dananya
                    2.3       Anggaran dan realisasi program penempatan               12
Pengantar singkat ............................................................ 14
"""
BODY = """\
                    2.1       Penempatan
                              Pada tahun 2023 persentase pencari kerja yang ditempatkan
                              ditargetkan sebesar {target} persen dan terealisasi sebesar
                              {actual} persen dari seluruh pencari kerja.

Tabel 3.1 Jumlah pegawai menurut jabatan
                                                      Jumlah
Jabatan                                              pegawai        Angka

Pejabat pimpinan                                           {a}       F-001

Jabatan fungsional                                        13        F-002

Pelaksana dan pegawai dengan
perjanjian kerja                                           8        F-003

Jumlah                                                    {total}        F-004


"""
TABLE = """\
Tabel 3.2 Target, realisasi, dan capaian indikator tahun 2023
No.   Indikator                                         Target    Realisasi    Capaian (%)

1     Persentase pencari kerja yang ditempatkan          80,00        88,00       {capaian}
2     Persentase perselisihan yang diselesaikan          90,00        90,00       100,00
      menurut jenisnya
                                                                             bersambung
"""


def page(body: str, number: str) -> str:
    """A page with its running head and foot."""
    head = "Laporan Kinerja 2023                                     Bab yang sedang dibaca\n\n\n"
    foot = f"\n\n\nDinas Tenaga Kerja Kota Contoh                                          {number}\n"
    return (
        head + body + foot + f"                                                   Halaman {number} dari 5\n"
    )


def report(a="3", total="24", capaian="110,00", target="80,00", actual="88,00") -> str:
    """Five printed pages."""
    bodies = (
        CONTENTS,
        BODY.format(a=a, total=total, target=target, actual=actual),
        TABLE.format(capaian=capaian),
        "   Pada tahun 2023 tercatat 88,00 persen.\n",
        "   Demikian laporan ini disusun.\n",
    )
    return "\f".join(page(body, str(no)) for no, body in enumerate(bodies, 1))


def rules(text: str) -> list[str]:
    return [found.rule for found in check(read(text.encode(), "laporan.txt"))]


def test_a_printed_report_without_contradictions_yields_nothing():
    assert rules(report()) == []


def test_a_wrong_sum_and_a_wrong_capaian_are_found_in_a_printed_report():
    found = check(read(report(total="26", capaian="112,50").encode(), "laporan.txt"))
    assert {each.rule for each in found} == {"R2", "R4"}
    assert any("3 + 13 + 8 = 24 ≠ 26" in each.sum for each in found)
    assert any("88,00 ÷ 80,00 × 100 = 110 ≠ 112,50" in each.sum for each in found)


def test_columns_of_spaces_are_cells_and_wrapped_labels_are_whole():
    document = read(report().encode(), "laporan.txt")
    staff, goals = document.tables
    assert staff.caption == "Tabel 3.1 Jumlah pegawai menurut jabatan"
    assert [row.cells for row in staff.rows[-2:]] == [
        ["Pelaksana dan pegawai dengan perjanjian kerja", "8", "F-003"],
        ["Jumlah", "24", "F-004"],
    ]
    assert goals.rows[-1].cells == [
        "2",
        "Persentase perselisihan yang diselesaikan menurut jenisnya",
        "90,00",
        "90,00",
        "100,00",
    ]
    assert document.place(staff.rows[-1].no).where.startswith("halaman 2, baris ")


def test_running_heads_and_feet_and_contents_are_no_sentences():
    document = read(report().encode(), "laporan.txt")
    prose = [line.text for line in document.prose()]
    assert not [
        text for text in prose if "Laporan Kinerja 2023" in text or "Halaman" in text or "Kota" in text
    ]
    assert not [text for text in prose if "2.2 " in text or "....." in text or "sumber dananya" in text]
    assert any(
        "ditargetkan sebesar 80,00 persen dan terealisasi sebesar 88,00 persen" in text for text in prose
    )


def test_a_total_at_the_edge_of_three_pages_is_no_running_foot():
    """Only a number that counts on with the pages makes a repeated line a foot."""
    pages = [f"Uraian    Orang\nA          {n}\nB          1\nJumlah     {n + 1}" for n in (5, 9, 30)]
    lines = [line.text for line in read("\f".join(pages).encode(), "a.txt").lines]
    assert [text for text in lines if text.startswith("Jumlah")] == ["Jumlah 6", "Jumlah 10", "Jumlah 31"]


def test_a_table_goes_on_over_a_page_and_its_repeated_head_is_left_out():
    head = "Program dan kegiatan                    Pagu (Rp)     Realisasi (Rp)\n"
    first = f"Tabel 4 Belanja\n{head}Program Satu                           10.000.000          8.000.000\n"
    second = f"Tabel 4 Belanja (lanjutan)\n{head}Program Dua                             5.000.000          4.000.000\n"
    second += "Jumlah                                 15.000.000         12.000.000\n"
    (table,) = read(f"{first}\f{second}".encode(), "a.txt").tables
    assert [row.cells[0] for row in table.rows] == [
        "Program dan kegiatan",
        "Program Satu",
        "Program Dua",
        "Jumlah",
    ]


def test_a_label_torn_by_the_page_does_not_part_its_table():
    """Else the total would be held against the rows of the last page alone."""
    first = """Tabel 4 Belanja
Program dan kegiatan                    Pagu (Rp)     Realisasi (Rp)
Program Satu                           10.000.000          8.000.000
Program Dua dengan nama panjang        20.000.000         18.000.000
"""
    second = """di dalam daerah
Program Tiga                            5.000.000          4.000.000
Program Empat                           5.000.000          4.000.000
Jumlah                                 {}.000.000         34.000.000
"""
    (table,) = read(f"{first}\f{second.format(40)}".encode(), "a.txt").tables
    assert [row.cells[1] for row in table.rows if row.cells[1]][-1] == "40.000.000"
    assert rules(f"{first}\f{second.format(40)}") == []
    assert "R2" in rules(f"{first}\f{second.format(41)}")


def test_a_text_of_very_many_columns_is_read_at_once():
    document = read(("\f" + ("12 " * 300 + "\n") * 2000).encode(), "a.txt")
    assert document.tables == []
    assert len(document.lines) == 2000


def test_numbers_that_stand_close_keep_their_order():
    text = """\f
Tabel 4 Belanja
Uraian                                  Pagu (Rp)      Realisasi (Rp)      Sisa (Rp)
Belanja Daerah                   11.872.240.800 11.141.936.138 730.304.662
    Belanja Operasi              11.688.940.030 10.967.705.138 721.234.892
        Belanja Barang            7.174.181.457      6.640.921.090 533.260.367
    Belanja Modal                   183.300.770        174.231.000       9.069.770
"""
    (table,) = read(text.encode(), "a.txt").tables
    assert table.rows[1].cells == ["Belanja Daerah", "11.872.240.800", "11.141.936.138", "730.304.662"]
    assert table.rows[-1].cells == ["Belanja Modal", "183.300.770", "174.231.000", "9.069.770"]


def test_text_with_tabs_is_read_by_its_tabs():
    assert not is_laid_out("\fUraian\tJumlah\nA\t1")
    assert not is_laid_out("Kalimat biasa.\nKalimat lain dengan   celah.")
    assert is_laid_out("Kalimat biasa.\fKalimat lain.")


def test_blank_lines_do_not_make_a_report_too_long():
    read(("Kalimat biasa.\n\n\n" * 3_000).encode(), "a.txt")
    with pytest.raises(Refused):
        read(("Kalimat biasa.\n" * 9_000).encode(), "a.txt")


def test_the_rows_of_a_list_that_lost_its_table_are_no_contradiction():
    row = "Pagu dan realisasi sasaran menurut laporan Rp {} dan Rp {} pada akhir tahun.\n\n"
    amounts = [("983.666.800", "923.671.950"), ("764.725.407", "403.156.536"), ("195.809.550", "149.801.722")]
    assert (
        rules("\f" + "".join(f"Sasaran {n}\n\n{row.format(*each)}" for n, each in enumerate(amounts))) == []
    )
    twice = rules("\f" + "".join(row.format(*each) for each in amounts[:2]))
    assert twice == ["R1"]


def test_the_mark_of_a_footnote_is_no_part_of_a_number():
    one = "Pagu seluruh dinas menurut dokumen anggaran Rp 11.872.240.800F-0066 yang berlaku."
    assert rules(f"{one}\n\nIsi.\n\n{one.replace('F-0066', 'F-006')}") == []
    assert rules(f"{one}\n\nIsi.\n\n{one.replace('872', '873')}") == ["R1"]
