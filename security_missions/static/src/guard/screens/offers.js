import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {_t} from "@security_missions/guard/core/i18n";
import {dataOf} from "@security_missions/guard/core/said";
import {day, number, shortDay, span, time} from "@security_missions/guard/core/format";
import {homeCards, screens} from "@security_missions/guard/core/registry";
import {go} from "@security_missions/guard/core/route";
import {html} from "@security_missions/guard/core/html";
import {record} from "@security_missions/guard/core/outbox";
import {useBundle, useClock, useHistory} from "@security_missions/guard/core/state";

function Where({shift}) {
    return html`<p>
        <strong>${shift.site}</strong><br />${shift.post}<br />
        ${day(shift.start, shift.tz)},${" "}
        ${span(time(shift.start, shift.tz), time(shift.stop, shift.tz))}${" "}
        (${number(shift.hours)} h)
    </p>`;
}

function YesNo({yes, no, answer}) {
    return html`<${Button} kind="primary" icon="check" onClick=${() => answer(true)}
            >${yes}<//
        >
        <${Button} icon="close" onClick=${() => answer(false)}>${no}<//>`;
}

function Said({said}) {
    return html`<p role="status">
        ${said.accept ? _t("You said yes.") : _t("You said no.")}
        ${" "}${_t("The answer of the office is under “What I sent”.")}
    </p>`;
}

function Offer({offer, said}) {
    const answer = (accept) => record("offer_answer", {answer: offer.id, accept});
    return html`<${Card}
        title=${_t("Will you take this shift?")}
        icon="offer"
        tone="wait"
    >
        <${Where} shift=${offer} />
        ${offer.note && html`<p>${offer.note}</p>`}
        ${offer.deadline &&
        html`<p>
            ${_t("Answer before %(day)s, %(time)s", {
                day: shortDay(offer.deadline),
                time: time(offer.deadline),
            })}
        </p>`}
        ${offer.mode === "bid" &&
        html`<p>${_t("Your planner chooses among those who say yes.")}</p>`}
        ${said
            ? html`<${Said} said=${said} />`
            : html`<${YesNo}
                  yes=${_t("Yes, I take it")}
                  no=${_t("No")}
                  answer=${answer}
              />`}
    <//>`;
}

function MySwap({swap, gone}) {
    const withdraw = () => record("swap_withdraw", {swap: swap.id});
    return html`<${Card} title=${_t("You have asked %s", swap.other)} icon="swap">
        <${Where} shift=${swap.shift} />
        ${swap.in_exchange &&
        html`<p>${_t("Against:")}</p>
            <${Where} shift=${swap.in_exchange} />`}
        <p>
            ${swap.state === "accepted"
                ? _t("Your colleague said yes; your planner has to agree.")
                : _t("Your colleague has not answered yet.")}
        </p>
        ${gone
            ? html`<p role="status">${_t("You have withdrawn it.")}</p>`
            : html`<${Button} icon="close" onClick=${withdraw}>${_t("Withdraw")}<//>`}
    <//>`;
}

function HisSwap({swap, said}) {
    const answer = (accept) => record("swap_answer", {swap: swap.id, accept});
    return html`<${Card}
        title=${_t("%s asks you to take this shift", swap.guard)}
        icon="swap"
        tone="wait"
    >
        <${Where} shift=${swap.shift} />
        ${swap.in_exchange &&
        html`<p>${_t("He takes yours:")}</p>
            <${Where} shift=${swap.in_exchange} />`}
        ${swap.note && html`<p><q>${swap.note}</q></p>`}
        ${said && html`<${Said} said=${said} />`}
        ${!said &&
        swap.state === "asked" &&
        html`<${YesNo} yes=${_t("Yes")} no=${_t("No")} answer=${answer} />`}
    <//>`;
}

function unanswered(bundle) {
    const {open = []} = bundle.swaps || {};
    const asked = open.filter((swap) => !swap.mine && swap.state === "asked");
    return (bundle.offers || []).length + asked.length;
}

/** What the office and colleagues ask of me. */
function Offers() {
    const bundle = useBundle();
    const items = useHistory();
    const now = useClock();
    const offers = (bundle.offers || []).filter(
        ({deadline}) => !deadline || Date.parse(deadline) > now
    );
    const {open = []} = bundle.swaps || {};
    if (!offers.length && !open.length) {
        return html`<${Nothing}>${_t("Nobody asks you anything at the moment.")}<//>`;
    }
    return html`${offers.map(
        (offer) =>
            html`<${Offer}
                key=${offer.id}
                offer=${offer}
                said=${dataOf(items, "offer_answer", "answer", offer.id)}
            />`
    )}
    ${open.map((swap) =>
        swap.mine
            ? html`<${MySwap}
                  key=${swap.id}
                  swap=${swap}
                  gone=${dataOf(items, "swap_withdraw", "swap", swap.id)}
              />`
            : html`<${HisSwap}
                  key=${swap.id}
                  swap=${swap}
                  said=${dataOf(items, "swap_answer", "swap", swap.id)}
              />`
    )}`;
}

/** On the home screen, when somebody waits for an answer. */
function OffersCard({bundle, items}) {
    const left = (bundle.offers || []).filter(
        ({id}) => !dataOf(items, "offer_answer", "answer", id)
    );
    return left.length
        ? html`<${Card}
              title=${_t("You are asked to take a shift")}
              icon="offer"
              tone="wait"
          >
              <${Button} icon="offer" onClick=${() => go("offers")}
                  >${_t("See and answer")}<//
              >
          <//>`
        : null;
}

homeCards.add("offers", {sequence: 20, component: OffersCard});

screens.add("offers", {
    title: () => _t("Offers and swaps"),
    icon: "offer",
    component: Offers,
    sequence: 30,
    menu: true,
    badge: unanswered,
});
