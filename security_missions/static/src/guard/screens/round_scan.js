import {html, useEffect, useState} from "@security_missions/guard/core/html";
import {recognise, technologyOf} from "@security_missions/guard/screens/rounds_facts";
import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {PhotoInput} from "@security_missions/guard/widgets/photo_input";
import {QrScan} from "@security_missions/guard/widgets/qr_scan";
import {record} from "@security_missions/guard/core/outbox";
import {whereNow} from "@security_missions/guard/core/place";
import {words} from "@security_missions/guard/screens/rounds_words";

// A guard does not stand and wait at each point for a satellite.
const PATIENCE = 4000;

const quickPlace = () =>
    Promise.race([
        whereNow(),
        new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE)),
    ]);

/** Keep that a point was passed; the position is the one of this moment. */
async function pass(round, {place, code, technology, position}, {answer, photos}) {
    const where = position || (await quickPlace());
    await record(
        "round_scan",
        {
            ...round.data,
            technology,
            ...(place ? {checkpoint: place.id} : {}),
            ...(code ? {code} : {}),
            ...where,
            ...(answer ? {answer} : {}),
        },
        {photos}
    );
    navigator.vibrate?.(80);
}

function Answer({place, value, onChange}) {
    const label = place.question || words.find();
    if (place.task === "yes_no") {
        const options = [
            ["", words.choose()],
            ["yes", words.yes()],
            ["no", words.no()],
        ];
        return html`<${Field}
            label=${label}
            value=${value}
            onChange=${onChange}
            options=${options}
        />`;
    }
    if (place.task === "value") {
        return html`<${Field}
            label=${place.unit ? `${label} (${place.unit})` : label}
            value=${value}
            onChange=${onChange}
            inputmode="decimal"
        />`;
    }
    return html`<p>${place.question || words.photo()}</p>`;
}

/** What is asked at the point that was recognised. */
function Task({round, found, onDone}) {
    const [answer, setAnswer] = useState("");
    const [photos, setPhotos] = useState([]);
    const keep = async () => {
        await pass(round, found, {answer, photos});
        onDone();
    };
    return html`<${Card} title=${found.place.name} icon="check" tone="good">
        ${found.place.instruction && html`<p>${found.place.instruction}</p>`}
        ${found.place.task !== "none" &&
        html`<${Answer} place=${found.place} value=${answer} onChange=${setAnswer} />`}
        <${PhotoInput} photos=${photos} onChange=${setPhotos} />
        <${Button} kind="big" icon="check" onClick=${keep}>${words.kindScan()}<//>
    <//>`;
}

function Unknown({round, found, onDone, onAgain}) {
    const keep = async () => {
        await pass(round, found, {photos: []});
        onDone();
    };
    return html`<${Card} title=${words.unknown()} icon="alarm" tone="bad">
        <p>${words.unknownHelp()}</p>
        <${Button} kind="primary" icon="refresh" onClick=${onAgain}>${words.again()}<//>
        <${Button} icon="check" onClick=${keep}>${words.keep()}<//>
    <//>`;
}

/** Reads tags while it is shown, on the phones that can. */
function NfcReader({onTag}) {
    const [problem, setProblem] = useState("");
    useEffect(() => {
        const stop = new AbortController();
        const reader = new window.NDEFReader();
        reader.onreading = ({serialNumber}) => onTag(serialNumber);
        reader.scan({signal: stop.signal}).catch(() => {
            if (!stop.signal.aborted) {
                setProblem(words.nfcOff());
            }
        });
        return () => stop.abort();
    }, []);
    return html`<p role="status">${problem || words.nfcHold()}</p>`;
}

function Here({point, onPosition}) {
    const look = async () => {
        const position = await whereNow();
        if (!position) {
            throw new Error(words.lost());
        }
        onPosition(position);
    };
    return html`<${Button} icon="place" onClick=${look}>
        ${words.here(point.about.name)}
    <//>`;
}

function Ways({round, onRead, onHere}) {
    const first = round.next?.about.technology === "nfc" ? "nfc" : "";
    const [way, setWay] = useState("NDEFReader" in window ? first : "");
    if (way === "qr") {
        return html`<${QrScan} onCode=${(text) => onRead(text, technologyOf(text))} />`;
    }
    return html`<${Button} kind="big" icon="qr" onClick=${() => setWay("qr")}>
            ${words.scan()}
        <//>
        ${way === "nfc" && html`<${NfcReader} onTag=${(tag) => onRead(tag, "nfc")} />`}
        ${"NDEFReader" in window &&
        way !== "nfc" &&
        html`<${Button} icon="card" onClick=${() => setWay("nfc")}>${words.nfc()}<//>`}
        ${round.next?.about.position &&
        html`<${Here} point=${round.next} onPosition=${onHere} />`}`;
}

/** One scan: a way to prove that the guard is there, then what is asked there. */
export function RoundScan({round}) {
    const [found, setFound] = useState(null);
    const [count, setCount] = useState(0);
    const done = () => {
        setFound(null);
        setCount(count + 1);
    };
    const onRead = async (code, technology) => {
        const place = await recognise(round.known, code, technology);
        setFound({place, code, technology});
    };
    const onHere = (position) =>
        setFound({place: round.next.about, technology: "gps", position});
    if (found && !found.place) {
        return html`<${Unknown}
            round=${round}
            found=${found}
            onDone=${done}
            onAgain=${() => setFound(null)}
        />`;
    }
    return found
        ? html`<${Task} round=${round} found=${found} onDone=${done} />`
        : html`<${Ways}
              key=${count}
              round=${round}
              onRead=${onRead}
              onHere=${onHere}
          />`;
}
