import {browser} from "@web/core/browser/browser";

// Hertz and beeps of an alarm, by urgency: a life is heard apart from a late round.
const SOUNDS = [
    {pitch: 988, beeps: 3},
    {pitch: 740, beeps: 2},
    {pitch: 523, beeps: 1},
];

/** Makes a sound without any file; browsers allow it after a first click only. */
export class ControlSound {
    constructor() {
        this.context = null;
    }

    get allowed() {
        return this.context?.state === "running";
    }

    async allow() {
        this.context ??= new browser.AudioContext();
        await this.context.resume();
    }

    /** @param {Number} urgency 0 the most urgent */
    play(urgency) {
        if (!this.allowed) {
            return;
        }
        const {pitch, beeps} = SOUNDS[Math.min(urgency, SOUNDS.length - 1)];
        for (let beep = 0; beep < beeps; beep++) {
            const start = this.context.currentTime + beep * 0.3;
            const tone = this.context.createOscillator();
            const volume = this.context.createGain();
            tone.frequency.value = pitch;
            volume.gain.setValueAtTime(0.25, start);
            volume.gain.exponentialRampToValueAtTime(0.01, start + 0.25);
            tone.connect(volume).connect(this.context.destination);
            tone.start(start);
            tone.stop(start + 0.25);
        }
    }

    close() {
        this.context?.close();
    }
}
