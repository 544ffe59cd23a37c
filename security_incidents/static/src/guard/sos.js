import {currentShift} from "@security_missions/guard/core/shifts";
import {time} from "@security_missions/guard/core/format";
import {homeCards, screens} from "@security_missions/guard/core/registry";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {_t} from "@security_missions/guard/core/i18n";
import {go} from "@security_missions/guard/core/route";
import {html, useEffect} from "@security_missions/guard/core/html";
import {nameKind} from "@security_missions/guard/core/kinds";
import {useStore} from "@security_missions/guard/core/store";
import {HoldButton} from "./hold_button";
import {
    begin,
    call,
    chooseSilent,
    heard,
    putAway,
    resume,
    sos,
    stopFollowing,
    takeBack,
    withdraw,
} from "./sos_call";

const EMERGENCY = "112";
const DAY = 24 * 3600 * 1000;
const SETTLED = new Set(["accepted", "flagged", "duplicate"]);

/** Words for a text message, with where the guard is when the phone knows. */
function smsText(bundle, place) {
    const name = bundle.guard ? bundle.guard.name : "";
    const where = place
        ? `https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}`
        : _t("position unknown");
    return _t("SOS from %(name)s: %(where)s", {name, where});
}

/** Two ways to reach a person that need no data network. */
function Ways({bundle, place}) {
    const phone = (bundle.alarm && bundle.alarm.phone) || "";
    const number = phone.replace(/[^+\d]/g, "");
    const text = encodeURIComponent(smsText(bundle, place));
    return html`${number &&
        html`<${Button} kind="danger" icon="alarm" href=${`tel:${number}`}
                >${_t("Call the control room: %s", phone.replaceAll(" ", "\u00a0"))}<//
            >
            <${Button} icon="message" href=${`sms:${number}?&body=${text}`}
                >${_t("Send a text message with my position")}<//
            >`}
        <${Button} icon="alarm" href=${`tel:${EMERGENCY}`}
            >${_t("Call %s, the emergency services", EMERGENCY)}<//
        >`;
}

function Countdown({state}) {
    const now = useClock(250);
    const left = Math.max(0, Math.ceil((state.until - Date.now()) / 1000));
    return html`<${Card} title=${_t("SOS in %s s", left)} icon="alarm" tone="bad">
        <p role="status">${now && _t("Nothing was sent yet.")}</p>
        <${Button} kind="big" icon="close" onClick=${takeBack}
            >${_t("Cancel, send nothing")}<//
        >
        <${Field}
            type="checkbox"
            label=${_t("Silent: no sound here, nobody rings this phone")}
            value=${state.silent}
            onChange=${chooseSilent}
        />
    <//>`;
}

function Unheard({state, bundle}) {
    return html`<div class="full" role="alertdialog" aria-labelledby="sos-unheard">
        <h2 id="sos-unheard">${_t("The office has NOT answered")}</h2>
        <p>
            ${_t(
                "Call now. The SOS stays on this phone and is sent as soon as there is a network."
            )}
        </p>
        ${state.problem && html`<p><small>${state.problem}</small></p>`}
        <${Ways} bundle=${bundle} place=${state.place} />
        <${Button} icon="refresh" onClick=${call}>${_t("Send the SOS again")}<//>
        <${Button} icon="back" onClick=${putAway}>${_t("Close this page")}<//>
    </div>`;
}

/** What the office said of this call, in its last bundle. */
function Answer({state, bundle}) {
    const known = (bundle.alarm ? bundle.alarm.sos : []).find(
        (one) => one.uuid === state.uuid
    );
    const taken = known && known.taken_by;
    const over = known && known.state === "closed";
    useEffect(() => {
        if (over) {
            stopFollowing();
        }
    }, [over]);
    if (over) {
        return html`<${Card}
            title=${_t("The office has closed your SOS")}
            icon="check"
            tone="good"
        >
            <p role="status">
                ${_t(
                    "Your position is no longer sent. You still need help? Call again."
                )}
            </p>
            <${Ways} bundle=${bundle} place=${state.place} />
            <${Button} kind="primary" icon="back" onClick=${putAway}
                >${_t("Back to the SOS button")}<//
            >
        <//>`;
    }
    return html`<${Card}
        title=${taken ? _t("%s has taken your SOS", taken) : _t("SOS received")}
        icon=${taken ? "check" : "alarm"}
        tone=${taken ? "good" : "wait"}
    >
        <p role="status">
            ${taken
                ? _t("Stay reachable if you can.")
                : _t("The office has it. Nobody has taken it yet: call if you can.")}
        </p>
        <p>
            ${_t(
                "Your position is sent every ten seconds for ten minutes, while this page is open."
            )}
        </p>
        <${Ways} bundle=${bundle} place=${state.place} />
        <${Button} icon="close" onClick=${withdraw}>${_t("It was a mistake")}<//>
        <p class="hint">
            ${_t("An operator calls you to make sure before he closes it.")}
        </p>
    <//>`;
}

/** Calls of the last day, and what became of them. */
function Earlier({items, bundle}) {
    const calls = items.filter(
        (item) => item.kind === "sos" && Date.now() - item.at < DAY
    );
    const office = new Map(
        (bundle.alarm ? bundle.alarm.sos : []).map((one) => [one.uuid, one])
    );
    const words = (item) => {
        const one = office.get(item.uuid);
        if (!one) {
            return SETTLED.has(item.state)
                ? _t("received by the office")
                : _t("NOT received by the office yet");
        }
        if (one.state === "closed") {
            return _t("closed by the office");
        }
        return one.taken_by
            ? _t("taken by %s", one.taken_by)
            : _t("nobody has taken it");
    };
    return (
        calls.length > 0 &&
        html`<${Card} title=${_t("Your calls of today")} icon="clock">
            ${calls.map(
                (item) =>
                    html`<p key=${item.uuid}>${time(item.at)} · ${words(item)}</p>`
            )}
        <//>`
    );
}

/** A page that was ended in the middle of a call shows the call again. */
function useCallOfBefore(onFound) {
    const bundle = useBundle();
    const items = useHistory();
    useEffect(() => {
        if (resume(items, bundle.alarm ? bundle.alarm.sos : [])) {
            onFound();
        }
    }, [items, bundle]);
}

function Sos() {
    const state = useStore(sos);
    const bundle = useBundle();
    const items = useHistory();
    useCallOfBefore(() => null);
    const shift = currentShift(bundle, items, useClock());
    const sent = items.find((item) => item.uuid === state.uuid);
    // The queue may be answered where the request of its own was not.
    useEffect(() => {
        if (state.phase !== "heard" && sent && SETTLED.has(sent.state)) {
            heard(state.uuid);
        }
    }, [state.phase, state.uuid, sent && sent.state]);
    if (state.phase === "countdown") {
        return html`<${Countdown} state=${state} />`;
    }
    if (state.phase === "sending") {
        return html`<${Card} title=${_t("Sending the SOS…")} icon="alarm" tone="bad">
            <p role="status">${_t("It is kept on this phone already.")}</p>
        <//>`;
    }
    if (state.phase === "unheard") {
        return html`<${Unheard} state=${state} bundle=${bundle} />`;
    }
    if (state.phase === "heard") {
        return html`<${Answer} state=${state} bundle=${bundle} />`;
    }
    return html`<${HoldButton}
            label=${_t("SOS")}
            hint=${_t("Hold for a second and a half")}
            onHold=${() => begin(shift)}
        />
        <p class="hint">
            ${_t(
                "You then have five seconds to cancel. Your position goes with the call. This page is no certified lone-worker device (DATI)."
            )}
        </p>
        <${Card} title=${_t("Without network")} icon="alarm">
            <${Ways} bundle=${bundle} place=${null} />
        <//>
        <${Earlier} items=${items} bundle=${bundle} />`;
}

/** The same button on the home screen. */
function SosCard({shift}) {
    useCallOfBefore(() => go("sos"));
    const hold = () => {
        begin(shift);
        go("sos");
    };
    return html`<${HoldButton}
        label=${_t("SOS")}
        hint=${_t("Hold for a second and a half")}
        onHold=${hold}
    />`;
}

nameKind("sos", () => _t("SOS"));
nameKind("sos_cancel", () => _t("SOS withdrawn"));
nameKind("sos_position", () => _t("Position of the SOS"), {quiet: true});

screens.add("sos", {
    title: () => _t("SOS"),
    icon: "alarm",
    component: Sos,
    sequence: 80,
    // On every screen, at the same place.
    bar: true,
    danger: true,
});
homeCards.add("sos", {sequence: 5, component: SosCard});
