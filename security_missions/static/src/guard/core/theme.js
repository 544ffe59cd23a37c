import {createStore} from "./store";

const CHOICE = "guard.theme";
const [MORNING, EVENING] = [7, 20];

// "auto", "day" or "night", as the guard chose.
export const themeChoice = createStore(localStorage.getItem(CHOICE) || "auto");

function isNight() {
    const choice = themeChoice.get();
    if (choice !== "auto") {
        return choice === "night";
    }
    const hour = new Date().getHours();
    return hour < MORNING || hour >= EVENING;
}

function show() {
    document.documentElement.dataset.theme = isNight() ? "night" : "day";
}

export function chooseTheme(choice) {
    localStorage.setItem(CHOICE, choice);
    themeChoice.set(choice);
    show();
}

/** Dark at night, so that it neither blinds the guard nor shows him. */
export function startTheme() {
    show();
    setInterval(show, 60000);
}
