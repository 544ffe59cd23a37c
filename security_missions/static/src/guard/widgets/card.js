import {html} from "@security_missions/guard/core/html";
import {Icon} from "./icon";

/**
 * @param {{title: String, top: Boolean, icon: String, tone: "good"|"wait"|"bad",
 *   children: any}} props `top`: its title is that of the whole page
 */
export function Card({title, top, icon, tone, children}) {
    const level = top ? "h1" : "h2";
    return html`<section class=${`card ${tone || ""}`}>
        ${title &&
        html`<${level}
            >${icon && html`<${Icon} name=${icon} />`}<span>${title}</span><//
        >`}
        ${children}
    </section>`;
}

/** What an empty screen says. */
export function Nothing({children}) {
    return html`<p class="nothing">${children}</p>`;
}
