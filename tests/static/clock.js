// A clock that stands still until a test moves it: what setTimeout was asked to do waits for that.

export class Clock {
  #now = 0;
  #count = 0;
  #waiting = new Map();
  #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

  install() {
    globalThis.setTimeout = (run, delay = 0) => {
      this.#count += 1;
      this.#waiting.set(this.#count, { run, due: this.#now + delay });
      return this.#count;
    };
    globalThis.clearTimeout = (id) => this.#waiting.delete(id);
  }

  restore() {
    Object.assign(globalThis, this.#real);
  }

  // Let time pass; what is due by then runs, the earliest first.
  tick(ms) {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#waiting].filter(([, one]) => one.due <= end).sort(([, a], [, b]) => a.due - b.due);
      if (!due.length) break;
      const [id, { run, due: time }] = due[0];
      this.#waiting.delete(id);
      this.#now = time;
      run();
    }
    this.#now = end;
  }
}
