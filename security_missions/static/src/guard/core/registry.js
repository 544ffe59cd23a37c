/** Things that modules add to the page by name, shown by their sequence. */
class Registry {
    constructor() {
        this.entries = new Map();
    }

    add(name, entry) {
        this.entries.set(name, {sequence: 50, ...entry, name});
        return this;
    }

    get(name) {
        return this.entries.get(name);
    }

    getAll() {
        return [...this.entries.values()].sort((a, b) => a.sequence - b.sequence);
    }
}

// {title: () => text, icon, component, sequence, menu: whether the menu shows it,
//  bar: whether it is in the bar, on every screen, danger: in red there,
//  badge: (bundle) => number to be seen}
export const screens = new Registry();
// {sequence, component}: cards under the large button of the home screen; they get what
// nextSteps get, and `step`, the name of what the button proposes.
export const homeCards = new Registry();
// {next(bundle, now) => {label, icon, go: screen name or run: async function} or null}:
// what the large button proposes, the first that answers wins.
export const nextSteps = new Registry();
