import {shortDay, time} from "@security_missions/guard/core/format";
import {useBundle, useHistory} from "@security_missions/guard/core/state";
import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {StateBadge} from "@security_missions/guard/widgets/state_badge";
import {_t} from "@security_missions/guard/core/i18n";
import {flushNow} from "@security_missions/guard/core/sync";
import {go} from "@security_missions/guard/core/route";
import {html, useEffect, useState} from "@security_missions/guard/core/html";
import {nameKind} from "@security_missions/guard/core/kinds";
import {record} from "@security_missions/guard/core/outbox";
import {screens} from "@security_missions/guard/core/registry";

// While a conversation is open it is asked for so often: there is no push here.
const POLL = 15000;
const LONGEST = 2000;

function Message({author, when, text, mine, state}) {
    return html`<article class=${`message ${mine ? "mine" : ""}`}>
        <small>${mine ? _t("You") : author}, ${shortDay(when)} ${time(when)}</small>
        <p class="words">${text}</p>
        ${state && html`<${StateBadge} state=${state} />`}
    </article>`;
}

/** What this phone wrote and the office has not shown yet. */
function waitingHere(items, channel) {
    return items
        .filter(
            (item) =>
                item.kind === "message" &&
                item.data.channel === channel.id &&
                (item.waiting || !["accepted", "duplicate"].includes(item.state))
        )
        .reverse();
}

function Conversation({channel}) {
    const items = useHistory();
    const [text, setText] = useState("");
    useEffect(() => {
        flushNow();
        const timer = setInterval(flushNow, POLL);
        return () => clearInterval(timer);
    }, []);
    const send = async () => {
        await record("message", {channel: channel.id, text: text.trim()});
        setText("");
    };
    return html`<${Card} title=${channel.name} icon="message">
        ${!channel.messages.length && html`<p>${_t("Nobody has written yet.")}</p>`}
        <div role="log">
            ${channel.messages.map(
                (one) =>
                    html`<${Message}
                        key=${one.id}
                        author=${one.author}
                        when=${Date.parse(one.date)}
                        text=${one.text}
                        mine=${one.mine}
                    />`
            )}
            ${waitingHere(items, channel).map(
                (item) =>
                    html`<${Message}
                        key=${item.uuid}
                        when=${item.at}
                        text=${item.data.text}
                        mine=${true}
                        state=${item.state}
                    />`
            )}
        </div>
        <${Field}
            type="textarea"
            label=${_t("Your message")}
            value=${text}
            onChange=${setText}
            maxlength=${LONGEST}
        />
        <${Button}
            kind="primary"
            icon="message"
            disabled=${!text.trim()}
            onClick=${send}
            >${_t("Send")}<//
        >
        <p class="hint">
            ${_t(
                "For an emergency, use the SOS: nobody watches messages all the time."
            )}
        </p>
    <//>`;
}

function Messages({value}) {
    const channels = useBundle().channels || [];
    const chosen = channels.find((one) => String(one.id) === value);
    if (chosen || channels.length === 1) {
        return html`<${Conversation} channel=${chosen || channels[0]} />`;
    }
    return channels.length
        ? channels.map(
              (one) =>
                  html`<${Button}
                      key=${one.id}
                      icon="message"
                      onClick=${() => go("messages", one.id)}
                      >${one.name}<//
                  >`
          )
        : html`<${Nothing}
              >${_t(
                  "Your sites have no conversation: your office opens one when it is needed."
              )}<//
          >`;
}

nameKind("message", () => _t("Message"));
screens.add("messages", {
    title: () => _t("Messages"),
    icon: "message",
    component: Messages,
    sequence: 65,
    menu: true,
});
