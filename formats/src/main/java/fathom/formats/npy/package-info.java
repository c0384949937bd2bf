/** NPY and NPZ, the array files of numpy.save and numpy.savez. */
@NullMarked
package fathom.formats.npy;

import org.jspecify.annotations.NullMarked;
