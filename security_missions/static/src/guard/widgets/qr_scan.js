import {html, useEffect, useRef, useState} from "@security_missions/guard/core/html";
import {_t} from "@security_missions/guard/core/i18n";
import {Button} from "./button";
import {Field} from "./field";
import {makeReader} from "./qr_reader";

const PAUSE = 120;

function openCamera() {
    return navigator.mediaDevices.getUserMedia({
        audio: false,
        video: {facingMode: "environment", width: {ideal: 1280}, height: {ideal: 720}},
    });
}

/** Look at frames until a code is read or `life.over`. */
async function watch(video, life, found) {
    const read = await makeReader();
    while (!life.over) {
        const text =
            video.readyState >= 2 && video.videoWidth ? await read(video) : null;
        if (text && !life.over) {
            navigator.vibrate?.(100);
            found(text);
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
}

function useCamera(video, onCode, round) {
    const [problem, setProblem] = useState("");
    useEffect(() => {
        const life = {over: false};
        let stream = null;
        const run = async () => {
            try {
                stream = await openCamera();
                if (life.over) {
                    stream.getTracks().forEach((track) => track.stop());
                    return;
                }
                video.current.srcObject = stream;
                await video.current.play();
                await watch(video.current, life, onCode);
            } catch {
                if (!life.over) {
                    setProblem(
                        _t(
                            "The camera cannot be used here: type the code that is under it."
                        )
                    );
                }
            }
        };
        run();
        return () => {
            life.over = true;
            stream?.getTracks().forEach((track) => track.stop());
        };
    }, [round]);
    return problem;
}

/**
 * The camera, looking for a QR code, and a field for whoever cannot use it.
 *
 * @param {{onCode: Function}} props gets the text of the code
 */
export function QrScan({onCode}) {
    const video = useRef(null);
    const [round, setRound] = useState(0);
    const [done, setDone] = useState(false);
    const [typed, setTyped] = useState("");
    const found = (text) => {
        setDone(true);
        onCode(text);
    };
    const problem = useCamera(video, found, round);
    const again = () => {
        setDone(false);
        setRound(round + 1);
    };
    return html`<div class="scan">
        ${problem
            ? html`<p class="hint" role="status">${problem}</p>`
            : html`<video
                  ref=${video}
                  playsinline
                  muted
                  aria-label=${_t("Picture of the camera")}
              />`}
        ${done &&
        html`<${Button} icon="refresh" onClick=${again}>${_t("Scan again")}<//>`}
        <${Field}
            label=${_t("Or type the code")}
            value=${typed}
            onChange=${setTyped}
            autocomplete="off"
            autocapitalize="characters"
        />
        <${Button} disabled=${!typed.trim()} onClick=${() => found(typed.trim())}>
            ${_t("Use this code")}
        <//>
    </div>`;
}
