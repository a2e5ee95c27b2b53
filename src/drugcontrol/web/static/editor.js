// The structure editor: loaded when its part of the form is opened, and only then. What is drawn is written into the
// text field of the form as a molfile, and leaves the page in the body of the form alone.

const place = document.getElementById("editor");
const field = document.getElementById("structure");
const folded = place?.closest("details");

async function open() {
  if (!folded.open || place.dataset.ready) return;
  place.dataset.ready = "yes";
  const { CanvasEditor, Molecule } = await import(place.dataset.editor);
  place.hidden = false;
  const editor = new CanvasEditor(place, { initialMode: "molecule" });
  for (const canvas of place.querySelectorAll("canvas")) canvas.setAttribute("aria-label", place.dataset.label);
  let written = field.value;
  show();
  editor.setOnChangeListener((event) => {
    if (event.type !== "molecule" || !event.isUserEvent) return;
    const drawn = editor.getMolecule();
    written = field.value = drawn.getAllAtoms() ? drawn.toMolfile() : "";
  });
  field.addEventListener("change", show);

  function show() {
    if (!field.value.trim()) return;
    try {
      const text = field.value;
      const read = text.includes("M  END") ? Molecule.fromMolfile(text) : Molecule.fromSmiles(text.trim());
      editor.setMolecule(read);
    } catch {
      // what the editor cannot draw the server may still read, and says so if not
    }
  }
}

if (folded) {
  folded.addEventListener("toggle", open);
  open();
}
