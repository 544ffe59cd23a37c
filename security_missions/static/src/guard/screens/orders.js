import {homeCards, nextSteps, screens} from "@security_missions/guard/core/registry";
import {useBundle, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {_t} from "@security_missions/guard/core/i18n";
import {date} from "@security_missions/guard/core/format";
import {go} from "@security_missions/guard/core/route";
import {html} from "@security_missions/guard/core/html";
import {nameKind} from "@security_missions/guard/core/kinds";
import {record} from "@security_missions/guard/core/outbox";

nameKind("order_read", () => _t("Order read"));
// The office did not take these for facts.
const DENIED = new Set(["refused", "conflict"]);

const classified = () =>
    new Map([
        ["security", _t("Security")],
        ["safety", _t("Safety")],
        ["client", _t("Client service")],
    ]);

/** Whether the guard has said on this phone that he read this version. */
const isSaid = (order, shift, items) =>
    items.some(
        ({kind, data, state}) =>
            kind === "order_read" &&
            data.order === order.id &&
            data.version === order.version &&
            (order.ack !== "shift" || data.shift === shift) &&
            !DENIED.has(state)
    );

/** The shifts on which an order is still to be read, what this phone holds included. */
const waitingShifts = (order, items) =>
    order.unread_shifts.filter((shift) => !isSaid(order, shift, items));

const unreadOrders = (bundle, items) =>
    (bundle.orders || []).filter((order) => waitingShifts(order, items).length);

function Order({order, items}) {
    const [shift] = waitingShifts(order, items);
    const read = () =>
        record("order_read", {order: order.id, version: order.version, shift});
    return html`<${Card}
        title=${order.title}
        icon="book"
        tone=${shift ? "wait" : "good"}
    >
        <p>
            <small>
                ${classified().get(order.classification)}, ${_t("version")}
                ${` ${order.version}`}
                ${order.until && ` (${_t("until %s", date(order.until))})`}
            </small>
        </p>
        <div class="prose" dangerouslySetInnerHTML=${{__html: order.body}} />
        ${order.files.length > 0 &&
        html`<p>
            <small>${_t("Files at the office:")} ${order.files.join(", ")}</small>
        </p>`}
        ${shift
            ? html`<${Button} kind="primary" icon="check" onClick=${read}
                  >${_t("I have read and understood")}<//
              >`
            : html`<p role="status">${_t("Read")}</p>`}
    <//>`;
}

function Orders({value}) {
    const bundle = useBundle();
    const items = useHistory();
    const orders = bundle.orders || [];
    const chosen = orders.find((order) => String(order.id) === value);
    if (chosen) {
        return html`<${Order} order=${chosen} items=${items} />
            <${Button} icon="back" onClick=${() => go("orders")}
                >${_t("All orders")}<//
            >`;
    }
    if (!orders.length) {
        return html`<${Nothing}>${_t("Your posts have no orders.")}<//>`;
    }
    const unread = new Set(unreadOrders(bundle, items));
    const sorted = [...unread, ...orders.filter((order) => !unread.has(order))];
    return sorted.map(
        (order) =>
            html`<${Card}
                key=${order.id}
                title=${order.title}
                icon="book"
                tone=${unread.has(order) ? "wait" : ""}
            >
                <p>${unread.has(order) ? _t("To be read") : _t("Read")}</p>
                <${Button} icon="next" onClick=${() => go("orders", order.id)}
                    >${_t("Open the order")}<//
                >
            <//>`
    );
}

screens.add("orders", {
    title: () => _t("Post orders"),
    icon: "book",
    component: Orders,
    sequence: 25,
    menu: true,
    badge: (bundle) => unreadOrders(bundle, []).length,
});

nextSteps.add("orders", {
    sequence: 15,
    next: ({bundle, items, shift, soon}) => {
        const first =
            shift &&
            soon &&
            !shift.clockedIn &&
            (bundle.orders || []).find(
                (order) =>
                    order.must_read && waitingShifts(order, items).includes(shift.id)
            );
        return first
            ? {label: _t("Read the orders"), icon: "book", go: ["orders", first.id]}
            : null;
    },
});

function Unread({bundle, items}) {
    const count = unreadOrders(bundle, items).length;
    return count
        ? html`<${Button} icon="book" onClick=${() => go("orders")}
              >${_t("Orders to read: %s", count)}<//
          >`
        : null;
}

homeCards.add("orders", {sequence: 20, component: Unread});
