import {homeCards, nextSteps, screens} from "@security_missions/guard/core/registry";
import {html, useState} from "@security_missions/guard/core/html";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {Icon} from "@security_missions/guard/widgets/icon";
import {Signature} from "@security_missions/guard/widgets/signature";
import {_t} from "@security_missions/guard/core/i18n";
import {currentShift} from "@security_missions/guard/core/shifts";
import {go} from "@security_missions/guard/core/route";
import {nameKind} from "@security_missions/guard/core/kinds";
import {number} from "@security_missions/guard/core/format";
import {record} from "@security_missions/guard/core/outbox";

nameKind("handover_give", () => _t("Post handed over"));
nameKind("handover_take", () => _t("Post taken over"));
// The office did not take these for facts.
const DENIED = new Set(["refused", "conflict", "quarantined"]);

// How long before the end the relief is offered, and then the next thing to do.
const SOON = 60 * 60 * 1000;
const LAST = 30 * 60 * 1000;

const isSaid = (kind, shift, items) =>
    items.some(
        (item) =>
            item.kind === kind && item.data.shift === shift && !DENIED.has(item.state)
    );

/** The relief that waits for the guard of this shift, if the phone knows of one. */
const waitingFor = (bundle, shift, items) =>
    shift &&
    !isSaid("handover_take", shift.id, items) &&
    (bundle.reliefs || []).find(
        (relief) => relief.shift_in === shift.id && relief.state === "given"
    );

function Item({item, answer, onChange}) {
    const change = (part) => onChange({...answer, ...part});
    const main =
        item.answer === "number"
            ? html`<${Field}
                  label=${item.expected
                      ? _t("%(item)s (expected: %(number)s)", {
                            item: item.name,
                            number: number(item.expected, 3),
                        })
                      : item.name}
                  type="number"
                  inputmode="decimal"
                  value=${answer.number ?? ""}
                  onChange=${(text) =>
                      change({number: text === "" ? null : Number(text)})}
              />`
            : item.answer === "check" &&
              html`<${Field}
                  label=${_t("%s: in order", item.name)}
                  type="checkbox"
                  value=${answer.ok || false}
                  onChange=${(ok) => change({ok})}
              />`;
    return html`${main}
        <${Field}
            label=${item.answer === "text" ? item.name : _t("Comment: %s", item.name)}
            value=${answer.comment || ""}
            maxlength="500"
            onChange=${(comment) => change({comment})}
        />`;
}

function Give({shift, post}) {
    const [answers, setAnswers] = useState({});
    const [remarks, setRemarks] = useState("");
    const [signature, setSignature] = useState("");
    const uncounted = post.items.filter(
        ({id, answer}) =>
            answer === "number" && !Number.isFinite(answers[id]?.number ?? NaN)
    );
    const give = async () => {
        const lines = post.items.map(({id}) => ({item: id, ...answers[id]}));
        await record("handover_give", {shift: shift.id, lines, remarks, signature});
        go("home");
    };
    return html`<${Card} title=${_t("Hand over %s", post.name)} icon="hand">
        ${post.items.map(
            (item) =>
                html`<${Item}
                    key=${item.id}
                    item=${item}
                    answer=${answers[item.id] || {}}
                    onChange=${(answer) => setAnswers({...answers, [item.id]: answer})}
                />`
        )}
        <${Field}
            label=${_t("For the next guard")}
            type="textarea"
            maxlength="4000"
            value=${remarks}
            onChange=${setRemarks}
        />
        <${Signature} onChange=${setSignature} />
        ${uncounted.length > 0 &&
        html`<p class="hint" role="status">
            ${_t("Still to count: %s", uncounted.map((item) => item.name).join(", "))}
        </p>`}
        <${Button}
            kind="primary"
            icon="check"
            disabled=${!signature || uncounted.length > 0}
            onClick=${give}
            >${_t("Hand over")}<//
        >
    <//>`;
}

function found(line) {
    if (line.answer === "number") {
        return number(line.number, 3);
    }
    if (line.answer === "check") {
        return line.ok ? _t("In order") : _t("Not in order");
    }
    return "";
}

function Take({shift, relief}) {
    const [reserve, setReserve] = useState("");
    const [signature, setSignature] = useState("");
    const take = async () => {
        await record("handover_take", {
            handover: relief.id,
            shift: shift.id,
            reserve,
            signature,
        });
        go("home");
    };
    return html`<${Card}
        title=${_t("Relief of %s", relief.from)}
        icon="hand"
        tone="wait"
    >
        <ul>
            ${relief.lines.map(
                (line) =>
                    html`<li>
                        ${line.name}<br /><strong>${found(line)}</strong>${" "}
                        ${line.comment}
                        ${line.differs &&
                        html` <span class="badge bad"
                            ><${Icon} name="alarm" />${_t("Not as expected")}</span
                        >`}
                    </li>`
            )}
        </ul>
        ${relief.open.length > 0 &&
        html`<h3>${_t("Still open")}</h3>
            <ul>
                ${relief.open.map((label) => html`<li>${label}</li>`)}
            </ul>`}
        ${relief.remarks && html`<p>${relief.remarks}</p>`}
        <${Field}
            label=${_t("My reserves")}
            help=${_t("Leave empty when all is as it is written.")}
            type="textarea"
            maxlength="4000"
            value=${reserve}
            onChange=${setReserve}
        />
        <${Signature} onChange=${setSignature} />
        <${Button} kind="primary" icon="check" disabled=${!signature} onClick=${take}
            >${reserve.trim() ? _t("Accept with reserves") : _t("Accept the post")}<//
        >
    <//>`;
}

function Relief() {
    const bundle = useBundle();
    const items = useHistory();
    const now = useClock();
    const shift = currentShift(bundle, items, now);
    const relief = waitingFor(bundle, shift, items);
    if (relief) {
        return html`<${Take} shift=${shift} relief=${relief} />`;
    }
    const post =
        shift?.clockedIn &&
        (bundle.posts || []).find((one) => one.id === shift.post_id);
    if (!post) {
        return html`<${Nothing}>${_t("There is nothing to hand over now.")}<//>`;
    }
    return isSaid("handover_give", shift.id, items)
        ? html`<${Nothing}>${_t("You have handed over this post.")}<//>`
        : html`<${Give} shift=${shift} post=${post} />`;
}

screens.add("relief", {
    title: () => _t("Relief"),
    icon: "hand",
    component: Relief,
    sequence: 35,
    menu: true,
});

/** Who hands over: the guard of a post that has things to count, near the end. */
const isToGive = ({bundle, items, shift, now}, before) =>
    shift?.clockedIn &&
    shift.ends - now < before &&
    !isSaid("handover_give", shift.id, items) &&
    (bundle.posts || []).some((post) => post.id === shift.post_id);

const hasItems = ({bundle, shift}) =>
    bundle.posts.some((post) => post.id === shift.post_id && post.items.length);

nextSteps.add("relief_take", {
    sequence: 30,
    next: ({bundle, items, shift}) =>
        shift?.clockedIn && waitingFor(bundle, shift, items)
            ? {label: _t("Accept the relief"), icon: "hand", go: ["relief"]}
            : null,
});

nextSteps.add("relief_give", {
    sequence: 85,
    next: (context) =>
        isToGive(context, LAST) && hasItems(context)
            ? {label: _t("Hand over my post"), icon: "hand", go: ["relief"]}
            : null,
});

function ToTake({bundle, items, shift, step}) {
    return step !== "relief_take" && waitingFor(bundle, shift, items)
        ? html`<${Button} icon="hand" onClick=${() => go("relief")}
              >${_t("Accept the relief")}<//
          >`
        : null;
}

function ToGive({step, ...context}) {
    return step !== "relief_give" && isToGive(context, SOON)
        ? html`<${Button} icon="hand" onClick=${() => go("relief")}
              >${_t("Hand over my post")}<//
          >`
        : null;
}

homeCards.add("relief_take", {sequence: 15, component: ToTake});
homeCards.add("relief_give", {sequence: 80, component: ToGive});
