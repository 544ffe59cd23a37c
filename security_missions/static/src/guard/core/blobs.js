import {Refused, signed} from "./api";
import {get, getAll, getFrom, ofDevice, put, remove} from "./db";

const CHUNK = 256 * 1024;
// The office has the event: its photos may follow.
const THERE = new Set(["accepted", "flagged", "quarantined", "duplicate"]);

async function sendChunks(device, photo) {
    const bytes = new Uint8Array(await photo.blob.arrayBuffer());
    let from = photo.got || 0;
    while (from < bytes.length) {
        const to = Math.min(from + CHUNK, bytes.length);
        const {answer} = await signed(device, "PUT", `/guard/api/blob/${photo.uuid}`, {
            body: bytes.slice(from, to),
            headers: {
                "Content-Type": "application/octet-stream",
                "Content-Range": `bytes ${from}-${to - 1}/${bytes.length}`,
                "X-Security-Sha256": photo.sha256,
            },
            patience: 30000,
        });
        if (answer.refused) {
            throw new Refused(422, {error: "refused", message: answer.refused});
        }
        const got = Number(answer.received);
        if (!Number.isInteger(got) || got > bytes.length) {
            throw new Refused(422, {error: "received"});
        }
        // The office may have more than was thought, or less after a failure.
        from = Math.max(0, got);
        if (from < to) {
            photo.again = (photo.again || 0) + 1;
            if (photo.again > 3) {
                throw new Refused(422, {error: "received"});
            }
        }
        await put("blobs", {...photo, got: from});
    }
}

async function ready(photo) {
    const [event] = await getFrom("outbox", "uuid", photo.event, 1);
    return !event || THERE.has(event.state);
}

/**
 * Send the photos whose event the office has. One that is refused waits, the others go on.
 *
 * @returns {Promise<Number>} how many are left
 */
export async function sendBlobs(device) {
    let left = 0;
    for (const {uuid} of await getAll("blobs", ofDevice(device.device))) {
        const key = [device.device, uuid];
        const photo = await get("blobs", key);
        if (!photo || !(await ready(photo))) {
            left++;
            continue;
        }
        try {
            await sendChunks(device, photo);
            await remove("blobs", key);
        } catch (error) {
            if (!(error instanceof Refused) || error.code === "revoked") {
                throw error;
            }
            left++;
            await put("blobs", {...photo, got: 0, refused: error.message});
        }
    }
    return left;
}
