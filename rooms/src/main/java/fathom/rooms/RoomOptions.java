package fathom.rooms;

import fathom.raster.Intrinsics;

/**
 * Options for rendering sample rooms.
 *
 * @param height image height, pixels, 8 to 4096
 * @param width image width, pixels, 8 to 4096
 * @param intrinsics the camera
 * @param threads number of rooms rendered concurrently, 1 to 256
 */
public record RoomOptions(int height, int width, Intrinsics intrinsics, int threads) {
    /** The Kinect of NYU Depth v2 with the crop of SUN RGB-D, 427 x 561 pixels. */
    private static final Intrinsics KINECT = new Intrinsics(518.857901, 519.469611, 284.582449, 208.736166);

    /**
     * Validates the options.
     *
     * @throws IllegalArgumentException if an option is outside its limits
     */
    public RoomOptions {
        if (height < 8 || width < 8 || height > 4096 || width > 4096) {
            throw new IllegalArgumentException(
                    "height and width of rooms: expected 8 to 4096 pixels each, found " + height + " and " + width);
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads of rooms: expected 1 to 256, found " + threads);
        }
    }

    /** {@return 427 x 561 pixels, the size of the kv1 images of SUN RGB-D, on all processors} */
    public static RoomOptions defaults() {
        return new RoomOptions(427, 561, KINECT, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 256));
    }

    /**
     * {@return the same camera with another size} It shows the same part of the room if the aspect ratio is the same.
     *
     * @param newHeight image height, pixels
     * @param newWidth image width, pixels
     */
    public RoomOptions withSize(int newHeight, int newWidth) {
        Intrinsics resized = intrinsics.resized(height, width, newHeight, newWidth);
        return new RoomOptions(newHeight, newWidth, resized, threads);
    }

    /**
     * {@return a copy with another number of threads}
     *
     * @param newThreads number of rooms rendered concurrently
     */
    public RoomOptions withThreads(int newThreads) {
        return new RoomOptions(height, width, intrinsics, newThreads);
    }
}
