// A file dropped anywhere on a page with a form for files: each field takes what its "accept" names, the first one
// what none names. The form works without this file.

const form = document.querySelector("form.drop");
const fields = [...form.querySelectorAll("input[type=file]")];

const fits = (field, file) => field.accept.split(",").some((ending) => file.name.toLowerCase().endsWith(ending));

for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", name === "dragover");
    if (name === "drop") take([...event.dataTransfer.files]);
  });
}
document.addEventListener("dragleave", () => form.classList.remove("over"));

function take(files) {
  for (const field of fields) {
    const mine = new DataTransfer();
    for (const file of files) {
      if (field === (fields.find((other) => fits(other, file)) ?? fields[0])) mine.items.add(file);
    }
    if (!mine.files.length) continue;
    field.files = mine.files;
    field.dispatchEvent(new Event("change"));
  }
}
