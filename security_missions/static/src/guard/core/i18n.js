import {createStore} from "./store";

const CHOICE = "guard.language";
const PLACE = /%(?:\((\w+)\))?s/g;

// Which language is shown; a change draws the page again.
export const language = createStore("en");
// A mark or a unit that would stand alone at the beginning of a line.
const BOUND = / (?=[?!:;»]|(?:h|min|MB|Mo)\b)|(?<=«) /g;
let terms = {};

/**
 * The words of the page in the language shown.
 *
 * @param {String} source English, with `%s` or `%(name)s` where values go
 * @param {...any} values one value per `%s`, or one object for the names
 * @returns {String}
 */
export function _t(source, ...values) {
    const text = (terms[source] || source).replace(BOUND, "\u00a0");
    if (!values.length) {
        return text;
    }
    let next = 0;
    return text.replace(PLACE, (_match, name) =>
        String(name ? values[0][name] : values[next++])
    );
}

/**
 * The words for one or for several, as the language shown counts (French: 0 is one).
 *
 * @param {Number} count
 * @param {String} one translated already
 * @param {String} several translated already
 */
export const counted = (count, one, several) =>
    new Intl.PluralRules(language.get()).select(count) === "one" ? one : several;

function preferred() {
    const chosen = localStorage.getItem(CHOICE);
    const asked = chosen ? [chosen] : navigator.languages;
    const found = asked.find((one) => /^(fr|en)\b/i.test(one)) || "en";
    return found.slice(0, 2).toLowerCase();
}

/** Load the words; without network they come from what the phone keeps. */
export async function loadTerms() {
    const code = preferred();
    terms = {};
    if (code !== "en") {
        const address = document.querySelector(`meta[name="guard-terms-${code}"]`);
        try {
            const answer = await fetch(address.content);
            terms = answer.ok ? await answer.json() : {};
        } catch {
            // The page stays usable in English.
            terms = {};
        }
    }
    document.documentElement.lang = code;
    language.set(code);
}

/** Another language, kept on this phone. */
export async function chooseLanguage(code) {
    localStorage.setItem(CHOICE, code);
    await loadTerms();
}
