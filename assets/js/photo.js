// The camera of a photo field: a 3:4 frame, take, look at it as on the card, take again. The photo goes into the file
// field, so the form is sent as with a chosen file. Without a camera, or without scripts, the field alone remains.
const LEAST = [354, 472];
const WORDS = {
  NotAllowedError: "Kamera tidak diizinkan. Izinkan kamera di setelan peramban, atau pilih foto dari ponsel.",
  NotFoundError: "Kamera tidak ditemukan. Pilih foto dari ponsel.",
  NotReadableError: "Kamera sedang dipakai aplikasi lain. Tutup aplikasi itu, atau pilih foto dari ponsel.",
  small: "Kamera ini hanya memberi gambar kecil. Pilih foto dari ponsel.",
  other: "Kamera tidak bisa dibuka. Pilih foto dari ponsel.",
  frame: "Tempatkan wajah di dalam garis, cari cahaya dari depan, lalu ambil foto.",
  taken: "Foto sudah diambil. Pakai foto ini, atau ambil ulang.",
};

// The largest 3:4 rectangle: middle across, two fifths of the surplus cut above, as the server crops.
export function crop(width, height) {
  const w = width * 4 > height * 3 ? Math.floor((height * 3) / 4) : width;
  const h = Math.min(height, Math.floor((w * 4) / 3));
  return [Math.floor((width - w) / 2), Math.round((height - h) * 0.4), w, h];
}

function draw(source, width, height, canvas) {
  const [x, y, w, h] = crop(width, height);
  canvas.getContext("2d").drawImage(source, x, y, w, h, 0, 0, canvas.width, canvas.height);
}

function camera(input, box) {
  const part = (name) => box.querySelector(`[data-kamera-${name}]`);
  const panel = part("panel"), video = panel.querySelector("video"), shot = panel.querySelector("canvas");
  const guide = panel.querySelector(".guide"), card = part("kartu"), form = input.form;
  let stream = null;

  const say = (word) => { part("kata").textContent = WORDS[word] || WORDS.other; };
  const stop = () => { stream?.getTracks().forEach((track) => track.stop()); stream = null; video.srcObject = null; };
  const show = (taken) => {
    video.hidden = part("ambil").hidden = taken;
    guide.toggleAttribute("hidden", taken);
    shot.hidden = part("pakai").hidden = part("ulang").hidden = !taken;
    card.hidden = !taken;
  };

  async function start() {
    panel.hidden = false;
    part("mulai").hidden = true;
    show(false);
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: "user", width: { ideal: 1440 }, height: { ideal: 1080 } },
      });
      video.srcObject = stream;
      await video.play();
      say("frame");
      part("ambil").focus();
    } catch (problem) {
      stop();
      part("ambil").hidden = true;
      say(problem.name);
    }
  }

  function close({ keep = false } = {}) {
    stop();
    panel.hidden = true;
    card.hidden = !keep;
    part("mulai").hidden = false;
    part("mulai").querySelector("button").focus();
  }

  function take() {
    const [, , w, h] = crop(video.videoWidth, video.videoHeight);
    if (w < LEAST[0] || h < LEAST[1]) { say("small"); return; }
    shot.width = w;
    shot.height = h;
    draw(video, video.videoWidth, video.videoHeight, shot);
    draw(shot, w, h, card.querySelector("canvas"));
    shot.toBlob((blob) => {
      const files = new DataTransfer();
      files.items.add(new File([blob], "kamera.jpg", { type: "image/jpeg" }));
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      stop();
      show(true);
      say("taken");
      part("pakai").focus();
    }, "image/jpeg", 0.92);
  }

  part("mulai").querySelector("button").addEventListener("click", start);
  part("ambil").addEventListener("click", take);
  part("ulang").addEventListener("click", () => { input.value = ""; start(); });
  part("tutup").addEventListener("click", () => close());
  part("pakai").addEventListener("click", () => (box.dataset.kirim === undefined ? close({ keep: true }) : form.requestSubmit()));
  window.addEventListener("pagehide", stop);
}

// A chosen file is shown as on the card too, where the browser can read it (HEIC often not), and can be turned upright:
// a picture that lies on its side without saying so is known to nobody but who looks at it.
function preview(input, card) {
  const turn = card.querySelector("[data-kamera-putar]");
  const put = (blob, name) => {
    const files = new DataTransfer();
    files.items.add(new File([blob], name, { type: "image/jpeg" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  input.addEventListener("change", async () => {
    const file = input.files[0];
    turn.hidden = true;
    if (!file || file.name === "kamera.jpg") return;
    try {
      const picture = await createImageBitmap(file);
      draw(picture, picture.width, picture.height, card.querySelector("canvas"));
      picture.close();
      card.hidden = turn.hidden = false;
    } catch {
      card.hidden = true; // the server says what is wrong with it
    }
  });
  turn.addEventListener("click", async () => {
    const picture = await createImageBitmap(input.files[0]);
    const whole = Object.assign(document.createElement("canvas"), { width: picture.height, height: picture.width });
    const pen = whole.getContext("2d");
    pen.translate(picture.height, 0);
    pen.rotate(Math.PI / 2);
    pen.drawImage(picture, 0, 0);
    picture.close();
    whole.toBlob((blob) => put(blob, "diputar.jpg"), "image/jpeg", 0.95);
  });
}

for (const box of document.querySelectorAll("[data-kamera-kotak]")) {
  const input = box.closest("form")?.querySelector("input[type=file][data-kamera]");
  if (!input) continue;
  box.hidden = false;
  preview(input, box.querySelector("[data-kamera-kartu]"));
  if (navigator.mediaDevices?.getUserMedia) camera(input, box);
  else box.querySelector("[data-kamera-mulai]").hidden = true;
}
