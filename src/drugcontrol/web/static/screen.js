// A word before an upload that is too large. The form works without this file.

const form = document.querySelector("form[data-most]");
const field = form.querySelector("input[type=file]");

field.addEventListener("change", () => {
  const tooLarge = [...field.files].some((file) => file.size > Number(form.dataset.most));
  field.setCustomValidity(tooLarge ? form.dataset.tooLarge : "");
  field.reportValidity();
});
