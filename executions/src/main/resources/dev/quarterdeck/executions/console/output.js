// The output pane: appends text once per frame, holds a bounded number of characters, and follows the end
// while the reader is there. Program output becomes text nodes only.

const BLOCK_LINES = 200;
const BLOCK_CHARS = 64 * 1024;
const MAX_CHARS = 4 * 1024 * 1024;
const CONTROL = /[\0-\x08\x0b-\x1f\x7f]/g;

export class Output {
  #root;
  #queue = [];
  #queuedChars = 0;
  #frame = 0;
  #block = null;
  #chars = 0;
  #dropped = 0;
  #notice = null;
  #decoders = new Map();
  #lineHeight = 0;
  #following = true;
  #top = 0;

  constructor(root) {
    this.#root = root;
    root.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#follow()).observe(root);
  }

  /** Removes everything. */
  clear() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#queue = [];
    this.#queuedChars = this.#chars = this.#dropped = 0;
    this.#block = this.#notice = null;
    this.#decoders.clear();
    this.#root.replaceChildren();
    this.#following = true;
  }

  /** Appends text of a stream. */
  text(stream, text) {
    this.#push(stream, this.#flushDecoder(stream) + text);
  }

  /** Appends bytes of a stream, given as base64; a character may be spread over several calls. */
  base64(stream, data) {
    if (!this.#decoders.has(stream)) {
      this.#decoders.set(stream, new TextDecoder());
    }
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    this.#push(stream, this.#decoders.get(stream).decode(bytes, { stream: true }));
  }

  /** Says that the program has ended: what is left of an unfinished character is shown. */
  end() {
    for (const stream of this.#decoders.keys()) {
      this.#push(stream, this.#flushDecoder(stream));
    }
  }

  #flushDecoder(stream) {
    return this.#decoders.get(stream)?.decode() ?? "";
  }

  #push(stream, text) {
    if (!text) {
      return;
    }
    this.#queue.push([stream, text]);
    this.#queuedChars += text.length;
    while (this.#queuedChars > MAX_CHARS && this.#queue.length > 1) {
      const [, first] = this.#queue.shift();
      this.#queuedChars -= first.length;
      this.#dropped += first.length;
    }
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#frame = 0;
    for (const [stream, text] of merged(this.#queue)) {
      this.#append(stream, text.replaceAll("\r\n", "\n").replace(CONTROL, picture));
    }
    this.#queue = [];
    this.#queuedChars = 0;
    this.#trim();
    this.#follow();
    requestAnimationFrame(() => this.#follow());
  }

  /** Scrolling up stops following, reaching the end resumes it; a change of layout does neither. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#root;
    if (scrollHeight - scrollTop - clientHeight < 24) {
      this.#following = true;
    } else if (scrollTop < this.#top) {
      this.#following = false;
    }
    this.#top = scrollTop;
  }

  #follow() {
    if (this.#following) {
      this.#root.scrollTop = this.#root.scrollHeight;
    }
  }

  #append(stream, text) {
    let at = 0;
    while (at < text.length) {
      const block = this.#openBlock();
      const end = blockEnd(text, at, BLOCK_LINES - block.lines, BLOCK_CHARS - block.chars);
      const part = text.slice(at, end);
      const last = block.element.lastChild;
      if (last?.className === stream) {
        last.firstChild.appendData(part);
      } else {
        const span = document.createElement("span");
        span.className = stream;
        span.append(document.createTextNode(part));
        block.element.append(span);
      }
      block.lines += newlines(part);
      block.chars += part.length;
      this.#chars += part.length;
      at = end;
      if (block.lines >= BLOCK_LINES || block.chars >= BLOCK_CHARS) {
        this.#close(block, part.endsWith("\n"));
      }
    }
  }

  #openBlock() {
    if (!this.#block) {
      const element = document.createElement("div");
      this.#root.append(element);
      this.#block = { element, lines: 0, chars: 0 };
    }
    return this.#block;
  }

  /** A closed block is not laid out while it is out of sight; its height is estimated until then. */
  #close(block, wholeLine) {
    this.#lineHeight ||= parseFloat(getComputedStyle(this.#root).lineHeight) || 19;
    block.element.style.containIntrinsicBlockSize = `auto ${Math.max(1, block.lines) * this.#lineHeight}px`;
    block.element.className = wholeLine ? "closed" : "closed continued";
    block.element.dataset.chars = block.chars;
    this.#block = null;
  }

  #trim() {
    while (this.#chars > MAX_CHARS) {
      const first = this.#notice ? this.#notice.nextSibling : this.#root.firstChild;
      if (!first?.dataset.chars) {
        break;
      }
      this.#chars -= Number(first.dataset.chars);
      this.#dropped += Number(first.dataset.chars);
      first.remove();
    }
    if (this.#dropped) {
      if (!this.#notice) {
        this.#notice = document.createElement("p");
        this.#notice.className = "dropped";
        this.#root.prepend(this.#notice);
      }
      this.#notice.textContent = `The first ${this.#dropped.toLocaleString("en")} characters are not shown here; the API has them.`;
    }
  }
}

/** Joins neighbours of one stream, so that thousands of small pieces cost one append. */
function* merged(queue) {
  for (let i = 0; i < queue.length; ) {
    const stream = queue[i][0];
    const parts = [];
    for (; i < queue.length && queue[i][0] === stream; i++) {
      parts.push(queue[i][1]);
    }
    yield [stream === "stderr" ? "stderr" : "stdout", parts.join("")];
  }
}

/** Where a block's share of the text ends: after its lines, or within a line that is too long for it. */
function blockEnd(text, from, lines, chars) {
  const limit = Math.min(text.length, from + Math.max(1, chars));
  let end = from;
  for (let n = 0; n < lines; n++) {
    const next = text.indexOf("\n", end);
    if (next < 0 || next >= limit) {
      return wholeCharacter(text, limit);
    }
    end = next + 1;
  }
  return end;
}

function wholeCharacter(text, end) {
  const code = text.charCodeAt(end - 1);
  return end < text.length && code >= 0xd800 && code < 0xdc00 ? end + 1 : end;
}

function newlines(text) {
  let n = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    n++;
  }
  return n;
}

/** Control characters are shown, not obeyed: the picture of each. */
function picture(c) {
  return c === "\x7f" ? "\u2421" : String.fromCharCode(0x2400 + c.charCodeAt(0));
}
