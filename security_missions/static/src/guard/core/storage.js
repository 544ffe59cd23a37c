import {createStore} from "./store";

// Less room than this, and the guard is told.
const LITTLE = 200 * 1024 * 1024;

// {kept: whether the browser promised not to clear it, free: bytes, little: Boolean}
export const storageState = createStore({kept: true, free: null, little: false});

/** Ask the browser to keep what is stored, and look how much room there is. */
export async function askStorage() {
    if (!navigator.storage) {
        return;
    }
    const kept =
        (await navigator.storage.persisted()) || (await navigator.storage.persist());
    const {quota, usage} = await navigator.storage.estimate();
    const free = quota - usage;
    storageState.set({kept, free, little: free < LITTLE});
}
