package fathom.formats;

import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** How a stored picture is turned and mirrored to be upright: tag 274 of EXIF 2.32, 1 to 8, in that order. */
public enum Orientation {
    UPRIGHT(false, false, false), MIRRORED(false, false, true), UPSIDE_DOWN(false, true, true), MIRRORED_UPSIDE_DOWN(
            false, true, false), TRANSPOSED(true, false,
                    false), TURN_RIGHT(true, true, false), TRANSVERSE(true, true, true), TURN_LEFT(true, false, true);

    private final boolean swapsAxes;
    private final boolean reversesStoredRows;
    private final boolean reversesStoredColumns;

    Orientation(boolean swapsAxes, boolean reversesStoredRows, boolean reversesStoredColumns) {
        this.swapsAxes = swapsAxes;
        this.reversesStoredRows = reversesStoredRows;
        this.reversesStoredColumns = reversesStoredColumns;
    }

    /** The orientation of the tag's value; values outside 1 to 8 mean upright. */
    static Orientation ofTag(int tag) {
        return tag >= 1 && tag <= 8 ? values()[tag - 1] : UPRIGHT;
    }

    public boolean swapsAxes() {
        return swapsAxes;
    }

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

    /** Distance in the stored array between neighbours in an upright row. */
    private int columnStep(int stride, int pixel) {
        if (swapsAxes) {
            return reversesStoredRows ? -stride : stride;
        }
        return reversesStoredColumns ? -pixel : pixel;
    }

    /** Where an upright row begins in the stored array, from its offset. */
    private int start(int row, int storedHeight, int storedWidth, int stride, int pixel) {
        int storedRow = swapsAxes ? 0 : row;
        int storedColumn = swapsAxes ? row : 0;
        storedRow = reversesStoredRows ? storedHeight - 1 - storedRow : storedRow;
        storedColumn = reversesStoredColumns ? storedWidth - 1 - storedColumn : storedColumn;
        return storedRow * stride + storedColumn * pixel;
    }
}
