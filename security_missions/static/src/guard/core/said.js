// What was said of a thing on this phone and is not in the bundle yet.

const DENIED = new Set(["refused", "conflict"]);

/** The data of the last event of a kind whose `name` is `value`, or undefined. */
export const dataOf = (items, kind, name, value) =>
    items.find(
        (item) =>
            item.kind === kind && item.data[name] === value && !DENIED.has(item.state)
    )?.data;
