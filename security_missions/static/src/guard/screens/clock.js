import {AT_POST, withFacts} from "@security_missions/guard/core/shifts";
import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {QrScan} from "@security_missions/guard/widgets/qr_scan";
import {_t} from "@security_missions/guard/core/i18n";
import {go} from "@security_missions/guard/core/route";
import {html, useState} from "@security_missions/guard/core/html";
import {homeCards, nextSteps, screens} from "@security_missions/guard/core/registry";
import {record} from "@security_missions/guard/core/outbox";
import {time} from "@security_missions/guard/core/format";
import {useBundle, useHistory} from "@security_missions/guard/core/state";
import {whereNow} from "@security_missions/guard/core/place";

// From then on, clocking out is the next thing to do.
const LEAVING = 30 * 60 * 1000;

/** Keep the act, with where the phone is when it is known. */
async function clock(kind, shift, proof) {
    const place = await whereNow();
    const method = proof.method || (place ? "geo" : "none");
    await record(kind, {shift: shift.id, ...place, ...proof, method});
    navigator.vibrate?.(80);
    go("home");
}

function Proof({act}) {
    const [way, setWay] = useState("");
    const [code, setCode] = useState("");
    if (way === "qr") {
        return html`<${QrScan} onCode=${(text) => act({method: "qr", code: text})} />`;
    }
    if (way === "code") {
        return html`<${Field}
                label=${_t("Code of the post")}
                value=${code}
                onChange=${setCode}
                autocomplete="off"
            />
            <${Button}
                kind="primary"
                icon="check"
                disabled=${!code.trim()}
                onClick=${() => act({method: "code", code: code.trim()})}
            >
                ${_t("Use this code")}
            <//>`;
    }
    return html`<${Button} icon="qr" onClick=${() => setWay("qr")}>
            ${_t("Scan the code of the post")}
        <//>
        <${Button} icon="card" onClick=${() => setWay("code")}>
            ${_t("Type the code of the post")}
        <//>`;
}

/** Clock in or out: one touch, and another way for who has a code at his post. */
function Clock({value}) {
    const bundle = useBundle();
    const items = useHistory();
    const [looking, setLooking] = useState(false);
    const [problem, setProblem] = useState("");
    const found = (bundle.shifts || []).find((one) => String(one.id) === value);
    if (!found) {
        return html`<${Card}
            ><p>${_t("This shift is not on this phone any more.")}</p><//
        >`;
    }
    const shift = withFacts(found, items);
    const [kind, word] = shift.clockedIn
        ? ["clock_out", _t("Clock out now")]
        : ["clock_in", _t("Clock in now")];
    const act = async (proof) => {
        setLooking(true);
        setProblem("");
        try {
            await clock(kind, shift, proof);
        } catch (error) {
            setProblem(error.message);
        }
        setLooking(false);
    };
    return html`<${Card} title=${shift.site} icon="clock">
            <p>
                ${shift.post}<br />
                ${time(shift.begins, shift.tz)} – ${time(shift.ends, shift.tz)}
            </p>
            ${problem && html`<p class="problem" role="alert">${problem}</p>`}
            <${Button} kind="big" icon="clock" onClick=${() => act({})}>${word}<//>
            <p role="status">
                ${looking
                    ? _t("Looking for your position…")
                    : _t("Your position is read once, at this moment only.")}
            </p>
        <//>
        <${Card} title=${_t("With a code")} icon="qr"><${Proof} act=${act} /><//>`;
}

screens.add("clock", {
    title: () => _t("Clock in and out"),
    icon: "clock",
    component: Clock,
});

nextSteps.add("clock_in", {
    sequence: 20,
    next: ({shift, now}) =>
        shift && !shift.clockedIn && shift.begins - now < AT_POST
            ? {label: _t("Clock in"), icon: "clock", go: ["clock", shift.id]}
            : null,
});

nextSteps.add("clock_out", {
    sequence: 90,
    next: ({shift, now}) =>
        shift && shift.clockedIn && shift.ends - now < LEAVING
            ? {label: _t("Clock out"), icon: "hand", go: ["clock", shift.id]}
            : null,
});

/** Leaving is always possible, and long before the end not by a slip of the finger. */
function Leave({shift, now, step}) {
    return shift?.clockedIn && step !== "clock_out"
        ? html`<${Button} icon="hand" onClick=${() => go("clock", shift.id)}>
              ${shift.ends - now >= LEAVING
                  ? _t("Clock out before the end")
                  : _t("Clock out")}
          <//>`
        : null;
}

homeCards.add("leave", {sequence: 95, component: Leave});

nextSteps.add("on_my_way", {
    sequence: 10,
    next: ({shift, soon}) =>
        shift && soon && !shift.onMyWay && !shift.clockedIn
            ? {
                  label: _t("I am on my way"),
                  icon: "walk",
                  run: () => record("on_my_way", {shift: shift.id}),
              }
            : null,
});
