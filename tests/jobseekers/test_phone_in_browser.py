"""On a phone: the camera of the photo page, the card without internet, and nothing of it left for the next person."""

import pytest
from django.urls import reverse

from jobseekers.models import JobSeeker
from jobseekers.services import applications
from tests.browser import window
from tests.pictures import face

WIDTH = "image => image.decode().then(() => image.naturalWidth)"
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture
def draft(transactional_db, person_with, client_as):
    """A job seeker with a draft but no photo; the client carries their session."""
    client = client_as("JOBSEEKER")
    person = person_with(user=client.user, photo=None)
    client.draft = applications.start_application(actor=client.user, person=person)
    client.session_key = client.cookies["sessionid"].value
    client.photo_page = reverse("jobseekers:photo", args=[client.draft.uid])
    return client


@pytest.mark.parametrize("scripts", [True, False])
def test_a_photo_is_sent_refused_and_taken(live_server, draft, tmp_path, scripts):
    face((240, 320)).save(tmp_path / "kecil.jpg")
    face((1200, 900)).save(tmp_path / "foto.png")
    with window(live_server.url, session=draft.session_key, width=360, scripts=scripts) as phone:
        page = phone.page
        phone.goto(draft.photo_page)
        assert page.get_by_role("button", name="Ambil dengan kamera").is_visible() is scripts
        page.locator("input[type=file]").set_input_files(tmp_path / "kecil.jpg")
        page.get_by_role("button", name="Unggah dan periksa").click()
        assert page.title().startswith("Galat:")
        assert (
            "240 × 320 piksel, paling sedikit 354 × 472" in page.locator(".govuk-error-summary").inner_text()
        )
        assert phone.overflow() <= 0
        phone.shoot(f"foto-galat-{scripts}")
        page.locator("input[type=file]").set_input_files(tmp_path / "foto.png")
        page.get_by_role("button", name="Unggah dan periksa").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Periksa pas foto Anda"
        assert "Terang dan tidak buram" in page.locator(".checks").inner_text()
        assert page.locator(".ak1 dd", has_text="Rina Lestari").is_visible()
        assert page.locator(".frame img").first.evaluate(WIDTH) == 480
        assert phone.overflow() <= 0
        if scripts:
            assert phone.violations() == []
        phone.shoot(f"foto-{scripts}")
        assert phone.problems == []
    assert JobSeeker.objects.get(user=draft.user).photo is not None


def test_the_camera_frames_takes_and_takes_again(live_server, draft):
    with window(live_server.url, session=draft.session_key, width=360, flags=CAMERA) as phone:
        page = phone.page
        phone.goto(draft.photo_page)
        page.get_by_role("button", name="Ambil dengan kamera").click()
        page.get_by_text("Tempatkan wajah di dalam garis").wait_for()
        phone.shoot("kamera")
        assert page.get_by_role("button", name="Pakai foto ini").is_hidden()
        page.get_by_role("button", name="Ambil foto").click()
        page.get_by_text("Foto sudah diambil").wait_for()
        size = page.locator(".camera canvas").evaluate("canvas => [canvas.width, canvas.height]")
        assert size[0] * 4 == pytest.approx(size[1] * 3, abs=4)
        assert page.locator("input[type=file]").evaluate("field => field.files[0].type") == "image/jpeg"
        assert page.locator("[data-kamera-kartu] canvas").is_visible()
        assert phone.violations() == []
        phone.shoot("kamera-foto")
        page.get_by_role("button", name="Ambil ulang").click()
        page.get_by_text("Tempatkan wajah di dalam garis").wait_for()
        assert page.locator("input[type=file]").evaluate("field => field.files.length") == 0
        page.get_by_role("button", name="Tutup kamera").click()
        assert page.locator(".camera video").evaluate("video => video.srcObject") is None
        assert phone.problems == []


SIZE = """field => createImageBitmap(field.files[0]).then((picture) => [picture.width, picture.height])"""


def test_a_picture_that_lies_on_its_side_is_turned_before_it_is_sent(live_server, draft, tmp_path):
    face((900, 1200)).rotate(90, expand=True).save(tmp_path / "miring.png")
    with window(live_server.url, session=draft.session_key, width=360) as phone:
        page = phone.page
        phone.goto(draft.photo_page)
        field = page.locator("input[type=file]")
        field.set_input_files(tmp_path / "miring.png")
        assert field.evaluate(SIZE) == [1200, 900]
        page.get_by_role("button", name="Putar", exact=True).click()
        for _ in range(100):
            if field.evaluate("field => field.files[0].name") == "diputar.jpg":
                break
            page.wait_for_timeout(50)
        assert field.evaluate(SIZE) == [900, 1200]
        assert phone.violations() == []
        phone.shoot("foto-diputar")
        page.get_by_role("button", name="Putar", exact=True).wait_for()
        page.get_by_role("button", name="Unggah dan periksa").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Periksa pas foto Anda"
        assert phone.problems == []


def test_at_the_counter_the_camera_fills_the_field_and_sends_nothing_yet(
    transactional_db, agency, live_server, client_as
):
    officer = client_as("PLACEMENT_OFFICER")
    session = officer.cookies["sessionid"].value
    with window(live_server.url, session=session, width=1280, flags=CAMERA) as desk:
        page = desk.page
        desk.goto(reverse("jobseekers:desk"))
        page.get_by_role("button", name="Ambil dengan kamera").click()
        page.get_by_text("Tempatkan wajah di dalam garis").wait_for()
        page.get_by_role("button", name="Ambil foto").click()
        page.get_by_role("button", name="Pakai foto ini").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Permohonan AK-1 di loket"
        assert page.locator("input[type=file]").evaluate("field => field.files[0].name") == "kamera.jpg"
        assert page.locator("[data-kamera-kartu] canvas").is_visible()
        assert page.locator(".camera").is_hidden()
        assert page.locator(".govuk-error-summary").count() == 0
        assert desk.violations() == []
        desk.shoot("loket-kamera")
        assert desk.problems == []


@pytest.fixture
def holders(transactional_db, sent, officer, client_as):
    """Two holders of a card: (address of the card, session) of each."""
    found = []
    for name in ("Rina Lestari", "Sari Contohwati"):
        client = client_as("JOBSEEKER")
        client.user.full_name = name
        client.user.save()
        application = sent(person=None, full_name=name)
        JobSeeker.objects.filter(pk=application.jobseeker_id).update(user=client.user)
        card = applications.approve(application, actor=officer, version=application.version)
        page = reverse("jobseekers:my_card", args=[card.uid])
        found.append((page, client.cookies["sessionid"].value, card.number_grouped))
    return found


def sign_in(phone, session):
    phone.page.context.add_cookies([{"name": "sessionid", "value": session, "url": phone.base}])


def kept_by_the_browser(page) -> str:
    """Everything that the browser keeps for this site, in one text."""
    return page.evaluate(
        """async () => {
            const texts = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    texts.push(name, request.url, await (await cache.match(request)).text());
                }
            }
            return texts.join("\\n");
        }"""
    )


def test_the_card_opens_offline_for_its_holder_alone(live_server, holders):
    (first, session, number), (second, _, _) = holders
    with window(live_server.url, session=session, width=360) as phone:
        page, offline = phone.page, phone.page.context.set_offline
        phone.goto(first)
        assert page.locator(".qr svg").is_visible()
        page.locator("[data-simpan-kartu]", has_text="tersimpan di ponsel ini").wait_for()
        assert page.evaluate(READY)
        assert phone.violations() == []
        phone.shoot("kartu")

        offline(True)
        page.goto(phone.base + first)
        assert number in page.locator("main").inner_text()
        assert page.locator(".qr svg").is_visible()
        assert page.locator(".ph img").evaluate("image => image.naturalWidth") > 0
        assert page.get_by_text("Anda sedang tanpa internet.").is_visible()
        page.goto(phone.base + "/ak1/")
        assert page.get_by_role("heading", level=1).inner_text() == "Anda sedang tanpa internet"
        phone.shoot("luring")
        page.get_by_role("link", name="Buka kartu AK-1").click()
        assert number in page.locator("main").inner_text()
        page.goto(phone.base + second)
        assert "Anda sedang tanpa internet" in page.locator("h1").inner_text()

        offline(False)
        phone.goto("/ak1/")
        page.goto(phone.base + reverse("account_logout"))
        page.locator("main button[type=submit]").click()
        page.wait_for_load_state()
        offline(True)
        page.goto(phone.base + first)
        assert "Anda sedang tanpa internet" in page.locator("h1").inner_text()
        assert page.locator("[data-kartu-tersimpan] a").count() == 0
        assert number not in kept_by_the_browser(page)
        assert "Rina" not in kept_by_the_browser(page)


def test_the_next_person_to_sign_in_clears_the_card_before(live_server, holders):
    (first, session, number), (second, other, _) = holders
    with window(live_server.url, session=session, width=360) as phone:
        page = phone.page
        phone.goto(first)
        page.locator("[data-simpan-kartu]", has_text="tersimpan di ponsel ini").wait_for()
        assert number in kept_by_the_browser(page)
        sign_in(phone, other)
        phone.goto(second)
        page.locator("[data-simpan-kartu]", has_text="tersimpan di ponsel ini").wait_for()
        assert number not in kept_by_the_browser(page)
        page.context.set_offline(True)
        page.goto(phone.base + first)
        assert "Anda sedang tanpa internet" in page.locator("h1").inner_text()


def test_an_officer_keeps_no_page_and_clears_the_card_before(live_server, holders, client_as):
    first, session, number = holders[0]
    staff = client_as("PLACEMENT_OFFICER").cookies["sessionid"].value
    with window(live_server.url, session=session) as phone:
        page = phone.page
        phone.goto(first)
        page.locator("[data-simpan-kartu]", has_text="tersimpan di ponsel ini").wait_for()
        sign_in(phone, staff)
        phone.goto(reverse("jobseekers:person_list"))
        phone.goto(reverse("jobseekers:card_list"))
        kept = kept_by_the_browser(page)
        assert number not in kept
        assert "Lestari" not in kept
        assert "/petugas/" not in kept
        page.context.set_offline(True)
        page.goto(phone.base + reverse("jobseekers:card_list"))
        assert "Anda sedang tanpa internet" in page.locator("h1").inner_text()
