import {createStore} from "./store";

const PARTS = /^#([a-z_]+)(?:=(.*))?$/;

function read() {
    const found = PARTS.exec(location.hash);
    return found
        ? {screen: found[1], value: found[2] ? decodeURIComponent(found[2]) : null}
        : {screen: "home", value: null};
}

// Which screen is shown, as the address says: {screen, value}.
export const route = createStore(read());

window.addEventListener("hashchange", () => route.set(read()));

/** Show a screen; `value` is what it is about, an id for example. */
export function go(screen, value = null) {
    location.hash = value === null ? screen : `${screen}=${encodeURIComponent(value)}`;
}
