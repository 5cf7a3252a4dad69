// Keys, look-up and the way between a sentence and its place on the page. Without it the page is forms and links, and works but for
// editing.
"use strict";

const form = document.getElementById("decide");
const cards = [...document.querySelectorAll(".card")];
const rows = [...document.querySelectorAll(".rows a")];

/* What a decision would be about */

function chosenSentence() {
  return form?.querySelector("input[name=evidence_id]:checked");
}

function showReach() {
  const sentence = chosenSentence();
  if (!sentence) return;
  for (const label of form.querySelectorAll(".reading")) {
    const role = label.dataset.role;
    const words = sentence.dataset[role];
    const input = label.querySelector("input");
    label.hidden = !words;
    input.disabled = !words;
    if (words) label.querySelector("span").textContent = `every “${words}” read as ${sentence.dataset[role + "Name"]}`;
    if (!words && input.checked) form.querySelector("input[name=scope][value=triple]").checked = true;
  }
  const scope = form.querySelector("input[name=scope]:checked").value;
  const reach = sentence.dataset[scope + "Reach"];
  form.querySelector(".reach").textContent = reach ? `changes ${reach}` : "";
}

function showPage() {
  const index = chosenSentence()?.closest(".card").dataset.index;
  for (const page of document.querySelectorAll("aside.pages > *")) page.hidden = page.dataset.index !== index;
  const box = document.querySelector("aside.pages > :not([hidden]) rect");
  const frame = document.querySelector("aside.pages");
  if (box && getComputedStyle(frame).position === "sticky") {
    frame.scrollTop += box.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
  }
}

function chooseCard(card) {
  if (!card) return;
  card.querySelector("input[name=evidence_id]").checked = true;
  card.scrollIntoView({ block: "nearest" });
  showReach();
  showPage();
}

function step(by) {
  if (rows.length) {
    const at = rows.indexOf(document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + by))].focus();
  } else {
    const at = cards.findIndex((card) => card.querySelector("input:checked"));
    chooseCard(cards[at + by]);
  }
}

function toPlace() {
  const page = document.querySelector("aside.pages > :not([hidden])");
  const seen = page?.getBoundingClientRect();
  const away = seen && (seen.top > innerHeight * 0.6 || getComputedStyle(page.parentElement).position === "sticky");
  (away ? page.querySelector("rect") ?? page : chosenSentence().closest(".card")).scrollIntoView({ block: "center" });
}

/* Editing with look-up */

function offerSaving() {
  const button = form.querySelector(".edit-button");
  button.firstChild.textContent = "Save edit ";
  button.classList.add("saving");
}

// Who edits again goes on from the edit in force: a decision takes the place of the one before it, with all that it changed.
function goOnFromEdit() {
  if (form.querySelector("input[name=scope]:checked").value !== "triple") return;
  for (const slot of form.querySelectorAll(".slot[data-now]")) {
    const kept = slot.querySelector("input[type=hidden]");
    (kept ?? slot.querySelector("select")).value = slot.dataset.now;
    if (!kept) continue;
    slot.querySelector(".name").value = slot.dataset.nowName;
    slot.querySelector(".curie").textContent = slot.dataset.now;
  }
  markChanges();
}

function openEdit() {
  const edit = document.getElementById("edit");
  goOnFromEdit();
  edit.hidden = false;
  edit.scrollIntoView({ block: "nearest" });
  offerSaving();
  edit.querySelector("input").focus();
  edit.querySelector("input").select();
}

function markChanges() {
  for (const slot of form.querySelectorAll(".slot")) {
    const kept = slot.querySelector("input[type=hidden]");
    const field = kept ?? slot.querySelector("select");
    slot.classList.toggle("changed", field.value !== "" && field.value !== field.dataset.was);
  }
}

class LookUp {
  constructor(slot) {
    this.slot = slot;
    this.role = slot.dataset.slot;
    this.name = slot.querySelector(".name");
    this.kept = slot.querySelector("input[type=hidden]");
    this.shown = slot.querySelector(".curie");
    this.list = slot.querySelector(".found");
    this.asked = 0;
    this.name.addEventListener("input", () => this.typed());
    this.name.addEventListener("keydown", (event) => this.key(event));
    this.name.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li[data-curie]");
      if (item) this.take(item);
    });
  }

  typed() {
    const text = this.name.value.trim();
    const empty = !text && this.role === "cancer";
    const same = text === this.name.dataset.was;
    this.keep(same || !empty ? "" : "none", empty ? "none" : same ? this.kept.dataset.was : "choose one");
    this.slot.classList.toggle("open", !same && !empty);
    clearTimeout(this.timer);
    if (text) this.timer = setTimeout(() => this.ask(text), 120);
    else this.close();
  }

  async ask(text) {
    const number = ++this.asked;
    let found = [], why = "The lexicon knows no such name.";
    try {
      const answer = await fetch(`/lookup?${new URLSearchParams({ q: text, slot: this.role })}`);
      if (answer.ok) found = await answer.json();
      else why = "The name cannot be looked up now.";
    } catch {
      why = "exomine curate does not answer.";
    }
    if (number === this.asked && document.activeElement === this.name) this.show(found, why);
  }

  show(found, why) {
    this.list.replaceChildren(...found.map((f) => this.line(f)));
    if (!found.length) {
      const nothing = document.createElement("li");
      nothing.className = "nothing";
      nothing.textContent = why;
      this.list.append(nothing);
    }
    this.list.firstElementChild.setAttribute("aria-selected", found.length > 0);
    this.open(true);
  }

  line(found) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    Object.assign(item.dataset, { curie: found.curie, name: found.name });
    for (const [tag, text, kind] of [["span", found.name, `label-${found.label}`], ["small", found.synonym === found.name ? "" : found.synonym], ["code", found.curie]]) {
      const part = document.createElement(tag);
      part.textContent = text;
      if (kind) part.className = kind;
      item.append(part);
    }
    return item;
  }

  key(event) {
    const chosen = this.list.querySelector("[aria-selected=true]");
    // Words that stand for nothing would be in the way of every decision: who leaves them takes them back.
    if (this.list.hidden && event.key === "Escape" && this.slot.classList.contains("open")) this.reset();
    if (this.list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = event.key === "ArrowDown" ? chosen?.nextElementSibling : chosen?.previousElementSibling;
      if (next) {
        chosen.setAttribute("aria-selected", "false");
        next.setAttribute("aria-selected", "true");
        next.scrollIntoView({ block: "nearest" });
      }
    } else if (event.key === "Enter" && chosen?.dataset.curie) {
      this.take(chosen);
    } else if (event.key === "Escape") {
      this.close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(item) {
    this.name.value = item.dataset.name;
    this.keep(item.dataset.curie, item.dataset.curie);
    this.slot.classList.remove("open");
    this.close();
  }

  reset() {
    this.name.value = this.name.dataset.was;
    this.keep("", this.kept.dataset.was);
    this.slot.classList.remove("open");
    this.close();
  }

  keep(curie, shown) {
    this.kept.value = curie;
    this.shown.textContent = shown || "no identifier";
    markChanges();
  }

  open(is) {
    this.list.hidden = !is;
    this.name.setAttribute("aria-expanded", is);
  }

  close() {
    clearTimeout(this.timer);
    this.asked++;
    this.open(false);
  }
}

/* Sending: only to a server that answers, since a browser's own page of errors would lose what was filled in */

let answers = false;

async function send(submitter) {
  const note = document.getElementById("silent");
  try {
    await fetch("/static/icon.svg", { method: "HEAD", cache: "no-store" });
    answers = true;
    note.hidden = true;
    form.requestSubmit(submitter);
  } catch {
    note.hidden = false;
  }
}

/* Keys */

// A page that holds a decision up asks something: a key that was meant for the next statement, or is kept down, is no answer to it.
const HURRY = 800;
const DECIDES = "a r l e w".split(" ");

function press(key) {
  if (DECIDES.includes(key) && document.querySelector(".held") && performance.now() < HURRY) return true;
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  if (!target) return false;
  if (target.matches("input:not([type=radio]), select")) target.focus();
  else target.click();
  return true;
}

const help = document.getElementById("help");
const OTHER_KEYS = {
  "?": () => help.showModal(),
  j: () => step(1),
  k: () => step(-1),
  p: () => form && toPlace(),
};

document.addEventListener("keydown", (event) => {
  const field = event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
  if (event.key === "Escape" && field) event.target.blur();
  if (field || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.repeat && (DECIDES.includes(event.key) || event.key === "u")) return;
  const other = OTHER_KEYS[event.key];
  if (other) other();
  if (other || press(event.key)) event.preventDefault();
});

document.getElementById("help-button").addEventListener("click", () => help.showModal());

/* Beginning */

document.querySelector(".filters")?.addEventListener("change", (event) => event.currentTarget.submit());

if (form) {
  for (const slot of form.querySelectorAll(".slot:has(.name)")) new LookUp(slot);
  form.addEventListener("change", () => { showReach(); markChanges(); });
  for (const card of cards) {
    card.addEventListener("click", (event) => { if (!event.target.closest("a")) chooseCard(card); });
    card.querySelector(".to-page")?.addEventListener("click", (event) => { event.preventDefault(); chooseCard(card); toPlace(); });
  }
  for (const box of document.querySelectorAll("rect")) {
    box.addEventListener("click", () => chosenSentence().closest(".card").scrollIntoView({ block: "center" }));
  }
  if (!document.getElementById("edit").hidden) { offerSaving(); markChanges(); }
  // What is held up was sent: the address is that of the answer, and loading it again would send it again.
  if (document.querySelector(".held")) history.replaceState(null, "", form.dataset.here);
  form.addEventListener("submit", (event) => {
    const edits = event.submitter?.value === "edit";
    if ((edits || !event.submitter) && document.getElementById("edit").hidden) { event.preventDefault(); openEdit(); return; }
    const open = form.querySelector(".slot.open");
    if (open && (edits || !document.getElementById("edit").hidden)) { event.preventDefault(); open.querySelector(".name").focus(); return; }
    if (!answers) { event.preventDefault(); send(event.submitter); return; }
    for (const button of form.querySelectorAll(".buttons button")) setTimeout(() => { button.disabled = true; });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("#edit input, #edit select")) { event.preventDefault(); form.querySelector(".edit-button").click(); }
    else if (event.key === "Enter" && event.target.matches("[name=note]")) { event.preventDefault(); event.target.blur(); }
  });
  showReach();
  showPage();
}

// From here on keys are heard: who presses them for others (a test, a macro) can wait for it.
document.documentElement.dataset.keys = "heard";
