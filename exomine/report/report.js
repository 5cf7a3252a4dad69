"use strict";
(() => {
  const { sentences, charts } = JSON.parse(document.getElementById("data").textContent);
  const { texts, relations, papers, triples } = sentences;
  const dialog = document.getElementById("evidence");
  const list = dialog.querySelector("ol");
  const MOST = 200;

  const made = (name, text, cls) => {
    const node = document.createElement(name);
    if (text !== undefined) {
      const apart = document.createElement("bdi");
      apart.textContent = text;
      node.append(apart);
    }
    if (cls) node.className = cls;
    return node;
  };

  const item = (number) => {
    const [triple, sentence, paper, page, citations, score] = relations[number];
    const node = made("li");
    const where = papers[paper] + (page ? `, page ${page}` : "") + (citations ? `, cites ${citations.split(";").join(", ")}` : "");
    node.append(made("p", triples[triple][0], "statement"), made("blockquote", texts[sentence]), made("p", `${where} (score ${score})`, "note"));
    return node;
  };

  const open = (about, numbers) => {
    document.getElementById("evidence-title").replaceChildren(...made("h2", about).childNodes);
    const more = numbers.length > MOST ? `The first ${MOST} of ${numbers.length}; the others are in relations.csv.` : "";
    document.getElementById("evidence-more").textContent = more;
    list.replaceChildren(...numbers.slice(0, MOST).map(item));
    dialog.showModal();
    dialog.scrollTop = 0;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.n");
    if (button) open(button.dataset.about, button.dataset.r.split(",").map(Number));
    if (event.target === dialog) dialog.close();
  });

  const where = (test) => relations.flatMap((row, i) => (test(row) ? [i] : []));
  const asked = {
    network: (datum) => {
      if (datum.t !== undefined) return [datum.statement, where((r) => r[0] === datum.t)];
      if (datum.name === undefined) return null;
      return [datum.name, where((r) => triples[r[0]].slice(1).includes(datum.name))];
    },
    timeline: (datum) => {
      const about = `works of ${datum.year}, ${datum.kind}`;
      const button = [...document.querySelectorAll("#years button.n")].find((b) => b.dataset.about === about);
      return button ? [about, button.dataset.r.split(",").map(Number)] : null;
    },
  };

  // On a small screen the network is moved to and fro: its names would lie over each other.
  const frame = (place, name) => {
    if (name !== "network") return place;
    const wide = made("div", undefined, "wide");
    place.classList.add("scroll");
    place.append(wide);
    return wide;
  };

  for (const [name, spec] of Object.entries(charts)) {
    const place = frame(document.getElementById(name), name);
    vegaEmbed(place, spec, { renderer: "svg", actions: false, ast: true }).then(({ view }) => {
      view.addEventListener("click", (event, mark) => {
        const found = mark && mark.datum && asked[name](mark.datum);
        if (found && found[1].length) open(...found);
      });
      document.documentElement.dataset[name] = "drawn";
    });
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((d) => { d.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((d) => { d.open = false; }));
})();
