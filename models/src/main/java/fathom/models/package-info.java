/**
 * Depth models as descriptions: which there are, where their weights lie, what their numbers mean. The packages below hold
 * the checkpoints, the architectures that turn a checkpoint into a graph, and the preparation of pictures. Nothing here
 * runs a model: that is the room {@code inference}. No type of a JSON library appears in a signature.
 */
@NullMarked
package fathom.models;

import org.jspecify.annotations.NullMarked;
