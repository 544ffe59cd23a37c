import {correctedNow} from "@security_missions/guard/core/clock";
import {duration, time} from "@security_missions/guard/core/format";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {_t} from "@security_missions/guard/core/i18n";
import {currentShift} from "@security_missions/guard/core/shifts";
import {bundleStore} from "@security_missions/guard/core/bundle";
import {homeCards, nextSteps} from "@security_missions/guard/core/registry";
import {html, useEffect} from "@security_missions/guard/core/html";
import {nameKind} from "@security_missions/guard/core/kinds";
import {outboxItems, record} from "@security_missions/guard/core/outbox";
import {syncState} from "@security_missions/guard/core/sync";

const BEAT = 60000;
const MINUTE = 60000;
const officeTime = (item) => item.at + (item.offset || 0);

/** The checks of a shift with numbers for times, and which of them are answered. */
function checksOf(bundle, items, shift) {
    const found = (bundle.checks || []).find((one) => one.shift === shift.id);
    if (!found) {
        return null;
    }
    const said = items.filter(
        (item) => item.kind === "check_ok" && item.data.shift === shift.id
    );
    return found.dues.map((one) => {
        const [due, opens, ends] = [one.due, one.opens, one.ends].map(Date.parse);
        const here = said.find(
            (item) => officeTime(item) >= opens && officeTime(item) < ends
        );
        return {due, opens, ends, answered: one.answered || Boolean(here), here};
    });
}

const answer = (shift) => record("check_ok", {shift: shift.id});

/** The checks of the shift the guard is on, if he is alone there. */
const checksNow = (bundle, items, shift) =>
    shift?.clockedIn && !shift.clockedOut ? checksOf(bundle, items, shift) : null;

const nextOf = (checks, now) => checks.find((one) => !one.answered && now < one.ends);

function Next({check, shift, now, step}) {
    const open = now >= check.opens;
    // What is told aloud changes once a minute, not each second.
    const left = Math.max(0, Math.ceil((check.ends - now) / 1000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    useEffect(() => {
        if (open) {
            navigator.vibrate?.([300, 150, 300]);
        }
    }, [open, check.due]);
    if (!open) {
        return html`<p>
            ${_t("Next check at %s.", time(check.due, shift.tz))}
            <br /><small
                >${_t("You can answer from %s on.", time(check.opens, shift.tz))}</small
            >
        </p>`;
    }
    return html`<p>
            <strong
                >${_t("Check of %s: are you well?", time(check.due, shift.tz))}</strong
            >
        </p>
        <p class="countdown" aria-hidden="true">${clock}</p>
        <p class="hint" role="status">
            ${_t(
                "Without an answer within %s, the control room gets an alarm.",
                duration(Math.ceil((check.ends - now) / MINUTE) * MINUTE)
            )}
        </p>
        ${step !== "lone_check" &&
        html`<${Button} kind="big" icon="check" onClick=${() => answer(shift)}
            >${_t("I am well")}<//
        >`}`;
}

/** A guard who works alone: what is asked of him, and what this page cannot do. */
function Lone({shift, step}) {
    const bundle = useBundle();
    const items = useHistory();
    const now = useClock(1000);
    const checks = checksNow(bundle, items, shift);
    if (!checks) {
        return null;
    }
    const next = nextOf(checks, now);
    const missed = checks.filter((one) => !one.answered && now >= one.ends).pop();
    const waits = checks.some((one) => one.here && one.here.waiting);
    const asked = next && now >= next.opens;
    return html`<${Card}
        title=${_t("You work alone")}
        icon="person"
        tone=${asked || missed ? "bad" : ""}
    >
        ${missed &&
        html`<p class="problem" role="alert">
            ${_t(
                "No answer to the check of %s reached the office in time: call the control room.",
                time(missed.due, shift.tz)
            )}
        </p>`}
        ${next
            ? html`<${Next} check=${next} shift=${shift} now=${now} step=${step} />`
            : html`<p>${_t("No other check is due on this shift.")}</p>`}
        ${waits &&
        html`<p class="remark" role="status">
            ${_t(
                "Your answer is on this phone only: without network the office gets an alarm."
            )}
        </p>`}
        <p class="hint">
            ${_t(
                "No certified lone-worker device (DATI): keep this page open and the screen on; the phone may put it to sleep."
            )}
        </p>
    <//>`;
}

/** Once a minute, on a post where the guard is alone, while there is a network. */
async function beat() {
    const bundle = bundleStore.get();
    const items = outboxItems.get();
    const shift = currentShift(bundle, items, correctedNow());
    const alone = shift && (bundle.checks || []).some((one) => one.shift === shift.id);
    // A sign that comes late says nothing: without network the silence has to be heard.
    if (!alone || !shift.clockedIn || shift.clockedOut || !syncState.get().online) {
        return;
    }
    const battery = await navigator.getBattery?.();
    const level = battery ? {battery: Math.round(battery.level * 100)} : {};
    await record("heartbeat", {shift: shift.id, ...level});
}

// A full memory is told by what the guard does, not by a sign he does not see.
setInterval(() => beat().catch(() => null), BEAT);

nameKind("check_ok", () => _t("I am well"));
nameKind("heartbeat", () => _t("Sign of life"), {quiet: true});
// Silence is an alarm: nothing comes before the answer.
nextSteps.add("lone_check", {
    sequence: 5,
    next: ({bundle, items, now, shift}) => {
        const checks = checksNow(bundle, items, shift);
        const next = checks && nextOf(checks, now);
        return next && now >= next.opens
            ? {label: _t("I am well"), icon: "check", run: () => answer(shift)}
            : null;
    },
});
homeCards.add("lone_worker", {sequence: 2, component: Lone});
