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
//  badge: (bundle) => number to be seen}
export const screens = new Registry();
// {sequence, component}: cards under the large button of the home screen.
export const homeCards = new Registry();
// {next(bundle, now) => {label, icon, go: screen name or run: async function} or null}:
// what the large button proposes, the first that answers wins.
export const nextSteps = new Registry();
