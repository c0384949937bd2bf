/**
 * Folders in the layout of the diffusers library: {@code model_index.json} and one folder per part, each with its
 * configuration as a record. What the parts compute lies in {@code fathom.models.architectures} as graphs and in the room
 * {@code inference} as loops over them. No type of a JSON library appears in a signature, and nothing is run here.
 */
@NullMarked
package fathom.models.diffusers;

import org.jspecify.annotations.NullMarked;
