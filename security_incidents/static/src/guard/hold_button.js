import {html, useEffect, useRef, useState} from "@security_missions/guard/core/html";
import {Icon} from "@security_missions/guard/widgets/icon";

const HOLD = 1500;

/**
 * A button that acts when it is held for a second and a half, by finger or by key: not by
 * a slip, and not by a shake.
 *
 * @param {{label: String, hint: String, onHold: Function}} props
 */
export function HoldButton({label, hint, onHold}) {
    const [held, setHeld] = useState(false);
    const timer = useRef(null);
    const release = () => {
        clearTimeout(timer.current);
        timer.current = null;
        setHeld(false);
    };
    const press = () => {
        if (timer.current) {
            return;
        }
        setHeld(true);
        timer.current = setTimeout(() => {
            release();
            onHold();
        }, HOLD);
    };
    const onKeyDown = (event) => {
        if (["Enter", " "].includes(event.key)) {
            event.preventDefault();
            press();
        }
    };
    useEffect(() => () => clearTimeout(timer.current), []);
    return html`<button
        type="button"
        class=${`button sos ${held ? "held" : ""}`}
        onPointerDown=${press}
        onPointerUp=${release}
        onPointerLeave=${release}
        onPointerCancel=${release}
        onKeyDown=${onKeyDown}
        onKeyUp=${release}
        onContextMenu=${(event) => event.preventDefault()}
    >
        <${Icon} name="alarm" /><span
            ><strong>${label}</strong><small>${hint}</small></span
        >
    </button>`;
}
