// A file dropped anywhere on the form, and a word before an upload that is too large. The form works without this file.

const form = document.querySelector("form[data-most]");
const field = form.querySelector("input[type=file]");

for (const name of ["dragover", "drop"]) {
  form.addEventListener(name, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", name === "dragover");
    if (name === "drop") {
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change"));
    }
  });
}
form.addEventListener("dragleave", () => form.classList.remove("over"));

field.addEventListener("change", () => {
  const tooLarge = [...field.files].some((file) => file.size > Number(form.dataset.most));
  field.setCustomValidity(tooLarge ? form.dataset.tooLarge : "");
  field.reportValidity();
});
