/**
 * Architectures: functions from a checkpoint's settings and weights to a graph, one file per {@code model_type}, written to
 * read like the paper, with shared parts beside them. Names of tensors are those of Hugging Face's transformers, whose
 * results they reproduce. Nothing here runs a graph or prepares a picture.
 *
 * <p>To add one: a class that implements {@link fathom.models.architectures.Architecture}, and a line in
 * {@link fathom.models.architectures.Architectures}.
 */
@NullMarked
package fathom.models.architectures;

import org.jspecify.annotations.NullMarked;
