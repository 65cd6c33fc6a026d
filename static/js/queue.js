// The form of the queue of statements: what goes together, and topics to type in; keys are in queue_keys.js.
// Without this script the page is a plain form that does the same.
(() => {
  const decision = document.getElementById("decision");
  const field = (name, value) => decision.querySelector(`[name="${name}"][value="${value}"]`);
  const measurable = decision.querySelector("[name=measurable]");

  // --- Commitment and measurable belong to a pledge alone.
  let lastCommitment = decision.querySelector("[name=commitment]:checked")?.value || "";
  const followKind = () => {
    const isPledge = field("kind", "pledge").checked;
    const none = field("commitment", "");
    for (const radio of decision.querySelectorAll("[name=commitment]")) radio.disabled = !isPledge;
    measurable.disabled = !isPledge;
    none.closest("label").hidden = isPledge;
    if (!isPledge) {
      lastCommitment = decision.querySelector("[name=commitment]:checked")?.value || lastCommitment;
      none.checked = true;
      measurable.checked = false;
    } else if (none.checked) {
      none.checked = false;
      if (lastCommitment) field("commitment", lastCommitment).checked = true;
    }
  };
  decision.addEventListener("change", ({ target }) => target.name === "kind" && followKind());
  followKind();

  // --- Topics: a field to type in and a list of those chosen, kept in the three selects that are sent.
  const box = document.getElementById("topics");
  const words = box.dataset;
  const selects = [...box.querySelectorAll("select")];
  const names = new Map([...selects[0].options].filter((o) => o.value).map((o) => [o.value, o.text]));
  let chosen = selects.map((select) => select.value).filter(Boolean);
  let active = 0;

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const list = element("ol", { class: "topics__chosen" });
  const input = element("input", {
    id: "topic-input", type: "text", "data-keys": "t", role: "combobox", autocomplete: "off", placeholder: words.placeholder,
    "aria-label": words.label, "aria-expanded": "false", "aria-controls": "topic-options", "aria-autocomplete": "list",
  });
  const options = element("ul", { id: "topic-options", role: "listbox", "aria-label": words.label, hidden: "" });
  const said = element("p", { class: "topics__said", role: "status" });
  box.querySelector(".queue__selects").hidden = true;
  box.append(list, element("div", { class: "topics__field" }, input, options), said);

  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");
  const found = () => {
    const wanted = folded(input.value.trim());
    const free = [...names].filter(([value, name]) => !chosen.includes(value) && folded(name).includes(wanted));
    const begins = ([, name]) => (folded(name).startsWith(wanted) ? 0 : 1);
    return free.sort((one, other) => begins(one) - begins(other));
  };
  const button = (label, sign, act) => {
    const made = element("button", { type: "button", class: "button", "aria-label": label, title: label }, sign);
    made.addEventListener("click", act);
    return made;
  };
  const set = (values, message) => {
    chosen = values;
    selects.forEach((select, place) => { select.value = chosen[place] || ""; });
    said.textContent = message;
    showChosen();
  };
  const remove = (value) => {
    set(chosen.filter((other) => other !== value), `${names.get(value)} ${words.removed}`);
    input.focus();
    close();
  };
  const showChosen = () => {
    list.replaceChildren(...chosen.map((value, place) => {
      const name = names.get(value);
      const item = element("li", {}, element("span", {}, name));
      if (place === 0) item.append(element("small", {}, words.main));
      else item.append(button(`${name}: ${words.first}`, "↑", () => {
        set([value, ...chosen.filter((other) => other !== value)], `${words.main}: ${name}`);
        list.querySelector("button")?.focus();
      }));
      item.append(button(`${name}: ${words.remove}`, "×", () => remove(value)));
      return item;
    }));
  };
  const close = () => {
    options.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const open = () => {
    const matches = found();
    active = Math.max(0, Math.min(active, matches.length - 1));
    options.replaceChildren(...matches.map(([value, name], place) => {
      const option = element("li", { role: "option", id: `topic-${place}`, "aria-selected": String(place === active) }, name);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); add(value); });
      return option;
    }));
    options.hidden = matches.length === 0;
    input.setAttribute("aria-expanded", String(matches.length > 0));
    if (matches.length) {
      input.setAttribute("aria-activedescendant", `topic-${active}`);
      options.children[active].scrollIntoView({ block: "nearest" });
      said.textContent = `${matches.length} ${words.number}`;
    } else {
      input.removeAttribute("aria-activedescendant");
      said.textContent = words.none;
    }
  };
  const add = (value) => {
    if (chosen.length >= selects.length) said.textContent = words.full;
    else set([...chosen, value], `${names.get(value)} ${words.added}`);
    input.value = "";
    active = 0;
    close();
  };
  input.addEventListener("input", () => { active = 0; open(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!options.hidden) active += key === "ArrowDown" ? 1 : -1;
      open();
    } else if (key === "Enter") {
      // Enter takes the topic here; from an empty field it leaves, so that the next Enter accepts.
      event.preventDefault();
      if (!options.hidden && found()[active]) add(found()[active][0]);
      else if (!input.value) document.getElementById("satz").focus();
    } else if (key === "Escape") {
      event.preventDefault();
      input.value = "";
      if (options.hidden) document.getElementById("satz").focus();
      close();
    } else if (key === "Backspace" && !input.value && chosen.length) {
      event.preventDefault();
      remove(chosen.at(-1));
    }
  });
  showChosen();
})();
