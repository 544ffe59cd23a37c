import {html, useState} from "@security_missions/guard/core/html";

let last = 0;

/**
 * A labelled field: a line, a text, a number, a choice or a tick.
 *
 * @param {{label: String, value: any, onChange: Function, type: String, help: String,
 *   options: [any, String][], required: Boolean}} props `options` make it a choice
 */
export function Field({label, value, onChange, type = "text", help, options, ...rest}) {
    const [id] = useState(() => `field-${++last}`);
    const common = {
        id,
        "aria-describedby": help ? `${id}-help` : undefined,
        ...rest,
    };
    const text = (event) => onChange(event.target.value);
    let control = null;
    if (options) {
        control = html`<select ...${common} value=${value} onChange=${text}>
            ${options.map(([key, word]) => html`<option value=${key}>${word}</option>`)}
        </select>`;
    } else if (type === "textarea") {
        control = html`<textarea
            rows="4"
            ...${common}
            value=${value}
            onInput=${text}
        />`;
    } else if (type === "checkbox") {
        const tick = (event) => onChange(event.target.checked);
        control = html`<input
            type="checkbox"
            ...${common}
            checked=${value}
            onChange=${tick}
        />`;
    } else {
        control = html`<input
            type=${type}
            ...${common}
            value=${value}
            onInput=${text}
        />`;
    }
    return html`<div class=${`field ${type === "checkbox" ? "tick" : ""}`}>
        <label for=${id}>${label}</label>
        ${control} ${help && html`<small id=${`${id}-help`}>${help}</small>`}
    </div>`;
}
