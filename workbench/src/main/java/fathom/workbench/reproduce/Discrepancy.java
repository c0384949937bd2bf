package fathom.workbench.reproduce;

/**
 * A known reason why two published scores, or a published and a reproduced one, differ.
 *
 * @param subject the model, dataset or toolkit
 * @param layer what differs: metric, alignment, validity, crop, checkpoint, preprocessing, selection, pooling or source
 * @param finding what was found, with numbers
 * @param source where it was found
 */
public record Discrepancy(String subject, String layer, String finding, String source) {}
