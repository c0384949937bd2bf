/** DenseDepth: the DenseNet encoder and decoder, from the Keras file of its authors. */
@NullMarked
package fathom.models.densedepth;

import org.jspecify.annotations.NullMarked;
