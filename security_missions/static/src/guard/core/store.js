import {useEffect, useState} from "./html";

/**
 * A value that screens follow.
 *
 * @param {any} initial
 * @returns {{get: Function, set: Function, patch: Function, subscribe: Function}}
 */
export function createStore(initial) {
    let value = initial;
    const followers = new Set();
    const store = {
        get: () => value,
        set(next) {
            value = next;
            followers.forEach((follower) => follower(value));
        },
        patch: (part) => store.set({...value, ...part}),
        subscribe(follower) {
            followers.add(follower);
            return () => followers.delete(follower);
        },
    };
    return store;
}

/** The value of a store, drawn again whenever it changes. */
export function useStore(store) {
    const [value, setValue] = useState(store.get());
    useEffect(() => {
        setValue(store.get());
        return store.subscribe(setValue);
    }, [store]);
    return value;
}
