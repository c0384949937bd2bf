/**
 * Estimators, which compute a depth prediction from a picture. {@link fathom.inference.Estimators} opens models and
 * {@link fathom.inference.DepthEstimator} runs them. The architectures and their graphs are in {@code fathom.models}. No type
 * of the inference runtime appears in an exported signature.
 *
 * {@snippet file="snippets/EstimatorSnippets.java" region="estimate"}
 */
@NullMarked
package fathom.inference;

import org.jspecify.annotations.NullMarked;
