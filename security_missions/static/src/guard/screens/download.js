import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {_t} from "@security_missions/guard/core/i18n";
import {html} from "@security_missions/guard/core/html";
import {saveFile} from "@security_missions/guard/core/save";
import {screens} from "@security_missions/guard/core/registry";
import {toCsv} from "@security_missions/guard/core/csv";
import {useBundle, useHistory} from "@security_missions/guard/core/state";

const TABLES = {
    shifts: (bundle) => bundle.shifts,
    rota: (bundle) =>
        (bundle.rota?.versions || []).flatMap(({month, number, lines}) =>
            lines.map((line) => ({month, version: number, ...line}))
        ),
    counters: (bundle) => bundle.counters,
    clock: (bundle) => bundle.evidence,
    cards: (bundle) => bundle.cards,
    trainings: (bundle) => bundle.trainings,
};

function words() {
    return {
        shifts: _t("My shifts"),
        rota: _t("My rota"),
        counters: _t("My counters"),
        clock: _t("My clock-ins"),
        cards: _t("My cards"),
        trainings: _t("My training"),
    };
}

/** Everything the phone has of the guard, his to keep. */
function Download() {
    const bundle = useBundle();
    const items = useHistory();
    const everything = () =>
        saveFile(
            "guard.json",
            "application/json",
            JSON.stringify({bundle, recorded: items}, null, 1)
        );
    const names = words();
    return html`<${Card} title=${_t("Everything in one file")} icon="download">
            <p>
                ${_t(
                    "All that the office has shown to this phone, and all you recorded."
                )}
            </p>
            <${Button} kind="primary" icon="download" onClick=${everything}>
                ${_t("Download (JSON)")}
            <//>
        <//>
        <${Card} title=${_t("As tables (CSV)")} icon="download">
            ${Object.entries(TABLES).map(
                ([name, rows]) =>
                    html`<${Button}
                        icon="download"
                        onClick=${() =>
                            saveFile(
                                `${name}.csv`,
                                "text/csv",
                                toCsv(rows(bundle) || [])
                            )}
                    >
                        ${names[name]}
                    <//>`
            )}
        <//>`;
}

screens.add("download", {
    title: () => _t("Download my data"),
    icon: "download",
    component: Download,
    sequence: 60,
    menu: true,
});
