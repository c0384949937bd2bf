package fathom.rooms;

import fathom.raster.Intrinsics;

/**
 * How sample rooms are photographed.
 *
 * @param height picture height, pixels, 8 to 4096
 * @param width picture width, pixels, 8 to 4096
 * @param intrinsics the camera
 * @param threads number of rooms drawn at the same time, 1 to 256
 */
public record RoomOptions(int height, int width, Intrinsics intrinsics, int threads) {
    /** The Kinect of NYU Depth v2 after SUN RGB-D's crop, 427 x 561 pixels. */
    private static final Intrinsics KINECT = new Intrinsics(518.857901, 519.469611, 284.582449, 208.736166);

    public RoomOptions {
        if (height < 8 || width < 8 || height > 4096 || width > 4096) {
            throw new IllegalArgumentException(
                    "height and width of rooms: expected 8 to 4096 pixels each, found " + height + " and " + width);
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads of rooms: expected 1 to 256, found " + threads);
        }
    }

    /** 427 x 561 pixels as SUN RGB-D's kv1 pictures have, on all processors. */
    public static RoomOptions defaults() {
        return new RoomOptions(427, 561, KINECT, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 256));
    }

    /** The same camera at another size; it sees the same part of the room if the shape is the same. */
    public RoomOptions withSize(int newHeight, int newWidth) {
        Intrinsics resized = intrinsics.resized(height, width, newHeight, newWidth);
        return new RoomOptions(newHeight, newWidth, resized, threads);
    }

    /** The same camera, that many rooms at a time. */
    public RoomOptions withThreads(int newThreads) {
        return new RoomOptions(height, width, intrinsics, newThreads);
    }
}
