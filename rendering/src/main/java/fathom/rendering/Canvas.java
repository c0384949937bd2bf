package fathom.rendering;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

import fathom.raster.RgbImage;
import fathom.raster.resampling.AreaReduction;

/** A white image to draw shapes, images and text on. The only class that uses Java2D. */
final class Canvas {
    private final BufferedImage image;
    private final Graphics2D graphics;
    private final int fontSize;

    Canvas(int height, int width, int fontSize) {
        this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.graphics = image.createGraphics();
        this.fontSize = fontSize;
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        withFonts(() -> {
            Fonts.start();
            return 0;
        });
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
        fill(0, 0, height, width, 0xFFFFFF);
    }

    int fontSize() {
        return fontSize;
    }

    void fill(int top, int left, int height, int width, int rgb) {
        graphics.setColor(new Color(rgb));
        graphics.fillRect(left, top, width, height);
    }

    /** Draws one line of text that starts at {@code left}; {@code middle} is the row of the middle of its capitals. */
    void text(String text, double middle, int left, int rgb) {
        graphics.setColor(new Color(rgb));
        graphics.drawString(text, left, (float) (middle + 0.36 * fontSize));
    }

    double textWidth(String text) {
        return withFonts(() -> graphics.getFontMetrics().getStringBounds(text, graphics).getWidth());
    }

    /** Draws {@code picture} resized to [height, width]: averaged if it shrinks, interpolated if it grows. */
    void picture(RgbImage picture, int top, int left, int height, int width) {
        RgbImage fitted = picture.height() >= height && picture.width() >= width
                ? AreaReduction.of(picture, height, width)
                : picture;
        graphics.drawImage(buffered(fitted), left, top, width, height, null);
    }

    RgbImage toRgb() {
        graphics.dispose();
        RgbImage rgb = RgbImage.allocate(image.getHeight(), image.getWidth());
        int[] row = new int[image.getWidth()];
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                rgb.array()[at++] = (byte) (pixel >> 16);
                rgb.array()[at++] = (byte) (pixel >> 8);
                rgb.array()[at++] = (byte) pixel;
            }
        }
        return rgb;
    }

    private static BufferedImage buffered(RgbImage rgb) {
        BufferedImage image = new BufferedImage(rgb.width(), rgb.height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[rgb.width()];
        for (int y = 0; y < rgb.height(); y++) {
            int at = rgb.rowStart(y);
            for (int x = 0; x < row.length; x++, at += 3) {
                row[x] = (rgb.array()[at] & 0xFF) << 16 | (rgb.array()[at + 1] & 0xFF) << 8
                        | (rgb.array()[at + 2] & 0xFF);
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return image;
    }

    private interface Measure {
        double width();
    }

    /** Runs {@code measure}. If the machine has no fonts, throws an exception that states the fix. */
    private static double withFonts(Measure measure) {
        try {
            return measure.width();
        } catch (InternalError | NullPointerException | UnsatisfiedLinkError e) {
            throw Fonts.missing(e);
        }
    }
}
