// Every page: the form kit with Indonesian words, menus that close, forms that warn before losing what was typed.
// Nothing here is needed to use a page; without scripts every flow works by links and buttons.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { closeMenus } from "./menu.js";
import { guardUnsaved } from "./unsaved.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
createAll(CharacterCount, {
  i18n: {
    charactersUnderLimit: { other: "Sisa %{count} huruf" },
    charactersAtLimit: "Sudah mencapai batas huruf",
    charactersOverLimit: { other: "Kelebihan %{count} huruf" },
    wordsUnderLimit: { other: "Sisa %{count} kata" },
    wordsAtLimit: "Sudah mencapai batas kata",
    wordsOverLimit: { other: "Kelebihan %{count} kata" },
    textareaDescription: { other: "Paling banyak %{count} huruf" },
  },
});
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(FileUpload, {
  i18n: {
    chooseFilesButton: "Pilih berkas",
    dropInstruction: "atau seret ke sini",
    noFileChosen: "Belum ada berkas dipilih",
    multipleFilesChosen: { other: "%{count} berkas dipilih" },
    enteredDropZone: "Lepaskan berkas di sini",
    leftDropZone: "Berkas keluar dari kotak",
  },
});
createAll(PasswordInput, {
  i18n: {
    showPassword: "Tampilkan",
    hidePassword: "Sembunyikan",
    showPasswordAriaLabel: "Tampilkan kata sandi",
    hidePasswordAriaLabel: "Sembunyikan kata sandi",
    passwordShownAnnouncement: "Kata sandi terlihat",
    passwordHiddenAnnouncement: "Kata sandi tersembunyi",
  },
});
createAll(Radios);
closeMenus();
guardUnsaved();
