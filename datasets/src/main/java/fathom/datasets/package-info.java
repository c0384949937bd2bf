/**
 * Persistent datasets: samples with measured depth, predictions and scores. {@link fathom.datasets.Datasets} creates and
 * opens datasets, {@link fathom.datasets.Dataset} is one of them, and {@link fathom.datasets.Sample} reads and stores the
 * data of one picture. Each dataset is a folder with an SQLite index and prediction maps that {@code numpy.load} can read.
 * Pictures and measured depth maps are not copied. Readers of dataset layouts are in {@code fathom.datasets.readers}.
 *
 * <p>This module does not depend on models or inference. No type of JDBC or of a JSON library appears in its public API.
 *
 * {@snippet file="snippets/DatasetSnippets.java" region="workflow"}
 */
@NullMarked
package fathom.datasets;

import org.jspecify.annotations.NullMarked;
