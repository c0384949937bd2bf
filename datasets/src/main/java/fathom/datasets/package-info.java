/**
 * Datasets that last: samples with fields of measured and predicted depth, numbers on predictions, and the store that
 * keeps them (one folder per dataset, an SQLite index, prediction maps that {@code numpy.load} reads). Media are referred
 * to, never copied. Readers of dataset layouts live in {@code fathom.datasets.readers}. Banned: models and inference, and
 * any type of JDBC or of a JSON library in a public signature.
 *
 * <pre>{@code
 * Datasets datasets = Datasets.at(FathomHome.resolve());
 * try (Dataset dataset = datasets.create("rooms", DatasetOptions.of(folder))) {
 *     dataset.add(SampleDraft.of("room1", folder.resolve("room1.png"), 480, 640)
 *             .withMeasured("gt", folder.resolve("room1_depth.png"), new DepthEncoding.UnitsPerMetre(1000)));
 *     for (Sample sample : dataset.iterate(progress)) {
 *         Prediction depth = estimate(sample.image());
 *         sample.setPrediction("dpt", depth, "torch-bicubic", Provenance.of("Intel/dpt-large"));
 *     }
 *     Evaluation scoring = dataset.beginEvaluation("dpt", "article", "gt", definition);
 *     for (Sample sample : dataset) {
 *         StoredPrediction stored = sample.prediction("dpt");
 *         scoring.set(sample, Map.of("rmse", rmse(sample.measured("gt"), stored)));
 *     }
 *     double mean = dataset.mean("dpt.rmse"); // the latest; "dpt.article.rmse" names the protocol
 * }
 * }</pre>
 */
@NullMarked
package fathom.datasets;

import org.jspecify.annotations.NullMarked;
