// The check page: read a card's code with the camera, where the browser can. Pictures never leave the phone; what was
// read goes into the form as if it had been typed. Without this the number is typed.
const PREFIX = "AK1:";
const PAUSE = 200;

async function canRead() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await window.BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

function scanner(box) {
  const [start, stop, video, says] = ["mulai", "berhenti", "video", "kabar"].map((name) =>
    box.querySelector(`[data-${name}]`),
  );
  const field = document.getElementById(box.dataset.pindai);
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  let stream = null;

  function close(text) {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    video.hidden = stop.hidden = true;
    start.hidden = false;
    says.textContent = text;
  }

  async function look() {
    if (!stream) return;
    let found = [];
    try {
      found = await detector.detect(video);
    } catch {
      // a frame that is not there yet; the next one is looked at
    }
    const code = found.map((one) => one.rawValue).find((text) => text.startsWith(PREFIX));
    if (code) {
      close("Kode terbaca. Memeriksa…");
      field.value = code;
      field.form.requestSubmit();
      return;
    }
    if (found.length) says.textContent = "Ini bukan kode kartu AK-1. Arahkan ke kode di belakang kartu.";
    window.setTimeout(look, PAUSE);
  }

  start.addEventListener("click", async () => {
    start.hidden = true;
    says.textContent = "Izinkan kamera, lalu arahkan ke kode di belakang kartu.";
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      close("Kamera tidak bisa dibuka. Ketik nomor kartu di bawah.");
      return;
    }
    video.srcObject = stream;
    video.hidden = stop.hidden = false;
    await video.play();
    look();
  });
  stop.addEventListener("click", () => {
    close("Pemindaian dihentikan.");
    start.focus();
  });
  window.addEventListener("pagehide", () => close(""));
  box.hidden = false;
  document.querySelector("[data-tanpa-pindai]").hidden = true;
}

const box = document.querySelector("[data-pindai]");
if (box && (await canRead())) scanner(box);
