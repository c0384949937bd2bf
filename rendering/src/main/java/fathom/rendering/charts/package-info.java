/**
 * Charts as SVG text for pages: drawn by JFreeChart, written by Batik. Colours are custom properties of the page with the
 * light colours as fallback, so that one drawing serves light and dark pages.
 */
@NullMarked
package fathom.rendering.charts;

import org.jspecify.annotations.NullMarked;
