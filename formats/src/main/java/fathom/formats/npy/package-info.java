/** NPY and NPZ arrays as numpy.save and numpy.savez write them. */
@NullMarked
package fathom.formats.npy;

import org.jspecify.annotations.NullMarked;
