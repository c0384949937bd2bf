package fathom.evaluation.pages;

/**
 * A chart of a page.
 *
 * @param title what it shows
 * @param caption how it was made; may be empty
 * @param svg an SVG element of the program: it is put into the page unchanged, so text of others in it must be escaped
 */
public record PageChart(String title, String caption, String svg) {
    /**
     * Validates the element.
     *
     * @throws IllegalArgumentException if it is not an SVG element, or contains a script
     */
    public PageChart {
        if (!svg.startsWith("<svg") || !svg.endsWith("</svg>") || svg.contains("<script")) {
            throw new IllegalArgumentException("svg: expected one SVG element without scripts");
        }
    }
}
