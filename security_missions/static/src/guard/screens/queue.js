import {Button} from "@security_missions/guard/widgets/button";
import {Card, Nothing} from "@security_missions/guard/widgets/card";
import {StateBadge} from "@security_missions/guard/widgets/state_badge";
import {_t, counted} from "@security_missions/guard/core/i18n";
import {exportQueue, flushNow} from "@security_missions/guard/core/sync";
import {hex} from "@security_missions/guard/core/bytes";
import {html} from "@security_missions/guard/core/html";
import {isQuiet, kindName} from "@security_missions/guard/core/kinds";
import {saveFile} from "@security_missions/guard/core/save";
import {screens} from "@security_missions/guard/core/registry";
import {shortDay, time} from "@security_missions/guard/core/format";
import {useDevice, useHistory, useSync} from "@security_missions/guard/core/state";

async function withBytes(photo) {
    const {uuid, sha256, event} = photo;
    return {uuid, sha256, event, hex: hex(await photo.blob.arrayBuffer())};
}

/** Everything that waits, as a file to hand over when nothing else works. */
async function handOver({device, name}) {
    const {events, photos} = await exportQueue(device);
    const waiting = events.filter((row) => row.waiting);
    const content = {
        device,
        name,
        events: waiting,
        photos: await Promise.all(photos.map(withBytes)),
    };
    saveFile("guard-queue.json", "application/json", JSON.stringify(content, null, 1));
}

function Item({row}) {
    const when = row.at + (row.offset || 0);
    return html`<li class="item">
        <div>
            <strong>${kindName(row.kind)}</strong>
            <small>${shortDay(when)} ${time(when)}</small>
        </div>
        <${StateBadge} state=${row.waiting ? "here" : row.state} />
        ${row.message && html`<p class="remark">${row.message}</p>`}
    </li>`;
}

/** What waits, in words: what is none is not told. */
function waitingWords(waiting, photos) {
    const words = [
        waiting && _t("%s to send", waiting),
        photos &&
            counted(
                photos,
                _t("%s photo to send", photos),
                _t("%s photos to send", photos)
            ),
    ].filter(Boolean);
    return words.join(", ") || _t("Nothing to send");
}

/** Is it sent? Each thing that was recorded, and where it is now. */
function Queue() {
    const rows = useHistory().filter((row) => !isQuiet(row));
    const device = useDevice();
    const {waiting, photos} = useSync();
    return html`<${Card} title=${_t("What waits")} icon="queue">
            <p>${waitingWords(waiting, photos)}</p>
            <${Button} icon="refresh" onClick=${flushNow}>${_t("Send now")}<//>
            ${waiting > 0 &&
            html`<${Button} icon="download" onClick=${() => handOver(device)}>
                ${_t("Save as a file")}
            <//>`}
        <//>
        ${rows.length
            ? html`<ul class="items">
                  ${rows.map((row) => html`<${Item} key=${row.uuid} row=${row} />`)}
              </ul>`
            : html`<${Nothing}>${_t("Nothing was recorded on this phone yet.")}<//>`}`;
}

screens.add("queue", {
    title: () => _t("What I sent"),
    icon: "queue",
    component: Queue,
    sequence: 70,
    menu: true,
});
