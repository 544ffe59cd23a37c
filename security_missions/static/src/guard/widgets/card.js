import {html} from "@security_missions/guard/core/html";
import {Icon} from "./icon";

/** @param {{title: String, icon: String, tone: "good"|"wait"|"bad", children: any}} props */
export function Card({title, icon, tone, children}) {
    return html`<section class=${`card ${tone || ""}`}>
        ${title &&
        html`<h2>${icon && html`<${Icon} name=${icon} />`}<span>${title}</span></h2>`}
        ${children}
    </section>`;
}

/** What an empty screen says. */
export function Nothing({children}) {
    return html`<p class="nothing">${children}</p>`;
}
