package fathom.formats;

import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** The rotation and mirroring that make a stored image upright: tag 274 of EXIF 2.32, values 1 to 8 in this order. */
public enum Orientation {
    /** 1: stored upright. */
    UPRIGHT(false, false, false),
    /** 2: left and right are exchanged. */
    MIRRORED(false, false, true),
    /** 3: rotated by 180°. */
    UPSIDE_DOWN(false, true, true),
    /** 4: top and bottom are exchanged. */
    MIRRORED_UPSIDE_DOWN(false, true, false),
    /** 5: rows and columns are exchanged. */
    TRANSPOSED(true, false, false),
    /** 6: must be rotated by 90° clockwise. */
    TURN_RIGHT(true, true, false),
    /** 7: rows and columns are exchanged, then rotated by 180°. */
    TRANSVERSE(true, true, true),
    /** 8: must be rotated by 90° counterclockwise. */
    TURN_LEFT(true, false, true);

    private final boolean swapsAxes;
    private final boolean reversesStoredRows;
    private final boolean reversesStoredColumns;

    Orientation(boolean swapsAxes, boolean reversesStoredRows, boolean reversesStoredColumns) {
        this.swapsAxes = swapsAxes;
        this.reversesStoredRows = reversesStoredRows;
        this.reversesStoredColumns = reversesStoredColumns;
    }

    /** Returns the orientation for a value of the tag; values outside 1 to 8 mean upright. */
    static Orientation ofTag(int tag) {
        return tag >= 1 && tag <= 8 ? values()[tag - 1] : UPRIGHT;
    }

    /** {@return whether rows become columns} */
    public boolean swapsAxes() {
        return swapsAxes;
    }

    /**
     * {@return the upright image; {@code stored} itself if it is upright already}
     *
     * @param stored as stored in the file
     */
    public RgbImage applied(RgbImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        RgbImage upright = swapsAxes
                ? RgbImage.allocate(stored.width(), stored.height())
                : RgbImage.allocate(stored.height(), stored.width());
        byte[] from = stored.array();
        byte[] to = upright.array();
        int columnStep = columnStep(stored.stride(), RgbImage.CHANNELS);
        for (int row = 0; row < upright.height(); row++) {
            int source = stored.offset()
                    + start(row, stored.height(), stored.width(), stored.stride(), RgbImage.CHANNELS);
            int at = upright.rowStart(row);
            for (int column = 0; column < upright.width(); column++, source += columnStep, at += RgbImage.CHANNELS) {
                to[at] = from[source];
                to[at + 1] = from[source + 1];
                to[at + 2] = from[source + 2];
            }
        }
        return upright;
    }

    /**
     * {@return the upright plane; {@code stored} itself if it is upright already}
     *
     * @param stored as stored in the file
     */
    public Plane applied(Plane stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        Plane upright = swapsAxes
                ? Plane.allocate(stored.width(), stored.height())
                : Plane.allocate(stored.height(), stored.width());
        float[] from = stored.array();
        float[] to = upright.array();
        int columnStep = columnStep(stored.stride(), 1);
        for (int row = 0; row < upright.height(); row++) {
            int source = stored.offset() + start(row, stored.height(), stored.width(), stored.stride(), 1);
            int at = upright.rowStart(row);
            for (int column = 0; column < upright.width(); column++, source += columnStep, at++) {
                to[at] = from[source];
            }
        }
        return upright;
    }

    /** Returns the distance in the stored array between neighbours in an upright row. */
    private int columnStep(int stride, int pixel) {
        if (swapsAxes) {
            return reversesStoredRows ? -stride : stride;
        }
        return reversesStoredColumns ? -pixel : pixel;
    }

    /** Returns the position in the stored array, from its offset, at which an upright row starts. */
    private int start(int row, int storedHeight, int storedWidth, int stride, int pixel) {
        int storedRow = swapsAxes ? 0 : row;
        int storedColumn = swapsAxes ? row : 0;
        storedRow = reversesStoredRows ? storedHeight - 1 - storedRow : storedRow;
        storedColumn = reversesStoredColumns ? storedWidth - 1 - storedColumn : storedColumn;
        return storedRow * stride + storedColumn * pixel;
    }
}
