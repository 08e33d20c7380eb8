// Builds core/static/core from sass/ and js/, with a manifest of sha256 sums. `node build.mjs --check` fails when the
// committed output differs from what the sources give. Needed by developers only: the site runs without Node.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "core", "static", "core");
const ceiling = { "site.css": 18 * 1024, "site.js": 9 * 1024, "staff.js": 3 * 1024, "scan.js": 2 * 1024, "photo.js": 3 * 1024, "phone.js": 3 * 1024, "sw.js": 3 * 1024, "htmx.min.js": 17 * 1024, "mark.svg": 1024 };

function notice(name) {
  const meta = JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8"));
  return `${name} ${meta.version}, ${meta.license}`;
}

function styles() {
  const result = sass.compile(join(here, "sass", "site.scss"), {
    style: "compressed",
    loadPaths: [join(here, "node_modules")],
    quietDeps: true,
  });
  return `/*! ${notice("govuk-frontend")}; lihat THIRD_PARTY.md */\n${result.css.replace(/^\uFEFF/, "")}\n`;
}

function script(name) {
  const result = esbuild.buildSync({
    entryPoints: [join(here, "js", name)],
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome90", "firefox90", "safari15"],
    write: false,
    legalComments: "none",
    charset: "utf8",
  });
  const head = name === "site.js" || name === "staff.js" ? `/*! ${notice("govuk-frontend")}; lihat THIRD_PARTY.md */\n` : "";
  return `${head}${result.outputFiles[0].text}`;
}

function htmx() {
  const text = readFileSync(join(here, "node_modules", "htmx.org", "dist", "htmx.min.js"), "utf8");
  return `/*! ${notice("htmx.org")}; lihat THIRD_PARTY.md */\n${text}\n`;
}

const files = { "site.css": styles(), "site.js": script("site.js"), "staff.js": script("staff.js"), "scan.js": script("scan.js"), "photo.js": script("photo.js"), "phone.js": script("phone.js"), "sw.js": script("sw.js"), "htmx.min.js": htmx() };
files["mark.svg"] = readFileSync(join(here, "img", "mark.svg"), "utf8");
const manifest = {};
for (const [name, text] of Object.entries(files)) {
  const packed = gzipSync(text, { level: 9 }).length;
  if (packed > ceiling[name]) throw new Error(`${name}: ${packed} bytes packed, ceiling ${ceiling[name]}`);
  manifest[name] = { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text), gzip: packed };
}
files["manifest.json"] = JSON.stringify(manifest, null, 2) + "\n";

let differs = 0;
mkdirSync(out, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  const path = join(out, name);
  if (process.argv.includes("--check")) {
    if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
      console.error(`${name}: the committed file is not what the sources give; run npm run build`);
      differs += 1;
    }
  } else {
    writeFileSync(path, text);
  }
}
for (const [name, entry] of Object.entries(manifest)) console.log(name.padEnd(14), entry.bytes, "bytes,", entry.gzip, "packed");
process.exit(differs ? 1 : 0);
