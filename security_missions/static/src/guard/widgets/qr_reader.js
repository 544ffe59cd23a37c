// Reads a QR code out of a frame: with the phone's own reader where it has one, else with
// a small library that is loaded then only.

const LIBRARY = "/security_missions/static/lib/jsqr/jsQR.js";
let library = null;

function loadLibrary() {
    library ||= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = LIBRARY;
        script.onload = () => resolve(window.jsQR);
        script.onerror = () => {
            library = null;
            reject(new Error("jsQR"));
        };
        document.head.append(script);
    });
    return library;
}

async function ownReader() {
    const formats = await window.BarcodeDetector?.getSupportedFormats();
    if (!formats?.includes("qr_code")) {
        return null;
    }
    const detector = new window.BarcodeDetector({formats: ["qr_code"]});
    return async (video) => (await detector.detect(video))[0]?.rawValue || null;
}

async function libraryReader() {
    const jsQR = await loadLibrary();
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", {willReadFrequently: true});
    return async (video) => {
        canvas.width = video.videoWidth;
        canvas.height = video.videoHeight;
        context.drawImage(video, 0, 0);
        const {data, width, height} = context.getImageData(
            0,
            0,
            canvas.width,
            canvas.height
        );
        return jsQR(data, width, height)?.data || null;
    };
}

/** @returns {Promise<Function>} video => text of the code in it, or null */
export const makeReader = async () => (await ownReader()) || libraryReader();
