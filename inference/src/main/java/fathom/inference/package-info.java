/**
 * Estimators: a picture in, a depth prediction of a stated kind out. What a model is and how its graph is built belongs to
 * {@code fathom.models}; files, datasets and metrics belong to other rooms. No type of the inference runtime appears in an
 * exported signature.
 */
@NullMarked
package fathom.inference;

import org.jspecify.annotations.NullMarked;
