import {html, useEffect, useRef, useState} from "@security_missions/guard/core/html";
import {_t} from "@security_missions/guard/core/i18n";
import {Button} from "./button";
import {Field} from "./field";

const [WIDTH, HEIGHT, MARGIN] = [600, 200, 30];

/** Where the pointer is, on the field of the canvas. */
function spot(event) {
    const box = event.currentTarget.getBoundingClientRect();
    return [
        ((event.clientX - box.left) * WIDTH) / box.width,
        ((event.clientY - box.top) * HEIGHT) / box.height,
    ];
}

function clear(canvas) {
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, WIDTH, HEIGHT);
    Object.assign(context, {strokeStyle: "#000000", lineWidth: 3, lineCap: "round"});
}

function draw(canvas, name) {
    const context = canvas.getContext("2d");
    Object.assign(context, {fillStyle: "#000000", textBaseline: "middle"});
    context.font = "italic 64px serif";
    context.fillText(name, MARGIN, HEIGHT / 2, WIDTH - 2 * MARGIN);
}

/**
 * A field to sign in with the finger, or by name for whoever cannot draw.
 *
 * @param {{label: String, onChange: Function}} props gets a PNG as data URL, or "" when
 *   the field is emptied
 */
export function Signature({label, onChange}) {
    const canvas = useRef(null);
    const drawing = useRef(false);
    const [signed, setSigned] = useState(false);
    const [name, setName] = useState("");
    useEffect(() => clear(canvas.current), []);
    const begin = (event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drawing.current = true;
        const context = canvas.current.getContext("2d");
        context.beginPath();
        context.moveTo(...spot(event));
    };
    const move = (event) => {
        if (drawing.current) {
            const context = canvas.current.getContext("2d");
            context.lineTo(...spot(event));
            context.stroke();
        }
    };
    const end = () => {
        if (drawing.current) {
            drawing.current = false;
            setSigned(true);
            onChange(canvas.current.toDataURL("image/png"));
        }
    };
    const write = (text) => {
        const isName = Boolean(text.trim());
        clear(canvas.current);
        draw(canvas.current, text.trim());
        setName(text);
        setSigned(isName);
        onChange(isName ? canvas.current.toDataURL("image/png") : "");
    };
    return html`<div class="signature">
        <p>${label || _t("Sign here with your finger")}</p>
        <canvas
            ref=${canvas}
            width=${WIDTH}
            height=${HEIGHT}
            role="img"
            aria-label=${signed ? _t("Signed") : _t("Not signed yet")}
            onPointerDown=${begin}
            onPointerMove=${move}
            onPointerUp=${end}
            onPointerCancel=${end}
        />
        <${Button} icon="refresh" disabled=${!signed} onClick=${() => write("")}
            >${_t("Sign again")}<//
        >
        <${Field}
            label=${_t("Or write your name")}
            maxlength="60"
            autocomplete="name"
            value=${name}
            onChange=${write}
        />
    </div>`;
}
