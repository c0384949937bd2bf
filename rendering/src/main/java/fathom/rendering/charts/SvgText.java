package fathom.rendering.charts;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import fathom.rendering.Fonts;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes a chart as an SVG element for a page: without XML declaration, with unique ids and the colours of the page. */
final class SvgText {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private SvgText() {}

    static String of(String id, String description, JFreeChart chart, int width, int height) {
        if (!id.matches("[A-Za-z][A-Za-z0-9-]*")) {
            throw new IllegalArgumentException("id: expected letters, digits and hyphens, found \"" + id + "\"");
        }
        Fonts.start();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment("");
        context.setPrecision(2);
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return id + "-" + super.generateID(prefix);
            }
        });
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        Element root = graphics.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
        root.setAttributeNS(null, "role", "img");
        root.setAttributeNS(null, "aria-label", description);
        StringWriter written = new StringWriter();
        try {
            graphics.stream(root, written, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = written.toString();
        // A name may contain control characters, which XML does not allow.
        String element = text.substring(text.indexOf("<svg")).replaceAll("[\\x00-\\x08\\x0B-\\x1F\\x7F]", " ")
                .replaceAll("\\n\\s*(?=/?>)", "").strip();
        for (ChartColour colour : ChartColour.values()) {
            element = element.replace(colour.written(), colour.property());
        }
        return element;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML library of Java does not create documents", e);
        }
    }
}
