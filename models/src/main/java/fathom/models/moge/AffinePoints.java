package fathom.models.moge;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import fathom.raster.Plane;

/**
 * A point map that is valid up to a scale and a shift along the optical axis, and the other outputs of MoGe's networks.
 * All planes are [H, W].
 *
 * @param x to the right
 * @param y downwards
 * @param z along the optical axis
 * @param mask 1 where the network sees depth, 0 elsewhere
 * @param normals x, y and z of the surfaces' normals, of any length
 * @param scale metres per unit, if the network predicts it
 */
public record AffinePoints(Plane x, Plane y, Plane z, Plane mask, Optional<List<Plane>> normals, OptionalDouble scale) {
    /** Validates the components. */
    public AffinePoints {
        Stream.concat(Stream.of(x, y, z, mask), normals.stream().flatMap(List::stream))
                .forEach(plane -> x.requireSameShape("points", plane));
        if (normals.filter(axes -> axes.size() != 3).isPresent()) {
            throw new IllegalArgumentException("normals: expected three axes, found " + normals.get().size());
        }
    }
}
