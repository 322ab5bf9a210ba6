// Markup from scripts. Text goes in as text, never as markup.

/** An element with a class and children: elements or texts; what is null is left out. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button with a text and what it does. */
export function button(text, className, onClick) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** A query string of what is not empty. */
export function query(values) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      parameters.set(name, value);
    }
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}
