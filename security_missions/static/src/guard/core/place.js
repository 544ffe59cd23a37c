const PATIENCE = 15000;

/**
 * Where the phone is now, asked for this one act and not followed.
 *
 * @returns {Promise<{latitude: Number, longitude: Number, accuracy: Number}|null>} degrees
 * and metres; null when the phone does not know or the guard does not allow it
 */
export function whereNow() {
    return new Promise((resolve) => {
        if (!navigator.geolocation) {
            resolve(null);
            return;
        }
        navigator.geolocation.getCurrentPosition(
            ({coords}) =>
                resolve({
                    latitude: Number(coords.latitude.toFixed(6)),
                    longitude: Number(coords.longitude.toFixed(6)),
                    accuracy: Math.round(coords.accuracy),
                }),
            () => resolve(null),
            {enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0}
        );
    });
}
