import {html, useState} from "@security_missions/guard/core/html";
import {Icon} from "./icon";

/**
 * A button with a word. While what it does is under way it cannot be pressed again, and
 * what goes wrong is shown under it.
 *
 * @param {{onClick: Function, icon: String, kind: "plain"|"primary"|"danger"|"big",
 *   href: String, disabled: Boolean, children: any, type: String}} props
 */
export function Button({
    onClick,
    icon,
    kind = "plain",
    href,
    disabled,
    children,
    ...rest
}) {
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState("");
    const inside = html`${icon && html`<${Icon} name=${icon} />`}<span
            >${children}</span
        >`;
    if (href) {
        return html`<a class=${`button ${kind}`} href=${href} ...${rest}>${inside}</a>`;
    }
    const press = async (event) => {
        setBusy(true);
        setProblem("");
        try {
            await onClick?.(event);
        } catch (error) {
            setProblem(error.message);
        }
        setBusy(false);
    };
    return html`<button
            type="button"
            class=${`button ${kind}`}
            disabled=${disabled || busy}
            aria-busy=${busy}
            onClick=${press}
            ...${rest}
        >
            ${inside}
        </button>
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}`;
}
