// The code editor: Ace under a strict Content-Security-Policy, with the console's own colours.

const MODES = {
  bash: "sh", c: "c_cpp", "c++": "c_cpp", cpp: "c_cpp", go: "golang", java: "java", javascript: "javascript",
  lua: "lua", node: "javascript", perl: "perl", php: "php", python: "python", r: "r", ruby: "ruby", rust: "rust",
  sh: "sh", tcl: "tcl", typescript: "javascript",
};

/** Commands that would load parts of Ace that are not served. */
const UNUSED = ["showSettingsMenu", "gotoline", "openCommandPalette", "openCommandPallete", "goToNextError", "goToPreviousError"];

/** Makes the editor inside an element. */
export function createEditor(element) {
  const ace = window.ace;
  ace.config.set("useStrictCSP", true);
  ace.config.set("basePath", "/assets/ace");
  ace.config.set("loadWorkerFromBlob", false);
  ace.define("ace/theme/quarterdeck", ["require", "exports"], (require, exports) => {
    exports.cssClass = "ace-quarterdeck";
    exports.cssText = "";
    exports.isDark = false;
  });
  const editor = ace.edit(element, {
    theme: "ace/theme/quarterdeck",
    useWorker: false,
    showPrintMargin: false,
    highlightActiveLine: true,
    enableKeyboardAccessibility: true,
    tabSize: 4,
    useSoftTabs: true,
    scrollPastEnd: 0.3,
    fontFamily: "var(--mono)",
    fontSize: 13.5,
    wrap: "free",
    indentedSoftWrap: false,
  });
  UNUSED.forEach((name) => editor.commands.removeCommand(name));
  editor.textInput.getElement().setAttribute("aria-label", "Program; Tab indents, Escape leaves the editor");
  editor.renderer.setPadding(10);
  editor.renderer.setScrollMargin(8, 8, 0, 0);
  new ResizeObserver(() => editor.resize()).observe(element);
  return {
    get text() {
      return editor.getValue();
    },
    /** Replaces the text; undo brings the former one back. */
    set text(value) {
      editor.setValue(value, -1);
    },
    language(name) {
      const mode = MODES[name];
      editor.session.setMode(mode ? `ace/mode/${mode}` : "ace/mode/text");
      editor.session.setOptions({ useSoftTabs: mode !== "golang", tabSize: mode === "javascript" || mode === "ruby" ? 2 : 4 });
      editor.session.setUseWorker(false);
    },
    onChange(listener) {
      editor.on("change", listener);
    },
    focus() {
      editor.focus();
    },
  };
}

/**
 * Splits a command line into arguments as a shell would: blanks separate, quotes and backslash keep.
 * Throws an Error that says which quote is open.
 */
export function splitArguments(line) {
  const found = [];
  let current = null;
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quote) {
      if (c === quote) {
        quote = "";
      } else if (c === "\\" && quote === '"' && i + 1 < line.length && '"\\'.includes(line[i + 1])) {
        current += line[++i];
      } else {
        current += c;
      }
    } else if (c === "'" || c === '"') {
      quote = c;
      current ??= "";
    } else if (c === "\\" && i + 1 < line.length) {
      current = (current ?? "") + line[++i];
    } else if (/\s/.test(c)) {
      if (current !== null) {
        found.push(current);
        current = null;
      }
    } else {
      current = (current ?? "") + c;
    }
  }
  if (quote) {
    throw new Error(`Arguments: a ${quote} is opened and never closed (expected: quotes in pairs).`);
  }
  if (current !== null) {
    found.push(current);
  }
  return found;
}
