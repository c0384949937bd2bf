/**
 * Depth models as descriptions: what an architecture is, which options it has, and what its outputs mean. One package
 * per family contains the graph, the postprocessing and the weight names of its authors. Nothing here runs a model:
 * that is {@code fathom.inference}. No type of a JSON library appears in a signature.
 *
 * <p>To add a family: a package with a class that implements {@link fathom.models.Architecture}, and a line in
 * {@code fathom.models.registry.Architectures}.
 */
@NullMarked
package fathom.models;

import org.jspecify.annotations.NullMarked;
